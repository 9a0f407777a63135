import { inUnit, type MeasureUnit } from "./measure_unit.ts";
import type { NumberFound } from "./printed_claim.ts";
import type { SentenceContext } from "./sentence_context.ts";

/** Differences, percentages, sums and means of numbers that an answer cites beside each other. Pure. */

/** A supported number of the same answer, as an operand. */
export interface Cited {
  readonly number: NumberFound;
  readonly value: number;
  readonly isSameSentence: boolean;
  /** It follows from other numbers itself. */
  readonly isComputed: boolean;
}

/** A value in a unit; null for shares and factors without one. */
export interface Computed {
  readonly value: number;
  readonly unit: MeasureUnit | null;
}

const percent: MeasureUnit = { dimension: "percent", factor: 1, ucum: "%" };

/** In percent. */
export const share = (part: number, whole: number): Computed => ({ value: 100 * part / whole, unit: percent });

/** The difference, and in percent of `from`. */
export function change(from: Computed, to: Computed): Computed[] {
  const difference = to.value - from.value;
  const relative = from.value === 0 ? [] : [{ value: 100 * difference / Math.abs(from.value), unit: percent }];
  return [{ value: difference, unit: from.unit }, ...relative];
}

/** Between numbers that the answer cites near the claim. */
export function citedChanges(number: NumberFound, cited: readonly Cited[]): Computed[] {
  const all = cited.filter((one) => one.number !== number && !one.isComputed);
  const beside = all.filter((one) => one.isSameSentence);
  const comparable = beside.some((one) =>
    beside.some((other) => one !== other && mayMeet(one.number.unit, other.number.unit))
  );
  const operands = (comparable ? beside : all).slice(-6);
  const found: Computed[] = [];
  for (const one of operands) {
    for (const other of operands) {
      const value = one === other ? undefined : inUnit(other.value, other.number.unit, one.number.unit, undefined);
      if (value === undefined) continue;
      const unit = one.number.unit;
      found.push(...change({ value: one.value, unit }, { value, unit }));
      if (one.value !== 0) found.push({ value: value / one.value, unit: null });
    }
  }
  return found;
}

/** The sum of what the sentence cites, or its mean. */
export function citedTotals(
  number: NumberFound,
  { roles, words }: SentenceContext,
  cited: readonly Cited[],
): Computed[] {
  const operands = cited.filter((one) => one.isSameSentence && one.number !== number)
    .flatMap(({ value, number: { unit } }) => inUnit(value, unit, number.unit, undefined) ?? []);
  if (operands.length < 2) return [];
  const sum = operands.reduce((total, value) => total + value, 0);
  const [unit, found] = [number.unit, [] as Computed[]];
  if (roles.includes("total") || /[=+]|\d ?\+ ?\d/.test(words)) {
    found.push({ value: sum, unit });
    if (operands.length <= 4) {
      for (const [index, one] of operands.entries()) {
        for (const other of operands.slice(index + 1)) found.push({ value: one + other, unit });
      }
    }
  }
  if (roles.includes("average")) found.push({ value: sum / operands.length, unit });
  return found;
}

/** Whether a number in one unit can be one in the other. */
export function mayMeet(one: MeasureUnit | null, other: MeasureUnit | null): boolean {
  return inUnit(1, one, other, undefined) !== undefined;
}
