import { bestFirst } from "./merge_intervals.ts";

/**
 * One truth from several sources of a level (heart rate, SpO2 …): in each cell of five minutes the best-ranked source
 * that measured counts, and the others do not. The mean of a longer time is the mean of the samples that count, as in
 * the contract, not weighted by time. Pure.
 */

/** Samples of one source within a short time, summed up: `at` is the earliest instant, in milliseconds. */
export interface LevelSample {
  readonly at: number;
  readonly source_no: number;
  readonly sum: number;
  readonly count: number;
  readonly min: number;
  readonly max: number;
}

/** Longer than the slowest watch's pause between two measurements at work, shorter than taking it off. */
export const levelCellMs = 5 * 60_000;

/** The samples that count, in their order. `order` as in `mergeIntervals`. */
export function mergeLevels<Sample extends { readonly at: number; readonly source_no: number }>(
  samples: readonly Sample[],
  order: readonly number[],
): Sample[] {
  const sources = bestFirst(new Set(samples.map(({ source_no }) => source_no)), order);
  if (sources.length < 2) return [...samples];
  const place = new Map(sources.map((source, rank) => [source, rank]));
  const best = new Map<number, number>();
  const rankOf = (sample: Sample) => place.get(sample.source_no) ?? sources.length;
  const cellOf = (sample: Sample) => Math.floor(sample.at / levelCellMs);
  for (const sample of samples) {
    const cell = cellOf(sample);
    best.set(cell, Math.min(best.get(cell) ?? Infinity, rankOf(sample)));
  }
  return samples.filter((sample) => best.get(cellOf(sample)) === rankOf(sample));
}

export interface Level {
  readonly avg: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** Null without samples. */
export function levelOf(samples: readonly Omit<LevelSample, "at" | "source_no">[]): Level | null {
  let [sum, count, min, max] = [0, 0, Infinity, -Infinity];
  for (const sample of samples) {
    sum += sample.sum;
    count += sample.count;
    min = Math.min(min, sample.min);
    max = Math.max(max, sample.max);
  }
  return count === 0 ? null : { avg: sum / count, min, max, count };
}
