import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { listDataSources } from "../sources/queries.ts";
import { type Metric, type MetricDay, personToday, wearableMetric, wearableNames } from "./metric.ts";
import { meantNames, nearestMetrics, plainName } from "./metric_name.ts";
import { seriesOfPerson } from "./metric_series.ts";
import { sourceNames, type Subject, type Summary } from "./wearable_subject.ts";
import { bloodPressureSummary } from "./wearable_pressure.ts";
import { coverage, listed, periodOf, statistics } from "./wearable_days.ts";
import { sleepSummary } from "./wearable_sleep.ts";
import { workoutSummary } from "./wearable_workouts.ts";

/** One metric of a person's devices over some days, as a small model is told about it. */

const shownMetrics = 30;
const shownNearest = 5;

export async function wearableSummary(
  ctx: Context,
  user_id: UserId,
  asked: string,
  days: number,
): Promise<Record<string, unknown>> {
  const period = periodOf(await personToday(ctx, user_id), days);
  const sources = await listDataSources(ctx.database, user_id);
  const names = meantNames(asked);
  const subject = { ctx, user_id, period, sources };
  if (names.includes("sleep")) return orMessage(subject, "sleep", await sleepSummary(subject));
  if (names.includes("workouts")) return orMessage(subject, "workouts", await workoutSummary(subject));
  if (pressureNames.has(plainName(asked))) {
    return orMessage(subject, "blood_pressure", await bloodPressureSummary(subject));
  }
  const known = await seriesOfPerson(ctx, user_id);
  const metric = wearableMetric(ctx, user_id, asked, known);
  if (metric === undefined) {
    const available = await wearableNames(ctx, user_id, known, asked);
    const nearest = nearestMetrics(available, asked, shownNearest);
    return {
      user_id,
      metric: asked,
      error: `Unknown metric '${asked}'.${nearest.length === 0 ? "" : ` Did you mean ${nearest.join(" or ")}?`}`,
      available_metrics: available.slice(0, shownMetrics),
    };
  }
  const found = await metric.days(period.from, period.today);
  return orMessage(subject, metric.name, seriesSummary(metric, found, subject), metric.last_day);
}

const pressureNames: ReadonlySet<string> = new Set(["bp", "blood_pressure"]);

function seriesSummary(metric: Metric, found: readonly MetricDay[], { period, sources }: Subject): Summary | null {
  if (found.length === 0) return null;
  return {
    unit: metric.unit,
    count: found.length,
    coverage: coverage(found.map(({ day }) => day), period),
    sources: sourceNames(found.flatMap(({ source_no }) => source_no ?? []), sources),
    statistics: statistics(found, metric.kind, period),
    ...(metric.kind === "amount" ? { statistics_are_of: "full days, without today" } : {}),
    ...(metric.hint === undefined ? {} : { hint: metric.hint }),
    ...listed(found, metric.kind, period),
  };
}

async function orMessage(
  { ctx, user_id, period, sources }: Subject,
  metric: string,
  summary: Summary | null,
  lastDay?: string,
): Promise<Record<string, unknown>> {
  const head = { user_id, metric, period_days: period.days, from: period.from, today: period.today };
  if (summary !== null) return { ...head, ...summary };
  const empty = { ...head, count: 0, daily_values: [] };
  if (sources.length === 0) return { ...empty, message: "No connected data sources found for this user." };
  const available = await wearableNames(ctx, user_id, await seriesOfPerson(ctx, user_id), metric);
  const last = lastDay === undefined ? "" : ` The last of it is of ${lastDay}.`;
  return {
    ...empty,
    message: `Nothing is recorded of ${metric} in the last ${period.days} days.${last}`,
    available_metrics: available.slice(0, shownMetrics),
  };
}
