import { z } from "zod";
import { requireUser } from "../accounts/access.ts";
import { maxDays } from "../platform/day_range.ts";
import { askedPeriod, type Coverage, coverage, type Period, periodFields, periodText } from "../platform/period.ts";
import { declareTool, type Tool } from "../platform/tool.ts";
import {
  optionalTextArgument,
  periodArguments,
  textArgument,
  wholeNumberArgument,
} from "../platform/tool_arguments.ts";
import { localNow } from "../summaries/local_now.ts";
import { listLabResults } from "./queries.ts";
import { labSources, recentFact, trendFact } from "./result_facts.ts";
import type { LabResult } from "./table.ts";
import { nearestNames } from "./test_name.ts";
import { isSameUnit } from "./one_unit.ts";
import { labTrend, type TrendPoint } from "./trend.ts";
import { testsOfPerson } from "./trend_queries.ts";

const shownNames = 10;
const mostResults = 50;

const getRecentLabs = declareTool({
  name: "get_recent_labs",
  description: "Laboratory results of this person in a period, newest first, with units, reference ranges and status " +
    '(high, low, normal). A result that is no plain number has value null and value_text ("<0.41", "negative").',
  args: z.object({
    ...periodArguments(maxDays, 90),
    test_name: optionalTextArgument(255, 'Part of the test\'s name, such as "cholesterol"; omit it for all tests'),
  }),
  async run(ctx, userId, { test_name, ...asked }) {
    const user_id = await requireUser(ctx, userId);
    const { date, time_zone } = await localNow(ctx, user_id);
    const period = askedPeriod(date, asked);
    if ("error" in period) return period;
    const filter = { from: period.from, to: asked.end_date === undefined ? null : period.to, test_name };
    const found = await listLabResults(ctx.database, user_id, { ...filter, limit: mostResults + 1 });
    const results = found.slice(0, mostResults);
    const answer = {
      user_id,
      period_days: period.days,
      ...periodFields(period, time_zone),
      summary: recentFact(results),
      coverage: labCoverage(results.flatMap(({ recorded_at }) => recorded_at ?? []), period),
      sources: labSources(results),
      count: results.length,
      ...(found.length > mostResults
        ? { cut: `Only the newest ${mostResults} results are shown; name a test or a shorter period` }
        : {}),
      results: results.map(shown),
    };
    if (results.length > 0) return answer;
    const tests = await testsOfPerson(ctx.database, user_id);
    const when = asked.start_date === undefined && asked.end_date === undefined
      ? `in the last ${period.days} days`
      : `over ${periodText(period)}`;
    const message = test_name === undefined
      ? `No lab results ${when}.`
      : `No results found for '${test_name}' ${when}.`;
    const available_tests = nearestNames(tests, test_name ?? "", shownNames);
    return { ...answer, summary: message, message, available_tests };
  },
});

const getLabTrend = declareTool({
  name: "get_lab_trend",
  description: "How one laboratory test of this person moved: dated values in one unit, oldest first, statistics and " +
    "reference range. other_matches names other tests whose name contains the words asked for.",
  args: z.object({
    test_name: textArgument(
      255,
      'The test by name in any language, such as "HbA1c" or "LDL Cholesterol", or its LOINC code',
    ),
    months: wholeNumberArgument(1, 1200, 12, "How many months back, of 30 days each", "months"),
    start_date: optionalTextArgument(40, "YYYY-MM-DD, instead of months"),
    end_date: optionalTextArgument(40, "YYYY-MM-DD, inclusive"),
  }),
  async run(ctx, userId, { test_name, months, ...dates }) {
    const user_id = await requireUser(ctx, userId);
    const { date, time_zone } = await localNow(ctx, user_id);
    const period = askedPeriod(date, { ...dates, days: months * 30 });
    if ("error" in period) return period;
    const range = { start_date: period.from, end_date: dates.end_date === undefined ? undefined : period.to };
    const { trend, tests, found, sources } = await labTrend(ctx, user_id, test_name, { months, ...range });
    const remarks = {
      ...(trend.other_matches.length > 0 ? { other_matches: trend.other_matches } : {}),
      ...(trend.converted_count > 0 ? { converted_count: trend.converted_count } : {}),
      ...(trend.other_unit_count > 0 ? { other_unit_count: trend.other_unit_count } : {}),
      ...(trend.text_only_count > 0 ? { text_only_count: trend.text_only_count } : {}),
    };
    const head = {
      user_id,
      test_name: trend.test_name,
      ...(trend.count === 0 ? {} : { unit: trend.unit }),
      period_months: months,
      ...periodFields(period, time_zone),
      coverage: labCoverage(trend.data_points.map((point) => point.date), period),
      sources,
      count: trend.count,
    };
    if (trend.count === 0) {
      const isNamed = dates.start_date !== undefined || dates.end_date !== undefined;
      const when = isNamed ? `over ${periodText(period)}` : `in the last ${months} months`;
      const message = `No results found for '${test_name}' ${when}.`;
      return {
        ...head,
        summary: message,
        data_points: [],
        message,
        ...remarks,
        ...(found ? {} : { available_tests: nearestNames(tests, test_name, shownNames) }),
      };
    }
    return {
      ...head,
      summary: trendFact(trend, periodText(period)),
      reference_range: { min: trend.reference_min, max: trend.reference_max },
      statistics: trend.statistics,
      ...remarks,
      data_points: trend.data_points.map((point) => shownPoint(point, trend.unit)),
    };
  },
});

export const labTools: readonly Tool[] = [getRecentLabs, getLabTrend];

/** Nobody has blood drawn daily: that most days have none says nothing. */
function labCoverage(days: readonly string[], period: Period): Coverage {
  const count = new Set(days).size;
  return { ...coverage(days, period), text: `results of ${count} ${count === 1 ? "day" : "days"}` };
}

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
