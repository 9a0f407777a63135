import type { Fact } from "./evidence.ts";
import type { MeasureUnit } from "./measure_unit.ts";
import type { SentenceContext } from "./sentence_context.ts";
import { mean } from "./statistics.ts";

/** Statistics of one list of facts, such as the daily values of a series. Pure. */

/** One field of one list, in one unit. */
export interface ListFacts {
  readonly facts: Fact[];
  readonly unit: MeasureUnit | null;
  /** By how many of the newest. */
  readonly statistics: Map<number, Statistics>;
}

interface Statistics {
  readonly mean: number;
  readonly median: number;
  readonly sum: number;
  readonly sorted: readonly number[];
  readonly newest: readonly number[];
}

/** So many of the highest, lowest and newest values may be told. */
const ranked = 3;

/** Of the newest `count` entries. */
export function statisticsOf({ facts, statistics }: ListFacts, count: number): Statistics {
  const known = statistics.get(count);
  if (known !== undefined) return known;
  const newest = facts.toSorted((a, b) => (a.days[0] ?? "") < (b.days[0] ?? "") ? 1 : -1).slice(0, count)
    .map(({ value }) => value);
  const sorted = newest.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const found = {
    mean: mean(newest),
    median: ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2,
    sum: newest.reduce((total, value) => total + value, 0),
    sorted,
    newest: newest.slice(0, ranked),
  };
  statistics.set(count, found);
  return found;
}

/** Those that the sentence speaks of. */
export function spoken(of: Statistics, { roles, speaksOfRange }: SentenceContext): number[] {
  const { sorted } = of;
  return [
    ...(roles.includes("average") ? [of.mean, of.median] : []),
    ...(roles.includes("total") ? [of.sum] : []),
    ...(roles.includes("lowest") || speaksOfRange ? sorted.slice(0, roles.includes("lowest") ? ranked : 1) : []),
    ...(roles.includes("highest") || speaksOfRange ? sorted.slice(roles.includes("highest") ? -ranked : -1) : []),
    ...(speaksOfRange && sorted.length > 0 ? [(sorted.at(-1) ?? 0) - (sorted[0] ?? 0)] : []),
    ...(roles.includes("latest") ? of.newest : []),
  ];
}
