import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { levelCellMs } from "../timeseries/merge_levels.ts";
import { seriesId } from "../timeseries/series_table.ts";
import { findNightLevels, findSessions, type NightsPage } from "./sleep_queries.ts";
import { chooseNight, type Night, type NightSums, nightSums } from "./sleep_night.ts";
import { sourceOrder } from "./source_order.ts";

/** A person's nights by the local day on which they woke up. */

/** What is averaged over the night, from every source by priority. */
const nightSeries = {
  avg_heart_rate_bpm: seriesId("heart_rate"),
  avg_hrv_sdnn_ms: seriesId("heart_rate_variability_sdnn"),
  avg_hrv_rmssd_ms: seriesId("heart_rate_variability_rmssd"),
  avg_respiratory_rate: seriesId("respiratory_rate"),
  avg_spo2_percent: seriesId("oxygen_saturation"),
} as const;

export type NightAverages = Readonly<Record<keyof typeof nightSeries, number | null>>;

export interface SleepNight extends Night {
  readonly sums: NightSums;
  readonly averages: NightAverages;
}

/** One row for each day with sleep, in the page's order. */
export async function readNights(ctx: Context, userId: UserId, page: NightsPage): Promise<SleepNight[]> {
  const db = ctx.database;
  const [order, sessions] = await Promise.all([sourceOrder(db, userId), findSessions(db, userId, page)]);
  const nights = [...Map.groupBy(sessions, ({ day }) => day).values()].flatMap((ofDay) => {
    return chooseNight(ofDay, order) ?? [];
  });
  const ranges = nights.filter(({ main }) => main.length > 0).map(({ day, main }) => ({
    day,
    start: Math.min(...main.map(({ start }) => start)),
    end: Math.max(...main.map(({ end }) => end)),
  }));
  const levels = await findNightLevels(db, userId, ranges, Object.values(nightSeries), order, levelCellMs);
  const averages = new Map(levels.map(({ day, series, avg }) => [`${day} ${series}`, avg]));
  return nights.map((night) => {
    const average = (series: number) => averages.get(`${night.day} ${series}`) ?? null;
    const named = Object.entries(nightSeries).map(([name, series]) => [name, average(series)]);
    return { ...night, sums: nightSums(night), averages: Object.fromEntries(named) as NightAverages };
  });
}

/** The nights of `from` to `to`, `YYYY-MM-DD`, the end exclusive; days without sleep are absent. */
export async function sleepNights(ctx: Context, userId: UserId, from: string, to: string): Promise<SleepNight[]> {
  return await readNights(ctx, userId, { from, to, after: undefined, descending: false, limit: 40_000 });
}
