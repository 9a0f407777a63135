import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { addDays } from "../platform/day_range.ts";
import { seriesByDay, type SeriesDay } from "../summaries/series_by_day.ts";
import { summarizedSeries } from "../summaries/summarized_series.ts";
import { listCustomSeries } from "../timeseries/bucket_queries.ts";
import { seriesByCode, seriesById } from "../timeseries/series_table.ts";
import type { Metric } from "./metric.ts";
import { type KnownSeries, knownSeries } from "./metric_queries.ts";

/** Measured series as daily series, by their codes. */

export interface PersonSeries extends KnownSeries {
  readonly code: string;
  readonly unit: string;
  readonly kind: "amount" | "level";
  readonly custom: boolean;
}

/** The series that something of this person is stored of. */
export async function seriesOfPerson(ctx: Context, userId: UserId): Promise<PersonSeries[]> {
  const [known, custom] = await Promise.all([
    knownSeries(ctx.database, userId),
    listCustomSeries(ctx.database, userId),
  ]);
  return known.flatMap((row): PersonSeries[] => {
    const fixed = seriesById(row.id);
    if (fixed !== undefined) {
      const kind = fixed.aggregation === "sum" ? "amount" : "level";
      return [{ ...row, code: fixed.code, unit: fixed.unit, kind, custom: false }];
    }
    const own = custom.find(({ id }) => id === row.id);
    return own === undefined ? [] : [{ ...row, code: own.code, unit: own.unit, kind: "level", custom: true }];
  });
}

/** Of a series that a person invented nobody knows whether a day of it is a mean or a sum; this asks for the sum. */
export const totalSuffix = ":total";

/** The series of this code, also when nothing is stored of it yet. */
export function seriesMetric(
  ctx: Context,
  userId: UserId,
  name: string,
  known: readonly PersonSeries[],
): Metric | undefined {
  const summed = name.endsWith(totalSuffix);
  const code = summed ? name.slice(0, -totalSuffix.length) : name;
  const own = known.find((series) => series.code === code && (series.custom || !summed));
  const fixed = summed ? undefined : seriesByCode(code);
  if (own === undefined && fixed === undefined) return undefined;
  const kind = summed ? "amount" : own?.kind ?? (fixed?.aggregation === "sum" ? "amount" : "level");
  return {
    name,
    unit: own?.unit ?? fixed?.unit ?? "",
    kind,
    todayCounts: kind === "level",
    ...(own === undefined ? {} : { last_day: own.last_day }),
    ...(own?.custom && !summed ? { hint: `"${code}${totalSuffix}" gives each day's sum instead of its mean` } : {}),
    async days(from, to) {
      const days = await seriesOfPeriod(ctx, userId, code, from, addDays(to, 1));
      return days.map(({ day, value, min, max, count, source_no }) => {
        if (summed) return { day, value: value * (count ?? 1), source_no };
        return kind === "amount" ? { day, value, source_no } : {
          day,
          value,
          min: min ?? value,
          max: max ?? value,
          ...(count === null ? {} : { samples: count }),
          source_no,
        };
      });
    },
  };
}

/** Read sample by sample, with their number; of a longer period so many newest days. */
const newestRead = 31;

/** The end exclusive. What lies far back is taken from the summarized days where those have it. */
async function seriesOfPeriod(
  ctx: Context,
  userId: UserId,
  code: string,
  from: string,
  to: string,
): Promise<SeriesDay[]> {
  const middle = addDays(to, -newestRead);
  const older = from < addDays(middle, -newestRead)
    ? await summarizedSeries(ctx, userId, code, from, middle)
    : undefined;
  if (older === undefined) return await seriesByDay(ctx, userId, code, from, to);
  return [...older, ...await seriesByDay(ctx, userId, code, middle, to)];
}
