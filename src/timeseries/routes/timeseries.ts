import { z } from "@hono/zod-openapi";
import { readAboutUser, readOfUser, type UserId } from "../../accounts/access.ts";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { cursorQuery, Page, resolutions } from "../../platform/envelope.ts";
import { queryInstant, queryInteger, queryList, timestamp, uuid } from "../../platform/scalars.ts";
import { SourceMetadata } from "../../sources/source_metadata.ts";
import { readTimeseries, seriesIds } from "../read.ts";
import { readBuckets } from "../read_buckets.ts";

const TimeSeriesSample = z.object({
  timestamp: timestamp.openapi({ description: "When it was measured or began; of a bucket or a day, its start" }),
  zone_offset: z.string().nullable().openapi({ description: "Where it was recorded, `±HH:MM`", example: "+01:00" }),
  type: z.string().openapi({ example: "heart_rate" }),
  value: z.number(),
  unit: z.string().openapi({ example: "bpm" }),
  source: SourceMetadata.nullable().openapi({ description: "Of a bucket, the source that contributed most" }),
  is_daily_total: z.boolean().nullable().openapi({
    description: "Of series that add up: true where the value covers the whole day already; never add it to samples",
  }),
  min: z.number().optional().openapi({ description: "Only of buckets and archived days" }),
  max: z.number().optional().openapi({ description: "Only of buckets and archived days" }),
  sample_count: z.int().optional().openapi({ description: "Only of buckets and archived days" }),
}).openapi("TimeSeriesSample");

const dayMs = 86_400_000;
/** What is written with four digits, as Postgres reads it; programs ask up to then for everything. */
const lastInstant = Date.parse("9999-12-31T23:59:59.999Z");
const maxTypes = 200;

export const timeseriesRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/users/{user_id}/timeseries",
    operationId: "getTimeseries",
    tag: "timeseries",
    summary: "A person's measurements in a range of time, oldest first",
    description:
      "Raw, every source's samples stand side by side, with vendors' daily totals and archived days at the " +
      "start of their day. With another resolution each series has one row a bucket, of the person's local time, in " +
      "which sources are merged by priority. An `end_time` at midnight includes that day.",
    auth: "key",
    params: z.object({ user_id: uuid }),
    query: z.object({
      start_time: queryInstant,
      end_time: queryInstant,
      types: queryList(z.string().max(100), maxTypes).openapi({ description: "Codes of series; all when absent" }),
      resolution: z.enum(resolutions).default("raw"),
      cursor: cursorQuery,
      limit: queryInteger(1, 10_000, 50),
    }),
    success: { status: 200, description: "A page", schema: Page("TimeSeriesSample", TimeSeriesSample) },
    errors: ["not_found"],
  }, async (ctx, { params, query }) => {
    const { start_time, end_time, types, resolution, cursor, limit } = query;
    const end = end_time.midnight ? new Date(Math.min(end_time.at.getTime() + dayMs, lastInstant)) : end_time.at;
    const days = { from: start_time.day, to: end_time.day };
    const page = async (userId: UserId) => {
      const series = await seriesIds(ctx, userId, types);
      return { start: start_time.at, end, series, limit, cursor };
    };
    const body = resolution === "raw"
      ? await readOfUser(ctx, params.user_id, async (id) => await readTimeseries(ctx, id, await page(id)))
      : await readAboutUser(ctx, params.user_id, async (id) => {
        return JSON.stringify(await readBuckets(ctx, id, { ...await page(id), resolution, days }));
      });
    return new Response(body, { headers: { "content-type": "application/json" } });
  }),
];
