import type { Database } from "../platform/database.ts";
import {
  buildSessions,
  type BuiltSession,
  islands,
  longestPieceMs,
  sessionGapMs,
  type StageInterval,
  type StagePiece,
  wakeDay,
} from "./build_session.ts";
import { joinParts, mergeParts, type SessionPart } from "./join_sessions.ts";
import { planSessions, type WantedSession, withoutDoubles } from "./plan_sessions.ts";
import {
  deleteSessions,
  insertSessions,
  readSessions,
  readStages,
  type StoredSession,
  updateSessions,
} from "./session_queries.ts";

/**
 * Brings the sessions of some sources in line with their stored stages and with what vendors delivered. Every source
 * for itself: a watch and a phone that both record a night make two sessions.
 *
 * Nothing is kept open: whenever pieces come, their whole neighbourhood is built again. So the order of arrival does
 * not matter, the same pieces again change nothing, and there is no state to lose and no job that has to finish a night.
 */

/** What came for a source. The stages are stored already; parts are vendors' whole sessions. */
export interface SleepChange {
  readonly source_no: number;
  readonly stages: readonly StageInterval[];
  readonly parts: readonly SessionPart[];
}

export interface Rebuilt {
  readonly inserted: number;
  readonly updated: number;
  /** Sessions that the change was about, changed or not. */
  readonly touched: number;
  /** Local wake days whose sleep is another now. */
  readonly days: ReadonlySet<string>;
}

export async function rebuildSessions(
  db: Database,
  userNo: number,
  changes: readonly SleepChange[],
): Promise<Rebuilt> {
  const nights = await readNights(
    db,
    userNo,
    changes.filter(({ stages }) => stages.length > 0)
      .map(({ source_no, stages }) => ({ source_no, ...spanOf(stages) })),
  );
  const ranges = changes.flatMap(({ source_no, parts }) => {
    const night = nights.get(source_no);
    const { start, end } = spanOf([...parts.map(padded), ...night === undefined ? [] : [night]]);
    const external_ids = parts.flatMap((part) => part.external_id ?? []);
    return start <= end ? [{ source_no, from: start, to: end, external_ids }] : [];
  });
  const existing = await readSessions(db, userNo, ranges);
  const bySource = Map.groupBy(existing, (session) => session.source_no);
  const wanted = changes.flatMap((change) => {
    const stored = bySource.get(change.source_no) ?? [];
    const night = nights.get(change.source_no);
    const built = [...wantedBuilt(change, night?.sessions ?? []), ...untouched(stored, night)];
    return withoutDoubles(built, wantedWhole(change, stored));
  });
  const plan = planSessions(existing, wanted);
  await deleteSessions(db, userNo, plan.deleted.map(({ id }) => id));
  await updateSessions(db, userNo, plan.changed.map(({ now }) => now));
  await insertSessions(db, userNo, plan.added);
  return {
    inserted: plan.added.length,
    updated: plan.changed.length,
    touched: wanted.filter((session) => session.touched).length,
    days: new Set(
      [...plan.deleted, ...plan.added, ...plan.changed.flatMap(({ before, now }) => [before, now])].map(wakeDay),
    ),
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a source's stages say about a stretch of time; no session reaches over its ends. */
export interface Nights extends Span {
  readonly sessions: readonly BuiltSession[];
}

/** The nights around the given spans, built from everything that is stored. A source without any is left out. */
export async function readNights(
  db: Database,
  userNo: number,
  wanted: readonly (Span & { readonly source_no: number })[],
): Promise<Map<number, Nights>> {
  const nights = new Map<number, Nights>();
  let open = [...wanted];
  for (let pad = longestPieceMs; open.length > 0; pad *= 4) {
    const ranges = open.map(({ source_no, start, end }) => ({
      source_no,
      from: start - longestPieceMs - pad,
      to: end + pad,
    }));
    const pieces = Map.groupBy(await readStages(db, userNo, ranges), (piece) => piece.source_no);
    open = open.filter((span, index) => {
      const found = nightsAmong(pieces.get(span.source_no) ?? [], span);
      const range = ranges[index];
      if (found === null || range === undefined) return false;
      // A piece that starts outside of what was read could still reach in.
      const mayGoOn = found.start <= range.from + longestPieceMs + sessionGapMs || found.end + sessionGapMs >= range.to;
      if (!mayGoOn) nights.set(span.source_no, found);
      return mayGoOn;
    });
  }
  return nights;
}

function nightsAmong(pieces: readonly StagePiece[], span: Span): Nights | null {
  const members = islands(pieces).filter((island) =>
    island.some(({ end }) => end >= span.start) && island.some(({ start }) => start <= span.end)
  ).flat();
  const [first] = members;
  if (first === undefined) return null;
  const end = members.reduce((latest, piece) => Math.max(latest, piece.end), first.end);
  return { start: first.start, end, sessions: buildSessions(members) };
}

function spanOf(stages: readonly Span[]): Span {
  let [start, end] = [Infinity, -Infinity];
  for (const stage of stages) {
    start = Math.min(start, stage.start);
    end = Math.max(end, stage.end);
  }
  return { start, end };
}

function padded({ start, end }: Span): Span {
  return { start: start - sessionGapMs, end: end + sessionGapMs };
}

function wantedBuilt({ source_no, stages }: SleepChange, sessions: readonly BuiltSession[]): WantedSession[] {
  const starts = stages.map(({ start }) => start).sort((a, b) => a - b);
  return sessions.map((session) => {
    const next = firstAtLeast(starts, session.reach.start);
    const touched = next !== undefined && next <= session.reach.end;
    return { ...session, source_no, built: true, parts: null, touched };
  });
}

function firstAtLeast(sorted: readonly number[], bound: number): number | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < bound) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}

/** Built sessions that were read along, outside of the nights that are built again. */
function untouched(stored: readonly StoredSession[], night: Nights | undefined): WantedSession[] {
  return stored
    .filter(({ built, start, end }) => built && !(night !== undefined && start >= night.start && end <= night.end))
    .map((session) => ({ ...session, reach: session, touched: false }));
}

function wantedWhole(change: SleepChange, stored: readonly StoredSession[]): WantedSession[] {
  const known = stored.filter(({ built }) => !built)
    .flatMap(({ parts, id: _, source_no: _source, built: _built, ...session }) => parts ?? [session]);
  const delivered = new Set(change.parts);
  return joinParts(mergeParts(known, change.parts)).map(({ parts, ...session }) => ({
    ...session,
    source_no: change.source_no,
    built: false,
    parts: parts.length > 1 ? parts : null,
    reach: session,
    touched: parts.some((part) => delivered.has(part)),
  }));
}
