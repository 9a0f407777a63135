import { z } from "@hono/zod-openapi";
import { requireUser } from "../../accounts/access.ts";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { queryInteger, timestamp, uuid } from "../../platform/scalars.ts";
import { SourceMetadata, sourceMetadata } from "../../sources/source_metadata.ts";
import { type Body, readBody } from "../body.ts";
import { rounded } from "./sleep.ts";

const value = z.number().nullable();
const whole = z.int().nullable();

const BloodPressure = z.object({
  avg_systolic_mmhg: whole,
  avg_diastolic_mmhg: whole,
  max_systolic_mmhg: whole,
  max_diastolic_mmhg: whole,
  min_systolic_mmhg: whole,
  min_diastolic_mmhg: whole,
  reading_count: whole,
}).openapi("BloodPressure", {
  description: "The latest reading: both values within five seconds; no range of several",
});

const BodySummary = z.object({
  source: SourceMetadata,
  slow_changing: z.object({
    weight_kg: value,
    height_cm: value,
    body_fat_percent: value,
    muscle_mass_kg: value.openapi({ description: "Lean body mass" }),
    bmi: value.openapi({ description: "As measured, else from weight and height" }),
    age: whole,
  }),
  averaged: z.object({
    period_days: z.int(),
    resting_heart_rate_bpm: whole,
    avg_hrv_sdnn_ms: value,
    avg_hrv_rmssd_ms: value,
    period_start: timestamp,
    period_end: timestamp,
  }),
  latest: z.object({
    body_temperature_celsius: value,
    body_temperature_measured_at: timestamp.nullable(),
    skin_temperature_celsius: value,
    skin_temperature_measured_at: timestamp.nullable(),
    blood_pressure: BloodPressure.nullable(),
    blood_pressure_measured_at: timestamp.nullable(),
  }),
}).openapi("BodySummary");

export const bodySummaryRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/users/{user_id}/summaries/body",
    operationId: "getBodySummary",
    tag: "summaries",
    summary: "A person's body as it is now, or null when nothing is known of it",
    auth: "key",
    params: z.object({ user_id: uuid }),
    query: z.object({
      average_period: queryInteger(1, 7, 7).openapi({ description: "Days that are averaged" }),
      latest_window_hours: queryInteger(1, 24, 4).openapi({ description: "How old the latest readings may be" }),
    }),
    success: { status: 200, description: "The body, or null", schema: BodySummary.nullable() },
    errors: ["not_found"],
  }, async (ctx, { params, query }) => {
    const userId = await requireUser(ctx, params.user_id);
    const { average_period, latest_window_hours } = query;
    const asked = { averagePeriodDays: average_period, latestWindowHours: latest_window_hours };
    const body = await readBody(ctx, userId, asked);
    return body === null ? null : showBody(body, average_period);
  }),
];

function showBody(body: Body, period_days: number): z.input<typeof BodySummary> {
  const nobody = { provider: "unknown", source: null, device_model: null, device_type: null };
  const at = (reading: { readonly at: number } | null) => reading === null ? null : new Date(reading.at).toISOString();
  const pressure = body.blood_pressure;
  return {
    source: sourceMetadata(body.source ?? nobody),
    slow_changing: {
      weight_kg: rounded(body.weight_kg, 3),
      height_cm: rounded(body.height_cm, 2),
      body_fat_percent: rounded(body.body_fat_percent, 2),
      muscle_mass_kg: rounded(body.muscle_mass_kg, 3),
      bmi: rounded(body.bmi, 2),
      age: body.age,
    },
    averaged: {
      period_days,
      resting_heart_rate_bpm: rounded(body.resting_heart_rate_bpm, 0),
      avg_hrv_sdnn_ms: rounded(body.avg_hrv_sdnn_ms, 1),
      avg_hrv_rmssd_ms: rounded(body.avg_hrv_rmssd_ms, 1),
      period_start: body.period.start.toISOString(),
      period_end: body.period.end.toISOString(),
    },
    latest: {
      body_temperature_celsius: rounded(body.body_temperature?.value ?? null, 2),
      body_temperature_measured_at: at(body.body_temperature),
      skin_temperature_celsius: rounded(body.skin_temperature?.value ?? null, 2),
      skin_temperature_measured_at: at(body.skin_temperature),
      blood_pressure: pressure === null ? null : {
        avg_systolic_mmhg: Math.round(pressure.systolic),
        avg_diastolic_mmhg: Math.round(pressure.diastolic),
        max_systolic_mmhg: null,
        max_diastolic_mmhg: null,
        min_systolic_mmhg: null,
        min_diastolic_mmhg: null,
        reading_count: 1,
      },
      blood_pressure_measured_at: at(pressure),
    },
  };
}
