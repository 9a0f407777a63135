import type { Course } from "./known_course.ts";
import { inUnit } from "./measure_unit.ts";
import type { NumberFound } from "./printed_claim.ts";
import { type Range, rangesOf } from "./supported_number.ts";

/** The changes of a course that numbers of an answer can mean. Pure. */

/** Smaller numbers without a unit are counts. */
const leastBare = 20;

export interface Change {
  readonly from: number;
  readonly to: number;
}

/** 1 for up, -1 for down, 0 for neither. */
export const waysOf = (changes: readonly Change[]): ReadonlySet<number> =>
  new Set(changes.map(({ from, to }) => Math.sign(to - from)));

function pairsOf(values: readonly number[]): Change[] {
  return values.flatMap((to, index) => values.slice(0, index).map((from) => ({ from, to })));
}

/** The changes of which the number is the size, in the unit or in percent of where they began. */
export function changesOf(number: NumberFound, { values, unit, test }: Course): Change[] {
  const ranges = rangesOf(number);
  return pairsOf(values).filter(({ from, to }) => {
    const [start, end] = [inUnit(from, unit, number.unit, test), inUnit(to, unit, number.unit, test)];
    const isPercent = number.unit?.dimension === "percent";
    if (isPercent && from !== 0 && isIn(ranges, 100 * Math.abs((to - from) / from))) return true;
    const isOwn = number.unit !== null || unit === null || unit.dimension === "amount";
    return isOwn && start !== undefined && end !== undefined && isIn(ranges, Math.abs(end - start));
  });
}

/** Between two values that are told; with one, from or to it. */
export function changesBetween(numbers: readonly NumberFound[], { values, unit, test }: Course): Change[] {
  const told = values.flatMap((value, index) => {
    const isTold = numbers.some((number) => {
      const shown = inUnit(value, unit, number.unit, test);
      const isMeasure = number.unit !== null || unit === null || value >= leastBare;
      return isMeasure && shown !== undefined && isIn(rangesOf(number), shown);
    });
    return isTold ? [index] : [];
  });
  if (told.length > 1) return pairsOf(told.flatMap((index) => values[index] ?? []));
  const [only] = told;
  if (only === undefined) return [];
  return values.flatMap((value, index) => {
    const end = values[only];
    if (index === only || end === undefined) return [];
    return [index < only ? { from: value, to: end } : { from: end, to: value }];
  });
}

/** From the first to the last value, and the last step. */
export function wholeChanges({ values }: Course): Change[] {
  const [first, before, last] = [values[0], values.at(-2), values.at(-1)];
  if (first === undefined || before === undefined || last === undefined) return [];
  return [{ from: first, to: last }, { from: before, to: last }];
}

function isIn(ranges: readonly Range[], value: number): boolean {
  return ranges.some(([low, high]) => value >= low && value <= high);
}
