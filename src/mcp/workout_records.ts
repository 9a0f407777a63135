import type { ReachedUser } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { seriesId } from "../timeseries/series_table.ts";
import { listWorkouts } from "../workouts/queries.ts";
import { showWorkout } from "../workouts/shown_workout.ts";
import { shownUser } from "./mcp_tool.ts";
import { localText, readRange } from "./range.ts";
import { cutRecords, mostRecords, sum, total, wholeMean } from "./record_list.ts";

export interface AskedWorkouts {
  readonly start_date: string;
  readonly end_date: string;
  /** Exactly this type, in upper or lower case. */
  readonly workout_type?: string | undefined;
}

/** A person's workouts in the range, newest first: those that began in it and ended before its end. */
export async function workoutRecords(
  ctx: Context,
  user: ReachedUser,
  { start_date, end_date, workout_type }: AskedWorkouts,
) {
  const { start, end } = readRange(start_date, end_date);
  const list = { start: start.at, end: end.at, cursor: undefined, limit: mostRecords };
  const heartRate = seriesId("heart_rate");
  const { found } = await listWorkouts(ctx.database, user.id, list, workout_type ?? null, heartRate);
  const { kept, remark } = cutRecords(found);
  const records = kept.map((row) => {
    const shown = showWorkout(row);
    const { name: _, start_time: __, end_time: ___, zone_offset, source, id, type, ...figures } = shown;
    return {
      id,
      type,
      start_datetime: localText(row.start, zone_offset),
      end_datetime: localText(row.end, zone_offset),
      ...figures,
      source: source.provider,
    };
  });
  const durations = records.flatMap(({ duration_seconds }) => duration_seconds ?? []);
  const distances = records.flatMap(({ distance_meters }) => distance_meters ?? []);
  const types = [...Map.groupBy(records, ({ type }) => type)].map(([type, ofType]) => [type, ofType.length]);
  return {
    user: shownUser(user),
    period: { start: start_date, end: end_date },
    records,
    summary: {
      total_workouts: records.length,
      workouts_with_distance: distances.length,
      total_duration_seconds: sum(durations),
      total_distance_meters: total(distances, 3),
      total_calories_kcal: total(records.flatMap(({ calories_kcal }) => calories_kcal ?? []), 1),
      avg_duration_seconds: wholeMean(durations),
      workout_types: types.length === 0 ? null : Object.fromEntries(types),
    },
    ...remark,
  };
}
