/**
 * How even a week's nightly heart rate variability is, 0 to 100: the coefficient of variation of its daily means, full
 * marks up to 7 %, none from 40 %. The formula is that of open-wearables 0.6. Pure.
 */

export interface Resilience {
  readonly value: number;
  /** Sample standard deviation over mean, three decimals. */
  readonly cv: number;
  readonly days: number;
}

export const resilienceDays = 7;
const fewestDays = 5;

/** Null when fewer than five nights have a mean that is a positive number. */
export function resilience(dailyMeans: readonly number[]): Resilience | null {
  const means = dailyMeans.filter((mean) => Number.isFinite(mean) && mean > 0);
  if (means.length < fewestDays) return null;
  const mean = means.reduce((sum, one) => sum + one, 0) / means.length;
  const variance = means.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (means.length - 1);
  const cv = Math.sqrt(variance) / mean;
  const percent = cv * 100;
  const value = percent <= 7 ? 100 : percent >= 40 ? 0 : Math.round(100 * (40 - percent) / 33);
  return { value, cv: Math.round(cv * 1000) / 1000, days: means.length };
}
