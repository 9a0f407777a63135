import type { RangeLimits } from "./range_limits.ts";
import { resultStatus } from "./result_value.ts";
import type { Comparator } from "./printed_range.ts";
import type { ReviewReason } from "./table.ts";

/** What about a result should make a person look at it. Nothing is corrected here. */

export interface Doubted {
  readonly value: number | null;
  readonly value_text: string;
  readonly comparator: Comparator | null;
  readonly unit: string | null;
  readonly limits: RangeLimits;
  readonly flag: string | null;
  readonly recorded_at: string | null;
  readonly confidence: number;
}

/** A lone value without unit, range and table around it has 0.5, and so has what only the model found. */
const leastConfidence = 0.6;

export function doubtsOf(result: Doubted): ReviewReason[] {
  return [
    ...(result.recorded_at === null ? ["no_date" as const] : []),
    ...(result.confidence < leastConfidence ? ["low_confidence" as const] : []),
    ...(isOffByHundred(result) ? ["implausible_value" as const] : []),
    ...(contradictsRange(result) ? ["flag_contradicts_range" as const] : []),
  ];
}

/**
 * A share printed as a fraction beside a range in percent, or the other way round: 0.375 with 36-46 %. The range must
 * tell, because some shares are small.
 */
function isOffByHundred({ value, unit, limits: { reference_min: min, reference_max: max } }: Doubted): boolean {
  if (value === null || value <= 0 || min === null || max === null || min <= 0) return false;
  const within = (number: number) => number >= min / 3 && number <= max * 3;
  if (within(value)) return false;
  if (value <= 1) return min >= 5 && (max <= 100 || unit?.includes("%") === true) && within(value * 100);
  return max <= 1 && within(value / 100);
}

/** "H" beside a value in or below its range. A value on the limit itself contradicts nothing. */
function contradictsRange({ value, value_text, comparator, limits, flag }: Doubted): boolean {
  if (value === null || flag === null || value === limits.reference_min || value === limits.reference_max) return false;
  const status = resultStatus({ value, value_text, comparator }, limits);
  if (status === null) return false;
  switch (flag) {
    case "H":
    case "HH":
      return status !== "high";
    case "L":
    case "LL":
      return status !== "low";
    case "N":
      return status !== "normal";
    default:
      return false;
  }
}
