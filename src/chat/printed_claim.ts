import type { MeasureUnit } from "./measure_unit.ts";

/** A number as an answer prints it, and what its printing says about its size. Pure. */

/** How the words around a number say that it is rounded. */
export type Rounding = "as printed" | "about" | "over" | "under";

export interface Reading {
  readonly value: number;
  /** The place of the last digit: 0.1 of "7.5", 1000 of "10k". */
  readonly step: number;
}

export interface NumberFound {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** "1.250" has two. Without sign. */
  readonly readings: readonly Reading[];
  readonly sign: "+" | "-" | "";
  readonly unit: MeasureUnit | null;
  readonly rounding: Rounding;
  /** "<" or the like stands before it. */
  readonly isBound: boolean;
  /** "=" stands before it. */
  readonly isEquation: boolean;
  /** Minutes of hours and minutes are often cut, not rounded. */
  readonly mayBeCut: boolean;
}

const pointGroups = /^\d{1,3}(?:\.\d{3})+$/;
const commaGroups = /^\d{1,3}(?:,\d{3})+$/;
/** More digits are an identifier. */
const mostDigits = 15;

/** What a print of digits with marks may mean; none when it is no number. */
export function readingsOf(print: string): Reading[] {
  const digits = print.replace(/(?<=\d)[ '](?=\d)/g, "");
  if (digits.length > mostDigits + 3) return [];
  const found: Reading[] = [];
  const add = (plain: string) => {
    const decimals = plain.split(".")[1]?.length ?? 0;
    found.push({ value: Number(plain), step: 10 ** -decimals });
  };
  if (/^\d+$/.test(digits)) add(digits);
  else if (/^\d+[.,]\d+$/.test(digits)) {
    add(digits.replace(",", "."));
    const grouped = pointGroups.test(digits) || commaGroups.test(digits);
    if (grouped && !digits.startsWith("0")) add(digits.replace(/[.,]/, ""));
  } else if (pointGroups.test(digits) || commaGroups.test(digits)) add(digits.replace(/[.,]/g, ""));
  else if (/^\d{1,3}(?:,\d{3})+\.\d+$/.test(digits)) add(digits.replaceAll(",", ""));
  else if (/^\d{1,3}(?:\.\d{3})+,\d+$/.test(digits)) add(digits.replaceAll(".", "").replace(",", "."));
  return found.filter(({ value }) => Number.isFinite(value));
}

/** How much a coarsely rounded number may be off, as a share of it. */
const aboutShare = 0.05;
const openShare = 0.1;

/**
 * The values that a print stands for, both ends inclusive. As printed, half a unit of the last digit: "131" is 130.5 to
 * 131.5. "About" half a unit of the last digit that is not 0 (of steps of five when it is 5), at most 5 %: "about 130"
 * is 125 to 135. "Over 8,000" goes up to the next such unit, at most 10 %, "nearly" down.
 */
export function printedRange({ value, step }: Reading, { rounding, mayBeCut }: NumberFound): [number, number] {
  const half = step / 2;
  let coarse = step;
  const inSteps = Math.round(value / step);
  while (inSteps !== 0 && inSteps % (coarse * 10 / step) === 0 && coarse < value) coarse *= 10;
  const wide = Math.round(value / coarse) % 5 === 0 ? coarse * 5 : coarse;
  const slack = 1e-9 * Math.max(1, value);
  const about = Math.max(half, Math.min(wide / 2, value * aboutShare));
  const open = Math.max(step, Math.min(coarse, value * openShare));
  if (rounding === "about") return [value - about - slack, value + about + slack];
  if (rounding === "over") return [value - half - slack, value + open + slack];
  if (rounding === "under") return [value - open - slack, value + half + slack];
  return [value - half - slack, value + (mayBeCut ? step : half) + slack];
}
