import type { UserId } from "../accounts/access.ts";
import { labsOfDay } from "../labs/queries.ts";
import type { Context } from "../platform/context.ts";
import { symptomsOfDay } from "../symptoms/queries.ts";

/** Everything recorded for one calendar day, the person's local one. Sections without an entry are absent. */
export async function dailySummary(ctx: Context, userId: UserId, date: string): Promise<Record<string, unknown>> {
  const [labs, symptoms] = await Promise.all([
    labsOfDay(ctx.database, userId, date),
    symptomsOfDay(ctx.database, userId, date),
  ]);
  return {
    user_id: userId,
    date,
    ...(labs.length === 0 ? {} : {
      lab_results: labs.map(({ test_name, value, value_text, unit, status }) => ({
        test_name,
        value,
        // Says what is no plain number: "<0.41", "negative".
        ...(value === null ? { value_text } : {}),
        unit,
        status,
      })),
    }),
    ...(symptoms.length === 0 ? {} : {
      symptoms: symptoms.map(({ symptom_type, severity, notes }) => ({ type: symptom_type, severity, notes })),
    }),
    ...(labs.length + symptoms.length === 0 ? { message: `Nothing is recorded for ${date}.` } : {}),
  };
}
