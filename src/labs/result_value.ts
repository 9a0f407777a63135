import { AppError } from "../platform/errors.ts";
import { readNumber } from "./printed_number.ts";
import { type Comparator, readComparator } from "./printed_range.ts";

/** What a result says, as a person enters it, and how it lies in its reference range. */

export interface ResultValue {
  /** Null for everything but a plain number. */
  readonly value: number | null;
  readonly value_text: string;
  readonly comparator: Comparator | null;
}

export interface ReferenceRange {
  readonly reference_min: number | null;
  readonly reference_max: number | null;
  /** Whether the limits belong to the range; they do unless it is said that they do not. */
  readonly reference_min_inclusive?: boolean | null;
  readonly reference_max_inclusive?: boolean | null;
}

/** Larger than any quantity a laboratory reports, and exact as a JSON number. */
export const maxQuantity = 1e12;

const compared = /^(<=|>=|=<|=>|[<>≤≥~≈])\s*([+-]?\d.*)$/su;

/**
 * One value out of a number, a text or both. "<0.41" keeps its comparator and no value, "5.4" has the value 5.4,
 * "negative" and "1:80" are text. Both given must say the same.
 */
export function readResultValue(value: number | null | undefined, text: string | undefined): ResultValue {
  if (text === undefined) {
    if (value == null) throw contradiction("Send value, value_text or both");
    return { value, value_text: String(value), comparator: null };
  }
  const [, sign] = compared.exec(text) ?? [];
  const comparator = sign === undefined ? null : readComparator(sign);
  const readings = comparator === null ? numbersIn(text) : [];
  if (value == null) {
    if (readings.length > 1) throw contradiction("value_text can be read as two numbers; send value as well");
    return { value: readings[0] ?? null, value_text: text, comparator };
  }
  if (!readings.includes(value)) throw contradiction("value and value_text must say the same; send one of them");
  return { value, value_text: text, comparator: null };
}

/** Where the result lies, or null when that cannot be told. "<0.41" is normal up to 5, but unknown from 0.2 to 5. */
export function resultStatus(result: ResultValue, range: ReferenceRange): "low" | "normal" | "high" | null {
  const { reference_min: min, reference_max: max } = range;
  if (min === null && max === null) return null;
  const open = { min: range.reference_min_inclusive === false, max: range.reference_max_inclusive === false };
  if (result.value !== null) {
    if (min !== null && (result.value < min || (open.min && result.value === min))) return "low";
    return max !== null && (result.value > max || (open.max && result.value === max)) ? "high" : "normal";
  }
  const [, , rest = ""] = compared.exec(result.value_text) ?? [];
  const [limit, ...others] = numbersIn(rest);
  if (limit === undefined || others.length > 0) return null;
  switch (result.comparator) {
    case "<":
    case "<=": {
      if (min !== null && (limit < min || (limit === min && result.comparator === "<"))) return "low";
      // "≤5" may be 5 itself, which "<5" as a range leaves out.
      const reached = open.max && result.comparator === "<=" && limit === max;
      // A range from 0 has no lower side: nothing measures less.
      return (min === null || min === 0) && max !== null && limit <= max && !reached ? "normal" : null;
    }
    case ">":
    case ">=": {
      if (max !== null && (limit > max || (limit === max && result.comparator === ">"))) return "high";
      const reached = open.min && result.comparator === ">=" && limit === min;
      return max === null && min !== null && limit >= min && !reached ? "normal" : null;
    }
    default:
      return null;
  }
}

/**
 * The side and the number of a result such as "<0.41" or "≥500"; null for any other text, and for a number that may be
 * two ("<1,250").
 */
export function resultBound(text: string): { readonly bound: "<" | ">"; readonly limit: number } | null {
  const [, sign = "", rest = ""] = compared.exec(text.trim()) ?? [];
  const side = readComparator(sign)?.charAt(0);
  if (side !== "<" && side !== ">") return null;
  const readings = new Set([readNumber(rest, "."), readNumber(rest, ",")].filter((reading) => reading !== null));
  const [limit, ...others] = readings;
  return limit === undefined || others.length > 0 ? null : { bound: side, limit };
}

/** The numbers a text can be read as: "1,250" is two, "5,4" and "5.4" are one each, "1:80" is none. */
function numbersIn(text: string): number[] {
  const readings = [readNumber(text, "."), readNumber(text, ",")].filter((reading) => reading !== null);
  const numbers = [...new Set(readings)];
  if (numbers.some((number) => Math.abs(number) > maxQuantity)) {
    throw contradiction(`value_text must stand for a number of at most ${maxQuantity}`);
  }
  return numbers;
}

function contradiction(message: string): AppError {
  return new AppError("invalid_input", message, { issues: [{ path: "body.value_text", message }] });
}
