import { bestFirst } from "./merge_intervals.ts";

/**
 * The amount of one day from what several sources say: merged samples, and vendors' own totals of the day. A total is
 * its source's whole amount, so that samples of that source are never added to it. Pure.
 *
 * - A total beyond what its samples show was counted at an unknown time of the day. What lower sources saw in the gaps
 *   may be the same, so that only what they saw beyond it is added.
 * - A total below its samples is the truth: the samples are scaled down to it.
 * - A source with nothing but a total counts in full when it ranks first. When it ranks lower, nobody knows when it
 *   counted: it changes the day only if it saw clearly more than the better ones together, which then were not worn.
 */

export interface DaySource {
  readonly source_no: number;
  /** The sum of the source's own samples on that day, overlaps settled; null when it has none. */
  readonly own: number | null;
  /** What of them the merged pieces hold. */
  readonly won: number;
  /** The vendor's total; null when it gives none. */
  readonly total: number | null;
}

/**
 * How much more a source with an unknown time of day must have seen than the better ones: two devices that were both
 * worn differ by up to a fifth, one that lay in a drawer for a part of the day by much more.
 */
const clearlyMore = 1.25;

/** Each source's part of the day, the best-ranked first; null when nobody says anything. The parts add up to the day. */
export function mergeTotals(
  sources: readonly DaySource[],
  order: readonly number[],
): { readonly source_no: number; readonly value: number }[] | null {
  const bySource = new Map(sources.map((source) => [source.source_no, source]));
  const parts: { source_no: number; value: number }[] = [];
  // What better sources counted at an unknown time.
  let [sum, unplaced] = [0, 0];
  for (const source_no of bestFirst(bySource.keys(), order)) {
    const { own, won, total } = bySource.get(source_no) ?? { own: null, won: 0, total: null };
    if (own === null && total === null) continue;
    const seen = total === null || own === null || own <= total ? won : won * total / own;
    let value = 0;
    if (parts.length === 0) {
      value = total ?? seen;
      unplaced = Math.max(value - seen, 0);
    } else {
      value = seen > clearlyMore * unplaced ? seen - unplaced : 0;
      unplaced = Math.max(unplaced - seen, 0);
      if (total !== null && total > clearlyMore * (sum + value)) {
        unplaced += total - sum - value;
        value = total - sum;
      }
    }
    sum += value;
    parts.push({ source_no, value });
  }
  return parts.length === 0 ? null : parts;
}
