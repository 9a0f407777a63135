import { type PlainText, plainText, sentenceEnds } from "./answer_text.ts";
import { type DateFound, findDates, findTimes, taken, type TimeFound } from "./date_claims.ts";
import { findNumbers } from "./number_claims.ts";
import type { NumberFound } from "./printed_claim.ts";

/** Every number, date and time of day that a text states, in one pass. Pure. */

export interface Claims {
  readonly plain: PlainText;
  readonly numbers: readonly NumberFound[];
  readonly dates: readonly DateFound[];
  readonly times: readonly TimeFound[];
  /** Codes of LOINC, as they are written. */
  readonly codes: readonly { readonly start: number; readonly text: string }[];
  /** Where each sentence ends, ascending. */
  readonly ends: readonly number[];
}

/** `names` are names with digits that the text may contain, in small letters: "25-oh vitamin d". */
export function findClaims(written: string, names: ReadonlySet<string>): Claims {
  const plain = plainText(written);
  const codes = [...plain.folded.matchAll(/loinc[^\n\d]{0,12}(\d{1,5}-\d)(?!\d)/g)]
    .map(({ index, 0: found, 1: text = "" }) => ({ start: index + found.length - text.length, text }));
  const named = [...names].filter((name) => plain.folded.includes(name)).sort((a, b) => b.length - a.length);
  const { dates, rest } = findDates(plain.folded);
  const found = findTimes(rest);
  const numbers = findNumbers(plain, found.rest, [...codes.map(({ text }) => text), ...named]);
  return { plain, numbers, dates, times: found.times, codes, ends: sentenceEnds(withoutDates(plain.text, dates)) };
}

/** The point of "14. März" ends no sentence. */
function withoutDates(text: string, dates: readonly DateFound[]): string {
  let [covered, at] = ["", 0];
  for (const { start, end } of dates.toSorted((a, b) => a.start - b.start)) {
    if (start < at) continue;
    covered += text.slice(at, start) + taken.repeat(end - start);
    at = end;
  }
  return covered + text.slice(at);
}
