import { z } from "zod";
import { requireUser, type UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { addDays, maxDays, utcDay } from "../platform/day_range.ts";
import { calendarDate } from "../platform/scalars.ts";
import { declareTool, type Tool } from "../platform/tool.ts";
import { textArgument, wholeNumberArgument } from "../platform/tool_arguments.ts";
import { interpretation, pairByDay, pearson } from "./correlation.ts";
import { dailySummary } from "./daily_summary.ts";
import { availableMetrics, metricByDay } from "./metric.ts";

/** The tools that look at several parts of the record at once. */

const getDailySummary = declareTool({
  name: "get_daily_summary",
  description: "Everything recorded for this person on one day: laboratory results and symptoms.",
  args: z.object({ date: textArgument(40, "The day, YYYY-MM-DD") }),
  async run(ctx, userId, { date }) {
    if (!calendarDate.safeParse(date).success) return { error: `Invalid date format: ${date}. Use YYYY-MM-DD.` };
    return await dailySummary(ctx, await requireUser(ctx, userId), date);
  },
});

const correlateMetrics = declareTool({
  name: "correlate_metrics",
  description: "Pearson correlation of two daily series of this person over the days that have both. A series is " +
    '"symptom:<type>", such as "symptom:headache", or "lab:<test name>", such as "lab:Ferritin".',
  args: z.object({
    metric_a: textArgument(300, "The first series"),
    metric_b: textArgument(300, "The second series"),
    days: wholeNumberArgument(1, maxDays, 90, "How many days back"),
  }),
  run: async (ctx, userId, { metric_a, metric_b, days }) =>
    await correlate(ctx, await requireUser(ctx, userId), metric_a, metric_b, days),
});

export const chatTools: readonly Tool[] = [getDailySummary, correlateMetrics];

async function correlate(ctx: Context, user_id: UserId, metric_a: string, metric_b: string, days: number) {
  const from = addDays(utcDay(ctx.clock()), -days);
  const [a, b] = await Promise.all([metric_a, metric_b].map((metric) => metricByDay(ctx, user_id, metric, from)));
  if (a === undefined || b === undefined) {
    const metric = a === undefined ? metric_a : metric_b;
    const available_metrics = await availableMetrics(ctx, user_id);
    return { user_id, metric, error: `Unknown metric '${metric}'.`, available_metrics };
  }
  const asked = { user_id, metric_a, metric_b, period_days: days };
  if (a.length === 0 || b.length === 0) {
    return {
      ...asked,
      error: "Insufficient data for one or both metrics.",
      data_a_count: a.length,
      data_b_count: b.length,
      available_metrics: await availableMetrics(ctx, user_id),
    };
  }
  const pairs = pairByDay(a, b);
  if (pairs.length < 3) {
    return {
      ...asked,
      overlapping_days: pairs.length,
      message: "Not enough overlapping data points for meaningful correlation (need at least 3).",
    };
  }
  const correlation = pearson(pairs);
  return {
    ...asked,
    overlapping_days: pairs.length,
    n: pairs.length,
    correlation,
    interpretation: interpretation(correlation),
    paired_data: pairs.map((pair) => ({ date: pair.day, [metric_a]: pair.a, [metric_b]: pair.b })),
  };
}
