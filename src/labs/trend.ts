import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { dayRange, daysBetween, utcDay } from "../platform/day_range.ts";
import { keepOneUnit } from "./one_unit.ts";
import { resultsOfTest, testsOfPerson } from "./queries.ts";
import { chooseTest, type TestGroup } from "./test_name.ts";

/** How one test of one person moved. */

export interface TrendPoint {
  readonly date: string;
  readonly value: number;
  readonly status: string | null;
}

export interface TrendStatistics {
  readonly min: number;
  readonly max: number;
  /** Two decimals. */
  readonly avg: number;
  readonly latest: number;
  /** Last against first value. */
  readonly trend: "increasing" | "decreasing" | "stable";
}

export interface LabTrend {
  readonly test_name: string;
  readonly unit: string;
  readonly reference_min: number | null;
  readonly reference_max: number | null;
  readonly period_months: number;
  readonly count: number;
  /** Oldest first, all in `unit`. */
  readonly data_points: TrendPoint[];
  readonly statistics: TrendStatistics | null;
  readonly other_matches: string[];
  /** Numbers that were left out because their unit is another one. */
  readonly other_unit_count: number;
  /** Results that are no plain number, such as "<0.41". */
  readonly text_only_count: number;
}

export interface TrendPeriod {
  readonly months: number;
  readonly start_date?: string | undefined;
  readonly end_date?: string | undefined;
}

/**
 * The trend, and the tests it was chosen from. Undated results take no part. Unit and reference range are those of
 * the newest point; a term that names no test gives no points.
 */
export async function labTrend(
  ctx: Context,
  userId: UserId,
  term: string,
  period: TrendPeriod,
): Promise<{ readonly trend: LabTrend; readonly tests: readonly TestGroup[]; readonly found: boolean }> {
  const today = utcDay(ctx.clock());
  const days = dayRange(today, { ...period, days: period.months * 30 });
  const tests = await testsOfPerson(ctx.database, userId);
  const chosen = chooseTest(tests, term);
  const results = chosen === null ? [] : await resultsOfTest(ctx.database, userId, chosen.group.spellings, days);
  const measured = results.flatMap((row) =>
    row.value === null ? [] : [{ ...row, day: row.recorded_at, value: row.value }]
  );
  const { unit, points, left_out } = keepOneUnit(measured);
  const ranged = points.findLast((point) => point.reference_min !== null || point.reference_max !== null);
  const trend = {
    test_name: chosen?.group.test_name ?? term,
    unit,
    reference_min: ranged?.reference_min ?? null,
    reference_max: ranged?.reference_max ?? null,
    period_months: periodMonths(period, days.from ?? results[0]?.recorded_at ?? null, days.to ?? today),
    count: points.length,
    data_points: points.map(({ day, value, status }) => ({ date: day, value, status })),
    statistics: statistics(points.map((point) => point.value)),
    other_matches: chosen?.other_matches ?? [],
    other_unit_count: left_out,
    text_only_count: results.length - measured.length,
  };
  return { trend, tests, found: chosen !== null };
}

/** Months as asked; of a range by dates, its length in months of 30 days, rounded up. */
function periodMonths(period: TrendPeriod, from: string | null, to: string): number {
  if (period.start_date === undefined && period.end_date === undefined) return period.months;
  return from === null ? period.months : Math.max(1, Math.ceil(daysBetween(from, to) / 30));
}

function statistics(values: readonly number[]): TrendStatistics | null {
  const [first, last] = [values[0], values.at(-1)];
  if (first === undefined || last === undefined) return null;
  const avg = values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    min: values.reduce((a, b) => Math.min(a, b)),
    max: values.reduce((a, b) => Math.max(a, b)),
    avg: Math.round(avg * 100) / 100,
    latest: last,
    trend: last > first ? "increasing" : last < first ? "decreasing" : "stable",
  };
}
