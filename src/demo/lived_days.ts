import { addDays, daysBetween } from "../platform/day_range.ts";
import type { WorkoutType } from "../workouts/workout_type_table.ts";
import type { Random } from "./random.ts";
import type { SeedProfile } from "./seed_profile.ts";

/**
 * The days of an invented life, one after the other, so that they hang together: hard training raises the next
 * mornings' resting heart rate and lowers the variability, good sleep does the opposite, months of training lower both
 * for good. The sizes are of the order that studies of amateurs report; they are made for looking at, not for medicine.
 */

export interface PlannedWorkout {
  readonly type: WorkoutType;
  /** Minutes after local midnight. */
  readonly startMinute: number;
  readonly minutes: number;
  readonly meanHeartRate: number;
  readonly maxHeartRate: number;
}

/** The night that ends on this day. */
export interface PlannedNight {
  /** Minutes after the local midnight of the day it ends on; negative is the evening before. */
  readonly bedMinute: number;
  readonly asleepMinutes: number;
  readonly awakeShare: number;
  readonly deepShare: number;
  readonly remShare: number;
}

export interface LivedDay {
  readonly day: string;
  readonly weekend: boolean;
  readonly night: PlannedNight | null;
  readonly nap: { readonly startMinute: number; readonly minutes: number } | null;
  readonly workouts: readonly PlannedWorkout[];
  /** Beats a minute on waking. */
  readonly restingHeartRate: number;
  /** Milliseconds, of the night. */
  readonly rmssd: number;
  /** How much this person moves today; 1 is a usual day. */
  readonly activity: number;
  readonly weight: number;
}

const usualSleepMinutes = 450;

/** Every day from the first that the profile asks for up to and including `today`. */
export function livedDays(profile: SeedProfile, today: string, random: Random): LivedDay[] {
  const { workout_config: workout, sleep_config: sleep, time_series_config: series } = profile;
  const months = Math.max(workout.date_range_months, sleep.date_range_months, series.date_range_months);
  const first = [workout.date_from, sleep.date_from, series.date_from].filter((day) => day).sort()[0] ??
    addDays(today, -Math.round(months * 30.4));
  const count = Math.min(Math.max(daysBetween(first, today), 0), 731) + 1;
  const days = Array.from({ length: count }, (_, index) => addDays(today, index - count + 1));
  const nights = nightsOf(profile, days);
  const training = trainingDays(profile, days, random);
  const usual = { heartRate: random.between(52, 64), rmssd: random.between(38, 60), weight: random.between(62, 88) };
  let [load, fitness, debt, weight] = [0, 0, 0, usual.weight];
  return days.map((day) => {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    const weekend = weekday === 0 || weekday === 6;
    const night = nights.has(day) ? plannedNight(profile, weekend, random) : null;
    const slept = night?.asleepMinutes ?? usualSleepMinutes;
    debt = 0.6 * debt + (usualSleepMinutes - slept) / 60;
    const restingHeartRate = usual.heartRate + 1.5 * debt + 0.045 * load - 5 * fitness + random.between(-1, 1);
    const rmssd = usual.rmssd * Math.exp(-0.03 * (restingHeartRate - usual.heartRate)) * random.between(0.92, 1.08);
    const workouts = Array.from({ length: training.get(day) ?? 0 }, () => plannedWorkout(profile, weekend, random));
    const trained = workouts.reduce((sum, { minutes, meanHeartRate }) => sum + minutes * (meanHeartRate - 90) / 50, 0);
    load = 0.55 * load + trained;
    fitness = Math.min(1, Math.max(0, 0.985 * fitness + trained / 6000));
    weight += random.between(-0.12, 0.12) + (usual.weight - 3 * fitness - weight) * 0.02;
    const nap = night !== null && random.happens(profile.sleep_config.nap_chance_pct / 100)
      ? { startMinute: random.whole(13 * 60, 16 * 60), minutes: random.whole(20, 75) }
      : null;
    const activity = (weekend ? 0.9 : 1) * random.between(0.7, 1.3) - (debt > 2 ? 0.15 : 0);
    return { day, weekend, night, nap, workouts, restingHeartRate, rmssd, activity, weight };
  });
}

/** The latest nights, as many as the profile asks for. */
function nightsOf({ generate_sleep, sleep_config: { count } }: SeedProfile, days: readonly string[]): Set<string> {
  return new Set(generate_sleep && count > 0 ? days.slice(-count) : []);
}

/** How many workouts on which day, evenly over the span the profile names, today left out. */
function trainingDays(profile: SeedProfile, days: readonly string[], random: Random): Map<string, number> {
  const { count, date_range_months } = profile.workout_config;
  const planned = new Map<string, number>();
  if (!profile.generate_workouts) return planned;
  const span = days.slice(0, -1).slice(-Math.round(date_range_months * 30.4));
  if (span.length === 0) return planned;
  for (let index = 0; index < count; index++) {
    const place = Math.floor((index + random.between(0, 1)) * span.length / count);
    const day = span[Math.min(place, span.length - 1)] ?? "";
    planned.set(day, (planned.get(day) ?? 0) + 1);
  }
  return planned;
}

function plannedNight({ sleep_config }: SeedProfile, weekend: boolean, random: Random): PlannedNight {
  const { duration_min_minutes: least, duration_max_minutes: most, weekend_catchup, stage_distribution } = sleep_config;
  const middle = random.between(0.15, 0.85);
  const longer = weekend_catchup && weekend ? 75 : 0;
  const share = (range: readonly number[]) => random.between(range[0] ?? 0, range[1] ?? 0) / 100;
  return {
    asleepMinutes: Math.round(least + (most - least) * middle + longer),
    bedMinute: Math.round(random.between(-75, 15) + (weekend ? 35 : 0)),
    awakeShare: share(stage_distribution.awake_pct_range),
    deepShare: share(stage_distribution.deep_pct_range),
    remShare: share(stage_distribution.rem_pct_range),
  };
}

function plannedWorkout({ workout_config }: SeedProfile, weekend: boolean, random: Random): PlannedWorkout {
  const { duration_min_minutes, duration_max_minutes, hr_min_range, hr_max_range, workout_types } = workout_config;
  const types = workout_types?.length ? workout_types : ["running", "cycling", "walking", "yoga"] as const;
  const lowest = random.between(hr_min_range[0] ?? 90, hr_min_range[1] ?? 120);
  const maxHeartRate = Math.max(lowest + 15, random.between(hr_max_range[0] ?? 140, hr_max_range[1] ?? 180));
  return {
    type: types[random.whole(0, types.length - 1)] ?? "running",
    startMinute: weekend ? random.whole(9 * 60, 12 * 60) : random.whole(17 * 60, 19 * 60),
    minutes: Math.min(random.whole(duration_min_minutes, duration_max_minutes), 300),
    meanHeartRate: lowest + (maxHeartRate - lowest) * random.between(0.55, 0.75),
    maxHeartRate,
  };
}
