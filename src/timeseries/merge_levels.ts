import { bestFirst } from "./merge_intervals.ts";

/**
 * One truth from several sources of a level (heart rate, SpO2 …): in each cell of five minutes the best-ranked source
 * that measured counts, and the others do not. The mean of a longer time is the mean of its cells' means: a watch measures
 * every second at work and every five minutes at rest, so that the mean of all samples would be one of the workouts.
 * Pure.
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

/** Each cell of five minutes weighs the same, however often it was measured. Null without samples. */
export function levelOf(samples: readonly Omit<LevelSample, "source_no">[]): Level | null {
  const cells = new Map<number, { sum: number; count: number }>();
  let [count, min, max] = [0, Infinity, -Infinity];
  for (const sample of samples) {
    const key = Math.floor(sample.at / levelCellMs);
    const cell = cells.get(key) ?? { sum: 0, count: 0 };
    cells.set(key, { sum: cell.sum + sample.sum, count: cell.count + sample.count });
    count += sample.count;
    min = Math.min(min, sample.min);
    max = Math.max(max, sample.max);
  }
  if (count === 0) return null;
  const means = cells.values().reduce((total, cell) => total + cell.sum / cell.count, 0);
  return { avg: means / cells.size, min, max, count };
}
