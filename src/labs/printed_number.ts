/**
 * Numbers as laboratories print them: decimal comma or point, thousands set off by blanks, dots, commas or apostrophes.
 *
 * Nothing is repaired here: "O.5" or "1O" stay text, because a guessed digit is an invented result.
 */

/** What this document prints between units and tenths; null when no number shows it. */
export type DecimalMark = "," | "." | null;

/** A sign is part of the number only where the caller has checked that it is not a dash. */
export const NUMBER = "(?:\\d{1,3}(?:(?<=\\d)[ \\u00a0\\u202f]\\d{3})+(?!\\d)(?:[.,]\\d{1,4})?" +
  "|\\d{1,3}(?:['’]\\d{3})+(?:[.,]\\d+)?|\\d{1,2}(?:,\\d{2})+,\\d{3}(?:\\.\\d+)?" +
  "|\\d{1,3}(?:,\\d{3}){2,}(?:\\.\\d+)?|\\d{1,3}(?:\\.\\d{3}){2,}(?:,\\d+)?" +
  "|\\d{1,3}(?:,\\d{3})+\\.\\d+|\\d{1,3}(?:\\.\\d{3})+,\\d+|\\d+[.,]\\d+|\\d+)";

const PLAIN = /^\d+$/;
const GROUPED_BY_BLANK_OR_APOSTROPHE = /^\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:[.,]\d+)?$/;
const BOTH_MARKS = /^(?:\d{1,3}(?:,\d{2,3})*,\d{3}\.\d+|\d{1,3}(?:\.\d{3})+,\d+)$/;
const GROUPED_TWICE = /^(?:\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:,\d{3}){2,}|\d{1,2}(?:,\d{2})+,\d{3})$/;
const ONE_MARK = /^(\d+)([.,])(\d+)$/;

/**
 * The number a text prints, or null when it is not one.
 *
 * "1.250" and "1,250" read as thousands only where the document's own decimal mark is the other one; without evidence the
 * mark is taken as decimal, which is what most reports print.
 */
export function readNumber(text: string, mark: DecimalMark): number | null {
  const trimmed = text.trim().replace(/[−–]/g, "-");
  const sign = trimmed.startsWith("-") ? -1 : 1;
  const digits = trimmed.replace(/^[+-] ?/, "");
  const magnitude = readMagnitude(digits, mark);
  return magnitude === null || !Number.isFinite(magnitude) ? null : sign * magnitude;
}

function readMagnitude(digits: string, mark: DecimalMark): number | null {
  // No laboratory prints sixteen digits; an identifier does.
  if (digits.length > 15) return null;
  if (PLAIN.test(digits)) return Number(digits);
  if (GROUPED_BY_BLANK_OR_APOSTROPHE.test(digits)) return Number(digits.replace(/[^\d.,]/g, "").replace(",", "."));
  if (BOTH_MARKS.test(digits)) {
    const decimal = digits.lastIndexOf(",") > digits.lastIndexOf(".") ? "," : ".";
    return Number(digits.replaceAll(decimal === "," ? "." : ",", "").replace(decimal, "."));
  }
  if (GROUPED_TWICE.test(digits)) return Number(digits.replace(/[.,]/g, ""));
  const one = ONE_MARK.exec(digits);
  if (one === null) return null;
  const [, whole = "", printed = "", rest = ""] = one;
  const looksGrouped = rest.length === 3 && whole.length <= 3 && !whole.startsWith("0");
  if (looksGrouped && mark !== null && printed !== mark) return Number(whole + rest);
  return Number(`${whole}.${rest}`);
}

/**
 * The decimal mark of a document, decided by the numbers that leave no doubt ("13,5", "0.250").
 *
 * Dates and identifiers are kept out by the word boundaries; a tie says null.
 */
export function readDecimalMark(texts: Iterable<string>): DecimalMark {
  let commas = 0;
  let points = 0;
  for (const text of texts) {
    for (
      const [, whole = "", mark, rest = ""] of text.matchAll(/(?<![\d.,/:-])(\d{1,4})([.,])(\d{1,4})(?![\d/:]|[.,]\d)/g)
    ) {
      const couldBeGroup = rest.length === 3 && !whole.startsWith("0");
      if (couldBeGroup) continue;
      if (mark === ",") commas++;
      else points++;
    }
  }
  if (commas === points) return null;
  return commas > points ? "," : ".";
}
