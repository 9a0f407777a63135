/** How often the best code candidate of a result is one that the truth accepts. */
import { matchAnalyte } from "../../src/labs/match_analyte.ts";
import type { PrintedResult } from "../../src/labs/read_results.ts";
import { specimenOf } from "../../src/labs/specimen.ts";
import type { Comparison } from "./compare_results.ts";

export interface CodeCount {
  /** The best candidate is an accepted code. */
  readonly right: number;
  /** Results with codes in the truth for which there is a candidate. */
  readonly coded: number;
  /** Results that were read and have codes in the truth. */
  readonly asked: number;
}

/** Of results that were read right or wrong: a name that was read wrong is looked up as it was read. */
export function codeCount(comparison: Comparison<PrintedResult>): CodeCount {
  let [right, coded, asked] = [0, 0, 0];
  for (const { printed, read } of comparison.pairs) {
    if (printed === null || read === null || printed.loinc_accepted.length === 0) continue;
    asked++;
    const best = matchAnalyte({ ...read, specimen: specimenOf(read) }).candidates[0];
    if (best === undefined) continue;
    coded++;
    if (printed.loinc_accepted.includes(best.loinc)) right++;
  }
  return { right, coded, asked };
}
