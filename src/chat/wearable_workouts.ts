import { coverage, periodText } from "../platform/period.ts";
import { inUnit } from "./fact_sentence.ts";
import { type Workout, workoutsOf } from "./metric_workouts.ts";
import { rounded } from "./statistics.ts";
import { localTime } from "./wearable_days.ts";
import { sourceName, type Subject, type Summary } from "./wearable_subject.ts";

/** A person's workouts, each once, newest first. */

/** Workouts are long to tell: so many fit into a small model's context. */
const mostRecords = 30;

export async function workoutSummary({ ctx, user_id, period }: Subject): Promise<Summary | null> {
  const workouts = await workoutsOf(ctx, user_id, period.from, period.to);
  if (workouts.length === 0) return null;
  const names = [...new Set(workouts.map(sourceName))];
  const shown = workouts.slice(0, mostRecords);
  const known = coverage(workouts.map(({ day }) => day), period, "have a workout");
  const minutes = Math.floor(workouts.reduce((sum, workout) => sum + workout.minutes, 0));
  return {
    summary: `${workouts.length} workouts, ${inUnit(minutes, "minutes")} in all, over ${
      periodText(period)
    } (${known.text}).`,
    unit: "minutes",
    count: workouts.length,
    coverage: known,
    sources: names,
    statistics: {
      total_workouts: workouts.length,
      total_duration_minutes: minutes,
      by_type: Object.fromEntries(
        [...Map.groupBy(workouts, ({ type }) => type)].map(([type, own]) => [type, own.length]),
      ),
    },
    ...(shown.length === workouts.length
      ? {}
      : { note: `records has the newest ${shown.length} of ${workouts.length} workouts, statistics all of them` }),
    records: shown.map((workout) => ({
      date: workout.day,
      ...workoutFields(workout),
      ...(names.length > 1 ? { source: sourceName(workout) } : {}),
    })),
  };
}

/** A workout as every tool shows it; what was not recorded is absent. */
export function workoutFields(workout: Workout): Record<string, unknown> {
  const { type, minutes, start, end, zone_offset, distance, energy_burned, heart_rate_avg, heart_rate_max } = workout;
  const field = (name: string, value: number | null) => value === null ? {} : { [name]: rounded(value, 0) };
  return {
    type,
    duration_minutes: Math.floor(minutes),
    start: localTime(start, zone_offset),
    end: localTime(end, zone_offset),
    ...field("distance_meters", distance),
    ...field("energy_kcal", energy_burned),
    ...field("avg_heart_rate_bpm", heart_rate_avg),
    ...field("max_heart_rate_bpm", heart_rate_max),
  };
}
