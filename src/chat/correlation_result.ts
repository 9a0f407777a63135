import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { bestLag, correlate, fewestMeaningful, interpretation, lagInWords, pairByDay } from "./correlation.ts";
import { summarySentence, widestLag } from "./correlation.ts";
import { type AskedPeriod, askedPeriod, coverage, periodFields } from "../platform/period.ts";
import { listDataSources } from "../sources/queries.ts";
import { localNow } from "../summaries/local_now.ts";
import { unknownMetric } from "./asked_metric.ts";
import { availableMetrics, findMetric, fullDays, type Metric, type MetricDay } from "./metric.ts";
import { rounded } from "./statistics.ts";
import { mostEntries } from "./wearable_days.ts";
import { metricSources } from "./wearable_subject.ts";

/** Two of a person's daily series beside each other, as a small model is told about them. */

/** Both sides are days with data; the contract's shape, and what it takes to judge the number. */
export async function correlateMetrics(
  ctx: Context,
  user_id: UserId,
  asked: AskedPeriod & { readonly metric_a: string; readonly metric_b: string },
): Promise<Record<string, unknown>> {
  const [a, b] = await Promise.all([
    findMetric(ctx, user_id, asked.metric_a),
    findMetric(ctx, user_id, asked.metric_b),
  ]);
  if (a === undefined || b === undefined) {
    const metric = a === undefined ? asked.metric_a : asked.metric_b;
    const available_metrics = await availableMetrics(ctx, user_id, metric);
    return { ...unknownMetric(user_id, metric, available_metrics) };
  }
  const { date, time_zone } = await localNow(ctx, user_id);
  const period = askedPeriod(date, asked);
  if ("error" in period) return period;
  const { from, to, today, days } = period;
  const named = {
    user_id,
    metric_a: a.name,
    metric_b: b.name,
    period_days: days,
    ...periodFields(period, time_zone),
  };
  if (a.name === b.name) return { ...named, error: "Both are the same metric; name two different ones." };
  const [daysA, daysB] = await Promise.all([a, b].map((metric) => fullDays(metric, from, to, today)));
  const [countA, countB] = [daysA, daysB].map((days) => days?.filter(({ filled }) => !filled).length ?? 0);
  // What was never noted is unknown, not zero on every day.
  if (daysA === undefined || daysB === undefined || countA === 0 || countB === 0) {
    return {
      ...named,
      error: "Insufficient data for one or both metrics.",
      data_a_count: countA,
      data_b_count: countB,
      available_metrics: await availableMetrics(ctx, user_id, countA === 0 ? asked.metric_a : asked.metric_b),
    };
  }
  const pairs = pairByDay(daysA, daysB);
  if (pairs.length < 3) {
    const message = "Not enough overlapping data points for meaningful correlation (need at least 3).";
    return { ...named, summary: message, overlapping_days: pairs.length, message };
  }
  const found = correlate(pairs);
  const lag = bestLag(daysA, daysB);
  const filled = [zeroDays(a, daysA), zeroDays(b, daysB)].filter((text) => text !== "");
  const shown = pairs.slice(-mostEntries);
  const sources = metricSources([...daysA, ...daysB], [a, b], await listDataSources(ctx.database, user_id));
  return {
    ...named,
    summary: summarySentence(found, lag, a.name, b.name, a.kind === "amount" ? "more" : "higher"),
    coverage: coverage(pairs.map(({ day }) => day), period, "have both"),
    sources,
    overlapping_days: pairs.length,
    correlation: found.pearson,
    interpretation: interpretation(found.pearson),
    ...found,
    best_lag_days: lag?.days ?? null,
    ...(lag === null ? {} : {
      best_lag: {
        correlation: lag.correlation,
        n: lag.n,
        p_value_for_7_lags: lag.p_value,
        meaning: lagInWords(lag, a.name, b.name),
      },
    }),
    ...(pairs.length < fewestMeaningful ? { note: `n = ${pairs.length}: too few days to mean anything.` } : {}),
    caution: `Distances of -${widestLag} to ${widestLag} days were tried and the best is named: the more lags and ` +
      "metrics are tried, the more often chance looks like a relation. Neighbouring days resemble each other, so that " +
      "p-values are rather too small. A correlation is no cause.",
    ...(filled.length === 0 ? {} : { zero_days: filled.join("; ") }),
    units: { [a.name]: a.unit, [b.name]: b.unit },
    ...(shown.length < pairs.length
      ? { paired_data_left_out: `${pairs.length - shown.length} older days are counted, but not listed` }
      : {}),
    paired_data: shown.map((pair) => ({
      date: pair.day,
      [a.name]: rounded(pair.a, 3),
      [b.name]: rounded(pair.b, 3),
    })),
  };
}

function zeroDays({ name }: Metric, days: readonly MetricDay[]): string {
  const count = days.filter(({ filled }) => filled).length;
  if (count === 0) return "";
  const why = name.startsWith("symptom:") ? "the diary was kept without it" : "a device was worn without one";
  return `${name} counts as 0 on ${count} ${count === 1 ? "day" : "days"} on which ${why}`;
}
