import { z } from "zod";
import { requireUserRow } from "../accounts/access.ts";
import { alertingTool } from "../chat/alerts.ts";
import { maxDays } from "../platform/day_range.ts";
import { resolutions } from "../platform/envelope.ts";
import { declareTool, type Tool } from "../platform/tool.ts";
import { optionalTextArgument, textArgument, wholeNumberArgument } from "../platform/tool_arguments.ts";
import { activityRecords } from "./activity_records.ts";
import { labRecords, labTrendRecord } from "./lab_records.ts";
import { type McpTool, personTool } from "./mcp_tool.ts";
import { dateRangeArguments } from "./range.ts";
import { sleepRecords } from "./sleep_records.ts";
import { symptomRecords } from "./symptom_records.ts";
import { timeseriesRecords } from "./timeseries_records.ts";
import { getUsers } from "./user_list.ts";
import { workoutRecords } from "./workout_records.ts";
import { logSymptom, uploadDocument } from "./writing.ts";

/** The tools of the predecessors' MCP servers, by their names, arguments and results. */

const getActivitySummary = declareTool({
  name: "get_activity_summary",
  description: "Days of activity, merged from all devices: steps, distance, active and total energy, minutes active " +
    "and sedentary, heart rate, intensity by heart rate, floors; and sums over the days. Days are the person's own.",
  args: z.object(dateRangeArguments),
  run: async (ctx, id, { start_date, end_date }) =>
    await activityRecords(ctx, await requireUserRow(ctx, id), start_date, end_date),
});

const getSleepSummary = declareTool({
  name: "get_sleep_summary",
  description:
    "Nights by the day of waking up: when they began and ended, minutes asleep without naps; and the mean, " +
    "shortest and longest night.",
  args: z.object(dateRangeArguments),
  run: async (ctx, id, { start_date, end_date }) =>
    await sleepRecords(ctx, await requireUserRow(ctx, id), start_date, end_date),
});

const getWorkoutEvents = declareTool({
  name: "get_workout_events",
  description: "Workouts, newest first: type, times, duration, distance, energy, heart rate, pace, climb; and sums.",
  args: z.object({
    ...dateRangeArguments,
    workout_type: optionalTextArgument(100, 'One type, such as "running"; omit it for all'),
  }),
  run: async (ctx, id, asked) => await workoutRecords(ctx, await requireUserRow(ctx, id), asked),
});

const getTimeseries = declareTool({
  name: "get_timeseries",
  description:
    "Measurements one by one, or merged into buckets of time, oldest first, with count, mean, smallest and " +
    "largest value of each type. At most 10,000; truncated says when there are more. For more than a day ask for a " +
    "resolution other than raw.",
  args: z.object({
    start_time: textArgument(64, "Start, ISO 8601; UTC where it names no offset"),
    end_time: textArgument(64, "End, ISO 8601, exclusive; at midnight that whole day is included"),
    types: z.array(textArgument(100, "A code")).max(200).describe(
      'Codes of series, such as "heart_rate", "heart_rate_variability_sdnn", "oxygen_saturation", "weight", "steps", ' +
        '"energy", "distance_walking_running", "blood_glucose"; an empty list for all',
    ),
    resolution: z.enum(resolutions).default("raw").describe("raw, or how long a bucket is"),
  }),
  run: async (ctx, id, asked) => await timeseriesRecords(ctx, await requireUserRow(ctx, id), asked),
});

const getLabResults = declareTool({
  name: "get_lab_results",
  description:
    "Laboratory results, newest first, as printed, with reference range and status. value is null where the " +
    "result is no plain number; value_text says it.",
  args: z.object({
    days: wholeNumberArgument(1, maxDays, 90, "How many days back; 90 when omitted"),
    test_name: optionalTextArgument(255, "Part of the test's name; omit it for all tests"),
  }),
  run: async (ctx, id, { days, test_name }) => await labRecords(ctx, await requireUserRow(ctx, id), days, test_name),
});

const getLabTrends = declareTool({
  name: "get_lab_trends",
  description:
    "How one laboratory test moved: dated values in one unit, oldest first, with statistics. Different tests " +
    "are never mixed; other_matches names those whose name also contains the words.",
  args: z.object({
    test_name: textArgument(255, "The test by name in any language, or its LOINC code"),
    months: wholeNumberArgument(1, 1200, 12, "How many months back, of 30 days each; 12 when omitted"),
  }),
  run: async (ctx, id, { test_name, months }) =>
    await labTrendRecord(ctx, await requireUserRow(ctx, id), test_name, months),
});

const getSymptomHistory = declareTool({
  name: "get_symptom_history",
  description: "Symptoms that were noted, newest first, with severity from 0 to 10.",
  args: z.object({
    days: wholeNumberArgument(1, maxDays, 30, "How many days back; 30 when omitted"),
    symptom_type: optionalTextArgument(100, 'Exactly this type, such as "headache"; omit it for all'),
  }),
  run: async (ctx, id, { days, symptom_type }) =>
    await symptomRecords(ctx, await requireUserRow(ctx, id), days, symptom_type),
});

const predecessorTools: readonly McpTool[] = [
  getUsers,
  ...[
    getActivitySummary,
    getSleepSummary,
    getWorkoutEvents,
    getTimeseries,
    getLabResults,
    getLabTrends,
    getSymptomHistory,
  ].map((tool) => personTool(tool, { requiresUserId: true })),
];

const writingTools: readonly McpTool[] = [logSymptom, uploadDocument].map((tool) => personTool(tool, { writes: true }));

/** Every tool over MCP; where the chat has one of the same name, existing programs get what they know. */
export function mcpTools(chatTools: readonly Tool[]): readonly McpTool[] {
  const own = [...predecessorTools, ...writingTools];
  const names = new Set(own.map(({ name }) => name));
  const others = chatTools.filter(({ name }) => !names.has(name));
  return [...own, ...others.map((tool) => personTool(alertingTool(tool)))];
}
