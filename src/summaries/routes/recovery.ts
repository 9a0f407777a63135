import { z } from "@hono/zod-openapi";
import { requireUser } from "../../accounts/access.ts";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { Page, pageEnvelope, readCursor } from "../../platform/envelope.ts";
import { calendarDate, uuid } from "../../platform/scalars.ts";
import { SourceMetadata, sourceMetadata } from "../../sources/source_metadata.ts";
import { readRecovery, type RecoveryDay } from "../recovery.ts";
import { dayForm, dayQuery, rounded } from "./sleep.ts";

const level = z.number().nullable();

const RecoverySummary = z.object({
  date: calendarDate,
  source: SourceMetadata,
  sleep_duration_seconds: z.int().nullable().openapi({ description: "Asleep in the night that ended on that day" }),
  sleep_efficiency_percent: level,
  resting_heart_rate_bpm: z.int().nullable(),
  avg_hrv_sdnn_ms: level.openapi({ description: "SDNN of the day; RMSSD has its own field" }),
  avg_hrv_rmssd_ms: level,
  avg_spo2_percent: level,
  recovery_score: z.int().min(0).max(100).nullable().openapi({ description: "Null when no vendor gave one" }),
}).openapi("RecoverySummary");

export const recoverySummaryRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/users/{user_id}/summaries/recovery",
    operationId: "getRecoverySummary",
    tag: "summaries",
    summary: "How recovered a person was, a row for each local day",
    description: "Whole days; `end_date` is exclusive. A day has a row when a vendor gave a score, or when resting " +
      "heart rate, heart rate variability or a night's sleep was measured.",
    auth: "key",
    params: z.object({ user_id: uuid }),
    query: z.object(dayQuery),
    success: { status: 200, description: "A page", schema: Page("RecoverySummary", RecoverySummary) },
    errors: ["not_found"],
  }, async (ctx, { params, query }) => {
    const userId = await requireUser(ctx, params.user_id);
    const { start_date, end_date, limit } = query;
    const cursor = readCursor(dayForm, query.cursor);
    const days = await readRecovery(ctx, userId, {
      from: start_date.day,
      to: end_date.day,
      after: cursor?.key,
      descending: cursor?.backward === true,
      limit: limit + 1,
    });
    return pageEnvelope({
      rows: days,
      limit,
      form: dayForm,
      cursor,
      key: ({ day }) => day,
      item: readDay,
      start: start_date.at,
      end: end_date.at,
    });
  }),
];

function readDay({ day, source, provider, night, ...row }: RecoveryDay): z.input<typeof RecoverySummary> {
  const nameless = { provider: provider ?? "unknown", source: null, device_model: null, device_type: null };
  return {
    date: day,
    source: sourceMetadata(source ?? nameless),
    sleep_duration_seconds: rounded(night?.sums.asleep_seconds ?? null, 0),
    sleep_efficiency_percent: rounded(night?.sums.efficiency_percent ?? null, 2),
    resting_heart_rate_bpm: rounded(row.resting_heart_rate_bpm, 0),
    avg_hrv_sdnn_ms: rounded(row.avg_hrv_sdnn_ms, 1),
    avg_hrv_rmssd_ms: rounded(row.avg_hrv_rmssd_ms, 1),
    avg_spo2_percent: rounded(row.avg_spo2_percent, 1),
    recovery_score: row.recovery_score,
  };
}
