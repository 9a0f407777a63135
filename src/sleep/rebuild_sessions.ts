import type { Database } from "../platform/database.ts";
import { absorbInBed, type NightSession, type SourceSession } from "./absorb_in_bed.ts";
import { buildSessions, islands, longestPieceMs, sessionGapMs, wakeDay } from "./build_session.ts";
import { joinParts, mergeParts, type SessionPart } from "./join_sessions.ts";
import { planSessions, type WantedSession, withoutDoubles } from "./plan_sessions.ts";
import {
  deleteSessions,
  insertSessions,
  readSessions,
  readSiblings,
  readStages,
  type StoredPiece,
  type StoredSession,
  updateSessions,
} from "./session_queries.ts";

/**
 * Brings the sessions of some sources in line with their stored stages and with what vendors delivered. Every source
 * for itself: a watch and a phone that both notice sleep make two sessions. Only what says no more than that somebody
 * lay in bed goes into the session of another source of the same provider, which is why all of them are built together.
 *
 * Nothing is kept open: whenever pieces come, their whole neighbourhood is built again. So the order of arrival does
 * not matter, the same pieces again change nothing, and there is no state to lose and no job that has to finish a night.
 */

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What came for a source or went. The stages are stored already; parts are vendors' whole sessions. */
export interface SleepChange {
  readonly source_no: number;
  readonly stages: readonly Span[];
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
  sent: readonly SleepChange[],
): Promise<Rebuilt> {
  const nights = await readNights(
    db,
    userNo,
    sent.filter(({ stages }) => stages.length > 0)
      .map(({ source_no, stages }) => ({ source_no, ...spanOf(stages) })),
  );
  const changes = withNeighbours(sent, nights);
  const nightOf = (source_no: number) => nights.find(({ sources }) => sources.has(source_no));
  const ranges = changes.flatMap(({ source_no, parts }) => {
    const night = nightOf(source_no);
    const { start, end } = spanOf([...parts.map(padded), ...night === undefined ? [] : [night]]);
    const external_ids = parts.flatMap((part) => part.external_id ?? []);
    return start <= end ? [{ source_no, from: start, to: end, external_ids }] : [];
  });
  const existing = await readSessions(db, userNo, ranges);
  const bySource = Map.groupBy(existing, (session) => session.source_no);
  const touched = touchedBy(sent);
  const wanted = changes.flatMap((change) => {
    const stored = bySource.get(change.source_no) ?? [];
    const night = nightOf(change.source_no);
    const ofSource = night?.sessions.filter(({ source_no }) => source_no === change.source_no) ?? [];
    const built = [...ofSource.map((session) => wantedBuilt(session, touched)), ...untouched(stored, night)];
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

/** Every source of the nights is built again, also those that nothing came for. */
function withNeighbours(sent: readonly SleepChange[], nights: readonly Nights[]): SleepChange[] {
  const known = new Set(sent.map(({ source_no }) => source_no));
  const neighbours = nights.flatMap(({ sources }) => [...sources]).filter((source_no) => !known.has(source_no));
  return [...sent, ...neighbours.map((source_no) => ({ source_no, stages: [], parts: [] }))];
}

/** What a provider's sources say in stages about a stretch of time; no session reaches over its ends. */
export interface Nights extends Span {
  readonly sources: ReadonlySet<number>;
  readonly sessions: readonly NightSession[];
}

type SourceSpan = Span & { readonly source_no: number };

/**
 * The nights around the given spans, built from everything that is stored of the same provider. A provider without any
 * is left out.
 */
export async function readNights(db: Database, userNo: number, wanted: readonly SourceSpan[]): Promise<Nights[]> {
  const nights: Nights[] = [];
  let open = await providerSpans(db, userNo, wanted);
  for (let pad = longestPieceMs; open.length > 0; pad *= 4) {
    const ranges = open.map(({ sources, start, end }) => ({
      sources,
      from: start - longestPieceMs - pad,
      to: end + pad,
    }));
    const read = await readStages(
      db,
      userNo,
      ranges.flatMap(({ sources, ...range }) => sources.map((source_no) => ({ source_no, ...range }))),
    );
    const pieces = Map.groupBy(read, (piece) => piece.source_no);
    open = open.filter((span, index) => {
      const found = nightsAmong(span.sources.flatMap((source_no) => pieces.get(source_no) ?? []), span);
      const range = ranges[index];
      if (found === null || range === undefined) return false;
      // A piece that starts outside of what was read could still reach in.
      const mayGoOn = found.start <= range.from + longestPieceMs + sessionGapMs || found.end + sessionGapMs >= range.to;
      if (!mayGoOn) nights.push(found);
      return mayGoOn;
    });
  }
  return nights;
}

interface ProviderSpan extends Span {
  readonly sources: readonly number[];
}

/** One span for each provider, with all of its sources. */
async function providerSpans(db: Database, userNo: number, wanted: readonly SourceSpan[]): Promise<ProviderSpan[]> {
  if (wanted.length === 0) return [];
  const siblings = await readSiblings(db, userNo, wanted.map(({ source_no }) => source_no));
  return [...Map.groupBy(siblings, ({ provider }) => provider).values()].map((ofProvider) => {
    const sources = ofProvider.map(({ no }) => no);
    return { sources, ...spanOf(wanted.filter(({ source_no }) => sources.includes(source_no))) };
  });
}

function nightsAmong(pieces: readonly StoredPiece[], span: Span): Nights | null {
  const members = islands(pieces).filter((island) =>
    island.some(({ end }) => end >= span.start) && island.some(({ start }) => start <= span.end)
  ).flat();
  const [first] = members;
  if (first === undefined) return null;
  const end = members.reduce((latest, piece) => Math.max(latest, piece.end), first.end);
  const bySource = Map.groupBy(members, ({ source_no }) => source_no);
  const sessions = [...bySource].flatMap(([source_no, ofSource]) =>
    buildSessions(ofSource).map((session) => ({ ...session, source_no }))
  );
  return { start: first.start, end, sources: new Set(bySource.keys()), sessions: absorbInBed(sessions) };
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

function wantedBuilt(session: NightSession, touched: (told: SourceSession) => boolean): WantedSession {
  return { ...session, built: true, parts: null, touched: [session, ...session.absorbed].some(touched) };
}

/** Whether a stage that came lies within what the session was built from. */
function touchedBy(sent: readonly SleepChange[]): (session: SourceSession) => boolean {
  const starts = new Map(
    sent.map(({ source_no, stages }) => [source_no, stages.map(({ start }) => start).sort((a, b) => a - b)]),
  );
  return ({ source_no, reach }) => {
    const next = firstAtLeast(starts.get(source_no) ?? [], reach.start);
    return next !== undefined && next <= reach.end;
  };
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
