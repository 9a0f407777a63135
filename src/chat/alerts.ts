import { requireUser } from "../accounts/access.ts";
import { findPersonalRecord } from "../accounts/personal_record_queries.ts";
import type { Tool } from "../platform/tool.ts";
import { personToday } from "../summaries/local_now.ts";
import { type Patient, redFlagsIn } from "./red_flags.ts";

/** What must not wait, beside the result that has it. */

/** The result as it is, or with `alerts`. */
export function withAlerts(result: unknown, patient: Patient): unknown {
  const alerts = redFlagsIn(result, patient);
  return alerts.length === 0 || typeof result !== "object" ? result : { ...result, alerts };
}

/** The tool for a door that has no conversation, and so does not know yet whose result it is. */
export function alertingTool(tool: Tool): Tool {
  return {
    ...tool,
    async call(ctx, userId, args) {
      const result = await tool.call(ctx, userId, args);
      // Most results have nothing to say, and then nobody's age is looked up.
      if (redFlagsIn(result).length === 0) return result;
      const id = await requireUser(ctx, userId);
      const [today, person] = await Promise.all([personToday(ctx, id), findPersonalRecord(ctx.database, id)]);
      return withAlerts(result, { today, birth_date: person?.birth_date ?? null });
    },
  };
}
