import { z } from "zod";
import { requireUser } from "../accounts/access.ts";
import { maxDays } from "../platform/day_range.ts";
import { calendarDate } from "../platform/scalars.ts";
import { declareTool, type Tool } from "../platform/tool.ts";
import { textArgument, wholeNumberArgument } from "../platform/tool_arguments.ts";
import { correlateMetrics } from "./correlation_result.ts";
import { dailySummary } from "./daily_summary.ts";
import { wearableSummary } from "./wearable_summary.ts";

/** The tools that look at wearables, and at several parts of the record at once. */

/** Longer than any wearable has been on a wrist; a look further back costs more than it finds. */
const maxWearableDays = 7_300;

const getWearableSummary = declareTool({
  name: "get_wearable_summary",
  description: "What this person's watch, phone and other devices recorded of one metric, day by day, newest first, " +
    "with statistics: daily totals of steps, energy, distance; daily avg, min, max of heart_rate and other levels; " +
    "nights of sleep; workouts. Several devices are merged, nothing is counted twice. Days are the person's own. " +
    'metric: "steps", "heart_rate", "resting_heart_rate", "hrv", "sleep", "workouts", "energy" (active), ' +
    '"basal_energy", "distance", "spo2", "weight", "blood_pressure", "respiratory_rate", "vo2_max", "sleep_score" … ' +
    "A name that is not known is answered with those that are. For yesterday use days=1.",
  args: z.object({
    metric: textArgument(100, 'The metric, such as "steps" or "sleep"'),
    days: wholeNumberArgument(1, maxWearableDays, 30, "How many full days back; today so far comes on top"),
  }),
  run: async (ctx, userId, { metric, days }) =>
    await wearableSummary(ctx, await requireUser(ctx, userId), metric, days),
});

const getDailySummary = declareTool({
  name: "get_daily_summary",
  description: "Everything recorded for this person on one day: laboratory results, symptoms, the night that ended " +
    "that day, workouts, and what devices measured (totals of steps, energy, distance; avg, min, max of heart rate " +
    "and other levels).",
  args: z.object({ date: textArgument(40, "The day, YYYY-MM-DD") }),
  async run(ctx, userId, { date }) {
    if (!calendarDate.safeParse(date).success) return { error: `Invalid date format: ${date}. Use YYYY-MM-DD.` };
    return await dailySummary(ctx, await requireUser(ctx, userId), date);
  },
});

const correlateTool = declareTool({
  name: "correlate_metrics",
  description: "Whether two daily series of this person move together: Pearson and Spearman correlation, n, p-value, " +
    "confidence interval, and whether one follows the other by up to 3 days. summary says the main fact. A series is " +
    '"symptom:<type>" ("symptom:headache"), "lab:<test name>" ("lab:Ferritin"), "sleep" (minutes asleep, by the day ' +
    'of waking up), "sleep_efficiency", "deep_sleep", "rem_sleep", "workouts" (count), "workout_minutes", ' +
    '"sleep_score", "resilience", or a metric such as "steps", "resting_hr", "hrv".',
  args: z.object({
    metric_a: textArgument(300, "The first series"),
    metric_b: textArgument(300, "The second series"),
    days: wholeNumberArgument(1, maxDays, 90, "How many days back"),
  }),
  run: async (ctx, userId, args) => await correlateMetrics(ctx, await requireUser(ctx, userId), args),
});

export const chatTools: readonly Tool[] = [getWearableSummary, getDailySummary, correlateTool];
