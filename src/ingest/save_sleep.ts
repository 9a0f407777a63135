import type { StagePiece } from "../sleep/build_session.ts";
import type { Database } from "../platform/database.ts";
import { readPart, type SessionPart } from "../sleep/join_sessions.ts";
import { rebuildSessions } from "../sleep/rebuild_sessions.ts";
import { insertStages } from "../sleep/session_queries.ts";
import type { Batch, BatchSleepSession } from "./batch.ts";
import type { Person } from "./person.ts";
import { plainText, wholeOrNull } from "./plain_text.ts";
import { nothingSaved, type Saved, tally } from "./tally.ts";

/**
 * Sleep: pieces are stored as they are and the sessions around them built again, so that it does not matter in which
 * order or how often they come, and no night waits to be finished. Sessions that vendors deliver whole are joined with
 * their neighbours. The tally counts sessions; the days are those on which somebody woke up from another sleep than
 * was known.
 */
export async function saveSleep(
  db: Database,
  person: Pick<Person, "no">,
  batch: Batch,
  sourceNos: readonly number[],
): Promise<Saved> {
  if (batch.sleepStages.length === 0 && batch.sleepSessions.length === 0) return nothingSaved;
  const stages = stagesBySource(batch, sourceNos);
  const parts = partsBySource(batch, sourceNos);
  await insertStages(
    db,
    person.no,
    [...stages].flatMap(([source_no, pieces]) => pieces.map((piece) => ({ ...piece, source_no }))),
  );
  const { inserted, updated, touched, days } = await rebuildSessions(
    db,
    person.no,
    [...new Set([...stages.keys(), ...parts.keys()])].map((source_no) => ({
      source_no,
      stages: stages.get(source_no) ?? [],
      parts: parts.get(source_no) ?? [],
    })),
  );
  return { tally: tally(Math.max(touched, inserted + updated), inserted, updated), days };
}

/** Each piece once: a later one with the same interval and stage says only what the first did not. */
function stagesBySource(batch: Batch, sourceNos: readonly number[]): Map<number, StagePiece[]> {
  const bySource = new Map<number, Map<string, StagePiece>>();
  for (const { source, stage, start, end, zone_offset, external_id } of batch.sleepStages) {
    const sourceNo = sourceNos[source] ?? 0;
    const pieces = bySource.get(sourceNo) ?? new Map<string, StagePiece>();
    bySource.set(sourceNo, pieces);
    const key = `${start} ${end} ${stage}`;
    const known = pieces.get(key);
    pieces.set(key, {
      stage,
      start,
      end,
      zone_offset: known?.zone_offset ?? zone_offset,
      external_id: known?.external_id ?? plainText(external_id),
    });
  }
  return new Map([...bySource].map(([sourceNo, pieces]) => [sourceNo, [...pieces.values()]]));
}

function partsBySource(batch: Batch, sourceNos: readonly number[]): Map<number, SessionPart[]> {
  const bySource = new Map<number, SessionPart[]>();
  for (const session of batch.sleepSessions) {
    const sourceNo = sourceNos[session.source] ?? 0;
    bySource.set(sourceNo, [...bySource.get(sourceNo) ?? [], readPart(partOf(session))]);
  }
  return bySource;
}

function partOf(session: BatchSleepSession): SessionPart {
  const { efficiency_percent = null } = session;
  return {
    external_id: plainText(session.external_id),
    start: session.start,
    end: session.end,
    zone_offset: session.zone_offset,
    is_nap: session.is_nap,
    in_bed_seconds: wholeOrNull(session.in_bed_seconds),
    asleep_seconds: wholeOrNull(session.asleep_seconds),
    light_seconds: wholeOrNull(session.light_seconds),
    deep_seconds: wholeOrNull(session.deep_seconds),
    rem_seconds: wholeOrNull(session.rem_seconds),
    awake_seconds: wholeOrNull(session.awake_seconds),
    efficiency_percent: Number.isFinite(efficiency_percent) ? efficiency_percent : null,
    stages: session.stages?.map(({ stage, start, end }) => ({ stage, start, end })) ?? null,
  };
}
