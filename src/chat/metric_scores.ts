import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { scoreCategories } from "../scores/score_category.ts";
import { type ScoreRow, scoresOfDays } from "../scores/queries.ts";
import type { Metric } from "./metric.ts";
import { mean } from "./statistics.ts";

/** Scores as daily series: `sleep_score`, `recovery_score` …, and `resilience`. */

const named: readonly (readonly [name: string, category: string])[] = scoreCategories.map((category) => [
  category === "resilience" ? category : `${category}_score`,
  category,
]);
const categories = new Map(named);

/** What the score of a category is called here. */
export function scoreMetricName(category: string): string {
  return named.find(([, of]) => of === category)?.[0] ?? category;
}

export function scoreMetric(ctx: Context, userId: UserId, name: string): Metric | undefined {
  const category = categories.get(name);
  if (category === undefined) return undefined;
  return {
    name,
    unit: "score",
    kind: "level",
    todayCounts: true,
    days: async (from, to) => oneProvider(await scoresOfDays(ctx.database, userId, category, from, to)),
  };
}

/**
 * The days of one provider, because scales differ (recovery goes to 100 at one and to 6 at another): those computed
 * here where there are some, else of whoever gave most.
 */
export function oneProvider(
  scores: readonly (Pick<ScoreRow, "provider" | "value"> & { readonly day: string })[],
): { day: string; value: number }[] {
  const valued = scores.flatMap(({ day, provider, value }) => value === null ? [] : [{ day, provider, value }]);
  const providers = [...Map.groupBy(valued, ({ provider }) => provider)].sort(([one, mine], [other, theirs]) =>
    Number(other === "internal") - Number(one === "internal") || theirs.length - mine.length || (one < other ? -1 : 1)
  );
  const byDay = Map.groupBy(providers[0]?.[1] ?? [], ({ day }) => day);
  return [...byDay].map(([day, ofDay]) => ({ day, value: mean(ofDay.map(({ value }) => value)) }));
}
