import { mean, rounded } from "./statistics.ts";

/** How far two lists of daily values lie apart, and whether that is more than their days vary anyway. Pure. */

interface Averaged {
  readonly values: readonly number[];
  /** Rounded, as it is shown. */
  readonly average: number | null;
}

export interface PeriodDifference {
  /** Of the averages as they are shown, so that whoever subtracts them gets the same. */
  readonly absolute: number;
  /** One decimal; null where the other average is zero or negative. */
  readonly percent: number | null;
  /** Two standard errors of the difference; null with fewer than seven days on a side. */
  readonly noise: number | null;
  readonly beyondNoise: boolean | null;
}

/** A week, so that each weekday can be there. */
export const fewestDays = 7;

/**
 * The standard error of a difference of means with unequal variances is sqrt(s1^2 / n1 + s2^2 / n2) (Welch 1947); twice
 * that is about the 95 % limit. Neighbouring days resemble each other, so that the limit is rather too small.
 */
export function differenceOf(one: Averaged, other: Averaged, round: (value: number) => number): PeriodDifference {
  const [average, before] = [one.average ?? NaN, other.average ?? NaN];
  const absolute = rounded(average - before, 2);
  const enough = one.values.length >= fewestDays && other.values.length >= fewestDays;
  const noise = enough ? 2 * Math.sqrt(squaredError(one.values) + squaredError(other.values)) : null;
  return {
    absolute,
    percent: before > 0 ? rounded(absolute / before * 100, 1) : null,
    noise: noise === null ? null : round(noise),
    beyondNoise: noise === null ? null : Math.abs(mean(one.values) - mean(other.values)) > noise,
  };
}

/** Variance of the sample over n. */
function squaredError(values: readonly number[]): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return squares / (values.length - 1) / values.length;
}
