import { z } from "@hono/zod-openapi";
import { readAboutUser } from "../../accounts/access.ts";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { type CursorForm, cursorQuery, Page, pageEnvelope, readCursor } from "../../platform/envelope.ts";
import { calendarDate, queryInstant, queryInteger, timestamp, uuid, zoneOffsetText } from "../../platform/scalars.ts";
import { listDataSources } from "../../sources/queries.ts";
import { SourceMetadata } from "../../sources/source_metadata.ts";
import { type ShowSource, showSources } from "../show_sources.ts";
import { readNights, type SleepNight } from "../sleep.ts";
import { asleepSeconds, longestSession } from "../sleep_night.ts";

const minutes = z.int().nullable();
const average = z.number().nullable();
const zoneOffset = z.string().nullable().openapi({ example: "+01:00" });

const SleepSummary = z.object({
  date: calendarDate.openapi({ description: "The local day on which the night ended" }),
  source: SourceMetadata,
  start_time: timestamp.nullable().openapi({ description: "Of the night's longest session; null after naps only" }),
  end_time: timestamp.nullable(),
  zone_offset: zoneOffset,
  duration_minutes: minutes.openapi({ description: "Asleep, naps not included; null when there were only naps" }),
  total_duration_minutes: minutes.openapi({ description: "Night and naps" }),
  time_in_bed_minutes: minutes,
  efficiency_percent: average,
  stages: z.object({
    awake_minutes: minutes,
    light_minutes: minutes,
    deep_minutes: minutes,
    rem_minutes: minutes,
  }).nullable(),
  interruptions_count: z.int().nullable().openapi({ description: "Always null" }),
  nap_count: z.int().nullable(),
  nap_duration_minutes: minutes,
  sessions: z.array(
    z.object({
      start_time: timestamp,
      end_time: timestamp,
      zone_offset: zoneOffset,
      duration_minutes: minutes,
      is_nap: z.boolean(),
    }).openapi("SleepSummarySession"),
  ).nullable(),
  avg_heart_rate_bpm: z.int().nullable().openapi({ description: "Averages are of the night, over all sources" }),
  avg_hrv_sdnn_ms: average,
  avg_hrv_rmssd_ms: average,
  avg_respiratory_rate: average,
  avg_spo2_percent: average,
}).openapi("SleepSummary");

/** Rows with one a day are found by their day. */
export const dayForm: CursorForm<string> = {
  write: (day) => `${day}T00:00:00Z|${noId}`,
  read(text) {
    const [, day = ""] = /^(\d{4}-\d{2}-\d{2})(T00:00:00Z\|[0-9a-f-]{36})$/.exec(text) ?? [];
    return calendarDate.safeParse(day).success ? day : null;
  },
};

/** The contract's cursor names a row by instant and id; a day needs no id. */
const noId = "00000000-0000-0000-0000-000000000000";

export const dayQuery = {
  start_date: queryInstant,
  end_date: queryInstant,
  cursor: cursorQuery,
  limit: queryInteger(1, 100, 50),
};

export const sleepSummaryRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/users/{user_id}/summaries/sleep",
    operationId: "getSleepSummary",
    tag: "summaries",
    summary: "A person's sleep, a row for each local day on which they woke up",
    description: "Whole days; `end_date` is exclusive. The night is that of the best-ranked source that recorded one.",
    auth: "key",
    params: z.object({ user_id: uuid }),
    query: z.object(dayQuery),
    success: { status: 200, description: "A page", schema: Page("SleepSummary", SleepSummary) },
    errors: ["not_found"],
  }, async (ctx, { params, query }) => {
    const { start_date, end_date, limit } = query;
    const cursor = readCursor(dayForm, query.cursor);
    const range = { from: start_date.day, to: end_date.day };
    const descending = cursor?.backward === true;
    const page = { ...range, after: cursor?.key, descending, limit: limit + 1 };
    const [nights, sources] = await readAboutUser(
      ctx,
      params.user_id,
      (userId) => Promise.all([readNights(ctx, userId, page), listDataSources(ctx.database, userId)]),
    );
    const show = showSources(sources);
    return pageEnvelope({
      rows: nights,
      limit,
      form: dayForm,
      cursor,
      key: (night) => night.day,
      item: (night) => readNight(night, show),
      start: start_date.at,
      end: end_date.at,
    });
  }),
];

function readNight(night: SleepNight, show: ShowSource): z.input<typeof SleepSummary> {
  const { sums, averages, main, naps } = night;
  const longest = longestSession(night);
  const staged = [sums.awake_seconds, sums.light_seconds, sums.deep_seconds, sums.rem_seconds];
  return {
    date: night.day,
    source: show(night.source_no),
    start_time: longest === null ? null : new Date(longest.start).toISOString(),
    end_time: longest === null ? null : new Date(longest.end).toISOString(),
    zone_offset: zoneOffsetText(longest?.zone_offset ?? null),
    duration_minutes: wholeMinutes(sums.asleep_seconds),
    total_duration_minutes: wholeMinutes((sums.asleep_seconds ?? 0) + sums.nap_seconds),
    time_in_bed_minutes: wholeMinutes(sums.in_bed_seconds),
    efficiency_percent: rounded(sums.efficiency_percent, 2),
    stages: staged.every((seconds) => seconds === null) ? null : {
      awake_minutes: wholeMinutes(sums.awake_seconds),
      light_minutes: wholeMinutes(sums.light_seconds),
      deep_minutes: wholeMinutes(sums.deep_seconds),
      rem_minutes: wholeMinutes(sums.rem_seconds),
    },
    interruptions_count: null,
    nap_count: naps.length,
    nap_duration_minutes: wholeMinutes(sums.nap_seconds),
    sessions: [...main, ...naps].sort((a, b) => a.start - b.start).map((session) => ({
      start_time: new Date(session.start).toISOString(),
      end_time: new Date(session.end).toISOString(),
      zone_offset: zoneOffsetText(session.zone_offset),
      duration_minutes: wholeMinutes(asleepSeconds(session)),
      is_nap: session.is_nap,
    })),
    avg_heart_rate_bpm: rounded(averages.avg_heart_rate_bpm, 0),
    avg_hrv_sdnn_ms: rounded(averages.avg_hrv_sdnn_ms, 1),
    avg_hrv_rmssd_ms: rounded(averages.avg_hrv_rmssd_ms, 1),
    avg_respiratory_rate: rounded(averages.avg_respiratory_rate, 1),
    avg_spo2_percent: rounded(averages.avg_spo2_percent, 1),
  };
}

function wholeMinutes(seconds: number | null): number | null {
  return seconds === null ? null : Math.floor(seconds / 60);
}

export function rounded(value: number | null, digits: number): number | null {
  return value === null ? null : Math.round(value * 10 ** digits) / 10 ** digits;
}
