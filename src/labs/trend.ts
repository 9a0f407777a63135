import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { dayRange, daysBetween, utcDay } from "../platform/day_range.ts";
import { labUnits } from "./lab_unit.ts";
import { loincOf } from "./loinc_of.ts";
import { isSameUnit, keepOneUnit } from "./one_unit.ts";
import { labSources } from "./result_facts.ts";
import { resultsOfTest, testsOfPerson } from "./trend_queries.ts";
import { chooseTest, groupAnalyte, otherMatches, type TestGroup } from "./test_name.ts";

/** How one test of one person moved. */

export interface TrendPoint {
  readonly date: string;
  /** In the unit of the trend. */
  readonly value: number;
  readonly status: string | null;
  readonly printed_value: string;
  readonly printed_unit: string;
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
  /** The code of the test in `unit`, null for one that the catalogue does not know. */
  readonly loinc: string | null;
  readonly unit: string;
  readonly reference_min: number | null;
  readonly reference_max: number | null;
  readonly period_months: number;
  readonly count: number;
  /** Oldest first, all in `unit`. */
  readonly data_points: TrendPoint[];
  readonly statistics: TrendStatistics | null;
  readonly other_matches: string[];
  /** Points whose number is another in `unit` than the printed one. */
  readonly converted_count: number;
  /** Numbers that were left out because their unit does not lead to `unit`. */
  readonly other_unit_count: number;
  /** Results that are no plain number, such as "<0.41". */
  readonly text_only_count: number;
}

export interface TrendPeriod {
  readonly months: number;
  readonly start_date?: string | undefined;
  readonly end_date?: string | undefined;
}

export interface FoundTrend {
  readonly trend: LabTrend;
  readonly tests: readonly TestGroup[];
  readonly found: boolean;
  /** Laboratories and the like that the results come from, the main one first. */
  readonly sources: string[];
}

/**
 * The trend, and the tests it was chosen from. Undated results take no part. Unit and reference range are those of
 * the newest point; a term that names no test gives no points. A test of the catalogue is one test across laboratories
 * and languages, and its values are converted.
 */
export async function labTrend(
  ctx: Context,
  userId: UserId,
  term: string,
  period: TrendPeriod,
): Promise<FoundTrend> {
  const today = utcDay(ctx.clock());
  const days = dayRange(today, { ...period, days: period.months * 30 });
  const tests = await testsOfPerson(ctx.database, userId);
  const chosen = chooseTest(tests, term);
  const results = chosen === null ? [] : await resultsOfTest(ctx.database, userId, chosen.group, days);
  const measured = results.flatMap((row) =>
    row.value === null ? [] : [{ ...row, day: row.recorded_at, value: row.value }]
  );
  const analyte = chosen === null ? null : groupAnalyte(chosen.group);
  const { unit, points, converted, left_out } = keepOneUnit(measured, analyte);
  // Limits belong to the laboratory that printed them, in its unit.
  const ranged = points.findLast((point) =>
    !point.is_converted && (point.reference_min !== null || point.reference_max !== null)
  );
  const trend = {
    test_name: chosen?.group.test_name ?? term,
    loinc: chosen === null ? null : loincOfTrend(chosen.group, unit),
    unit,
    reference_min: ranged?.reference_min ?? null,
    reference_max: ranged?.reference_max ?? null,
    period_months: periodMonths(period, days.from ?? results[0]?.recorded_at ?? null, days.to ?? today),
    count: points.length,
    data_points: points.map(({ day, value, status, value_text, printed }) => ({
      date: day,
      value,
      status,
      printed_value: value_text,
      printed_unit: printed.unit,
    })),
    statistics: statistics(points.map((point) => point.value)),
    other_matches: chosen?.other_matches ?? otherMatches(tests, term),
    converted_count: converted,
    other_unit_count: left_out,
    text_only_count: results.length - measured.length,
  };
  return { trend, tests, found: chosen !== null, sources: labSources(results) };
}

/** The code that the person's laboratories gave, else the catalogue's for this unit. */
function loincOfTrend(group: TestGroup, unit: string): string | null {
  const analyte = groupAnalyte(group);
  const stored = group.members.find((member) => isSameUnit(member.unit, unit) && (member.test_code ?? null) !== null);
  if (stored?.test_code !== undefined) return stored.test_code;
  if (analyte === null) return null;
  const units = unit === "" ? null : labUnits(unit);
  const { specimen } = analyte;
  const { loinc, isSure } = loincOf(
    analyte,
    { specimen, isBloodGas: false, isSusceptibility: false },
    { units, hint: null, hasNumber: true },
  );
  return isSure ? loinc : null;
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
