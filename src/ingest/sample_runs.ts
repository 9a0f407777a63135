import type { Batch, SeriesKey, SourceIndex } from "./batch.ts";
import { type SampleColumns, unknownOffset } from "./sample_columns.ts";

/**
 * A batch's samples by series and source. This needs nothing of the database, so that one batch is made ready while the
 * one before it is stored. No object a sample is ever made.
 */

/** Samples of one series of one source, in the order of time, each instant once. */
export interface SampleRun {
  readonly series: SeriesKey;
  readonly source: SourceIndex;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly first: number;
  readonly last: number;
  /** Where they are, and at which places of it. */
  readonly columns: SampleColumns;
  readonly places: Int32Array;
  readonly days: readonly RunDay[];
}

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

function run(columns: SampleColumns, places: Int32Array, sameSource: readonly number[] | undefined): SampleRun {
  const { series, source, at } = columns;
  const [first, last] = [places[0] ?? 0, places.at(-1) ?? 0];
  const index = source[first] ?? 0;
  return {
    series: series[first] ?? 0,
    source: (sameSource?.[index] ?? index) as SourceIndex,
    count: places.length,
    first: at[first] ?? 0,
    last: at[last] ?? 0,
    columns,
    places,
    days: daysOf(columns, places),
  };
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

export function rowsOf(runs: readonly { readonly count: number }[]): number {
  return runs.reduce((sum, { count }) => sum + count, 0);
}
