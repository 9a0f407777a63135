import { bestFirst } from "../timeseries/merge_intervals.ts";
import type { SessionRow } from "./sleep_queries.ts";

/**
 * The sleep of one local day from what several sources recorded. The night is told by the best-ranked source that has
 * one; naps are naps, also those that only a lower source noticed, as long as no better one recorded sleep at that
 * time. Pure.
 */

export interface Night {
  /** The local day on which it ended. */
  readonly day: string;
  /** Whose night it is; of a day with only naps, whose naps. */
  readonly source_no: number;
  /** The night's own sessions, then the naps; each part in order of time. */
  readonly main: readonly SessionRow[];
  readonly naps: readonly SessionRow[];
}

/** Sessions of one day; `order` names the sources, the best first. */
export function chooseNight(sessions: readonly SessionRow[], order: readonly number[]): Night | null {
  const sources = bestFirst(new Set(sessions.map(({ source_no }) => source_no)), order);
  const of = (source: number) => sessions.filter((session) => session.source_no === source);
  const winner = sources.find((source) => of(source).some(({ is_nap }) => !is_nap));
  const main = winner === undefined ? [] : of(winner).filter(({ is_nap }) => !is_nap);
  const naps: SessionRow[] = [];
  for (const source of sources) {
    const better = [...main, ...naps];
    for (const session of of(source)) {
      const known = better.some((other) => other.start < session.end && session.start < other.end);
      if (session.is_nap && !known) naps.push(session);
    }
  }
  const source_no = winner ?? naps[0]?.source_no;
  const first = sessions[0];
  if (source_no === undefined || first === undefined) return null;
  return { day: first.day, source_no, main, naps: naps.sort((a, b) => a.start - b.start) };
}

export interface NightSums {
  /** Asleep, of the night without naps; null when there was none. */
  readonly asleep_seconds: number | null;
  readonly nap_seconds: number;
  readonly in_bed_seconds: number | null;
  readonly efficiency_percent: number | null;
  readonly awake_seconds: number | null;
  readonly light_seconds: number | null;
  readonly deep_seconds: number | null;
  readonly rem_seconds: number | null;
}

export function nightSums({ main, naps }: Night): NightSums {
  const sum = (read: (session: SessionRow) => number | null) => {
    const known = main.flatMap((session) => read(session) ?? []);
    return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
  };
  const rated = main.filter(({ efficiency_percent }) => efficiency_percent !== null);
  const weight = rated.reduce((total, session) => total + wallSeconds(session), 0);
  const weighted = rated.reduce((total, row) => total + (row.efficiency_percent ?? 0) * wallSeconds(row), 0);
  return {
    asleep_seconds: sum(asleepSeconds),
    nap_seconds: naps.reduce((total, nap) => total + wallSeconds(nap), 0),
    in_bed_seconds: sum((session) => session.in_bed_seconds),
    efficiency_percent: weight === 0 ? null : weighted / weight,
    awake_seconds: sum((session) => session.awake_seconds),
    light_seconds: sum((session) => session.light_seconds),
    deep_seconds: sum((session) => session.deep_seconds),
    rem_seconds: sum((session) => session.rem_seconds),
  };
}

/** As measured, else from going to bed to getting up. */
export function asleepSeconds(session: SessionRow): number {
  return session.asleep_seconds ?? wallSeconds(session);
}

function wallSeconds({ start, end }: SessionRow): number {
  return (end - start) / 1000;
}

/** The night's longest session names its times. */
export function longestSession({ main }: Night): SessionRow | null {
  return main.reduce<SessionRow | null>((longest, session) => {
    return longest === null || wallSeconds(session) > wallSeconds(longest) ? session : longest;
  }, null);
}
