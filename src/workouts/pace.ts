import { pacedWorkoutTypes } from "./workout_type_table.ts";

/**
 * Seconds for a kilometre, whole: the moving time, else the duration, over the distance. Null for kinds of which nobody
 * speaks of a pace, and without a distance.
 */
export function averagePace(workout: {
  readonly type: string;
  readonly distance: number | null;
  readonly moving_time_seconds: number | null;
  readonly duration_seconds: number | null;
}): number | null {
  const { type, distance } = workout;
  const seconds = workout.moving_time_seconds ?? workout.duration_seconds;
  if (!pacedWorkoutTypes.has(type) || distance === null || distance <= 0 || seconds === null || seconds <= 0) {
    return null;
  }
  return Math.round(seconds / distance * 1000);
}
