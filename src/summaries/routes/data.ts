import { z } from "@hono/zod-openapi";
import { requireUser } from "../../accounts/access.ts";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { queryInstant, uuid } from "../../platform/scalars.ts";
import { summarizeData } from "../data_summary.ts";

const counts = z.record(z.string(), z.int());
const ProviderDataCount = z.object({
  provider: z.string(),
  data_points: z.int(),
  series_counts: counts,
  workout_count: z.int(),
  sleep_count: z.int(),
}).openapi("ProviderDataCount");
const UserDataSummary = z.object({
  user_id: uuid,
  total_data_points: z.int().openapi({
    description: "Samples and vendors' daily totals; of archived days the samples they were made of",
  }),
  total_workouts: z.int(),
  total_sleep_events: z.int(),
  series_type_counts: counts.openapi({ example: { heart_rate: 120_000 } }),
  workout_type_counts: counts.openapi({ example: { running: 51 } }),
  by_provider: z.array(ProviderDataCount),
  has_womens_health_data: z.boolean(),
}).openapi("UserDataSummary");

export const dataRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/users/{user_id}/summaries/data",
    operationId: "getDataSummary",
    tag: "summaries",
    summary: "How much is kept about a person, by series, type and provider",
    auth: "key",
    params: z.object({ user_id: uuid }),
    query: z.object({
      start_date: queryInstant.optional(),
      end_date: queryInstant.optional(),
    }),
    success: { status: 200, description: "Counts", schema: UserDataSummary },
    errors: ["not_found"],
  }, async (ctx, { params, query }) => {
    const range = { start: query.start_date?.at ?? null, end: query.end_date?.at ?? null };
    return await summarizeData(ctx, await requireUser(ctx, params.user_id), range);
  }),
];
