import { z } from "@hono/zod-openapi";
import { calendarDate } from "../platform/scalars.ts";
import { SourceMetadata } from "../sources/source_metadata.ts";
import type { StoredDay } from "./cache_queries.ts";
import type { ShowSource } from "./show_sources.ts";

/** A day of activity as every door shows it. */

const wholeNumber = z.int().nullable();
const amount = z.number().nullable();

const ActivitySourceShare = z.object({
  source: SourceMetadata,
  share: z.number().openapi({
    description:
      "Its part of the day's steps, 0 to 1; of calories, distance, floors or heart rate where there are none",
    example: 0.92,
  }),
  steps: wholeNumber,
  distance_meters: amount,
  floors_climbed: wholeNumber,
  active_calories_kcal: amount,
}).openapi("ActivitySourceShare");

export const ActivitySummary = z.object({
  date: calendarDate,
  source: SourceMetadata.openapi({ description: "The main contributor, or the source of this row" }),
  sources: z.array(ActivitySourceShare).nullable().openapi({
    description: "Everyone who contributed, the main one first; null with `by_source`",
  }),
  steps: wholeNumber,
  distance_meters: amount,
  floors_climbed: wholeNumber,
  elevation_meters: amount.openapi({ description: "Climbed in the workouts that ended on that day" }),
  active_calories_kcal: amount,
  total_calories_kcal: amount.openapi({ description: "Active and basal, as far as they were reported" }),
  active_minutes: wholeNumber.openapi({ description: "As reported, else minutes with at least 30 steps" }),
  sedentary_minutes: wholeNumber.openapi({ description: "Minutes in which steps were counted that are not active" }),
  intensity_minutes: z.object({ light: wholeNumber, moderate: wholeNumber, vigorous: wholeNumber }).nullable()
    .openapi({ description: "By heart rate, of the highest rate for the age on that day" }),
  heart_rate: z.object({ avg_bpm: wholeNumber, max_bpm: wholeNumber, min_bpm: wholeNumber }).nullable(),
}).openapi("ActivitySummary");

export function mainSource({ source_no, sources }: StoredDay): number {
  return source_no === 0 ? sources?.[0]?.source_no ?? 0 : source_no;
}

export function showActivityDay(row: StoredDay, show: ShowSource): z.input<typeof ActivitySummary> {
  const { active_calories_kcal: active, basal_calories_kcal: basal, light_minutes, heart_rate_avg } = row;
  const floors = row.flights ?? (row.elevation_meters === null ? null : Math.trunc(row.elevation_meters / 3));
  return {
    date: row.day,
    source: show(mainSource(row)),
    sources: row.sources?.map(({ source_no, share, flights, ...part }) => ({
      source: show(source_no),
      share: Math.round(share * 10_000) / 10_000,
      steps: whole(part.steps),
      distance_meters: rounded(part.distance_meters),
      floors_climbed: whole(flights),
      active_calories_kcal: rounded(part.active_calories_kcal),
    })) ?? null,
    steps: whole(row.steps),
    distance_meters: rounded(row.distance_meters),
    floors_climbed: whole(floors),
    elevation_meters: rounded(row.elevation_meters),
    active_calories_kcal: rounded(active),
    total_calories_kcal: active === null && basal === null ? null : rounded((active ?? 0) + (basal ?? 0)),
    active_minutes: row.active_minutes,
    sedentary_minutes: row.sedentary_minutes,
    intensity_minutes: light_minutes === null
      ? null
      : { light: light_minutes, moderate: row.moderate_minutes, vigorous: row.vigorous_minutes },
    heart_rate: heart_rate_avg === null ? null : {
      avg_bpm: whole(heart_rate_avg),
      max_bpm: whole(row.heart_rate_max),
      min_bpm: whole(row.heart_rate_min),
    },
  };
}

function whole(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

/** To millimetres and small calories: what is finer comes from dividing, not from a sensor. */
function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1000) / 1000;
}
