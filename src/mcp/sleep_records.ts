import type { ReachedUser } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { zoneOffsetText } from "../platform/scalars.ts";
import { listDataSources } from "../sources/queries.ts";
import { showSources } from "../summaries/show_sources.ts";
import { readNights } from "../summaries/sleep.ts";
import { longestSession } from "../summaries/sleep_night.ts";
import { shownUser } from "./mcp_tool.ts";
import { localText, readRange } from "./range.ts";
import { cutRecords, mostRecords, wholeMean } from "./record_list.ts";

/** A person's nights by the day of waking up, oldest first; minutes asleep without naps. The end is exclusive. */
export async function sleepRecords(ctx: Context, user: ReachedUser, from: string, to: string) {
  const { start, end } = readRange(from, to);
  const userId = user.id;
  const page = { from: start.day, to: end.day, after: undefined, descending: false, limit: mostRecords + 1 };
  const [nights, sources] = await Promise.all([
    readNights(ctx, userId, page),
    listDataSources(ctx.database, userId),
  ]);
  const { kept, remark } = cutRecords(nights);
  const show = showSources(sources);
  const records = kept.map((night) => {
    const longest = longestSession(night);
    const zone = zoneOffsetText(longest?.zone_offset ?? null);
    const { asleep_seconds } = night.sums;
    return {
      date: night.day,
      start_datetime: longest === null ? null : localText(longest.start, zone),
      end_datetime: longest === null ? null : localText(longest.end, zone),
      duration_minutes: asleep_seconds === null ? null : Math.floor(asleep_seconds / 60),
      source: show(night.source_no).provider,
    };
  });
  const durations = records.flatMap(({ duration_minutes }) => duration_minutes ?? []);
  return {
    user: shownUser(user),
    period: { start: from, end: to },
    records,
    summary: {
      total_nights: records.length,
      nights_with_data: durations.length,
      avg_duration_minutes: wholeMean(durations),
      min_duration_minutes: durations.length === 0 ? null : Math.min(...durations),
      max_duration_minutes: durations.length === 0 ? null : Math.max(...durations),
    },
    ...remark,
  };
}
