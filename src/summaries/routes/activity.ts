import { z } from "@hono/zod-openapi";
import { readOfUser } from "../../accounts/access.ts";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { type CursorForm, cursorQuery, Page, pageEnvelope, readCursor } from "../../platform/envelope.ts";
import { calendarDate, queryBoolean, queryInstant, queryInteger, uuid } from "../../platform/scalars.ts";
import { readActivity } from "../activity.ts";
import type { StoredDay } from "../cache_queries.ts";
import { type ShowSource, showSources } from "../show_sources.ts";
import { ActivitySummary, mainSource, showActivityDay } from "../shown_activity.ts";

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
      item: (row) => showActivityDay(row, show),
      start: start_date.at,
      end: end_date.at,
    });
  }),
];

function activityKey(row: StoredDay, show: ShowSource): ActivityKey {
  const { source, device } = show(mainSource(row));
  return { day: row.day, source: source ?? "unknown", device: device ?? "", source_no: row.source_no };
}
