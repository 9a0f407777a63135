import { z } from "@hono/zod-openapi";
import { providers } from "../sources/provider_table.ts";
import { seriesByCode } from "../timeseries/series_table.ts";
import { workoutTypes } from "../workouts/workout_type_table.ts";
import { calendarDate } from "../platform/scalars.ts";

/** What an invented life looks like, in the contract's shape. `preset` is a label; clients send the whole profile. */

const whole = (min: number, max: number, fallback: number) => z.int().min(min).max(max).default(fallback);
const ordered = (low: number, high: number, fallback: [number, number]) =>
  z.array(z.number().min(low).max(high)).length(2)
    .refine(([from = 0, to = 0]) => from <= to, "the first number must not be above the second")
    .default(fallback);

const span = {
  date_range_months: whole(1, 24, 6),
  date_from: calendarDate.nullish(),
  date_to: calendarDate.nullish(),
};
const spanOrdered = (value: { date_from?: string | null | undefined; date_to?: string | null | undefined }) =>
  !value.date_from || !value.date_to || value.date_from <= value.date_to;
const spanMessage = "date_from must not be after date_to";

const WorkoutConfig = z.object({
  count: whole(0, 500, 80),
  workout_types: z.array(z.enum(workoutTypes)).nullish(),
  duration_min_minutes: whole(5, 600, 15),
  duration_max_minutes: whole(5, 600, 180),
  hr_min_range: ordered(30, 230, [90, 120]),
  hr_max_range: ordered(30, 230, [140, 180]),
  steps_range: ordered(0, 100_000, [500, 20_000]),
  ...span,
}).refine(
  (value) => value.duration_min_minutes <= value.duration_max_minutes,
  "duration_min_minutes is above the maximum",
)
  .refine(spanOrdered, spanMessage).openapi("SeedWorkoutConfig");

export const StageDistribution = z.object({
  deep_pct_range: ordered(0, 100, [15, 25]),
  rem_pct_range: ordered(0, 100, [20, 25]),
  awake_pct_range: ordered(0, 100, [2, 8]),
}).refine(
  (value) => (value.deep_pct_range[1] ?? 0) + (value.rem_pct_range[1] ?? 0) + (value.awake_pct_range[1] ?? 0) <= 95,
  "the maxima of deep, rem and awake must leave 5 % for light sleep",
).openapi("SeedStageDistribution");

const SleepConfig = z.object({
  count: whole(0, 365, 20),
  duration_min_minutes: whole(60, 720, 300),
  duration_max_minutes: whole(60, 720, 600),
  nap_chance_pct: whole(0, 100, 10),
  weekend_catchup: z.boolean().default(false),
  ...span,
  stage_profile: z.string().max(64).nullish(),
  stage_distribution: StageDistribution.prefault({}),
}).refine(
  (value) => value.duration_min_minutes <= value.duration_max_minutes,
  "duration_min_minutes is above the maximum",
)
  .refine(spanOrdered, spanMessage).openapi("SeedSleepConfig");

const TimeSeriesConfig = z.object({
  enabled_types: z.array(z.string().refine((code) => seriesByCode(code) !== undefined, "is not a series")).max(100)
    .default([]),
  include_blood_pressure: z.boolean().default(false),
  ...span,
}).refine(spanOrdered, spanMessage).openapi("SeedTimeSeriesConfig");

export const SeedProfile = z.object({
  preset: z.string().max(64).nullish(),
  generate_workouts: z.boolean().default(true),
  generate_sleep: z.boolean().default(true),
  generate_time_series: z.boolean().default(true),
  providers: z.array(z.enum(providers)).max(14).nullish(),
  num_connections: whole(1, 5, 2),
  workout_config: WorkoutConfig.prefault({}),
  sleep_config: SleepConfig.prefault({}),
  time_series_config: TimeSeriesConfig.prefault({}),
}).openapi("SeedProfileConfig");

export type SeedProfile = z.output<typeof SeedProfile>;

export const SeedRequest = z.object({
  num_users: whole(1, 10, 1),
  random_seed: z.int().min(0).max(2_147_483_647).nullish(),
  profile: SeedProfile.prefault({}),
}).openapi("SeedDataRequest", { example: { num_users: 1, random_seed: 7, profile: { preset: "active_athlete" } } });
