import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { readActivity } from "./activity.ts";
import type { Contribution } from "./activity_day.ts";
import { findStaleDays, type StoredDay } from "./cache_queries.ts";
import type { SeriesDay } from "./series_by_day.ts";

/** Days of a series out of the activity that is kept of them, for periods that are too long to read sample by sample. */

interface Kept {
  readonly value: (day: StoredDay) => number | null;
  /** What a source added; null where that is not kept. */
  readonly part: ((contribution: Contribution) => number | null) | null;
}

/** Only what is kept as it was measured: without rounding, and by the same merge. */
const kept: Readonly<Record<string, Kept>> = {
  steps: { value: ({ steps }) => steps, part: ({ steps }) => steps },
  energy: { value: (day) => day.active_calories_kcal, part: (contribution) => contribution.active_calories_kcal },
  basal_energy: { value: (day) => day.basal_calories_kcal, part: null },
  distance_walking_running: {
    value: (day) => day.distance_meters,
    part: (contribution) => contribution.distance_meters,
  },
  flights_climbed: { value: ({ flights }) => flights, part: ({ flights }) => flights },
  heart_rate: { value: (day) => day.heart_rate_avg, part: null },
};

/** Computing more days than these takes longer than reading the one series. */
const mostStale = 10;
/** More days than anybody lives. */
const mostDays = 40_000;

/**
 * As `seriesByDay` gives them, the end exclusive, but without the number of samples; the source is 0 where it is not
 * kept. Undefined for another series, and while many of the days are still to be summarized.
 */
export async function summarizedSeries(
  ctx: Context,
  userId: UserId,
  code: string,
  from: string,
  to: string,
): Promise<SeriesDay[] | undefined> {
  const series = Object.hasOwn(kept, code) ? kept[code] : undefined;
  if (series === undefined) return undefined;
  const range = { from, to };
  if ((await findStaleDays(ctx.database, userId, range)).length > mostStale) return undefined;
  const page = { ...range, bySource: false, descending: false, after: undefined, limit: mostDays };
  const found = await readActivity(ctx, userId, page);
  return found?.days.flatMap((row): SeriesDay[] => {
    const value = series.value(row);
    if (value === null) return [];
    const range = code === "heart_rate"
      ? { min: row.heart_rate_min, max: row.heart_rate_max }
      : { min: null, max: null };
    return [{ day: row.day, value, ...range, count: null, source_no: mainSource(row, series) }];
  });
}

function mainSource({ sources }: StoredDay, { part }: Kept): number {
  if (part === null) return 0;
  const parts = (sources ?? []).map((contribution) => ({ ...contribution, amount: part(contribution) ?? 0 }));
  return parts.sort((a, b) => b.amount - a.amount)[0]?.source_no ?? 0;
}
