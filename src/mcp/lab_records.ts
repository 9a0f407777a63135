import type { ReachedUser } from "../accounts/access.ts";
import { listLabResults } from "../labs/queries.ts";
import { showResult } from "../labs/shown_result.ts";
import { labTrend } from "../labs/trend.ts";
import type { Context } from "../platform/context.ts";
import { addDays, utcDay } from "../platform/day_range.ts";
import { shownUser } from "./mcp_tool.ts";
import { cutRecords, mostRecords } from "./record_list.ts";

/** A person's laboratory results of the last days, newest first; `test_name` is a part of the name. */
export async function labRecords(ctx: Context, user: ReachedUser, days: number, test_name: string | undefined) {
  const from = addDays(utcDay(ctx.clock()), -days);
  const filter = { from, to: null, test_name, limit: mostRecords + 1 };
  const { kept, remark } = cutRecords(await listLabResults(ctx.database, user.id, filter));
  return {
    user: shownUser(user),
    period_days: days,
    filter: test_name ?? null,
    count: kept.length,
    results: kept.map(showResult),
    ...remark,
  };
}

/** How one test moved over the last months, in one unit. */
export async function labTrendRecord(ctx: Context, user: ReachedUser, test_name: string, months: number) {
  const { trend } = await labTrend(ctx, user.id, test_name, { months });
  return { user: shownUser(user), ...trend };
}
