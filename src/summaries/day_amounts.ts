import { bestFirst, mergePieces, type Piece } from "../timeseries/merge_intervals.ts";
import { mergeTotals } from "../timeseries/merge_totals.ts";
import { splitAtMidnight } from "./local_days.ts";
import type { Amounts } from "./measured.ts";

/** An additive series by local day, merged. Pure. */

export interface DayAmount {
  readonly value: number;
  /** Who counted how much of it, the best-ranked first. */
  readonly parts: readonly { readonly source_no: number; readonly value: number }[];
  /** When, as far as samples say. */
  readonly merged: readonly Piece[];
}

/** Merges `sources` only, ranked by `order`; days without anything are absent. */
export function dayAmounts(
  { pieces, totals }: Amounts,
  sources: readonly number[],
  order: readonly number[],
): Map<number, DayAmount> {
  const chosen = new Map(sources.flatMap((source) => {
    const own = pieces.get(source);
    return own === undefined ? [] : [[source, own] as const];
  }));
  const own = sums([...chosen.values()].flat());
  const merged = mergePieces(chosen, order);
  const won = sums(merged);
  const mergedByDay = Map.groupBy(merged.flatMap(splitAtMidnight), ({ day }) => day);
  const days = new Map<number, DayAmount>();
  for (const day of new Set([...own.keys(), ...totals.keys()])) {
    const ofDay = bestFirst(sources, order).map((source_no) => ({
      source_no,
      own: own.get(day)?.get(source_no) ?? null,
      won: won.get(day)?.get(source_no) ?? 0,
      total: totals.get(day)?.get(source_no) ?? null,
    }));
    const parts = mergeTotals(ofDay, order);
    if (parts === null) continue;
    const value = parts.reduce((sum, part) => sum + part.value, 0);
    days.set(day, { value, parts, merged: (mergedByDay.get(day) ?? []).map(({ part }) => part) });
  }
  return days;
}

/** By day, then source. */
function sums(pieces: readonly Piece[]): Map<number, Map<number, number>> {
  const days = new Map<number, Map<number, number>>();
  for (const piece of pieces) {
    for (const { day, part } of splitAtMidnight(piece)) {
      const ofDay = days.get(day) ?? new Map<number, number>();
      days.set(day, ofDay.set(part.source_no, (ofDay.get(part.source_no) ?? 0) + part.value));
    }
  }
  return days;
}
