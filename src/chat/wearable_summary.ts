import type { UserId } from "../accounts/access.ts";
import { chooseTest } from "../labs/test_name.ts";
import { testsOfPerson } from "../labs/trend_queries.ts";
import type { Context } from "../platform/context.ts";
import { type AskedPeriod, askedPeriod, coverage, periodFields, periodText } from "../platform/period.ts";
import { listDataSources } from "../sources/queries.ts";
import { localNow } from "../summaries/local_now.ts";
import { inUnit, sentence, spoken } from "./fact_sentence.ts";
import { type Metric, type MetricDay, wearableMetric, wearableNames } from "./metric.ts";
import { meantNames, nearestMetrics } from "./metric_name.ts";
import { seriesOfPerson } from "./metric_series.ts";
import { sourceNames, type Subject, type Summary } from "./wearable_subject.ts";
import { bloodPressureSummary } from "./wearable_pressure.ts";
import { listed, statistics } from "./wearable_days.ts";
import { sleepSummary } from "./wearable_sleep.ts";
import { workoutSummary } from "./wearable_workouts.ts";

/** One metric of a person's devices over some days, as a small model is told about it. */

const shownMetrics = 30;
const shownNearest = 5;

export async function wearableSummary(
  ctx: Context,
  user_id: UserId,
  asked: string,
  askedDays: AskedPeriod,
): Promise<Record<string, unknown>> {
  const { date, time_zone } = await localNow(ctx, user_id);
  const period = askedPeriod(date, askedDays);
  if ("error" in period) return period;
  const sources = await listDataSources(ctx.database, user_id);
  const subject = { ctx, user_id, period, sources, time_zone };
  const names = meantNames(asked);
  if (names.includes("sleep")) return orMessage(subject, "sleep", await sleepSummary(subject));
  if (names.includes("workouts")) return orMessage(subject, "workouts", await workoutSummary(subject));
  if (names.some((name) => pressureNames.has(name))) {
    return orMessage(subject, "blood_pressure", await bloodPressureSummary(subject));
  }
  const known = await seriesOfPerson(ctx, user_id);
  const metric = wearableMetric(ctx, user_id, asked, known);
  if (metric === undefined) {
    const available = await wearableNames(ctx, user_id, known, asked);
    const nearest = nearestMetrics(available, asked, shownNearest);
    const test = chooseTest(await testsOfPerson(ctx.database, user_id), asked)?.group.test_name;
    const advice = test !== undefined
      ? ` ${test} is a laboratory test: use get_lab_trend.`
      : nearest.length === 0
      ? ""
      : ` Did you mean ${nearest.join(" or ")}?`;
    return {
      user_id,
      metric: asked,
      error: `Unknown metric '${asked}'.${advice}`,
      available_metrics: available.slice(0, shownMetrics),
    };
  }
  const found = await metric.days(period.from, period.to);
  return orMessage(subject, metric.name, seriesSummary(metric, found, subject), metric.last_day);
}

const pressureNames: ReadonlySet<string> = new Set(["bp", "blood_pressure"]);

function seriesSummary(metric: Metric, found: readonly MetricDay[], { period, sources }: Subject): Summary | null {
  if (found.length === 0) return null;
  const known = coverage(found.map(({ day }) => day), period);
  const figures = statistics(found, metric.kind, period);
  return {
    summary: mainFact(metric, figures, `over ${periodText(period, metric.kind === "amount")} (${known.text})`),
    unit: metric.unit,
    count: found.length,
    coverage: known,
    sources: sourceNames(found.flatMap(({ source_no }) => source_no ?? []), sources),
    statistics: figures,
    ...(metric.kind === "amount" ? { statistics_are_of: "full days, without today" } : {}),
    ...(metric.hint === undefined ? {} : { hint: metric.hint }),
    ...listed(found, metric.kind, period),
  };
}

function mainFact({ name, kind, unit }: Metric, figures: Record<string, unknown>, when: string): string {
  if (kind === "level") return `Average ${spoken(name)} ${inUnit(Number(figures.overall_avg), unit)} ${when}.`;
  const { overall_total: total, daily_average: average } = figures;
  if (total === null) return `${sentence(spoken(name))} of today so far only: no full day has data.`;
  return `Average ${spoken(name)} ${inUnit(Number(average), unit)} a day, ${
    inUnit(Number(total), unit)
  } in all, ${when}.`;
}

async function orMessage(
  { ctx, user_id, period, sources, time_zone }: Subject,
  metric: string,
  summary: Summary | null,
  lastDay?: string,
): Promise<Record<string, unknown>> {
  const { from, today, days } = period;
  const head = { user_id, metric, period_days: days, from, today, ...periodFields(period, time_zone) };
  if (summary !== null) return { ...head, ...summary };
  const empty = { ...head, count: 0, daily_values: [], coverage: coverage([], period) };
  if (sources.length === 0) {
    const message = "No connected data sources found for this user.";
    return { ...empty, summary: message, message };
  }
  const available = await wearableNames(ctx, user_id, await seriesOfPerson(ctx, user_id), metric);
  const last = lastDay === undefined ? "" : ` The last of it is of ${lastDay}.`;
  const when = period.to === today ? `in the last ${days} days` : `over ${periodText(period)}`;
  const message = `Nothing is recorded of ${metric} ${when}.${last}`;
  return { ...empty, summary: message, message, available_metrics: available.slice(0, shownMetrics) };
}
