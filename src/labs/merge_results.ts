import { normalUnit } from "./printed_unit.ts";
import type { PrintedResult } from "./read_results.ts";
import type { ReviewReason } from "./table.ts";

/** Two readings of one report become one list. */

export interface FoundResult extends PrintedResult {
  readonly found_by: "rules" | "model" | "rules+model";
  readonly review_reasons: readonly ReviewReason[];
}

/**
 * The rules' results in their order, then what only the model found. What the rules read is never changed, for they take
 * it from the page letter by letter; the model can confirm it, doubt it, or add to it. Each of the model's readings is
 * used once, and each of the rules' results answers to one of them. In this order:
 *
 * 1. Same page, one name within the other, same value, units that do not differ: confirmed, found by `rules+model`, and
 *    half of the doubt about it is gone. Of several, the one in the same row.
 * 2. Same row and same value under another name: the same print; nothing changes.
 * 3. Same row and one name within the other, but another value or unit: the readers disagree, and a person decides.
 * 4. Exactly the same name in another row, with another value: the rules have read this test already, so the model's
 *    value is not added (it may be an earlier result); the readers disagree.
 * 5. Anything else is added, found by `model`.
 */
export function mergeResults(rules: readonly PrintedResult[], model: readonly PrintedResult[]): FoundResult[] {
  const merged = rules.map((result): FoundResult => ({ ...result, found_by: "rules", review_reasons: [] }));
  const answered = new Set<number>();
  const added: FoundResult[] = [];
  const find = (test: (result: PrintedResult) => boolean): number =>
    merged.findIndex((result, index) => !answered.has(index) && test(result));
  const change = (index: number, changed: Partial<FoundResult>) => {
    merged[index] = { ...merged[index]!, ...changed };
    answered.add(index);
  };
  // Agreement first, so that no reading is taken for a disagreement with its neighbour.
  const left = model.filter((reading) => {
    const agrees = (result: PrintedResult) => sameTest(result, reading) && sameValue(result, reading);
    const inRow = find((result) => agrees(result) && sameRow(result, reading));
    const index = inRow >= 0 ? inRow : find(agrees);
    if (index < 0) return true;
    change(index, { found_by: "rules+model", confidence: surer(merged[index]!.confidence) });
    return false;
  });
  for (const reading of left) {
    if (merged.some((result) => isOtherName(result, reading))) continue;
    const inRow = find((result) => sameRow(result, reading) && sameTest(result, reading));
    const index = inRow >= 0
      ? inRow
      : find((result) => result.page === reading.page && sameText(result.test_name, reading.test_name));
    if (index >= 0) change(index, { review_reasons: ["readers_disagree"] });
    else if (!merged.some((result) => repeats(result, reading)) && !added.some((other) => repeats(other, reading))) {
      added.push({ ...reading, found_by: "model", review_reasons: [] });
    }
  }
  return [...merged, ...added];
}

/** The same print, called something else. */
function isOtherName(result: PrintedResult, reading: PrintedResult): boolean {
  return sameRow(result, reading) && sameText(result.value_text, reading.value_text) && !sameTest(result, reading);
}

/** A test that was read already, in this row or elsewhere on the page. */
function repeats(result: PrintedResult, reading: PrintedResult): boolean {
  return (sameTest(result, reading) && (sameRow(result, reading) || sameValue(result, reading))) ||
    (result.page === reading.page && sameText(result.test_name, reading.test_name));
}

function surer(confidence: number): number {
  return Math.round((1 - (1 - confidence) / 2) * 100) / 100;
}

function sameTest(a: PrintedResult, b: PrintedResult): boolean {
  const [one, other] = [folded(a.test_name), folded(b.test_name)];
  return a.page === b.page && (one.includes(other) || other.includes(one));
}

function sameValue(a: PrintedResult, b: PrintedResult): boolean {
  return sameText(a.value_text, b.value_text) &&
    (b.unit === null || a.unit === null || normalUnit(a.unit) === normalUnit(b.unit));
}

/** The boxes share at least half of the lower one's height. */
function sameRow(a: PrintedResult, b: PrintedResult): boolean {
  const shared = Math.min(a.box[3], b.box[3]) - Math.max(a.box[1], b.box[1]);
  return a.page === b.page && shared >= 0.5 * Math.min(a.box[3] - a.box[1], b.box[3] - b.box[1]);
}

function sameText(a: string, b: string): boolean {
  return folded(a) === folded(b);
}

function folded(text: string): string {
  return text.normalize("NFKD").replace(/[\p{M}\s]/gu, "").toLowerCase();
}
