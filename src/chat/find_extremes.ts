import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { type AskedPeriod, askedPeriod, coverage, periodFields, periodText } from "../platform/period.ts";
import { listDataSources } from "../sources/queries.ts";
import { localNow } from "../summaries/local_now.ts";
import { askedMetric } from "./asked_metric.ts";
import { inUnit, sentence, spoken } from "./fact_sentence.ts";
import { latestDay } from "./latest_day.ts";
import { fullDays, type Metric, type MetricDay } from "./metric.ts";
import { mean } from "./statistics.ts";
import { amount, level } from "./wearable_days.ts";
import { metricSources } from "./wearable_subject.ts";

/** The days of a period on which a metric was highest or lowest, with their values. */

export interface AskedExtremes extends AskedPeriod {
  readonly metric: string;
  readonly order: "highest" | "lowest";
  /** Days by their total or mean, or by the single highest or lowest measurement in them. */
  readonly of: "days" | "measurements";
  readonly count: number;
}

export async function findExtremes(
  ctx: Context,
  user_id: UserId,
  asked: AskedExtremes,
): Promise<Record<string, unknown>> {
  const { date: today, time_zone } = await localNow(ctx, user_id);
  const period = askedPeriod(today, asked);
  if ("error" in period) return period;
  const metric = await askedMetric(ctx, user_id, asked.metric);
  if ("error" in metric) return { ...metric };
  // A day on which nothing was noted has no value of its own.
  const days = (await fullDays(metric, period.from, period.to, today)).filter(({ filled }) => filled !== true);
  const round = metric.kind === "amount" ? amount : level;
  const bySample = metric.kind === "level" && asked.of === "measurements";
  const ranked = days.map((day) => ({ ...day, rank: rankedValue(day, asked.order, bySample) }))
    .sort((a, b) => (asked.order === "highest" ? b.rank - a.rank : a.rank - b.rank) || (a.day < b.day ? 1 : -1));
  const known = coverage(days.map(({ day }) => day), period);
  const when = `over ${periodText(period, metric.kind === "amount")} (${known.text})`;
  const best = ranked.slice(0, asked.count);
  return {
    user_id,
    metric: metric.name,
    unit: metric.unit,
    order: asked.order,
    values_are: valuesAre(metric, bySample),
    ...periodFields(period, time_zone),
    summary: best.length === 0
      ? `Nothing is recorded of ${spoken(metric.name)} ${when}.`
      : `${sentence(asked.order)} ${spoken(metric.name)}: ${
        best.slice(0, mostNamed).map(({ day, rank }) => `${inUnit(round(rank), metric.unit)} on ${day}`).join(", then ")
      }, ${when}.`,
    coverage: known,
    sources: metricSources(best, [metric], await listDataSources(ctx.database, user_id)),
    ...(days.length === 0 ? {} : {
      average_of_days: round(mean(days.map(({ value }) => value))),
      latest: latestDay(days, metric),
    }),
    values: best.map(({ day, rank, value }) => ({
      date: day,
      value: round(rank),
      ...(bySample ? { daily_average: round(value) } : {}),
    })),
  };
}

const mostNamed = 3;

function rankedValue({ value, min, max }: MetricDay, order: "highest" | "lowest", bySample: boolean): number {
  if (!bySample) return value;
  return (order === "highest" ? max : min) ?? value;
}

function valuesAre({ kind, name }: Metric, bySample: boolean): string {
  if (kind === "amount") return "daily totals of full days, without today";
  if (bySample) return "the one highest or lowest measurement of each day";
  return name.startsWith("lab:") ? "laboratory results" : "daily means";
}
