import { type SQL, sql } from "drizzle-orm";
import type { Batch } from "./batch.ts";

/** A batch's samples with the numbers that their rows have, by place in the batch. No object a sample is ever made. */
export interface StoredColumns {
  readonly series: Int32Array;
  readonly source_no: Int32Array;
  /** Milliseconds since 1970. */
  readonly at: readonly number[];
  readonly value: readonly number[];
  readonly duration_seconds: readonly number[];
  /** Minutes east of UTC; null when unknown. */
  readonly zone_offset: readonly (number | null)[];
}

/** `sourceNos` by place among the batch's sources, `seriesIds` by place among its custom series. */
export function storedColumns(
  { samples }: Batch,
  sourceNos: readonly number[],
  seriesIds: readonly number[],
): StoredColumns {
  const count = samples.at.length;
  const [series, source_no] = [new Int32Array(count), new Int32Array(count)];
  // `Int32Array.from` takes ten times as long.
  for (let place = 0; place < count; place++) {
    const key = samples.series[place] ?? 0;
    series[place] = key < 0 ? seriesIds[-1 - key] ?? 0 : key;
    source_no[place] = sourceNos[samples.source[place] ?? 0] ?? 0;
  }
  return {
    series,
    source_no,
    at: samples.at,
    value: samples.value,
    duration_seconds: samples.duration_seconds,
    zone_offset: samples.zone_offset,
  };
}

/** One number for a series of a source. */
export function seriesOfSource(series: number, sourceNo: number): number {
  return series * 65_536 + sourceNo;
}

/** The key of the sample at a place. */
export function keyAt({ series, source_no }: StoredColumns, place: number): number {
  return seriesOfSource(series[place] ?? 0, source_no[place] ?? 0);
}

/**
 * The places to store, without those that a later one of the same series, source and instant replaces. Most batches
 * come in order, which one pass over them shows.
 */
export function lastOfEach(columns: StoredColumns): number[] {
  const places = columns.at.map((_, place) => place);
  if (isInOrder(columns)) return places;
  const byKey = new Map<string, number>();
  for (const place of places) byKey.set(`${keyAt(columns, place)} ${columns.at[place]}`, place);
  return byKey.size === places.length ? places : [...byKey.values()].sort((a, b) => a - b);
}

function isInOrder(columns: StoredColumns): boolean {
  const latest = new Map<number, number>();
  let [lastKey, lastAt] = [-1, -Infinity];
  for (let place = 0; place < columns.at.length; place++) {
    const key = keyAt(columns, place);
    if (key !== lastKey) {
      latest.set(lastKey, lastAt);
      [lastKey, lastAt] = [key, latest.get(key) ?? -Infinity];
    }
    const at = columns.at[place] ?? 0;
    if (at <= lastAt) return false;
    lastAt = at;
  }
  return true;
}

/** Stands for "unknown" in a list of offsets: a null would make Postgres search the list from its start each time. */
const unknownOffset = -32_768;

/**
 * The samples at these places as a query: `series, source_no, recorded_at, value, duration_seconds, zone_offset`.
 *
 * A column goes as one parameter and is read by place, which costs Postgres a third less than `unnest` of all of them;
 * where all its values are the same, it goes as that value. Instants are whole seconds where they can be, because these
 * are shorter.
 */
export function sentSamples(columns: StoredColumns, places: readonly number[]): SQL {
  const { series, source_no, at, value, duration_seconds, zone_offset } = columns;
  const perSecond = places.every((place) => (at[place] ?? 0) % 1000 === 0) ? 1000 : 1;
  const column = (type: SQL, read: (place: number) => number) => {
    const numbers = places.map(read);
    const [first] = numbers;
    if (numbers.every((number) => number === first)) return sql`${first ?? 0}::${type}`;
    return sql`(${`{${numbers.join(",")}}`}::${type}[])[i]`;
  };
  const small = sql.raw("smallint");
  const float = sql.raw("float8");
  return sql`
    select
      ${column(small, (place) => series[place] ?? 0)} as series,
      ${column(small, (place) => source_no[place] ?? 0)} as source_no,
      to_timestamp(${column(float, (place) => (at[place] ?? 0) / perSecond)} / ${1000 / perSecond}::float8)
        as recorded_at,
      ${column(float, (place) => value[place] ?? 0)} as value,
      ${column(sql.raw("int"), (place) => duration_seconds[place] ?? 0)} as duration_seconds,
      nullif(${column(small, (place) => zone_offset[place] ?? unknownOffset)}, ${unknownOffset}::smallint)
        as zone_offset
    from generate_series(1, ${places.length}::int) as i`;
}

/** What was stored of one series of one source on one local day. */
export interface SavedDay {
  readonly series: number;
  readonly source_no: number;
  /** Days since 1970, local. */
  readonly day: number;
  readonly inserted: number;
  readonly updated: number;
  /** Milliseconds since 1970. */
  readonly first: number;
  readonly last: number;
}

/** What the statement that stores tells, for samples that are all new. */
export function daysOf(columns: StoredColumns, places: readonly number[]): SavedDay[] {
  const days = new Map<number, { -readonly [Field in keyof SavedDay]: SavedDay[Field] }>();
  let [lastKey, lastDay] = [-1, 0];
  let saved: { inserted: number; first: number; last: number } | undefined;
  for (const place of places) {
    const at = columns.at[place] ?? 0;
    const day = Math.floor((at / 60_000 + (columns.zone_offset[place] ?? 0)) / 1440);
    const key = keyAt(columns, place);
    if (saved === undefined || key !== lastKey || day !== lastDay) {
      [lastKey, lastDay] = [key, day];
      // Days are seventeen bits at most, so that the number stays exact.
      const dayKey = key * 262_144 + day + 65_536;
      let known = days.get(dayKey);
      if (known === undefined) {
        const [series, source_no] = [columns.series[place] ?? 0, columns.source_no[place] ?? 0];
        days.set(dayKey, known = { series, source_no, day, inserted: 0, updated: 0, first: at, last: at });
      }
      saved = known;
    }
    saved.inserted++;
    if (at < saved.first) saved.first = at;
    if (at > saved.last) saved.last = at;
  }
  return [...days.values()];
}
