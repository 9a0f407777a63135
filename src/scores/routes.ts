import { z } from "@hono/zod-openapi";
import { requireUser } from "../accounts/access.ts";
import { type Endpoint, endpoint } from "../platform/endpoint.ts";
import { Page } from "../platform/envelope.ts";
import { AppError } from "../platform/errors.ts";
import { queryInstant, queryInteger, timestamp, uuid, zoneOffsetText } from "../platform/scalars.ts";
import { providers } from "../sources/provider_table.ts";
import { scoreCategories, type ScoreCategory } from "./score_category.ts";
import { listScores, type ScoreRow } from "./queries.ts";

const ScoreComponent = z.object({ value: z.number().nullable(), qualifier: z.string().nullable() })
  .openapi("ScoreComponent");

const HealthScoreResponse = z.object({
  id: uuid,
  category: z.enum(scoreCategories),
  value: z.number().nullable().openapi({ description: "On the scale of its provider; 0 to 100 where it is internal" }),
  qualifier: z.string().nullable(),
  recorded_at: timestamp,
  zone_offset: z.string().nullable().openapi({ description: "`±HH:MM`; null when unknown", example: "+01:00" }),
  components: z.record(z.string(), ScoreComponent).nullable(),
  data_source_id: uuid.nullable(),
  provider: z.string().nullable().openapi({ description: "`internal` where it was computed here" }),
}).openapi("HealthScoreResponse");

function readScore(row: ScoreRow): z.input<typeof HealthScoreResponse> {
  return {
    id: row.id,
    category: row.category as ScoreCategory,
    value: row.value,
    qualifier: row.qualifier,
    recorded_at: new Date(row.at).toISOString(),
    zone_offset: zoneOffsetText(row.zone_offset),
    components: row.components === null ? null : Object.fromEntries(
      Object.entries(row.components).map(([name, { value = null, qualifier = null }]) => [name, { value, qualifier }]),
    ),
    data_source_id: row.data_source_id,
    provider: row.provider,
  };
}

export const scoreRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/users/{user_id}/health-scores",
    operationId: "listHealthScores",
    tag: "health scores",
    summary: "A person's scores, newest first",
    description: "Those of vendors as they sent them, and `internal` ones computed here: sleep, and resilience.",
    auth: "key",
    params: z.object({ user_id: uuid }),
    query: z.object({
      start_date: queryInstant.optional(),
      end_date: queryInstant.optional().openapi({ description: "Excluded" }),
      category: z.enum(scoreCategories).optional(),
      provider: z.enum(providers).optional(),
      limit: queryInteger(1, 1_000, 50),
      offset: queryInteger(0, 1_000_000, 0),
    }),
    success: { status: 200, description: "A page", schema: Page("HealthScoreResponse", HealthScoreResponse) },
    errors: ["not_found"],
  }, async (ctx, { params, query }) => {
    const { start_date, end_date, category, provider, limit, offset } = query;
    const userId = await requireUser(ctx, params.user_id);
    const [start, end] = [start_date?.at, end_date?.at];
    if (start !== undefined && end !== undefined && start >= end) {
      const message = "start_date must be before end_date";
      throw new AppError("invalid_input", message, { issues: [{ path: "query.start_date", message }] });
    }
    const filter = { start, end, category, provider, limit, offset };
    const { total, found } = await listScores(ctx.database, userId, filter);
    const data = found.slice(0, limit).map(readScore);
    return {
      data,
      pagination: {
        next_cursor: null,
        previous_cursor: null,
        has_more: found.length > limit,
        total_count: total,
      },
      metadata: {
        resolution: null,
        sample_count: data.length,
        start_time: start?.toISOString() ?? null,
        end_time: end?.toISOString() ?? null,
      },
    };
  }),
];
