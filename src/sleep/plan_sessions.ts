import type { SessionFields } from "./build_session.ts";
import { sessionRow, type StoredSession } from "./session_queries.ts";

/** Compares the sessions that should be with those that are. Pure. */

export interface WantedSession extends Omit<StoredSession, "id"> {
  /** The time it speaks for, which may be longer than the session. */
  readonly reach: { readonly start: number; readonly end: number };
  /** Whether what came is about it. */
  readonly touched: boolean;
}

export interface Plan {
  readonly deleted: readonly StoredSession[];
  readonly changed: readonly { readonly before: StoredSession; readonly now: StoredSession }[];
  readonly added: readonly StoredSession[];
}

/**
 * A session keeps its id: the one with the same window is the same, then one that overlaps, then one with the same
 * vendor's id. What is left over goes.
 */
export function planSessions(existing: readonly StoredSession[], wanted: readonly WantedSession[]): Plan {
  const free = new Set(existing);
  const matches = new Map<WantedSession, StoredSession>();
  const byWindow = new Map(existing.map((session) => [windowKey(session), session]));
  const match = (session: WantedSession, stored: StoredSession | undefined) => {
    if (stored === undefined || !free.delete(stored)) return;
    matches.set(session, stored);
  };
  for (const session of wanted) match(session, byWindow.get(windowKey(session)));
  const likenesses = [
    (a: WantedSession, b: StoredSession) => overlaps(a.reach, b),
    (a: WantedSession, b: StoredSession) => a.external_id !== null && a.external_id === b.external_id,
  ];
  for (const isLike of likenesses) {
    for (const session of wanted) {
      if (matches.has(session)) continue;
      match(
        session,
        earliest([...free].filter((stored) => stored.source_no === session.source_no && isLike(session, stored))),
      );
    }
  }
  const plan = { deleted: [...free], changed: [] as Plan["changed"][number][], added: [] as StoredSession[] };
  for (const session of wanted) {
    const before = matches.get(session);
    const { reach: _, touched: _touched, ...fields } = session;
    const now = { ...fields, id: before?.id ?? crypto.randomUUID() };
    if (before === undefined) plan.added.push(now);
    else if (JSON.stringify(sessionRow(before)) !== JSON.stringify(sessionRow(now))) plan.changed.push({ before, now });
  }
  return plan;
}

/**
 * A source that sends stages and whole sessions tells the same night twice; the account with more sleep stands, the
 * one from stages where they are equal.
 */
export function withoutDoubles(built: readonly WantedSession[], whole: readonly WantedSession[]): WantedSession[] {
  const losers = new Set<WantedSession>();
  for (const a of built) {
    for (const b of whole) {
      if (overlaps(a, b)) losers.add((b.asleep_seconds ?? 0) > (a.asleep_seconds ?? 0) ? a : b);
    }
  }
  return [...built, ...whole].filter((session) => !losers.has(session));
}

function windowKey({ source_no, start, end }: SessionFields & { source_no: number }): string {
  return `${source_no} ${start} ${end}`;
}

function overlaps(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start < b.end && b.start < a.end;
}

function earliest(sessions: readonly StoredSession[]): StoredSession | undefined {
  return sessions.reduce<StoredSession | undefined>(
    (first, session) => first === undefined || session.start < first.start ? session : first,
    undefined,
  );
}
