/**
 * How good a night was, 0 to 100, from four pillars: how long, how much deep and REM sleep, how regular, how undisturbed.
 * The formulas are those of open-wearables 0.6. A pillar about which nothing is known is left out and the weight of the
 * others grows, so that neither a first night nor a device without stages pulls the score down. Pure.
 */

export interface Night {
  /** Whole minutes. */
  readonly asleep_minutes: number;
  readonly deep_minutes: number | null;
  readonly rem_minutes: number | null;
  readonly awake_minutes: number | null;
  /** Minutes after local midnight at which it began, 0 to 1439. */
  readonly bedtime: number;
  /** The same of up to 14 nights before. */
  readonly earlier_bedtimes: readonly number[];
  /** In order; instants are milliseconds. */
  readonly stages: readonly { readonly stage: string; readonly start: number; readonly end: number }[] | null;
}

export interface SleepScore {
  readonly value: number;
  readonly duration: number;
  readonly stages: number | null;
  readonly consistency: number | null;
  readonly interruptions: number | null;
}

const asleep: ReadonlySet<string> = new Set(["sleeping", "light", "deep", "rem"]);

/** Null for a night that cannot be one: no sleep, or more than a day of it. */
export function sleepScore(night: Night): SleepScore | null {
  if (night.asleep_minutes <= 0 || night.asleep_minutes > 1440) return null;
  const pillars = {
    duration: durationPillar(night.asleep_minutes),
    stages: stagesPillar(night),
    consistency: consistencyPillar(night.bedtime, night.earlier_bedtimes),
    interruptions: interruptionsPillar(night),
  };
  const weighted =
    ([[2, pillars.duration], [1, pillars.stages], [1, pillars.consistency], [1, pillars.interruptions]] as const)
      .filter(([, pillar]) => pillar !== null);
  const sum = weighted.reduce((total, [weight, pillar]) => total + weight * (pillar ?? 0), 0);
  const weights = weighted.reduce((total, [weight]) => total + weight, 0);
  return { value: Math.floor(sum / weights), ...pillars };
}

/** Seven to nine hours are full marks; less falls steeply around five hours, more gently to 50. */
export function durationPillar(asleepMinutes: number): number {
  const hours = asleepMinutes / 60;
  if (hours < 7) return curve(hours, 1.5, 7, 5, -1);
  if (hours > 9) return Math.max(50, curve(hours, 0.8, 9, 11, 1));
  return 100;
}

/** A logistic curve around `middle` that is 100 at `full`. */
function curve(hours: number, steepness: number, full: number, middle: number, direction: 1 | -1): number {
  const side = (at: number) => 1 + Math.exp(Math.min(709, direction * steepness * (at - middle)));
  return Math.trunc(100 * side(full) / side(hours));
}

/** Ninety minutes each of deep and REM sleep are full marks. */
function stagesPillar({ deep_minutes, rem_minutes, stages }: Night): number | null {
  const isTold = stages?.some(({ stage }) => stage === "deep" || stage === "rem" || stage === "light") === true;
  if (!isTold && !((deep_minutes ?? 0) > 0 || (rem_minutes ?? 0) > 0)) return null;
  const part = (minutes: number | null) => Math.min(100, Math.floor((minutes ?? 0) * 100 / 90));
  return Math.floor((part(deep_minutes) + part(rem_minutes)) / 2);
}

/** Against the median bedtime: 15 minutes either way are nothing, later costs up to everything, earlier up to 20. */
export function consistencyPillar(bedtime: number, earlier: readonly number[]): number | null {
  if (earlier.length === 0) return null;
  const difference = pastNoon(bedtime) - median(earlier.map(pastNoon));
  const beyond = (Math.abs(difference) - 15) * 100 / 105;
  if (beyond <= 0) return 100;
  return Math.trunc(difference > 0 ? Math.max(0, 100 - beyond) : 100 - Math.min(20, beyond));
}

/** Minutes since noon, so that before and after midnight lie next to each other. */
function pastNoon(minutes: number): number {
  return (minutes + 720) % 1440;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Up to 20 minutes awake cost nothing; each awakening of more than five minutes beyond the first does. */
function interruptionsPillar({ stages, awake_minutes }: Night): number | null {
  const blocks = stages === null || stages.length === 0 ? null : awakeBlocks(stages);
  if (blocks === null && awake_minutes === null) return null;
  const awake = blocks === null ? awake_minutes ?? 0 : blocks.reduce((sum, minutes) => sum + minutes, 0);
  const long = (blocks ?? []).filter((minutes) => minutes > 5).length;
  const duration = awake <= 20 ? 80 : Math.max(0, 80 - (awake - 20) * 80 / 70);
  const frequency = 20 * ([1, 1, 0.75, 0.5, 0][Math.min(long, 4)] ?? 0);
  return Math.trunc(duration + frequency);
}

/** Minutes of each time awake between falling asleep and waking up; pieces that touch are one. Lying in bed is no sleep. */
export function awakeBlocks(stages: NonNullable<Night["stages"]>): number[] {
  const from = stages.find(({ stage }) => asleep.has(stage))?.start ?? Infinity;
  const to = stages.findLast(({ stage }) => asleep.has(stage))?.end ?? -Infinity;
  const blocks: { start: number; end: number }[] = [];
  for (const { stage, start, end } of stages) {
    if (stage !== "awake" || start < from || end > to) continue;
    const last = blocks.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else blocks.push({ start, end });
  }
  return blocks.map(({ start, end }) => (end - start) / 60_000);
}
