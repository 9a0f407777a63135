import { firstEndingAfter } from "../timeseries/own_intervals.ts";
import { type BuiltSession, efficiency, unionMs } from "./build_session.ts";

/**
 * One night from two devices of a provider: the watch notices sleep, the phone beside it when somebody went to bed. A
 * session of nothing but lying in bed is therefore no night of its own where another source of the same provider
 * noticed sleep at that time; it says how long that one was in bed. Stages of two sources never mix. Pure.
 */

export interface SourceSession extends BuiltSession {
  readonly source_no: number;
}

export interface NightSession extends SourceSession {
  /** What other sources said about lying in bed, and this session tells now. */
  readonly absorbed: readonly SourceSession[];
}

/** Sessions of one provider's sources, those of each source in order of time; gives those that remain. */
export function absorbInBed(sessions: readonly SourceSession[]): NightSession[] {
  const asleep = Map.groupBy(sessions.filter(({ noticed }) => noticed === "sleep"), ({ source_no }) => source_no);
  const absorbed = new Map<SourceSession, SourceSession[]>();
  const gone = new Set<SourceSession>();
  for (const lying of sessions) {
    if (lying.noticed !== "in_bed") continue;
    for (const ofSource of asleep.values()) {
      const night = nightOf(lying, ofSource);
      if (night === null) continue;
      absorbed.set(night, [...absorbed.get(night) ?? [], lying]);
      gone.add(lying);
    }
  }
  return sessions.filter((session) => !gone.has(session)).map((session) => {
    const lying = absorbed.get(session) ?? [];
    return { ...session, ...lying.length > 0 ? timeInBed(session, lying) : {}, absorbed: lying };
  });
}

/** Each source tells the night once: of its sessions the one that overlaps most, the earlier of two that do alike. */
function nightOf(lying: SourceSession, ofSource: readonly SourceSession[]): SourceSession | null {
  let [night, most]: [SourceSession | null, number] = [null, 0];
  for (let place = firstEndingAfter(ofSource, lying.start); place < ofSource.length; place++) {
    const session = ofSource[place];
    if (session === undefined || session.start >= lying.end) break;
    const shared = Math.min(session.end, lying.end) - Math.max(session.start, lying.start);
    if (shared > most) [night, most] = [session, shared];
  }
  return night;
}

/** In bed is whoever sleeps, lies awake between, or is said to lie there by any of the devices. */
function timeInBed(session: SourceSession, lying: readonly SourceSession[]) {
  const intervals = [session, ...lying].flatMap(({ stages, in_bed }) => [...stages ?? [], ...in_bed]);
  const inBedMs = unionMs(intervals);
  const asleepMs = (session.stages ?? []).filter(({ stage }) => stage !== "awake")
    .reduce((sum, { start, end }) => sum + end - start, 0);
  return { in_bed_seconds: Math.round(inBedMs / 1000), efficiency_percent: efficiency(asleepMs, inBedMs) };
}
