import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { addDays } from "../platform/day_range.ts";
import { localNow } from "../summaries/local_now.ts";
import { listDataSources } from "../sources/queries.ts";
import { type Counted, countedThings, type RecordedSpan, recordedSpans } from "./available_data_queries.ts";
import { knownEvents } from "./metric_queries.ts";
import { scoreMetricName } from "./metric_scores.ts";
import { seriesOfPerson } from "./metric_series.ts";
import { sourceName } from "./wearable_subject.ts";

/** What a person's record holds, condensed: metrics, nights, workouts, tests, symptoms and documents. */

/** Over so many days it is counted on how many of them something was recorded. */
const countedDays = 365;
const mostMetrics = 40;
const mostNames = 20;

export async function availableData(ctx: Context, user_id: UserId): Promise<Record<string, unknown>> {
  const now = await localNow(ctx, user_id);
  const since = addDays(now.date, 1 - countedDays);
  const [spans, series, things, { scores }, sources] = await Promise.all([
    recordedSpans(ctx.database, user_id, since, now.offset),
    seriesOfPerson(ctx, user_id),
    countedThings(ctx.database, user_id),
    knownEvents(ctx.database, user_id),
    listDataSources(ctx.database, user_id),
  ]);
  const metrics = spans.flatMap((span) => {
    const known = series.find(({ id }) => id === span.series);
    return known === undefined ? [] : [{ metric: known.code, unit: known.unit, ...shown(span) }];
  });
  const days = [...spans, ...things].flatMap(({ first, last }) => [first ?? [], last ?? []].flat()).sort();
  const kinds = Object.fromEntries(kindNames.flatMap((kind) => kindOf(kind, things)));
  return {
    user_id,
    today: now.date,
    time_zone: `${now.time_zone}; days are the person's local days`,
    summary: mainFact(metrics.length, things, days[0], days.at(-1)),
    first_day: days[0] ?? null,
    last_day: days.at(-1) ?? null,
    sources: [...new Set(sources.map(sourceName))].slice(0, mostNames),
    ...kinds,
    ...(scores.length === 0 ? {} : { scores: scores.map(scoreMetricName) }),
    days_are_counted_since: since,
    ...(metrics.length > mostMetrics
      ? { cut: `Only the ${mostMetrics} of ${metrics.length} metrics with the most days are shown` }
      : {}),
    metrics: metrics.slice(0, mostMetrics),
  };
}

function shown({ first, last, days }: RecordedSpan) {
  return { first, last, days_with_data: days };
}

const kindNames = ["nights", "naps", "workouts", "lab_results", "symptoms", "documents"] as const;

function kindOf(kind: Counted["what"], things: readonly Counted[]): [string, unknown][] {
  const own = things.filter(({ what }) => what === kind);
  if (own.length === 0) return [];
  const days = own.flatMap(({ first, last }) => [first ?? [], last ?? []].flat()).sort();
  const names = own.filter(({ name }) => name !== "");
  return [[kind, {
    count: total(own),
    first: days[0] ?? null,
    last: days.at(-1) ?? null,
    ...(names.length === 0
      ? {}
      : { by_name: Object.fromEntries(names.slice(0, mostNames).map(({ name, count }) => [name, count])) }),
    ...(names.length > mostNames ? { names_left_out: names.length - mostNames } : {}),
  }]];
}

function total(things: readonly Counted[]): number {
  return things.reduce((sum, { count }) => sum + count, 0);
}

function mainFact(metrics: number, things: readonly Counted[], first?: string, last?: string): string {
  if (first === undefined || last === undefined) return "Nothing is recorded for this person yet.";
  const parts = kindNames.flatMap((kind) => {
    const count = total(things.filter(({ what }) => what === kind));
    const name = kind === "lab_results" ? "laboratory results" : kind === "symptoms" ? "symptom entries" : kind;
    return count === 0 ? [] : [`${count} ${count === 1 ? name.replace(/ies$/, "y").replace(/s$/, "") : name}`];
  });
  return `There is data from ${first} to ${last}: ${[`${metrics} metrics of devices`, ...parts].join(", ")}.`;
}
