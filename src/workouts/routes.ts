import { z } from "@hono/zod-openapi";
import { requireUser } from "../accounts/access.ts";
import { type Endpoint, endpoint } from "../platform/endpoint.ts";
import { Page, pageEnvelope, positionForm } from "../platform/envelope.ts";
import { eventList, eventListQuery, eventPosition } from "../platform/event_list.ts";
import { timestamp, uuid, zoneOffsetText } from "../platform/scalars.ts";
import { SourceMetadata, sourceMetadata } from "../sources/source_metadata.ts";
import { seriesId } from "../timeseries/series_table.ts";
import { averagePace } from "./pace.ts";
import { listWorkouts, type WorkoutRow } from "./queries.ts";
import { removeWorkout } from "./remove_workout.ts";

const Workout = z.object({
  id: uuid,
  type: z.string().openapi({ example: "trail_running" }),
  name: z.string().nullable(),
  start_time: timestamp,
  end_time: timestamp,
  zone_offset: z.string().nullable().openapi({ description: "`±HH:MM`; null when unknown", example: "+01:00" }),
  duration_seconds: z.int().nullable(),
  source: SourceMetadata,
  calories_kcal: z.number().nullable(),
  distance_meters: z.number().nullable(),
  avg_heart_rate_bpm: z.int().nullable().openapi({
    description: "As it was sent, otherwise the mean of what the same source measured meanwhile",
  }),
  max_heart_rate_bpm: z.int().nullable(),
  avg_pace_sec_per_km: z.number().nullable().openapi({ description: "Of workouts on foot and the like" }),
  elevation_gain_meters: z.number().nullable(),
}).openapi("Workout");

const params = z.object({ user_id: uuid });

function readWorkout(row: WorkoutRow): z.input<typeof Workout> {
  const duration_seconds = row.duration_seconds ?? Math.round((row.end - row.start) / 1000);
  return {
    id: row.id,
    type: row.type,
    name: row.name,
    start_time: new Date(row.start).toISOString(),
    end_time: new Date(row.end).toISOString(),
    zone_offset: zoneOffsetText(row.zone_offset),
    duration_seconds,
    source: sourceMetadata(row),
    calories_kcal: row.energy_burned,
    distance_meters: row.distance,
    avg_heart_rate_bpm: rounded(row.heart_rate_avg),
    max_heart_rate_bpm: rounded(row.heart_rate_max),
    avg_pace_sec_per_km: averagePace({ ...row, duration_seconds }),
    elevation_gain_meters: row.total_elevation_gain,
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

export const workoutRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/users/{user_id}/events/workouts",
    operationId: "listWorkouts",
    tag: "events",
    summary: "A person's workouts, newest first",
    auth: "key",
    params,
    query: z.object({
      ...eventListQuery,
      record_type: z.string().max(100).optional().openapi({
        description: "Exactly this type, in upper or lower case",
        example: "running",
      }),
    }),
    success: { status: 200, description: "A page", schema: Page("Workout", Workout) },
    errors: ["not_found"],
  }, async (ctx, { params, query }) => {
    const userId = await requireUser(ctx, params.user_id);
    const list = eventList(query);
    const { total, found } = await listWorkouts(
      ctx.database,
      userId,
      list,
      query.record_type ?? null,
      seriesId("heart_rate"),
    );
    return pageEnvelope({ ...list, rows: found, form: positionForm, key: eventPosition, item: readWorkout, total });
  }),

  endpoint({
    method: "delete",
    path: "/users/{user_id}/events/workouts/{workout_id}",
    operationId: "deleteWorkout",
    tag: "events",
    summary: "Delete a workout",
    description: "It comes back when its source sends it again.",
    auth: "key",
    params: z.object({ user_id: uuid, workout_id: uuid }),
    success: { status: 204, description: "Deleted" },
    errors: ["not_found"],
  }, async (ctx, { params }) => await removeWorkout(ctx, await requireUser(ctx, params.user_id), params.workout_id)),
];
