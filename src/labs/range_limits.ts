import type { DecimalMark } from "./printed_number.ts";
import { readRange } from "./printed_range.ts";

/** Limits of a printed range, with whether the limit itself still belongs to it. */

export interface RangeLimits {
  readonly reference_min: number | null;
  readonly reference_max: number | null;
  /** Null where there is no such limit. */
  readonly reference_min_inclusive: boolean | null;
  readonly reference_max_inclusive: boolean | null;
}

export const noLimits: RangeLimits = {
  reference_min: null,
  reference_max: null,
  reference_min_inclusive: null,
  reference_max_inclusive: null,
};

/** "<5" and "unter 5" leave 5 out; "≤5", "bis 5" and "3-5" do not. */
const below =
  /(?:[<＜](?! ?(?:=|or ?=))|\b(?:unter|kleiner(?: als)?|less than|below|menor(?: que| de| a)?|(?<!igual ou? )inferiore? a|inf\.?(?: à| a)?|inf[ée]rieure? à|minder dan|moins de|menos de|meno di|küçük)|小于|低于) ?[+-]?\d/iu;
const above =
  /(?:[>＞](?! ?(?:=|or ?=))|(?<!\p{L})(?:über|ueber|größer(?: als)?|groesser(?: als)?|greater than|more than|above|ma[yi]or(?: que| de| a)?|(?<!igual ou? )superiore? a|sup\.?(?: à| a)?|sup[ée]rieure? à|meer dan|plus de|m[áa]s de|mais de|pi[ùu] di|büyük)|大于|高于) ?[+-]?\d/iu;

/** Says of limits that were read from `text` whether they belong to the range. */
export function withInclusivity(text: string | null, min: number | null, max: number | null): RangeLimits {
  const plain = (text ?? "").replace(/\s+/g, " ");
  return {
    reference_min: min,
    reference_max: max,
    reference_min_inclusive: min === null ? null : !above.test(plain),
    reference_max_inclusive: max === null ? null : !below.test(plain),
  };
}

/** The limits of a text that prints one range and nothing else; null when it does not. */
export function readLimits(text: string, mark: DecimalMark): RangeLimits | null {
  const range = readRange(text, mark);
  if (range === null || (range.min === null && range.max === null)) return null;
  return withInclusivity(text, range.min, range.max);
}
