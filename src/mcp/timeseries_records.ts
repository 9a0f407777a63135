import type { ReachedUser, UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import type { resolutions } from "../platform/envelope.ts";
import { notFound } from "../platform/errors.ts";
import { readTimeseries, seriesIds } from "../timeseries/read.ts";
import { readBuckets } from "../timeseries/read_buckets.ts";
import { shownUser } from "./mcp_tool.ts";
import { localText, readRange } from "./range.ts";
import { roundTo, sum } from "./record_list.ts";

export interface AskedSamples {
  readonly start_time: string;
  readonly end_time: string;
  readonly types: readonly string[];
  readonly resolution: (typeof resolutions)[number];
}

/** As many as the predecessors' hundred pages of a hundred held. */
const mostSamples = 10_000;
const dayMs = 86_400_000;

interface Sample {
  readonly timestamp: string;
  readonly zone_offset: string | null;
  readonly type: string;
  readonly value: number;
  readonly unit: string;
  readonly source: { readonly provider: string } | null;
}

interface SamplePage {
  readonly data: readonly Sample[];
  readonly pagination: { readonly next_cursor: string | null };
}

/** Measurements of the range, oldest first. An end at midnight includes that day; no types are all of them. */
export async function timeseriesRecords(ctx: Context, user: ReachedUser, asked: AskedSamples) {
  const { start_time, end_time, resolution } = asked;
  const { samples, truncated } = await readSamples(ctx, user.id, asked);
  const records = samples.map(({ timestamp, zone_offset, type, value, unit, source }) => ({
    timestamp: localText(Date.parse(timestamp), zone_offset),
    type,
    value,
    unit,
    source: source?.provider ?? null,
  }));
  const byType = [...Map.groupBy(records, ({ type }) => type)].map(([type, ofType]) => {
    const values = ofType.map(({ value }) => value);
    const [min, max] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
    return [type, { count: values.length, avg: roundTo(sum(values) / values.length, 2), min, max }];
  });
  return {
    user: shownUser(user),
    period: { start: start_time, end: end_time, resolution },
    records,
    summary: { total_samples: records.length, by_type: Object.fromEntries(byType) },
    truncated,
  };
}

async function readSamples(ctx: Context, userId: UserId, { start_time, end_time, types, resolution }: AskedSamples) {
  const { start, end } = readRange(start_time, end_time);
  const series = await seriesIds(ctx, userId, types);
  const last = end.midnight ? new Date(end.at.getTime() + dayMs) : end.at;
  const range = { start: start.at, end: last, series };
  const days = { from: start.day, to: end.day };
  const samples: Sample[] = [];
  let cursor: string | undefined;
  do {
    const page = { ...range, limit: mostSamples - samples.length, cursor };
    const { data, pagination } = resolution === "raw"
      ? await rawPage(ctx, userId, page)
      : await readBuckets(ctx, userId, { ...page, resolution, days }) as unknown as SamplePage;
    for (const sample of data) samples.push(sample);
    cursor = pagination.next_cursor ?? undefined;
  } while (cursor !== undefined && samples.length < mostSamples);
  return { samples, truncated: cursor !== undefined };
}

async function rawPage(
  ctx: Context,
  userId: UserId,
  page: Parameters<typeof readTimeseries>[2],
): Promise<SamplePage> {
  const text = await readTimeseries(ctx, userId, page);
  if (text === undefined) throw notFound("User", userId);
  return JSON.parse(text);
}
