/** What a correlation of two lists of numbers is worth. Pure; nothing is rounded. */

/** Pearson's r, covariance over the product of the standard deviations; null when one side never changes. */
export function pearson(a: readonly number[], b: readonly number[]): number | null {
  if (a.length < 2 || !varies(a) || !varies(b)) return null;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [products, squaresA, squaresB] = [0, 0, 0];
  for (const [place, value] of a.entries()) {
    const [fromA, fromB] = [value - meanA, (b[place] ?? NaN) - meanB];
    products += fromA * fromB;
    squaresA += fromA ** 2;
    squaresB += fromB ** 2;
  }
  const r = products / (Math.sqrt(squaresA) * Math.sqrt(squaresB));
  return Number.isFinite(r) ? Math.min(1, Math.max(-1, r)) : null;
}

/** Spearman's rho: Pearson's r of the ranks, equal values sharing their mean rank, which is right with ties, too. */
export function spearman(a: readonly number[], b: readonly number[]): number | null {
  return pearson(ranks(a), ranks(b));
}

/** Ranks from 1, in the order of the values given. */
export function ranks(values: readonly number[]): number[] {
  const sorted = values.map((value, place) => ({ value, place })).sort((one, other) => one.value - other.value);
  const ranked = new Array<number>(values.length).fill(0);
  for (let from = 0; from < sorted.length;) {
    let to = from + 1;
    while (sorted[to]?.value === sorted[from]?.value && to < sorted.length) to++;
    for (const { place } of sorted.slice(from, to)) ranked[place] = (from + 1 + to) / 2;
    from = to;
  }
  return ranked;
}

/**
 * How often n independent pairs without any relation would show a correlation this large, in either direction; null
 * for fewer than three pairs.
 *
 * Student's t with v = n - 2 degrees of freedom, t = r * sqrt(v / (1 - r^2)); its distribution for whole v is the
 * finite series of Abramowitz & Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4. Their angle
 * arctan(t / sqrt(v)) has the sine r. For Spearman's rho the same is the usual approximation (Kendall & Stuart 31.19).
 */
export function pValue(r: number, n: number): number | null {
  const freedom = n - 2;
  if (freedom < 1) return null;
  const sine = Math.min(1, Math.abs(r));
  const cosineSquared = 1 - sine ** 2;
  const odd = freedom % 2 === 1;
  let sum = 0;
  let term = odd ? Math.sqrt(cosineSquared) : 1;
  for (let power = odd ? 1 : 0; power <= freedom - 2; power += 2) {
    sum += term;
    term *= cosineSquared * (power + 1) / (power + 2);
  }
  const within = odd ? 2 / Math.PI * (Math.asin(sine) + sine * sum) : sine * sum;
  return Math.min(1, Math.max(0, 1 - within));
}

/** Of the normal distribution: 95 % lie within so many standard deviations. */
const normal95 = 1.959964;

/**
 * The 95 % interval of Pearson's r by Fisher's transformation, z = artanh r with the standard error 1 / sqrt(n - 3)
 * (Fisher 1921); null where it says nothing: fewer than four pairs, or a perfect correlation.
 */
export function confidenceInterval95(r: number, n: number): [number, number] | null {
  if (n <= 3 || Math.abs(r) >= 1) return null;
  const reach = normal95 / Math.sqrt(n - 3);
  return [Math.tanh(Math.atanh(r) - reach), Math.tanh(Math.atanh(r) + reach)];
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Rounding may give an unchanging list a mean it does not contain, and so a deviation. */
function varies(values: readonly number[]): boolean {
  return values.some((value) => value !== values[0]);
}

/** Adding zero turns a rounded -0 into 0. */
export function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals)) + 0;
}
