import type { Batch, BatchWorkout } from "../ingest/batch.ts";
import { isWorkoutType, type WorkoutType } from "../workouts/workout_type_table.ts";
import type { Dropped, DropReason } from "./sdk_dropped.ts";
import { type Fields, longestMs, readObject, readText, readTimes } from "./sdk_field.ts";
import type { PhoneProvider } from "./sdk_provider.ts";
import { describeSource } from "./sdk_source.ts";
import { readStatistics } from "./sdk_statistics.ts";
import { healthKitWorkouts, phoneWorkouts } from "./workout_name_table.ts";

/** One workout of a phone with its statistics. Segments, laps, route and samples stay in the raw payload. */

const types: ReadonlyMap<string, WorkoutType> = new Map([
  ...Object.entries(healthKitWorkouts).map(([name, type]) =>
    [`hkworkoutactivitytype${name.toLowerCase()}`, type] as const
  ),
  ...Object.entries(phoneWorkouts),
]);

function workoutType(value: unknown): WorkoutType {
  const name = readText(value, 100)?.toLowerCase() ?? "";
  return types.get(name) ?? (isWorkoutType(name) ? name : "other");
}

/** Puts a workout and the samples of its statistics into the batch, or notes why not. */
export function addWorkout(batch: Batch, provider: PhoneProvider, value: unknown, index: number, dropped: Dropped) {
  const fields = readObject(value);
  const [reason, field] = fields === null
    ? ["invalid_record", ""] as const
    : add(batch, provider, fields, (reason, field) => dropped.add(reason, "workouts", index, field));
  if (reason !== null) dropped.add(reason, "workouts", index, field);
}

function add(
  batch: Batch,
  provider: PhoneProvider,
  fields: Fields,
  drop: (reason: DropReason, field: string) => void,
): readonly [DropReason | null, string] {
  const times = readTimes(fields);
  if (times === null) return ["invalid_date", "startDate"];
  const { start, end, zone_offset } = times;
  if (end === null || end < start || end - start > longestMs) return ["invalid_date", "endDate"];
  const refused = batch.refuseInstant(start) ?? batch.refuseInstant(end);
  if (refused !== null) return [refused, "startDate"];
  const { details, samples, duration_seconds } = readStatistics(provider, fields.values, drop);
  const source = batch.addSource(describeSource(provider, fields.source));
  const workout: BatchWorkout = {
    source,
    external_id: readText(fields.id ?? fields.uuid, 200),
    start,
    end,
    zone_offset,
    type: workoutType(fields.type),
    name: readText(fields.title, 200),
    duration_seconds: duration_seconds ?? Math.trunc((end - start) / 1000),
    ...details,
  };
  const reason = batch.addWorkout(workout);
  if (reason === null) {
    for (const { series, value, kind } of samples) {
      const [at, seconds] = kind === "amount" ? [start, (end - start) / 1000] : [end, 0];
      batch.addSample(series, source, at, value, seconds, zone_offset);
    }
  }
  return [reason, "startDate"];
}
