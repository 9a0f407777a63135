import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import type { Database } from "../platform/database.ts";
import { levelOf, mergeLevels } from "../timeseries/merge_levels.ts";
import { findCustomSeries } from "../timeseries/queries.ts";
import { seriesByCode, seriesById } from "../timeseries/series_table.ts";
import { dayAmounts } from "./day_amounts.ts";
import { dayNumber, dayText, localDay } from "./local_days.ts";
import { type Measured, readMeasured } from "./measured.ts";
import { findMeasuredDays } from "./sample_queries.ts";
import { sourceOrder } from "./source_order.ts";

/** Any series by local day, its sources merged. */

export interface SeriesDay {
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** The day's amount, mean or highest value, as the series is summed up. */
  readonly value: number;
  /** Of single samples; null for amounts. */
  readonly min: number | null;
  readonly max: number | null;
  /** Samples that count; null for amounts. */
  readonly count: number | null;
  /** The main contributor. */
  readonly source_no: number;
}

/** Days that are read at once, so that years of a dense series do not fill the memory. */
const longestStretch = 62;

/**
 * The days of `from` to `to`, `YYYY-MM-DD`, the end exclusive; days without anything are absent. The code is one of the
 * series table or of the person's own; of an unknown one there are no days.
 */
export async function seriesByDay(
  ctx: Context,
  userId: UserId,
  code: string,
  from: string,
  to: string,
): Promise<SeriesDay[]> {
  const id = seriesByCode(code)?.id ?? (await findCustomSeries(ctx.database, userId, [code]))[0]?.id;
  if (id === undefined) return [];
  return (await seriesOfDays(ctx.database, userId, [id], from, to)).get(id) ?? [];
}

/** Several series at once, by id. */
export async function seriesOfDays(
  db: Database,
  userId: UserId,
  ids: readonly number[],
  from: string,
  to: string,
): Promise<Map<number, SeriesDay[]>> {
  const found = new Map<number, SeriesDay[]>(ids.map((id) => [id, []]));
  const span = await findMeasuredDays(db, userId, ids);
  if (span === null) return found;
  const first = Math.max(dayNumber(from), dayNumber(span.first));
  const last = Math.min(dayNumber(to) - 1, dayNumber(span.last));
  const order = await sourceOrder(db, userId);
  const additive = (id: number) => seriesById(id)?.aggregation === "sum";
  const wanted = { amounts: ids.filter(additive), levels: ids.filter((id) => !additive(id)) };
  for (let day = first; day <= last; day += longestStretch) {
    const end = Math.min(day + longestStretch - 1, last);
    const measured = await readMeasured(db, userId, wanted, day, end);
    for (const id of ids) {
      const days = additive(id) ? amountDays(measured, id, order) : levelDays(measured, id, order);
      found.get(id)?.push(...days.filter((row) => row.day >= dayText(day) && row.day <= dayText(end)));
    }
  }
  return found;
}

function amountDays({ amounts }: Measured, id: number, order: readonly number[]): SeriesDay[] {
  const own = amounts.get(id);
  if (own === undefined) return [];
  const sources = new Set([...own.pieces.keys(), ...[...own.totals.values()].flatMap((ofDay) => [...ofDay.keys()])]);
  return [...dayAmounts(own, [...sources], order)].sort(([a], [b]) => a - b).map(([day, { value, parts }]) => {
    const main = parts.reduce((most, part) => part.value > most.value ? part : most, parts[0] ?? noPart);
    return { day: dayText(day), value, min: null, max: null, count: null, source_no: main.source_no };
  });
}

const noPart = { source_no: 0, value: 0 };

function levelDays({ levels }: Measured, id: number, order: readonly number[]): SeriesDay[] {
  const highest = seriesById(id)?.aggregation === "max";
  const byDay = Map.groupBy(mergeLevels(levels.get(id) ?? [], order), (row) => localDay(row.at, row.zone_offset));
  return [...byDay].sort(([a], [b]) => a - b).flatMap(([day, samples]) => {
    const level = levelOf(samples);
    if (level === null) return [];
    const counts = new Map<number, number>();
    for (const { source_no, count } of samples) counts.set(source_no, (counts.get(source_no) ?? 0) + count);
    const [main] = [...counts].sort(([, a], [, b]) => b - a);
    const { avg, min, max, count } = level;
    return [{ day: dayText(day), value: highest ? max : avg, min, max, count, source_no: main?.[0] ?? 0 }];
  });
}
