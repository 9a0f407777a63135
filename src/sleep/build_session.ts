/**
 * Sessions from the pieces of a night. Pure, and a function of the set of pieces alone: neither their order nor how
 * they were cut into deliveries changes what comes out. Instants are milliseconds since 1970.
 */

export type SleepStage = "in_bed" | "sleeping" | "awake" | "light" | "deep" | "rem";

export interface StageInterval {
  readonly stage: SleepStage;
  readonly start: number;
  readonly end: number;
}

export interface StagePiece extends StageInterval {
  /** Minutes east of UTC. */
  readonly zone_offset: number | null;
  readonly external_id: string | null;
}

/** What a session says, built or delivered. */
export interface SessionFields {
  readonly external_id: string | null;
  readonly start: number;
  readonly end: number;
  readonly zone_offset: number | null;
  readonly is_nap: boolean;
  /** Time in bed: never less than asleep and awake together. */
  readonly in_bed_seconds: number | null;
  readonly asleep_seconds: number | null;
  readonly light_seconds: number | null;
  readonly deep_seconds: number | null;
  readonly rem_seconds: number | null;
  readonly awake_seconds: number | null;
  readonly efficiency_percent: number | null;
  /** In order, without overlaps. */
  readonly stages: readonly StageInterval[] | null;
}

export interface BuiltSession extends SessionFields {
  /** From the first to the last of its pieces, wrappers included. */
  readonly reach: { readonly start: number; readonly end: number };
  /** Its pieces that say no more than that somebody lay in bed. */
  readonly in_bed: readonly StageInterval[];
  /** Some kind of sleep, nothing but lying in bed, or lying awake besides. */
  readonly noticed: "sleep" | "in_bed" | "awake";
}

/** Sleep that goes on after a longer gap is another session. */
export const sessionGapMs = 120 * 60_000;

/**
 * A longer piece is what an app leaves behind that was never told about the morning. It is stored, but would wrap
 * several nights into one.
 */
export const longestPieceMs = 24 * 3_600_000;

/** Of pieces that start together the one that says more wins; two that contradict each other are decided by this too. */
const precedence: readonly SleepStage[] = ["deep", "rem", "light", "awake", "sleeping", "in_bed"];
const detailed: ReadonlySet<SleepStage> = new Set<SleepStage>(["light", "deep", "rem"]);
const asleep: ReadonlySet<SleepStage> = new Set<SleepStage>(["sleeping", "light", "deep", "rem"]);

/**
 * Pieces no further apart than the gap, each group in order of start. What belongs to one group can never end up in a
 * session with a piece of another, so that a group can be built without looking further.
 */
export function islands<Piece extends StageInterval>(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  let end = -Infinity;
  for (const piece of pieces.filter(believable).sort(byStart)) {
    if (piece.start - end > sessionGapMs) groups.push([]);
    groups.at(-1)?.push(piece);
    end = Math.max(end, piece.end);
  }
  return groups;
}

/** The sessions of any pieces, in order of time. Being awake does not open one. */
export function buildSessions(pieces: readonly StagePiece[]): BuiltSession[] {
  const groups: StagePiece[][] = [];
  let end = -Infinity;
  // Somebody who lies down awake has gone to bed: the piece that opens comes before the awake one of the same start.
  const ordered = pieces.filter(believable).sort((a, b) =>
    a.start - b.start || Number(a.stage === "awake") - Number(b.stage === "awake") || byStart(a, b)
  );
  for (const piece of ordered) {
    if (piece.start - end > sessionGapMs) {
      if (piece.stage === "awake") continue;
      groups.push([]);
      end = piece.end;
    }
    groups.at(-1)?.push(piece);
    end = Math.max(end, piece.end);
  }
  return groups.map(buildSession);
}

function believable({ start, end }: StageInterval): boolean {
  return end - start <= longestPieceMs;
}

function byStart(a: StageInterval, b: StageInterval): number {
  return a.start - b.start || precedence.indexOf(a.stage) - precedence.indexOf(b.stage) || a.end - b.end;
}

function buildSession(group: readonly StagePiece[]): BuiltSession {
  const stages = cleanStages(group);
  const sums = sumStages(stages, group);
  const zone_offset = group.find((piece) => piece.zone_offset !== null)?.zone_offset ?? null;
  const reach = { start: group[0]?.start ?? 0, end: Math.max(...group.map((piece) => piece.end)) };
  const start = stages.at(0)?.start ?? reach.start;
  const in_bed = group.filter(({ stage }) => stage === "in_bed");
  const hasSleep = group.some(({ stage }) => asleep.has(stage));
  return {
    external_id: group.find((piece) => piece.external_id !== null)?.external_id ?? null,
    start,
    end: stages.at(-1)?.end ?? reach.end,
    zone_offset,
    is_nap: isNap(sums.asleep_seconds, start, zone_offset),
    ...sums,
    stages,
    reach,
    in_bed,
    noticed: hasSleep ? "sleep" : in_bed.length === group.length ? "in_bed" : "awake",
  };
}

/**
 * The timeline of a night: without any kind of sleep, lying in bed counts as sleeping; beside light, deep or REM the
 * wrappers go; where two overlap, the one that starts earlier keeps its time.
 */
export function cleanStages(pieces: readonly StageInterval[]): StageInterval[] {
  const hasDetail = pieces.some((piece) => detailed.has(piece.stage));
  const hasSleep = pieces.some((piece) => asleep.has(piece.stage));
  const cleaned: StageInterval[] = [];
  let free = -Infinity;
  for (const { stage, start, end } of [...pieces].sort(byStart)) {
    const shown = stage === "in_bed" && !hasSleep ? "sleeping" : stage;
    if (shown === "in_bed" || (shown === "sleeping" && hasDetail)) continue;
    const from = Math.max(start, free);
    if (end <= from) continue;
    cleaned.push({ stage: shown, start: from, end });
    free = end;
  }
  return cleaned;
}

export interface StageSums {
  readonly in_bed_seconds: number;
  readonly asleep_seconds: number;
  readonly light_seconds: number;
  readonly deep_seconds: number;
  readonly rem_seconds: number;
  readonly awake_seconds: number;
  readonly efficiency_percent: number | null;
}

/** Sums of a clean timeline; `pieces` are what it was made of, whose in_bed intervals say the time in bed. */
export function sumStages(stages: readonly StageInterval[], pieces: readonly StageInterval[]): StageSums {
  const total = (wanted: (stage: SleepStage) => boolean) =>
    stages.filter(({ stage }) => wanted(stage)).reduce((sum, { start, end }) => sum + end - start, 0);
  const seconds = (ms: number) => Math.round(ms / 1000);
  const asleepMs = total((stage) => asleep.has(stage));
  const awakeMs = total((stage) => stage === "awake");
  const wrappers = pieces.filter(({ stage }) => stage === "in_bed");
  const inBedMs = Math.max(wrappers.length > 0 ? unionMs(wrappers) : 0, asleepMs + awakeMs);
  return {
    in_bed_seconds: seconds(inBedMs),
    asleep_seconds: seconds(asleepMs),
    light_seconds: seconds(total((stage) => stage === "light")),
    deep_seconds: seconds(total((stage) => stage === "deep")),
    rem_seconds: seconds(total((stage) => stage === "rem")),
    awake_seconds: seconds(awakeMs),
    efficiency_percent: efficiency(asleepMs, inBedMs),
  };
}

/** Sleep of the time in bed, two decimals; null without any. */
export function efficiency(asleepMs: number, inBedMs: number): number | null {
  return inBedMs > 0 ? Math.round(asleepMs / inBedMs * 10_000) / 100 : null;
}

/** How long at least one of the intervals lasted. */
export function unionMs(intervals: readonly StageInterval[]): number {
  let [sum, end] = [0, -Infinity];
  for (const interval of [...intervals].sort(byStart)) {
    sum += Math.max(0, interval.end - Math.max(interval.start, end));
    end = Math.max(end, interval.end);
  }
  return sum;
}

const shortestNightSeconds = 3 * 3600;

/**
 * Phones and their apps do not say what a nap is. Less than three hours of sleep that begin between 9 and 20 o'clock local time are
 * one; a night that was cut short begins later or earlier, and a shift worker's day sleep is longer.
 */
export function isNap(asleepSeconds: number, start: number, zoneOffset: number | null): boolean {
  const hour = new Date(start + (zoneOffset ?? 0) * 60_000).getUTCHours();
  return asleepSeconds < shortestNightSeconds && hour >= 9 && hour < 20;
}

/** The local day on which it ended, `YYYY-MM-DD`: the day a night is counted on. */
export function wakeDay({ end, zone_offset }: Pick<SessionFields, "end" | "zone_offset">): string {
  return new Date(end + (zone_offset ?? 0) * 60_000).toISOString().slice(0, 10);
}
