import type { ReachedUser } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { notFound } from "../platform/errors.ts";
import { readActivity } from "../summaries/activity.ts";
import { showActivityDay } from "../summaries/shown_activity.ts";
import { showSources } from "../summaries/show_sources.ts";
import { shownUser } from "./mcp_tool.ts";
import { readRange } from "./range.ts";
import { cutRecords, mostRecords, total, wholeMean } from "./record_list.ts";

/** A person's days of activity, oldest first, and what they come to. The end is exclusive; sums are of known values. */
export async function activityRecords(ctx: Context, user: ReachedUser, from: string, to: string) {
  const { start, end } = readRange(from, to);
  const page = { from: start.day, to: end.day, bySource: false, descending: false, after: undefined };
  const found = await readActivity(ctx, user.id, { ...page, limit: mostRecords + 1 });
  if (found === undefined) throw notFound("User", user.id);
  const { kept, remark } = cutRecords(found.days);
  const show = showSources(found.sources);
  const records = kept.map((row) => {
    const { source, sources: _, ...day } = showActivityDay(row, show);
    return { ...day, source: source.provider };
  });
  const known = (read: (record: typeof records[number]) => number | null | undefined) =>
    records.flatMap((record) => read(record) ?? []);
  const steps = known((day) => day.steps);
  const intensity = {
    light: total(known((day) => day.intensity_minutes?.light)),
    moderate: total(known((day) => day.intensity_minutes?.moderate)),
    vigorous: total(known((day) => day.intensity_minutes?.vigorous)),
  };
  return {
    user: shownUser(user),
    period: { start: from, end: to },
    records,
    summary: {
      total_days: records.length,
      days_with_data: steps.length,
      total_steps: total(steps),
      avg_steps: wholeMean(steps),
      total_distance_meters: total(known((day) => day.distance_meters), 3),
      total_active_calories_kcal: total(known((day) => day.active_calories_kcal), 1),
      total_calories_kcal: total(known((day) => day.total_calories_kcal), 1),
      avg_active_minutes: wholeMean(known((day) => day.active_minutes)),
      total_intensity_minutes: Object.values(intensity).every((minutes) => minutes === null) ? null : intensity,
    },
    ...remark,
  };
}
