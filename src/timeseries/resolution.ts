import { clip, mergePieces, type Piece, piecesBySource } from "./merge_intervals.ts";
import { levelOf, type LevelSample, mergeLevels } from "./merge_levels.ts";
import { bestFirst } from "./merge_intervals.ts";
import { type DaySource, mergeTotals } from "./merge_totals.ts";
import type { IntervalSample } from "./own_intervals.ts";

/**
 * One row a series and bucket of the person's local time, with the sources merged by priority. Pure.
 *
 * Buckets below a day stand at their start instant; a day is the local date, whatever offsets it was lived at, and
 * stands where its first measurement says that it began.
 */

export const bucketMs = {
  "1min": 60_000,
  "5min": 300_000,
  "15min": 900_000,
  "1hour": 3_600_000,
  "1day": 86_400_000,
} as const;

export type BucketSize = keyof typeof bucketMs;

export interface Bucket {
  readonly series: number;
  /** Its place in the order, in ms: the start instant, or of a day its date's midnight in UTC. */
  readonly anchor: number;
  /** The start instant, in ms. */
  readonly at: number;
  readonly zone_offset: number | null;
  readonly value: number;
  /** Of series that add up there are none. */
  readonly min: number | null;
  readonly max: number | null;
  readonly sample_count: number;
  /** The source that contributed most. */
  readonly source_no: number;
}

/** The anchor of the bucket in which an instant lies. An unknown offset counts as UTC. */
export function anchorOf(at: number, zoneOffset: number | null, size: BucketSize): number {
  const shift = (zoneOffset ?? 0) * 60_000;
  const local = Math.floor((at + shift) / bucketMs[size]) * bucketMs[size];
  return size === "1day" ? local : local - shift;
}

/** Cuts a piece where buckets begin. */
function inBuckets(piece: Piece, size: BucketSize): { readonly anchor: number; readonly piece: Piece }[] {
  const shift = size === "1day" ? (piece.zone_offset ?? 0) * 60_000 : 0;
  const parts: { anchor: number; piece: Piece }[] = [];
  for (
    let anchor = anchorOf(piece.start, piece.zone_offset, size);
    anchor - shift < piece.end;
    anchor += bucketMs[size]
  ) {
    const start = anchor - shift;
    for (const part of clip(piece, [{ start, end: start + bucketMs[size] }])) parts.push({ anchor, piece: part });
  }
  return parts;
}

/** An amount or a level of a day whose time of day is not known: a vendor's total, or an archived day. */
export interface DayValue {
  readonly day: string;
  readonly source_no: number;
  readonly zone_offset: number | null;
  readonly sum: number;
  readonly count: number;
  readonly min: number;
  readonly max: number;
}

/** Buckets of a series that adds up. `days` are used for days only: the rest of the day cannot be told apart. */
export function amountBuckets(
  series: number,
  samples: readonly IntervalSample[],
  days: readonly DayValue[],
  order: readonly number[],
  size: BucketSize,
): Bucket[] {
  const bySource = piecesBySource(samples);
  const won = groupByAnchor(mergePieces(bySource, order), size);
  if (size !== "1day") return [...won].map(([anchor, parts]) => amountBucket(series, anchor, anchor, parts));
  const own = groupByAnchor([...bySource.values()].flat(), size);
  const totals = Map.groupBy(days, ({ day }) => Date.parse(day));
  return [...new Set([...own.keys(), ...totals.keys()])].map((anchor) => {
    const day = { own: own.get(anchor) ?? [], won: won.get(anchor) ?? [], totals: totals.get(anchor) ?? [] };
    return amountOfDay(series, anchor, day, order);
  }).filter((bucket) => bucket !== null);
}

function groupByAnchor(pieces: readonly Piece[], size: BucketSize): Map<number, Piece[]> {
  const groups = new Map<number, Piece[]>();
  for (const piece of pieces) {
    for (const part of inBuckets(piece, size)) {
      const group = groups.get(part.anchor);
      if (group === undefined) groups.set(part.anchor, [part.piece]);
      else group.push(part.piece);
    }
  }
  return groups;
}

function amountBucket(series: number, anchor: number, at: number, parts: readonly Piece[]): Bucket {
  const shares = Map.groupBy(parts, ({ source_no }) => source_no);
  const sums = [...shares].map(([source_no, own]) => ({ source_no, value: sumOf(own) }));
  return {
    series,
    anchor,
    at,
    zone_offset: parts[0]?.zone_offset ?? null,
    value: sumOf(sums),
    min: null,
    max: null,
    sample_count: parts.length,
    source_no: largest(sums),
  };
}

function amountOfDay(
  series: number,
  anchor: number,
  { own, won, totals }: { own: readonly Piece[]; won: readonly Piece[]; totals: readonly DayValue[] },
  order: readonly number[],
): Bucket | null {
  const sources: DaySource[] = [...new Set([...own, ...totals].map(({ source_no }) => source_no))].map((source_no) => {
    const [mine, kept] = [own, won].map((pieces) => pieces.filter((piece) => piece.source_no === source_no));
    const total = totals.find((day) => day.source_no === source_no);
    return {
      source_no,
      own: mine === undefined || mine.length === 0 ? null : sumOf(mine),
      won: sumOf(kept ?? []),
      total: total?.sum ?? null,
    };
  });
  const shares = mergeTotals(sources, order);
  if (shares === null) return null;
  const begun = [...own].sort((a, b) => a.start - b.start)[0] ?? totals[0];
  return {
    series,
    anchor,
    at: anchor - (begun?.zone_offset ?? 0) * 60_000,
    zone_offset: begun?.zone_offset ?? null,
    value: sumOf(shares),
    min: null,
    max: null,
    sample_count: won.length + totals.reduce((count, day) => count + day.count, 0),
    source_no: largest(shares),
  };
}

export type OffsetLevel = LevelSample & { readonly zone_offset: number | null };

/** Buckets of a level: the mean of the samples that count, or their maximum where `summary` says so. */
export function levelBuckets(
  series: number,
  samples: readonly OffsetLevel[],
  days: readonly DayValue[],
  order: readonly number[],
  size: BucketSize,
  summary: "avg" | "max",
): Bucket[] {
  const groups = Map.groupBy(
    mergeLevels(samples, order),
    ({ at, zone_offset }) => anchorOf(at, zone_offset, size),
  );
  const archived = size === "1day" ? Map.groupBy(days, ({ day }) => Date.parse(day)) : new Map<number, DayValue[]>();
  return [...new Set([...groups.keys(), ...archived.keys()])].flatMap((anchor) => {
    const parts = bestOfDay(groups.get(anchor) ?? [], archived.get(anchor) ?? [], order);
    const level = levelOf(parts);
    if (level === null) return [];
    const first = parts.reduce((a, b) => b.at < a.at ? b : a);
    const counts = [...Map.groupBy(parts, ({ source_no }) => source_no)].map(([source_no, own]) => ({
      source_no,
      value: own.reduce((sum, { count }) => sum + count, 0),
    }));
    return [{
      series,
      anchor,
      at: size === "1day" ? anchor - (first.zone_offset ?? 0) * 60_000 : anchor,
      zone_offset: first.zone_offset,
      value: summary === "max" ? level.max : level.avg,
      min: level.min,
      max: level.max,
      sample_count: level.count,
      source_no: largest(counts),
    }];
  });
}

/** An archived day says nothing about hours: it counts alone if its source ranks before all that measured live. */
function bestOfDay(
  live: readonly OffsetLevel[],
  archived: readonly DayValue[],
  order: readonly number[],
): readonly OffsetLevel[] {
  const sources = [...live, ...archived].map(({ source_no }) => source_no);
  const best = bestFirst(new Set(sources), order)[0];
  const day = live.some(({ source_no }) => source_no === best)
    ? undefined
    : archived.find(({ source_no }) => source_no === best);
  return day === undefined ? live : [{ ...day, at: Date.parse(day.day) }];
}

function sumOf(parts: readonly { readonly value: number }[]): number {
  return parts.reduce((sum, { value }) => sum + value, 0);
}

function largest(parts: readonly { readonly source_no: number; readonly value: number }[]): number {
  return parts.reduce((best, part) => part.value > best.value ? part : best, parts[0] ?? { source_no: 0, value: 0 })
    .source_no;
}
