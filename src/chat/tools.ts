import { z } from "zod";
import { requireUser } from "../accounts/access.ts";
import { maxDays } from "../platform/day_range.ts";
import { askedDay } from "../platform/period.ts";
import { declareTool, type Tool } from "../platform/tool.ts";
import {
  choiceArgument,
  optionalTextArgument,
  periodArguments,
  textArgument,
  wholeNumberArgument,
} from "../platform/tool_arguments.ts";
import { localNow } from "../summaries/local_now.ts";
import { availableData } from "./available_data.ts";
import { comparePeriods } from "./compare_periods.ts";
import { correlateMetrics } from "./correlation_result.ts";
import { dailySummary } from "./daily_summary.ts";
import { findExtremes } from "./find_extremes.ts";
import { sleepNights } from "./sleep_nights.ts";
import { wearableSummary } from "./wearable_summary.ts";
import { workoutList } from "./workout_list.ts";

/** The tools that look at wearables, and at several parts of the record at once. */

/** Longer than any wearable has been on a wrist; a look further back costs more than it finds. */
const maxWearableDays = 7_300;

const anyMetric = '"steps", "resting_heart_rate", "sleep", "weight" …, "symptom:headache" or "lab:HbA1c"';

const getWearableSummary = declareTool({
  name: "get_wearable_summary",
  description:
    "What devices recorded of one metric in a period: daily totals of steps, energy, distance; daily means " +
    'of levels; with statistics. metric: "steps", "heart_rate", "resting_heart_rate", "hrv", "sleep", "workouts", ' +
    '"energy" (active), "basal_energy", "distance", "spo2", "weight", "blood_pressure", "respiratory_rate", ' +
    '"vo2_max", "sleep_score" … A name that is not known is answered with those that are. For yesterday use days=1.',
  args: z.object({
    metric: textArgument(100, 'The metric, such as "steps" or "sleep"'),
    ...periodArguments(maxWearableDays, 30),
  }),
  run: async (ctx, userId, { metric, ...period }) =>
    await wearableSummary(ctx, await requireUser(ctx, userId), metric, period),
});

const getDailySummary = declareTool({
  name: "get_daily_summary",
  description:
    "Everything recorded on one day: laboratory results, symptoms, the night that ended that day, workouts, " +
    "and what devices measured.",
  args: z.object({ date: textArgument(40, 'The day, YYYY-MM-DD, "today" or "yesterday"') }),
  async run(ctx, userId, { date }) {
    const user_id = await requireUser(ctx, userId);
    const day = askedDay(date, (await localNow(ctx, user_id)).date);
    if (day === null) return { error: `Invalid date format: ${date}. Use YYYY-MM-DD.` };
    return await dailySummary(ctx, user_id, day);
  },
});

const correlateTool = declareTool({
  name: "correlate_metrics",
  description: "Whether two daily series of this person move together: Pearson and Spearman correlation, n, p-value, " +
    `and whether one follows the other by up to 3 days. A series is ${anyMetric}; also "sleep_efficiency", ` +
    '"deep_sleep", "workout_minutes", "sleep_score", "hrv".',
  args: z.object({
    metric_a: textArgument(300, "The first series"),
    metric_b: textArgument(300, "The second series"),
    ...periodArguments(maxDays, 90),
  }),
  run: async (ctx, userId, args) => await correlateMetrics(ctx, await requireUser(ctx, userId), args),
});

const comparePeriodsTool = declareTool({
  name: "compare_periods",
  description: "One metric in two periods: averages, totals, difference, percent, and whether it is more than the " +
    'day-to-day noise. Without dates: the last `days` days against as many before. "This month against last month": ' +
    'start_date "2026-03-01", compare_start_date "2026-02-01", compare_end_date "2026-02-28".',
  args: z.object({
    metric: textArgument(300, anyMetric),
    days: wholeNumberArgument(1, maxWearableDays, 30, "Length in days, when no dates are given"),
    start_date: optionalTextArgument(40, "YYYY-MM-DD"),
    end_date: optionalTextArgument(40, "YYYY-MM-DD"),
    compare_start_date: optionalTextArgument(40, "First day of the other period; else the days right before"),
    compare_end_date: optionalTextArgument(40, "Last day of the other period"),
  }),
  run: async (ctx, userId, args) => await comparePeriods(ctx, await requireUser(ctx, userId), args),
});

const findExtremesTool = declareTool({
  name: "find_extremes",
  description: "The days with the highest or lowest values of one metric in a period: best day, worst night, record, " +
    "maximum, minimum, with dates.",
  args: z.object({
    metric: textArgument(300, anyMetric),
    order: choiceArgument(["highest", "lowest"], "Which end", {
      ...Object.fromEntries(["high", "max", "maximum", "most", "best", "top", "desc"].map((word) => [word, "highest"])),
      ...Object.fromEntries(["low", "min", "minimum", "least", "worst", "asc"].map((word) => [word, "lowest"])),
    }),
    of: choiceArgument(
      ["days", "measurements"],
      "days: by each day's total or mean; measurements: by the single highest or lowest value measured",
      { day: "days", daily: "days", measurement: "measurements", values: "measurements", value: "measurements" },
    ),
    count: wholeNumberArgument(1, 20, 5, "How many", "entries"),
    ...periodArguments(maxWearableDays, 90),
  }),
  run: async (ctx, userId, args) => await findExtremes(ctx, await requireUser(ctx, userId), args),
});

const listAvailableData = declareTool({
  name: "list_available_data",
  description: "What this person's record holds: metrics with unit, first and last day; nights, workouts, laboratory " +
    "tests, symptoms, documents with counts. Use it when unsure what there is.",
  args: z.object({}),
  run: async (ctx, userId) => await availableData(ctx, await requireUser(ctx, userId)),
});

const getWorkouts = declareTool({
  name: "get_workouts",
  description: "Workouts in a period, newest first, with duration, distance, pace and heart rate, and totals by type.",
  args: z.object({
    type: optionalTextArgument(100, 'One type, such as "running" or "cycling"; omit it for all'),
    ...periodArguments(maxWearableDays, 30),
  }),
  run: async (ctx, userId, args) => await workoutList(ctx, await requireUser(ctx, userId), args),
});

const getSleep = declareTool({
  name: "get_sleep",
  description: "Nights in a period by the day of waking up: bed and wake times, minutes asleep, deep, REM, light and " +
    "awake, efficiency, averages; naps apart. For last night use days=1.",
  args: z.object({ ...periodArguments(maxWearableDays, 14) }),
  run: async (ctx, userId, args) => await sleepNights(ctx, await requireUser(ctx, userId), args),
});

export const chatTools: readonly Tool[] = [
  getWearableSummary,
  getDailySummary,
  correlateTool,
  comparePeriodsTool,
  findExtremesTool,
  getSleep,
  getWorkouts,
  listAvailableData,
];
