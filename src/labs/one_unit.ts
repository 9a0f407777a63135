/** Values in different units are different scales; a series keeps the unit of its newest value. */

export interface Measured {
  readonly day: string;
  readonly unit: string;
}

export interface OneUnit<Point> {
  /** As the newest value prints it, "" for none. */
  readonly unit: string;
  readonly points: Point[];
  /** How many values were in another unit. */
  readonly left_out: number;
}

/** `points` in ascending order of day. Of several units on the newest day, the most frequent one is kept. */
export function keepOneUnit<Point extends Measured>(points: readonly Point[]): OneUnit<Point> {
  const newestDay = points.at(-1)?.day;
  const frequency = (unit: string) => points.filter((point) => sameUnit(point.unit) === sameUnit(unit)).length;
  const [newest] = points.filter((point) => point.day === newestDay)
    .sort((a, b) => frequency(b.unit) - frequency(a.unit) || (a.unit < b.unit ? -1 : 1));
  if (newest === undefined) return { unit: "", points: [], left_out: 0 };
  const kept = points.filter((point) => sameUnit(point.unit) === sameUnit(newest.unit));
  return { unit: newest.unit, points: kept, left_out: points.length - kept.length };
}

/** Laboratories print one unit as "mg/dL", "mg/dl" and "MG/DL", micro as "µ", "μ" and "u". */
function sameUnit(unit: string): string {
  return unit.normalize("NFKC").toLowerCase().replace(/\s+/gu, "").replaceAll("μ", "u");
}
