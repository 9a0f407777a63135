import { addDays } from "../platform/day_range.ts";
import { confidenceInterval95, pearson, pValue, rounded, spearman } from "./statistics.ts";

/** How two daily series move together, on the same day and some days apart. Pure. */

/** One value of one day. */
export interface DayValue {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly value: number;
}

export interface Pair {
  /** The day of `a`. */
  readonly day: string;
  readonly a: number;
  readonly b: number;
}

/** Below this a correlation is told as it is, but said to mean nothing. */
export const fewestMeaningful = 10;

/** Days apart that are tried, in both directions. */
export const widestLag = 3;
const lagsTried = 2 * widestLag + 1;

/** The days of `a` on which `b` has a value `lag` days later, ascending. Nothing is filled in. */
export function pairByDay(a: readonly DayValue[], b: readonly DayValue[], lag = 0): Pair[] {
  const other = new Map(b.map(({ day, value }) => [day, value]));
  return a.flatMap(({ day, value }) => {
    const match = other.get(lag === 0 ? day : addDays(day, lag));
    return match === undefined ? [] : [{ day, a: tidy(value), b: tidy(match) }];
  }).toSorted((one, two) => one.day < two.day ? -1 : 1);
}

/** Ten digits, so that the rounding of sums and shares is no difference between two days. */
function tidy(value: number): number {
  return Number(value.toPrecision(10));
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

export interface Correlation {
  readonly n: number;
  /** Three decimals; null when one side never changes. */
  readonly pearson: number | null;
  readonly spearman: number | null;
  /** Four decimals; 0.0001 stands for that and less. */
  readonly p_value: number | null;
  /** Null below ten pairs, where the approximation is far off: four in the same order happen once in twelve times. */
  readonly spearman_p_value: number | null;
  readonly confidence_interval_95: readonly [number, number] | null;
}

export function correlate(pairs: readonly Pair[]): Correlation {
  const [a, b] = [pairs.map((pair) => pair.a), pairs.map((pair) => pair.b)];
  const [r, rho] = [pearson(a, b), spearman(a, b)];
  const interval = r === null ? null : confidenceInterval95(r, pairs.length);
  return {
    n: pairs.length,
    pearson: r === null ? null : rounded(r, 3),
    spearman: rho === null ? null : rounded(rho, 3),
    p_value: shownPValue(r, pairs.length),
    spearman_p_value: pairs.length < fewestMeaningful ? null : shownPValue(rho, pairs.length),
    confidence_interval_95: interval === null ? null : [rounded(interval[0], 3), rounded(interval[1], 3)],
  };
}

const smallestPValue = 0.0001;

/** `tries` is how many were looked at before this one was chosen (Bonferroni). */
function shownPValue(r: number | null, n: number, tries = 1): number | null {
  const p = r === null ? null : pValue(r, n);
  return p === null ? null : Math.max(smallestPValue, rounded(Math.min(1, p * tries), 4));
}

export interface Lag {
  /** Positive: `b` follows `a` by so many days. */
  readonly days: number;
  readonly correlation: number;
  readonly n: number;
  /** Times the number of lags that were tried. */
  readonly p_value: number | null;
}

/**
 * The distance in days, up to three either way, at which the two are most strongly related; the smallest of equals.
 * Distances with fewer than ten pairs are not looked at, because the best of seven accidents is always impressive.
 */
export function bestLag(a: readonly DayValue[], b: readonly DayValue[]): Lag | null {
  const lags = Array.from({ length: lagsTried }, (_, place) => place - widestLag)
    .sort((one, other) => Math.abs(one) - Math.abs(other) || other - one);
  let best: Lag | null = null;
  for (const days of lags) {
    const pairs = pairByDay(a, b, days);
    if (pairs.length < fewestMeaningful) continue;
    const r = pearson(pairs.map((pair) => pair.a), pairs.map((pair) => pair.b));
    if (r === null || (best !== null && rounded(Math.abs(r), 3) <= Math.abs(best.correlation))) continue;
    const n = pairs.length;
    best = { days, correlation: rounded(r, 3), n, p_value: shownPValue(r, n, lagsTried) };
  }
  return best;
}

/** "symptom:headache follows steps by 1 day". */
export function lagInWords({ days, p_value }: Lag, a: string, b: string): string {
  if (!isUnlikelyChance(p_value)) return `no distance of up to ${widestLag} days stands out from chance`;
  if (days === 0) return `${a} and ${b} move on the same day`;
  const [first, second] = days > 0 ? [a, b] : [b, a];
  const distance = Math.abs(days);
  return `${second} follows ${first} by ${distance} ${distance === 1 ? "day" : "days"}`;
}

function isUnlikelyChance(p: number | null): boolean {
  return p !== null && p <= 0.05;
}

/** So much stronger must the relation at a distance be to be the main fact. */
const clearlyStronger = 0.1;

/** The main fact in one sentence. `more` says what `a` is on one day and not on another: "more steps", "higher hrv". */
export function summarySentence(found: Correlation, lag: Lag | null, a: string, b: string, more: string): string {
  const { n, pearson: r, p_value } = found;
  if (lag !== null && lag.days !== 0 && isUnlikelyChance(lag.p_value)) {
    if (Math.abs(lag.correlation) - Math.abs(r ?? 0) >= clearlyStronger) {
      const facts = `r = ${lag.correlation}, n = ${lag.n} days, on the same day r = ${r}`;
      return `${lagInWords(lag, a, b)}, ${
        lag.correlation < 0 ? "in the opposite direction" : "in the same direction"
      }: ` +
        `a ${interpretation(lag.correlation).split(" ")[0]} relation (${facts}); it does not say what causes what.`;
    }
  }
  if (r === null) return `${a} or ${b} is the same on all ${n} days, so that nothing can be said about them.`;
  const numbers = `r = ${r}, n = ${n} days${p_value === null ? "" : `, ${pInWords(p_value)}`}`;
  if (n < fewestMeaningful) return `Only ${n} days have both ${a} and ${b}, too few to mean anything (${numbers}).`;
  const [strength] = interpretation(r).split(" ");
  if (Math.abs(r) < 0.2) return `${a} and ${b} show no clear relation (${numbers}).`;
  const tendency = `On days with ${more} ${a}, ${b} tended to be ${r < 0 ? "lower" : "higher"}`;
  return isUnlikelyChance(p_value)
    ? `${tendency}: a ${strength} relation (${numbers}); it does not say what causes what.`
    : `${tendency}, but only as much as chance often does (${numbers}).`;
}

function pInWords(p: number): string {
  return p <= smallestPValue ? `p ≤ ${smallestPValue}` : `p = ${p}`;
}
