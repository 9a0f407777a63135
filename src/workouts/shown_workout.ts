import { z } from "@hono/zod-openapi";
import { timestamp, uuid, zoneOffsetText } from "../platform/scalars.ts";
import { SourceMetadata, sourceMetadata } from "../sources/source_metadata.ts";
import { averagePace } from "./pace.ts";
import type { WorkoutRow } from "./queries.ts";

/** A workout as every door shows it. */

export const Workout = z.object({
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

export function showWorkout(row: WorkoutRow): z.input<typeof Workout> {
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
