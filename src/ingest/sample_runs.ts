import { type SQL, sql } from "drizzle-orm";
import type { Batch, SeriesKey, SourceIndex } from "./batch.ts";
import { columnText } from "./column_text.ts";
import { type SampleColumns, unknownOffset } from "./sample_columns.ts";

/**
 * A batch's samples by series and source, written out as a statement's parameters will be. This needs nothing of the
 * database, so that one batch is made ready while the one before it is stored. No object a sample is ever made.
 */

/** Samples of one series of one source, in the order of time, each instant once. */
export interface SampleRun {
  readonly series: SeriesKey;
  readonly source: SourceIndex;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly first: number;
  readonly last: number;
  /** Seconds since 1970. */
  readonly at: Column;
  readonly value: Column;
  readonly duration_seconds: Column;
  /** Minutes east of UTC, or `unknownOffset`. */
  readonly zone_offset: Column;
  readonly days: readonly RunDay[];
}

/** A number when all are the same, else all of them with commas between. */
type Column = number | string;

/** What a run holds of a local day. */
export interface RunDay {
  /** Days since 1970, local. */
  readonly day: number;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly first: number;
  readonly last: number;
}

/** What one statement stores at most. */
export const mostRows = 50_000;

/**
 * Where two samples of a series and source have the same instant, the later one in the batch stays. `sameSource` gives
 * for each source the first one that is stored as the same; sources are taken as they are without it.
 */
export function sampleRuns({ columns }: Batch, sameSource?: readonly number[]): SampleRun[] {
  const runs: SampleRun[] = [];
  for (const places of placesByKey(columns, sameSource)) {
    const ordered = inOrder(columns.at, places);
    for (let from = 0; from < ordered.length; from += mostRows) {
      runs.push(run(columns, ordered.subarray(from, from + mostRows), sameSource));
    }
  }
  return runs;
}

/** The places in the batch of each series and source: parts of one list, in which each gets as many as it has. */
function placesByKey({ length, series, source }: SampleColumns, sameSource?: readonly number[]): Int32Array[] {
  const groups = new Map<number, { count: number; end: number }>();
  const each = (visit: (group: { count: number; end: number }, place: number) => void) => {
    let lastKey = NaN;
    let group = { count: 0, end: 0 };
    for (let place = 0; place < length; place++) {
      const index = source[place] ?? 0;
      const key = (series[place] ?? 0) * 65_536 + (sameSource?.[index] ?? index);
      if (key !== lastKey) {
        group = groups.get(lastKey = key) ?? { count: 0, end: 0 };
        if (group.count === 0) groups.set(key, group);
      }
      visit(group, place);
    }
  };
  each((group) => group.count++);
  let before = 0;
  for (const group of groups.values()) {
    group.end = before;
    before += group.count;
  }
  const places = new Int32Array(length);
  each((group, place) => places[group.end++] = place);
  return [...groups.values()].map(({ count, end }) => places.subarray(end - count, end));
}

/** Most batches come in order, which one pass over them shows. */
function inOrder(at: Float64Array, places: Int32Array): Int32Array {
  const instant = (place: number | undefined) => at[place ?? 0] ?? 0;
  if (places.every((place, index) => index === 0 || instant(place) > instant(places[index - 1]))) return places;
  const lastOfEach = new Map<number, number>();
  for (const place of places) lastOfEach.set(instant(place), place);
  return Int32Array.from(lastOfEach.values()).sort((one, other) => instant(one) - instant(other));
}

function run(samples: SampleColumns, places: Int32Array, sameSource: readonly number[] | undefined): SampleRun {
  const { series, source, at, value, duration_seconds, zone_offset } = samples;
  const [first, last] = [places[0] ?? 0, places.at(-1) ?? 0];
  const index = source[first] ?? 0;
  return {
    series: series[first] ?? 0,
    source: (sameSource?.[index] ?? index) as SourceIndex,
    count: places.length,
    first: at[first] ?? 0,
    last: at[last] ?? 0,
    at: column(places, (place) => (at[place] ?? 0) / 1000),
    value: column(places, (place) => value[place] ?? 0),
    duration_seconds: column(places, (place) => duration_seconds[place] ?? 0),
    zone_offset: column(places, (place) => zone_offset[place] ?? 0),
    days: daysOf(samples, places),
  };
}

function column(places: Int32Array, read: (place: number) => number): Column {
  const first = read(places[0] ?? 0);
  return places.every((place) => read(place) === first) ? first : columnText(places, read);
}

function daysOf({ at, zone_offset }: SampleColumns, places: Int32Array): RunDay[] {
  const days = new Map<number, { -readonly [Field in keyof RunDay]: RunDay[Field] }>();
  let of = { day: NaN, count: 0, first: 0, last: 0 };
  for (const place of places) {
    const instant = at[place] ?? 0;
    const offset = zone_offset[place] ?? 0;
    const day = Math.floor((instant / 60_000 + (offset === unknownOffset ? 0 : offset)) / 1440);
    if (day !== of.day) {
      of = days.get(day) ?? { day, count: 0, first: instant, last: instant };
      days.set(day, of);
    }
    of.count++;
    of.last = instant;
  }
  return [...days.values()];
}

/** A run with the numbers that its rows have. */
export interface StoredRun extends Omit<SampleRun, "series" | "source"> {
  readonly series: number;
  readonly source_no: number;
}

/**
 * The samples of these runs as a query: `series, source_no, recorded_at, value, duration_seconds, zone_offset`.
 *
 * A column goes as one parameter and is read by place, which costs Postgres a third less than `unnest` of all of them;
 * where all its values are the same, it goes as that value.
 */
export function sentSamples(runs: readonly StoredRun[]): SQL {
  const column = (type: string, read: (run: StoredRun) => Column) => {
    const joined = joinedColumn(runs, read);
    if (typeof joined === "number") return sql`${joined}::${sql.raw(type)}`;
    return sql`(${`{${joined}}`}::${sql.raw(type)}[])[i]`;
  };
  return sql`
    select
      ${column("smallint", ({ series }) => series)} as series,
      ${column("smallint", ({ source_no }) => source_no)} as source_no,
      to_timestamp(${column("float8", ({ at }) => at)}) as recorded_at,
      ${column("float8", ({ value }) => value)} as value,
      ${column("int", ({ duration_seconds }) => duration_seconds)} as duration_seconds,
      nullif(${column("smallint", ({ zone_offset }) => zone_offset)}, ${unknownOffset}::smallint) as zone_offset
    from generate_series(1, ${rowsOf(runs)}::int) as i`;
}

export function rowsOf(runs: readonly { readonly count: number }[]): number {
  return runs.reduce((sum, { count }) => sum + count, 0);
}

function joinedColumn(runs: readonly StoredRun[], read: (run: StoredRun) => Column): Column {
  const [first] = runs;
  const same = first === undefined ? 0 : read(first);
  if (typeof same === "number" && runs.every((run) => read(run) === same)) return same;
  return runs.map((run) => {
    const column = read(run);
    return typeof column === "string" ? column : `${column},`.repeat(run.count).slice(0, -1);
  }).join(",");
}
