import type { UserId } from "../accounts/access.ts";
import type { Database } from "../platform/database.ts";
import { ownPieces, type Piece } from "../timeseries/own_intervals.ts";
import { type KnownOffsets, offsetNear } from "../timeseries/offset_near.ts";
import { findOffsets } from "../timeseries/offset_queries.ts";
import { dayMs, dayNumber, dayText, localDay, widestOffsetMs } from "./local_days.ts";
import {
  type AmountRow,
  findAmounts,
  findArchivedDays,
  findLevels,
  findTotals,
  type LevelRow,
  type TimeRange,
} from "./sample_queries.ts";

/** What was measured on a run of local days, source by source, before anything is merged. */

/** An additive series. */
export interface Amounts {
  /** Each source's pieces, zeros included. */
  readonly pieces: ReadonlyMap<number, readonly Piece[]>;
  /** Vendors' totals, and sums of archived days: by day, then source. */
  readonly totals: ReadonlyMap<number, ReadonlyMap<number, number>>;
}

/** Minutes of a level; an archived day is one row at the day's local noon, which says nothing about minutes. */
export type Levels = readonly (LevelRow & { readonly whole_day?: boolean })[];

export interface Measured {
  readonly amounts: ReadonlyMap<number, Amounts>;
  readonly levels: ReadonlyMap<number, Levels>;
  readonly known: KnownOffsets;
}

/** Beyond the days themselves: what lies near decides how instants and gaps at midnight are read. */
const marginMs = 2 * 3_600_000;

/** The instants that may belong to the local days, both inclusive. */
export function rangeOfDays(first: number, last: number, margin = 0): TimeRange {
  return { from: first * dayMs - widestOffsetMs - margin, to: (last + 1) * dayMs + widestOffsetMs + margin };
}

export interface Wanted {
  readonly amounts: readonly number[];
  readonly levels: readonly number[];
}

/** Days are counted from 1970, both inclusive. Measurements without an offset get the nearest known one. */
export async function readMeasured(
  db: Database,
  userId: UserId,
  wanted: Wanted,
  first: number,
  last: number,
): Promise<Measured> {
  const range = rangeOfDays(first, last, marginMs);
  const days = { first: dayText(first), last: dayText(last) };
  const every = [...wanted.amounts, ...wanted.levels];
  const amountRows = wanted.amounts.length === 0 ? [] : await findAmounts(db, userId, wanted.amounts, range);
  const levelRows = wanted.levels.length === 0 ? [] : await findLevels(db, userId, wanted.levels, range);
  const totals = wanted.amounts.length === 0 ? [] : await findTotals(db, userId, wanted.amounts, days);
  const archived = await findArchivedDays(db, userId, every, days);
  const missing = amountRows.some(lacksOffset) || levelRows.some(lacksOffset);
  const known = missing ? await findOffsets(db, userId, every, range) : [];

  const amounts = new Map(wanted.amounts.map((series) => {
    const own = Map.groupBy(amountRows.filter((row) => row.series === series), (row) => row.source_no);
    const pieces = new Map([...own].map(([source, samples]) => [source, located(ownPieces(samples), known)]));
    const live = liveDays(pieces);
    const byDay = new Map<number, Map<number, number>>();
    const note = (row: { day: string; source_no: number }, value: number) => {
      const day = dayNumber(row.day);
      byDay.set(day, (byDay.get(day) ?? new Map()).set(row.source_no, value));
    };
    for (const row of archived) {
      if (row.series === series && !live.has(`${row.source_no} ${dayNumber(row.day)}`)) note(row, row.sum);
    }
    for (const row of totals) if (row.series === series) note(row, row.value);
    return [series, { pieces, totals: byDay }];
  }));

  const levels = new Map(wanted.levels.map((series) => {
    const minutes = located(levelRows.filter((row) => row.series === series), known);
    const live = new Set(minutes.map((row) => `${row.source_no} ${localDay(row.at, row.zone_offset)}`));
    const summedUp = archived.filter((row) => {
      return row.series === series && !live.has(`${row.source_no} ${dayNumber(row.day)}`);
    }).map((row) => ({ ...row, at: (dayNumber(row.day) + 0.5) * dayMs, zone_offset: 0, whole_day: true }));
    return [series, [...minutes, ...summedUp]];
  }));
  return { amounts, levels, known };
}

function lacksOffset(row: AmountRow | LevelRow): boolean {
  return row.zone_offset === null;
}

function located<Row extends { readonly zone_offset: number | null; readonly at?: number; readonly start?: number }>(
  all: readonly Row[],
  known: KnownOffsets,
): Row[] {
  return all.map((row) => {
    return row.zone_offset === null ? { ...row, zone_offset: offsetNear(known, row.at ?? row.start ?? 0) } : row;
  });
}

function liveDays(pieces: ReadonlyMap<number, readonly Piece[]>): Set<string> {
  const days = new Set<string>();
  for (const [source, own] of pieces) {
    for (const { start, zone_offset } of own) days.add(`${source} ${localDay(start, zone_offset)}`);
  }
  return days;
}
