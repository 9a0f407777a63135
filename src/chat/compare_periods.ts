import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { addDays, daysBetween } from "../platform/day_range.ts";
import {
  type AskedPeriod,
  askedPeriod,
  type Coverage,
  coverage,
  type Period,
  periodBetween,
  periodText,
} from "../platform/period.ts";
import { listDataSources } from "../sources/queries.ts";
import { localNow } from "../summaries/local_now.ts";
import { askedMetric } from "./asked_metric.ts";
import { inUnit, sentence, spoken } from "./fact_sentence.ts";
import { latestDay } from "./latest_day.ts";
import { fullDays, type Metric, type MetricDay } from "./metric.ts";
import { differenceOf, type PeriodDifference } from "./period_difference.ts";
import { mean, rounded } from "./statistics.ts";
import { amount, level } from "./wearable_days.ts";
import { metricSources } from "./wearable_subject.ts";

/** One metric in two periods beside each other, as a small model is told about it. */

export interface AskedComparison extends AskedPeriod {
  readonly metric: string;
  readonly compare_start_date?: string | undefined;
  readonly compare_end_date?: string | undefined;
}

export async function comparePeriods(
  ctx: Context,
  user_id: UserId,
  asked: AskedComparison,
): Promise<Record<string, unknown>> {
  const { date: today, time_zone } = await localNow(ctx, user_id);
  const periods = askedPeriods(today, asked);
  if ("error" in periods) return periods;
  const metric = await askedMetric(ctx, user_id, asked.metric);
  if ("error" in metric) return { ...metric };
  const [days, others] = await Promise.all(
    [periods.period, periods.other].map(({ from, to }) => fullDays(metric, from, to, today)),
  );
  const one = inPeriod(metric, days ?? [], periods.period);
  const other = inPeriod(metric, others ?? [], periods.other);
  const difference = one.average === null || other.average === null
    ? null
    : differenceOf(one, other, metric.kind === "amount" ? amount : level);
  return {
    user_id,
    metric: metric.name,
    unit: metric.unit,
    values_are: metric.kind === "amount" ? "daily totals of full days" : "daily means",
    time_zone: `${time_zone}; days are the person's local days`,
    summary: mainFact(metric, one, other, difference),
    period: shown(one),
    compared_with: shown(other),
    difference: difference === null ? null : {
      average: difference.absolute,
      percent: difference.percent,
      more_than_day_to_day_noise: difference.beyondNoise,
      noise_limit: difference.noise,
      note: "A difference of the averages below noise_limit (two standard errors) may be chance",
    },
    sources: metricSources([...days ?? [], ...others ?? []], [metric], await listDataSources(ctx.database, user_id)),
  };
}

/** Without dates the full days before today; the other period is as long and right before, unless it is named. */
function askedPeriods(
  today: string,
  asked: AskedComparison,
): { readonly period: Period; readonly other: Period } | { readonly error: string } {
  const isNamed = asked.start_date !== undefined || asked.end_date !== undefined;
  const period = isNamed
    ? askedPeriod(today, asked)
    : periodBetween(addDays(today, -asked.days), addDays(today, -1), today);
  if ("error" in period) return period;
  const length = daysBetween(period.from, period.to) + 1;
  if (asked.compare_start_date === undefined && asked.compare_end_date === undefined) {
    return { period, other: periodBetween(addDays(period.from, -length), addDays(period.from, -1), today) };
  }
  const named = { days: length, start_date: asked.compare_start_date, end_date: asked.compare_end_date };
  // A start alone means as many days from there on, and a month or a year all of it.
  const start = askedPeriod(today, { ...named, end_date: named.end_date ?? named.start_date });
  if ("error" in start) return { error: start.error.replaceAll(/\b(start_date|end_date)\b/g, "compare_$1") };
  const isOpen = asked.compare_end_date === undefined && start.from === start.to;
  return { period, other: isOpen ? periodBetween(start.from, addDays(start.from, length - 1), today) : start };
}

export interface ValuesOfPeriod {
  readonly period: Period;
  readonly values: readonly number[];
  /** As it is shown, rounded; null without a value. */
  readonly average: number | null;
  readonly coverage: Coverage;
  readonly fields: Readonly<Record<string, unknown>>;
}

function inPeriod(metric: Metric, days: readonly MetricDay[], period: Period): ValuesOfPeriod {
  const { kind } = metric;
  const values = days.map(({ value }) => value);
  const latest = latestDay(days, metric);
  const round = kind === "amount" ? amount : level;
  const noted = days.filter(({ filled }) => filled !== true).length;
  return {
    period,
    values,
    average: values.length === 0 ? null : round(mean(values)),
    coverage: coverage(days.map(({ day }) => day), period),
    fields: values.length === 0 ? { average: null } : {
      average: round(mean(values)),
      ...(kind === "amount" ? { total: amount(values.reduce((sum, value) => sum + value, 0)) } : {}),
      min: round(values.reduce((a, b) => Math.min(a, b))),
      max: round(values.reduce((a, b) => Math.max(a, b))),
      ...(latest === undefined ? {} : { latest }),
      ...(noted === days.length ? {} : { days_that_count_as_zero: days.length - noted }),
    },
  };
}

function shown({ period, coverage, fields }: ValuesOfPeriod): Record<string, unknown> {
  return { start_date: period.from, end_date: period.to, coverage, ...fields };
}

function mainFact(
  { name, unit, kind }: Metric,
  one: ValuesOfPeriod,
  other: ValuesOfPeriod,
  difference: PeriodDifference | null,
): string {
  const when = ({ period, coverage }: ValuesOfPeriod) => `over ${periodText(period)} (${coverage.text})`;
  const missing = [one, other].filter(({ average }) => average === null);
  if (difference === null || one.average === null || other.average === null) {
    return `${sentence(spoken(name))} cannot be compared: nothing is recorded ${missing.map(when).join(", nor ")}.`;
  }
  const aDay = kind === "amount" ? " a day" : "";
  const { absolute, percent, beyondNoise } = difference;
  const size = `${inUnit(rounded(Math.abs(absolute), 2), unit)}${percent === null ? "" : ` (${Math.abs(percent)} %)`}`;
  const against = `${inUnit(other.average, unit)}${aDay} ${when(other)}`;
  const change = absolute === 0
    ? `the same as ${against}`
    : `${size} ${absolute > 0 ? "higher" : "lower"} than ${against}`;
  const noise = beyondNoise === null
    ? "too few days to tell whether that is more than chance"
    : beyondNoise
    ? "that is more than the day-to-day noise"
    : "that is within the day-to-day noise";
  return `Average ${spoken(name)} ${inUnit(one.average, unit)}${aDay} ${when(one)}, ${change}; ${noise}.`;
}
