import type { UserId } from "../accounts/access.ts";
import { chooseTest } from "../labs/test_name.ts";
import { testsOfPerson } from "../labs/trend_queries.ts";
import type { Context } from "../platform/context.ts";
import { listSymptomTypes } from "../symptoms/queries.ts";
import { availableMetrics, findMetric, type Metric } from "./metric.ts";
import { nearestMetrics, plainName } from "./metric_name.ts";

/** The metric that a model asked for, or an answer that it can mend its call by. */

export interface UnknownMetric {
  readonly user_id: string;
  readonly metric: string;
  readonly error: string;
  readonly available_metrics: readonly string[];
}

const shownNearest = 3;

export async function askedMetric(ctx: Context, userId: UserId, asked: string): Promise<Metric | UnknownMetric> {
  const metric = await findMetric(ctx, userId, asked);
  if (metric !== undefined && await isRecorded(ctx, userId, metric, asked)) return metric;
  return unknownMetric(userId, asked, await availableMetrics(ctx, userId, asked));
}

/** Names the nearest of those that the person has. */
export function unknownMetric(user_id: UserId, metric: string, available_metrics: readonly string[]): UnknownMetric {
  const nearest = nearestMetrics(available_metrics, metric, shownNearest);
  const advice = nearest.length === 0 ? "" : ` Did you mean ${nearest.join(" or ")}?`;
  return { user_id, metric, error: `Unknown metric '${metric}'.${advice}`, available_metrics };
}

/** A symptom or a test by its prefix is found under any name; this tells whether the person has it. */
async function isRecorded(ctx: Context, userId: UserId, { name }: Metric, asked: string): Promise<boolean> {
  if (name.startsWith("symptom:")) {
    const types = await listSymptomTypes(ctx.database, userId);
    return types.some((type) => plainName(`symptom:${type}`) === plainName(name));
  }
  if (!name.startsWith("lab:")) return true;
  const term = asked.trim().replace(/^lab:\s*/i, "");
  return chooseTest(await testsOfPerson(ctx.database, userId), term) !== null;
}
