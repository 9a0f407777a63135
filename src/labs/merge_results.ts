import { normalUnit } from "./printed_unit.ts";
import type { PrintedResult } from "./read_results.ts";

/** Two readings of one report become one list. */

export interface FoundResult extends PrintedResult {
  readonly found_by: "rules" | "model" | "rules+model";
}

/**
 * The rules' results, marked where the model read the same; then what only the model found.
 *
 * Same page, value and unit with a name that contains the other's counts as the same result. Where the two disagree
 * about a value of one test, the rules' reading stands: it is taken from the page letter by letter.
 */
export function mergeResults(rules: readonly PrintedResult[], model: readonly PrintedResult[]): FoundResult[] {
  const confirmed = rules.map((result): FoundResult => ({
    ...result,
    found_by: model.some((other) => sameTest(result, other) && sameValue(result, other)) ? "rules+model" : "rules",
  }));
  const added = model.filter((other) => !rules.some((result) => sameTest(result, other) || overlaps(result, other)));
  return [...confirmed, ...added.map((result): FoundResult => ({ ...result, found_by: "model" }))];
}

function sameTest(a: PrintedResult, b: PrintedResult): boolean {
  const [one, other] = [folded(a.test_name), folded(b.test_name)];
  return a.page === b.page && (one.includes(other) || other.includes(one));
}

function sameValue(a: PrintedResult, b: PrintedResult): boolean {
  return folded(a.value_text) === folded(b.value_text) &&
    (b.unit === null || a.unit === null || normalUnit(a.unit) === normalUnit(b.unit));
}

/** The same value on the same lines is the same print, whatever the model called it. */
function overlaps(a: PrintedResult, b: PrintedResult): boolean {
  const [top, bottom] = [Math.max(a.box[1], b.box[1]), Math.min(a.box[3], b.box[3])];
  return a.page === b.page && bottom > top && folded(a.value_text) === folded(b.value_text);
}

function folded(text: string): string {
  return text.normalize("NFKD").replace(/[\p{M}\s]/gu, "").toLowerCase();
}
