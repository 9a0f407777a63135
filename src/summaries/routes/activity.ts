import { z } from "@hono/zod-openapi";
import { readOfUser } from "../../accounts/access.ts";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { type CursorForm, cursorQuery, Page, pageEnvelope, readCursor } from "../../platform/envelope.ts";
import { calendarDate, queryBoolean, queryInstant, queryInteger, uuid } from "../../platform/scalars.ts";
import { SourceMetadata } from "../../sources/source_metadata.ts";
import { readActivity } from "../activity.ts";
import type { StoredDay } from "../cache_queries.ts";
import { type ShowSource, showSources } from "../show_sources.ts";

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

const ActivitySummary = z.object({
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

/** A row's place. The source and its model are written as the contract has it; the number says which row it is. */
interface ActivityKey {
  readonly day: string;
  readonly source: string;
  readonly device: string;
  readonly source_no: number;
}

const activityForm: CursorForm<ActivityKey> = {
  write: ({ day, source, device, source_no }) => `${day}|${source}|${device}|${source_no}`,
  read(text) {
    const match = /^(\d{4}-\d{2}-\d{2})\|(.*)\|(.*?)\|(\d{1,5})$/s.exec(text);
    const [, day = "", source = "", device = "", no = ""] = match ?? [];
    if (!calendarDate.safeParse(day).success || Number(no) > 32_767) return null;
    return { day, source, device, source_no: Number(no) };
  },
};

export const activityRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/users/{user_id}/summaries/activity",
    operationId: "getActivitySummary",
    tag: "summaries",
    summary: "A person's activity, a row for each local day",
    description: "Whole days; `end_date` is exclusive. Overlapping sources are merged by priority interval by " +
      "interval, so that nothing is counted twice and a watch that was off does not erase what the phone counted. " +
      "With `by_source` each source has its own row instead. Null was not reported.",
    auth: "key",
    params: z.object({ user_id: uuid }),
    query: z.object({
      start_date: queryInstant,
      end_date: queryInstant,
      cursor: cursorQuery,
      limit: queryInteger(1, 400, 50),
      sort_order: z.enum(["asc", "desc"]).default("asc"),
      by_source: queryBoolean.optional(),
    }),
    success: { status: 200, description: "A page", schema: Page("ActivitySummary", ActivitySummary) },
    errors: ["not_found"],
  }, async (ctx, { params, query }) => {
    const { start_date, end_date, limit, sort_order, by_source = false } = query;
    const cursor = readCursor(activityForm, query.cursor);
    const page = {
      from: start_date.day,
      to: end_date.day,
      bySource: by_source,
      descending: (sort_order === "desc") !== (cursor?.backward === true),
      after: cursor?.key,
      limit: limit + 1,
    };
    const { days, sources } = await readOfUser(ctx, params.user_id, (userId) => readActivity(ctx, userId, page));
    const show = showSources(sources);
    return pageEnvelope({
      rows: days,
      limit,
      form: activityForm,
      cursor,
      key: (row) => activityKey(row, show),
      item: (row) => readDay(row, show),
      start: start_date.at,
      end: end_date.at,
    });
  }),
];

function mainSource({ source_no, sources }: StoredDay): number {
  return source_no === 0 ? sources?.[0]?.source_no ?? 0 : source_no;
}

function activityKey(row: StoredDay, show: ShowSource): ActivityKey {
  const { source, device } = show(mainSource(row));
  return { day: row.day, source: source ?? "unknown", device: device ?? "", source_no: row.source_no };
}

function readDay(row: StoredDay, show: ShowSource): z.input<typeof ActivitySummary> {
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
