/** Pearson's correlation of two daily series, and how to call its strength. Pure. */

/** One value of one day. */
export interface DayValue {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly value: number;
}

export interface Pair {
  readonly day: string;
  readonly a: number;
  readonly b: number;
}

/** The days that both series have, ascending. Nothing is shifted or filled in: a day without an entry is unknown. */
export function pairByDay(a: readonly DayValue[], b: readonly DayValue[]): Pair[] {
  const other = new Map(b.map(({ day, value }) => [day, value]));
  return a.flatMap(({ day, value }) => {
    const match = other.get(day);
    return match === undefined ? [] : [{ day, a: value, b: match }];
  }).toSorted((one, two) => one.day < two.day ? -1 : 1);
}

/** Pearson's r, covariance over the product of the population deviations; null when one side never changes. */
export function pearson(pairs: readonly Pair[]): number | null {
  const varies = (side: "a" | "b") => pairs.some((pair) => pair[side] !== pairs[0]?.[side]);
  if (!varies("a") || !varies("b")) return null;
  const mean = (side: "a" | "b") => pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length;
  const [meanA, meanB] = [mean("a"), mean("b")];
  let [products, squaresA, squaresB] = [0, 0, 0];
  for (const { a, b } of pairs) {
    products += (a - meanA) * (b - meanB);
    squaresA += (a - meanA) ** 2;
    squaresB += (b - meanB) ** 2;
  }
  const r = products / (Math.sqrt(squaresA) * Math.sqrt(squaresB));
  if (!Number.isFinite(r)) return null;
  // Adding zero turns a rounded -0 into 0.
  return Math.round(Math.min(1, Math.max(-1, r)) * 1000) / 1000 + 0;
}

/** In the words of the contract, from the rounded correlation. */
export function interpretation(correlation: number | null): string {
  if (correlation === null) return "insufficient variance";
  const size = Math.abs(correlation);
  const direction = correlation < 0 ? "negative" : "positive";
  if (size >= 0.7) return `strong ${direction}`;
  if (size >= 0.4) return `moderate ${direction}`;
  if (size >= 0.2) return `weak ${direction}`;
  return "no significant correlation";
}
