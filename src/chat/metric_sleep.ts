import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { addDays } from "../platform/day_range.ts";
import { chooseNight, type Night, type NightSums, nightSums } from "../summaries/sleep_night.ts";
import { findSessions } from "../summaries/sleep_queries.ts";
import { sourceOrder } from "../summaries/source_order.ts";
import type { Metric } from "./metric.ts";

/** Sleep as daily series. A night counts for the local day of waking up; naps are no part of it. */

interface SleepMetric {
  readonly unit: string;
  readonly read: (sums: NightSums) => number | null;
}

const minutes = (seconds: number | null) => seconds === null ? null : seconds / 60;

const sleepMetrics: Readonly<Record<string, SleepMetric>> = {
  sleep: { unit: "minutes", read: ({ asleep_seconds }) => minutes(asleep_seconds) },
  sleep_efficiency: { unit: "percent", read: ({ efficiency_percent }) => efficiency_percent },
  deep_sleep: { unit: "minutes", read: ({ deep_seconds }) => minutes(deep_seconds) },
  rem_sleep: { unit: "minutes", read: ({ rem_seconds }) => minutes(rem_seconds) },
  light_sleep: { unit: "minutes", read: ({ light_seconds }) => minutes(light_seconds) },
  time_awake_in_bed: { unit: "minutes", read: ({ awake_seconds }) => minutes(awake_seconds) },
  time_in_bed: { unit: "minutes", read: ({ in_bed_seconds }) => minutes(in_bed_seconds) },
};

export const sleepMetricNames: readonly string[] = Object.keys(sleepMetrics);

export interface ToldNight extends Night {
  readonly sums: NightSums;
}

/** More days than anybody lives. */
const mostDays = 40_000;

/** The nights of these days, both inclusive, oldest first. What was measured meanwhile is not looked at. */
export async function nightsOf(ctx: Context, userId: UserId, from: string, to: string): Promise<ToldNight[]> {
  const page = { from, to: addDays(to, 1), after: undefined, descending: false, limit: mostDays };
  const [order, sessions] = await Promise.all([
    sourceOrder(ctx.database, userId),
    findSessions(ctx.database, userId, page),
  ]);
  return [...Map.groupBy(sessions, ({ day }) => day).values()].flatMap((ofDay) => {
    const night = chooseNight(ofDay, order);
    return night === null ? [] : [{ ...night, sums: nightSums(night) }];
  });
}

export function sleepMetric(ctx: Context, userId: UserId, name: string): Metric | undefined {
  const metric = Object.hasOwn(sleepMetrics, name) ? sleepMetrics[name] : undefined;
  if (metric === undefined) return undefined;
  return {
    name,
    unit: metric.unit,
    kind: "level",
    // A night is over when it is recorded.
    todayCounts: true,
    async days(from, to) {
      const nights = await nightsOf(ctx, userId, from, to);
      return nights.flatMap(({ day, sums, source_no }) => {
        const value = metric.read(sums);
        return value === null ? [] : [{ day, value, source_no }];
      });
    },
  };
}
