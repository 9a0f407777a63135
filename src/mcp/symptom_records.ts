import type { ReachedUser } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { addDays, utcDay } from "../platform/day_range.ts";
import { listSymptoms } from "../symptoms/queries.ts";
import { showSymptom } from "../symptoms/shown_symptom.ts";
import { shownUser } from "./mcp_tool.ts";
import { cutRecords, mostRecords } from "./record_list.ts";

/** A person's symptoms of the last days, newest first; `symptom_type` is exactly the type. */
export async function symptomRecords(ctx: Context, user: ReachedUser, days: number, symptom_type: string | undefined) {
  const from = addDays(utcDay(ctx.clock()), -days);
  const filter = { from, to: null, symptom_type, limit: mostRecords + 1 };
  const { kept, remark } = cutRecords(await listSymptoms(ctx.database, user.id, filter));
  return {
    user: shownUser(user),
    period_days: days,
    filter: symptom_type ?? null,
    count: kept.length,
    entries: kept.map(showSymptom),
    types_found: [...new Set(kept.map((entry) => entry.symptom_type))].sort(),
    ...remark,
  };
}
