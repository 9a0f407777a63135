import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { addDays } from "../platform/day_range.ts";
import { priorityOrder, type SourceOrder } from "../sources/priority.ts";
import { dayText, localDay } from "../summaries/local_days.ts";
import { seriesId } from "../timeseries/series_table.ts";
import { listWorkouts, type WorkoutRow } from "../workouts/queries.ts";
import { seriesOfDays } from "../summaries/series_by_day.ts";
import type { Metric } from "./metric.ts";
import { withZeroDays } from "./metric_zero_days.ts";

/** A person's workouts, and daily series of them, by the local day on which they began, each once, whoever recorded it. */

export interface Workout extends WorkoutRow {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly minutes: number;
}

/** Nobody works out more often; it bounds a statement. */
const mostWorkouts = 100_000;

/** The workouts that began on these local days, both inclusive, newest first. */
export async function workoutsOf(ctx: Context, userId: UserId, from: string, to: string): Promise<Workout[]> {
  const db = ctx.database;
  const list = {
    // Local days reach beyond those of UTC, and a workout may end on another day.
    start: new Date(`${addDays(from, -1)}T00:00:00Z`),
    end: new Date(`${addDays(to, 4)}T00:00:00Z`),
    cursor: undefined,
    limit: mostWorkouts,
  };
  const [order, { found }] = await Promise.all([
    priorityOrder(db),
    listWorkouts(db, userId, list, null, seriesId("heart_rate")),
  ]);
  return withoutDoubles(found, order)
    .map((workout) => ({
      ...workout,
      day: dayText(localDay(workout.start, workout.zone_offset)),
      minutes: minutesOf(workout),
    }))
    .filter(({ day }) => day >= from && day <= to);
}

type Recorded = Pick<WorkoutRow, "start" | "end" | "provider" | "source" | "device_model" | "device_type">;

/**
 * Of workouts of different sources that overlap for at least half of the shorter one, the best-ranked source's: a run
 * that the watch and an app recorded is one run. One source's own workouts are left as they are. Keeps the order.
 */
export function withoutDoubles<Workout extends Recorded>(workouts: readonly Workout[], order: SourceOrder): Workout[] {
  const kept = new Set<Workout>();
  const keptByDay = new Map<number, Workout[]>();
  for (const workout of workouts.toSorted(order)) {
    const days = range(localDay(workout.start, null), localDay(workout.end, null));
    const near = days.flatMap((day) => keptByDay.get(day) ?? []);
    if (near.some((other) => order(other, workout) !== 0 && sameTime(other, workout))) continue;
    kept.add(workout);
    for (const day of days) keptByDay.set(day, [...keptByDay.get(day) ?? [], workout]);
  }
  return workouts.filter((workout) => kept.has(workout));
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, place) => first + place);
}

function sameTime(one: Recorded, other: Recorded): boolean {
  const shared = Math.min(one.end, other.end) - Math.max(one.start, other.start);
  const shorter = Math.min(one.end - one.start, other.end - other.start);
  return shared > 0 && shared >= shorter / 2;
}

function minutesOf({ duration_seconds, start, end }: WorkoutRow): number {
  return (duration_seconds ?? (end - start) / 1000) / 60;
}

const workoutMetrics: Readonly<Record<string, { unit: string; value: (workouts: readonly Workout[]) => number }>> = {
  workouts: { unit: "count", value: (workouts) => workouts.length },
  workout_minutes: {
    unit: "minutes",
    value: (workouts) => workouts.reduce((sum, { minutes }) => sum + minutes, 0),
  },
};

export const workoutMetricNames: readonly string[] = Object.keys(workoutMetrics);

/** What a device that is worn records every day: on such a day no workout means none. */
const signsOfWearing = [seriesId("steps"), seriesId("heart_rate")];

/**
 * Days without a workout count as zero from the first workout of the range on, if a device was worn: steps or heart
 * rate were recorded. Other days are unknown.
 */
export function workoutMetric(ctx: Context, userId: UserId, name: string): Metric | undefined {
  const metric = Object.hasOwn(workoutMetrics, name) ? workoutMetrics[name] : undefined;
  if (metric === undefined) return undefined;
  return {
    name,
    unit: metric.unit,
    kind: "amount",
    todayCounts: false,
    async days(from, to) {
      const byDay = Map.groupBy((await workoutsOf(ctx, userId, from, to)).reverse(), ({ day }) => day);
      const trained = [...byDay].map(([day, workouts]) => ({ day, value: metric.value(workouts) }));
      const first = trained.reduce((earliest, { day }) => day < earliest ? day : earliest, addDays(to, 1));
      if (trained.length === 0) return [];
      const worn = await seriesOfDays(ctx.database, userId, signsOfWearing, first, addDays(to, 1));
      return withZeroDays(trained, [...worn.values()].flat().map(({ day }) => day), first, to);
    },
  };
}
