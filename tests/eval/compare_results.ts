/**
 * What was read held against what is printed. Strict about what is said, blind only to how it is set:
 *
 * - Text is compared without case, accents, blanks and Unicode form; µ, μ and u are one letter, so are × and x, all
 *   dashes, and ≤ and <=. Raised digits are digits, and the sign of a power is nothing: "10⁹/l" is "10^9/L" and
 *   "10*9/L", but not "x10^9/L".
 * - A name is right when it is the same print; points, commas, colons and stars at its end do not count.
 * - A value is right when its text is the same print, a comma and a point between digits being one, **and** its number
 *   is the truth's number (1.234 is not 1234) and its comparator is the same.
 * - A unit is right when it is the same print, a missing one when none is printed.
 * - A range is right when both limits are the truth's. Where the truth has no limits (several groups, words), its text
 *   must be the same print, brackets around it aside.
 * - A flag is compared in one vocabulary (H L HH LL N A CRIT R S I).
 * - The date is the day of collection, once a document. A day where none is printed is as wrong as another day.
 *
 * Precision and recall of a field count those results that have one: read but not so printed lowers precision, printed
 * but not so read lowers recall. An invented value is one that no result of the document prints, whatever its name.
 */
import type { PrintedResult } from "../../src/labs/read_results.ts";
import type { PrintedTruth, ReportTruth } from "./report_truth.ts";

/** How often something was right, of those read and of those printed. */
export interface Count {
  readonly right: number;
  readonly read: number;
  readonly printed: number;
}

export const fields = ["result", "name", "value", "unit", "range", "flag", "date"] as const;
/** `result` is name, value and unit together. */
export type Field = typeof fields[number];

export type ReadResult = Pick<
  PrintedResult,
  | "test_name"
  | "value"
  | "value_text"
  | "comparator"
  | "unit"
  | "reference_min"
  | "reference_max"
  | "reference_text"
  | "flag"
  | "page"
>;

/** One printed result and what was read for it; either may be missing. */
export interface Pair<R extends ReadResult = ReadResult> {
  readonly printed: PrintedTruth | null;
  readonly read: R | null;
}

export interface Comparison<R extends ReadResult = ReadResult> {
  readonly counts: Readonly<Record<Field, Count>>;
  readonly pairs: readonly Pair<R>[];
  /** Values read that no result of the document prints. */
  readonly invented: readonly R[];
}

export function compareResults<R extends ReadResult>(
  read: readonly R[],
  collected: string | null,
  truth: ReportTruth,
): Comparison<R> {
  // A row without a value on paper ("see note") is nothing that could be read.
  const printed = truth.results.filter((result) => result.value_text !== null);
  const pairs = pairUp(read, printed);
  const values = new Set(printed.map((result) => sameDigits(result.value_text ?? "")));
  const invented = read.filter((result) => !values.has(sameDigits(result.value_text)));
  const day = truth.collection_date?.slice(0, 10) ?? null;
  const over = (has: (result: ReadResult | PrintedTruth) => boolean, right: (pair: Whole<R>) => boolean): Count => ({
    right: pairs.filter((pair) => isWhole(pair) && has(pair.read) && has(pair.printed) && right(pair)).length,
    read: read.filter(has).length,
    printed: printed.filter(has).length,
  });
  const always = () => true;
  return {
    counts: {
      result: over(always, (pair) => sameName(pair) && sameValue(pair) && sameUnit(pair)),
      name: over(always, sameName),
      value: over(always, sameValue),
      unit: over((result) => result.unit !== null && result.unit !== "", sameUnit),
      range: over(hasRange, sameRange),
      flag: over((result) => result.flag !== null, ({ read, printed }) => read.flag === printed.flag),
      date: {
        right: collected !== null && collected === day ? 1 : 0,
        read: collected === null ? 0 : 1,
        printed: day === null ? 0 : 1,
      },
    },
    pairs,
    invented,
  };
}

interface Whole<R> {
  readonly printed: PrintedTruth;
  readonly read: R;
}

function isWhole<R extends ReadResult>(pair: Pair<R>): pair is Whole<R> {
  return pair.printed !== null && pair.read !== null;
}

export function isRight(pair: Pair): boolean {
  return isWhole(pair) && sameName(pair) && sameValue(pair) && sameUnit(pair);
}

/** Who is meant by whom: whole matches first, then name and value, then name alone, then value and unit alone. */
function pairUp<R extends ReadResult>(read: readonly R[], printed: readonly PrintedTruth[]): Pair<R>[] {
  const onPage = ({ read, printed }: Whole<R>) => read.page === printed.page;
  const whole = (pair: Whole<R>) => sameName(pair) && sameValue(pair) && sameUnit(pair);
  const steps: ((pair: Whole<R>) => boolean)[] = [
    (pair) => onPage(pair) && whole(pair) && sameRange(pair),
    (pair) => onPage(pair) && whole(pair),
    whole,
    (pair) => sameName(pair) && sameValue(pair),
    (pair) => onPage(pair) && sameName(pair),
    (pair) => onPage(pair) && sameValue(pair) && sameUnit(pair) && hasRange(pair.printed) && sameRange(pair),
    (pair) => onPage(pair) && sameValue(pair) && sameUnit(pair),
  ];
  const left = new Set(read);
  const partner = new Map<PrintedTruth, R>();
  for (const fits of steps) {
    for (const truth of printed) {
      if (partner.has(truth)) continue;
      const found = [...left].find((result) => fits({ printed: truth, read: result }));
      if (found === undefined) continue;
      left.delete(found);
      partner.set(truth, found);
    }
  }
  return [
    ...printed.map((truth) => ({ printed: truth, read: partner.get(truth) ?? null })),
    ...[...left].map((result) => ({ printed: null, read: result })),
  ];
}

function sameName({ read, printed }: Whole<ReadResult>): boolean {
  const bare = (name: string) => same(name).replace(/[.,:;*]+$/, "");
  return bare(read.test_name) === bare(printed.test_name);
}

function sameValue({ read, printed }: Whole<ReadResult>): boolean {
  return sameDigits(read.value_text) === sameDigits(printed.value_text ?? "") && read.value === printed.value &&
    (read.comparator ?? null) === printed.comparator;
}

function sameUnit({ read, printed }: Whole<ReadResult>): boolean {
  return same(read.unit ?? "") === same(printed.unit ?? "");
}

function hasRange(result: ReadResult | PrintedTruth): boolean {
  return result.reference_text !== null || result.reference_min !== null || result.reference_max !== null;
}

function sameRange({ read, printed }: Whole<ReadResult>): boolean {
  if (read.reference_min !== printed.reference_min || read.reference_max !== printed.reference_max) return false;
  if (printed.reference_min !== null || printed.reference_max !== null) return true;
  const bare = (range: string | null) => same(range ?? "").replace(/^[([]|[)\]]$/g, "");
  return bare(read.reference_text) === bare(printed.reference_text);
}

/** A point for every comma: which of both is a decimal mark is told by the number beside the text. */
function sameDigits(text: string): string {
  return same(text).replace(/(?<=\d),(?=\d)/g, ".");
}

/** One spelling for prints that differ only in how they are set. */
function same(text: string): string {
  return text.replace(/≤|≦|⩽/g, "<=").replace(/≥|≧|⩾/g, ">=").normalize("NFKD").toLowerCase()
    .replace(/[\p{M}\s^]/gu, "").replace(/[µμ]/g, "u").replace(/×/g, "x").replace(/ı/g, "i").replace(/ß/g, "ss")
    .replace(/[‐‑–—−]/g, "-").replace(/10\*{1,2}(?=\d)/g, "10");
}
