import type { Box } from "../documents/page.ts";
import type { PrintedResult } from "./read_results.ts";
import type { LabRejection, LabResult } from "./table.ts";

/**
 * What of a new reading a person has already settled: results that were entered, confirmed or corrected, and those that
 * were rejected. Each of them answers for one result at most, for two may stand in one row.
 */

interface Settled {
  readonly page: number | null;
  readonly box: Box | null;
  /** As it was printed, before any correction. */
  readonly test_name: string;
  readonly value_text: string;
  readonly unit: string;
  readonly rejected: boolean;
}

/** The results that are new, in their order. */
export function withoutSettled<Result extends PrintedResult>(
  found: readonly Result[],
  kept: readonly LabResult[],
  rejections: readonly LabRejection[],
): Result[] {
  const settled: Settled[] = [
    ...kept.map((result) => ({ ...result, ...(result.printed ?? {}), rejected: false })),
    ...rejections.map((rejection) => ({ ...rejection, rejected: true })),
  ];
  const open = new Set(found);
  const left = new Set(settled);
  // What fits best goes first: the same print at the same place, then the same print, then the same place.
  for (const fits of [samePrintAndPlace, samePrint, samePlaceAndPart, keptPlace]) {
    for (const one of left) {
      const match = [...open].find((result) => fits(one, result));
      if (match === undefined) continue;
      open.delete(match);
      left.delete(one);
    }
  }
  return found.filter((result) => open.has(result));
}

function samePrintAndPlace(one: Settled, result: PrintedResult): boolean {
  return samePrint(one, result) && samePlace(one, result);
}

/** A better reader may place its boxes elsewhere; the print on the page stays. */
function samePrint(one: Settled, result: PrintedResult): boolean {
  return one.page === result.page && same(one.test_name, result.test_name) && same(one.value_text, result.value_text) &&
    same(one.unit, result.unit ?? "");
}

function samePlaceAndPart(one: Settled, result: PrintedResult): boolean {
  return samePlace(one, result) && (same(one.test_name, result.test_name) || same(one.value_text, result.value_text));
}

/** A person has already said what stands there. Something else than what was rejected may appear in its place. */
function keptPlace(one: Settled, result: PrintedResult): boolean {
  return !one.rejected && samePlace(one, result);
}

/** The boxes share most of their height on one page, and some of their width. */
function samePlace(one: Settled, result: PrintedResult): boolean {
  if (one.page !== result.page || one.box === null) return false;
  const shared = Math.min(one.box[3], result.box[3]) - Math.max(one.box[1], result.box[1]);
  const beside = one.box[2] < result.box[0] || result.box[2] < one.box[0];
  return !beside && shared > 0.5 * Math.min(one.box[3] - one.box[1], result.box[3] - result.box[1]);
}

function same(a: string, b: string): boolean {
  const folded = (text: string) => text.normalize("NFKD").replace(/[\p{M}\s]/gu, "").toLowerCase();
  return folded(a) === folded(b);
}
