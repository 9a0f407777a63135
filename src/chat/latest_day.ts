import type { Metric, MetricDay } from "./metric.ts";
import { amount, level } from "./wearable_days.ts";

/** The newest day of a period with its value, as a tool tells it. Pure. */
export interface LatestDay {
  readonly date: string;
  readonly value: number;
  /** Of a level that was measured more than once. */
  readonly min?: number;
  readonly max?: number;
}

/** Of days in any order; undefined where nothing was recorded. */
export function latestDay(days: readonly MetricDay[], { kind }: Pick<Metric, "kind">): LatestDay | undefined {
  const recorded = days.filter(({ filled }) => filled !== true);
  const [first] = recorded;
  if (first === undefined) return undefined;
  const { day: date, value, min, max } = recorded.reduce((a, b) => b.day > a.day ? b : a);
  if (kind === "amount") return { date, value: amount(value) };
  const isRange = min !== undefined && max !== undefined && min !== max;
  return { date, value: level(value), ...(isRange ? { min: level(min), max: level(max) } : {}) };
}
