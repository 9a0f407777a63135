import type { Analyte } from "./analyte.ts";
import { convertValue, isPlausible } from "./convert_value.ts";
import { labUnit, labUnits } from "./lab_unit.ts";
import { normalUnit } from "./printed_unit.ts";
import { dimensionOf, unitFits } from "./unit_dimension.ts";

/**
 * Values in different units are different scales; a series keeps the unit of its newest value. What the catalogue can
 * convert is converted, the rest is left out.
 */

export interface Measured {
  readonly day: string;
  readonly unit: string;
  readonly value: number;
}

/** A value in the unit of the series, and as it was printed. */
export type InOneUnit<Point extends Measured> = Point & {
  readonly printed: { readonly value: number; readonly unit: string };
  readonly is_converted: boolean;
};

export interface OneUnit<Point extends Measured> {
  /** As the newest value prints it, "" for none. */
  readonly unit: string;
  readonly points: InOneUnit<Point>[];
  readonly converted: number;
  /** How many values were in a unit that does not lead to this one. */
  readonly left_out: number;
}

/**
 * `points` in ascending order of day. Of several units on the newest day, the most frequent one is kept; a unit in
 * which the test makes no sense is not chosen while there is another. Without an `analyte` nothing is converted.
 */
export function keepOneUnit<Point extends Measured>(
  points: readonly Point[],
  analyte: Analyte | null = null,
): OneUnit<Point> {
  const sensible = analyte === null ? [] : points.filter((point) => makesSense(point, analyte));
  const possible = sensible.length > 0 ? sensible : points;
  const newestDay = possible.at(-1)?.day;
  const frequency = (unit: string) => points.filter((point) => isSameUnit(point.unit, unit)).length;
  const [newest] = possible.filter((point) => point.day === newestDay)
    .sort((a, b) => frequency(b.unit) - frequency(a.unit) || (a.unit < b.unit ? -1 : 1));
  if (newest === undefined) return { unit: "", points: [], converted: 0, left_out: 0 };
  const kept = points.flatMap((point) => {
    const value = isSameUnit(point.unit, newest.unit) ? point.value : converted(point, newest, analyte);
    if (value === null) return [];
    const { value: printedValue, unit } = point;
    return [{ ...point, value, printed: { value: printedValue, unit }, is_converted: value !== printedValue }];
  });
  return {
    unit: newest.unit,
    points: kept,
    converted: kept.filter((point) => point.is_converted).length,
    left_out: points.length - kept.length,
  };
}

function converted(point: Measured, newest: Measured, analyte: Analyte | null): number | null {
  if (analyte === null) return null;
  const [from, to] = [unitOf(point, analyte), unitOf(newest, analyte)];
  if (from === null || to === null) return null;
  const value = convertValue(point.value, from, to, analyte);
  // More digits than any laboratory prints would only pretend.
  return value === null ? null : from === to ? value : Number(value.toPrecision(6));
}

function makesSense(point: Measured, analyte: Analyte): boolean {
  const unit = unitOf(point, analyte);
  return unit !== null && isPlausible(point.value, unit, analyte);
}

/** The UCUM unit that is meant; of two that a print may mean, the one in which the value is possible. */
function unitOf({ unit, value }: Measured, analyte: Analyte): string | null {
  const possible = unit.trim() === "" ? withoutUnit(analyte) : labUnits(unit).filter((each) => unitFits(each, analyte));
  return possible.find((each) => isPlausible(value, each, analyte)) ?? possible[0] ?? null;
}

/** Ratios and the like have no unit, and some laboratories print its name there: "INR", "pH". */
function withoutUnit({ unit }: Analyte): readonly string[] {
  return /^(?:number|ph)$/.test(dimensionOf(unit) ?? "") ? [unit] : [];
}

/** Laboratories print one unit as "mg/dL", "mg/dl" and "MG/DL", micro as "µ", "μ" and "u"; "G/L" is not "g/L". */
export function isSameUnit(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [labUnit(a), labUnit(b)];
  return left === null && right === null ? normalUnit(a) === normalUnit(b) : left === right;
}
