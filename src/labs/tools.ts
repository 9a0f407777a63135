import { z } from "zod";
import { requireUser } from "../accounts/access.ts";
import { addDays, maxDays, utcDay } from "../platform/day_range.ts";
import { declareTool, type Tool } from "../platform/tool.ts";
import { optionalTextArgument, textArgument, wholeNumberArgument } from "../platform/tool_arguments.ts";
import { listLabResults } from "./queries.ts";
import type { LabResult } from "./table.ts";
import { nearestNames } from "./test_name.ts";
import { isSameUnit } from "./one_unit.ts";
import { labTrend, type TrendPoint } from "./trend.ts";
import { testsOfPerson } from "./trend_queries.ts";

const shownNames = 10;

const getRecentLabs = declareTool({
  name: "get_recent_labs",
  description: "Recent laboratory results of this person, newest first, with reference ranges. A result that is no " +
    'plain number has value null and says it in value_text ("<0.41", "negative").',
  args: z.object({
    days: wholeNumberArgument(1, maxDays, 90, "How many days back"),
    test_name: optionalTextArgument(255, 'Part of the test\'s name, such as "cholesterol"; omit it for all tests'),
  }),
  async run(ctx, userId, { days, test_name }) {
    const user_id = await requireUser(ctx, userId);
    const from = addDays(utcDay(ctx.clock()), -days);
    const results = await listLabResults(ctx.database, user_id, { from, to: null, test_name, limit: 50 });
    const answer = { user_id, period_days: days, count: results.length, results: results.map(shown) };
    if (results.length > 0) return answer;
    const tests = await testsOfPerson(ctx.database, user_id);
    const message = test_name === undefined
      ? `No lab results in the last ${days} days.`
      : `No results found for '${test_name}' in the last ${days} days.`;
    return { ...answer, message, available_tests: nearestNames(tests, test_name ?? "", shownNames) };
  },
});

const getLabTrend = declareTool({
  name: "get_lab_trend",
  description: "How one laboratory test of this person moved: dated values in one unit, oldest first, statistics and " +
    "reference range. A value that was converted to that unit also has printed_value and printed_unit. other_matches " +
    "names other tests whose name contains the words asked for.",
  args: z.object({
    test_name: textArgument(
      255,
      'The test by name in any language, such as "HbA1c" or "LDL Cholesterol", or its LOINC code',
    ),
    months: wholeNumberArgument(1, 1200, 12, "How many months back, of 30 days each"),
  }),
  async run(ctx, userId, { test_name, months }) {
    const user_id = await requireUser(ctx, userId);
    const { trend, tests, found } = await labTrend(ctx, user_id, test_name, { months });
    const remarks = {
      ...(trend.other_matches.length > 0 ? { other_matches: trend.other_matches } : {}),
      ...(trend.converted_count > 0 ? { converted_count: trend.converted_count } : {}),
      ...(trend.other_unit_count > 0 ? { other_unit_count: trend.other_unit_count } : {}),
      ...(trend.text_only_count > 0 ? { text_only_count: trend.text_only_count } : {}),
    };
    if (trend.count === 0) {
      const message = `No results found for '${test_name}' in the last ${months} months.`;
      return {
        user_id,
        test_name: trend.test_name,
        period_months: months,
        count: 0,
        data_points: [],
        message,
        ...remarks,
        ...(found ? {} : { available_tests: nearestNames(tests, test_name, shownNames) }),
      };
    }
    return {
      user_id,
      test_name: trend.test_name,
      unit: trend.unit,
      period_months: months,
      count: trend.count,
      reference_range: { min: trend.reference_min, max: trend.reference_max },
      data_points: trend.data_points.map((point) => shownPoint(point, trend.unit)),
      statistics: trend.statistics,
      ...remarks,
    };
  },
});

export const labTools: readonly Tool[] = [getRecentLabs, getLabTrend];

function shownPoint({ date, value, status, printed_value, printed_unit }: TrendPoint, unit: string) {
  return { date, value, status, ...(isSameUnit(printed_unit, unit) ? {} : { printed_value, printed_unit }) };
}

function shown(row: LabResult) {
  const { test_name, value, value_text, unit, recorded_at, status, reference_min, reference_max, test_code } = row;
  return {
    test_name,
    value,
    ...(value === null ? { value_text } : {}),
    unit,
    recorded_at,
    status,
    reference_min,
    reference_max,
    ...(test_code === null ? {} : { test_code }),
  };
}
