/**
 * Lab results out of the pages of a report, by rules about how laboratories print.
 *
 * Nothing is corrected or completed: every value, unit and range is a verbatim piece of a row. Where a row could be
 * something else (an address, a grade of an interpretive table, prose), it is left out: precision before recall.
 */
import type { Box, Page } from "../documents/page.ts";
import { type DecimalMark, readDecimalMark } from "./printed_number.ts";
import type { Comparator } from "./printed_range.ts";
import { believe, type Candidate } from "./believed_results.ts";
import { walkPage, type WalkState } from "./report_walk.ts";
import { isLaboratoryReport } from "./report_kind.ts";
import { laboratoryOf } from "./report_laboratory.ts";
import { pageRows, type Row } from "./report_layout.ts";
import { isKnownName } from "./analyte_name_index.ts";
import { foldCase } from "./printed_flag.ts";
import { namesAPerson } from "./report_person.ts";
import { readTitleRow } from "./report_titles.ts";
import { withoutFootnotes } from "./report_footnotes.ts";

export interface PrintedResult {
  /** As printed, wrapped names joined, without footnote marks. */
  readonly test_name: string;
  /** Null for results in words, titres and counts like "6-10". */
  readonly value: number | null;
  /** As printed, comparator included. */
  readonly value_text: string;
  readonly comparator: Comparator | null;
  readonly unit: string | null;
  /** Limits only where the print leaves one reading; the text is kept either way. */
  readonly reference_min: number | null;
  readonly reference_max: number | null;
  readonly reference_text: string | null;
  /** H L HH LL N A CRIT R S I, or null when nothing is printed. */
  readonly flag: string | null;
  /** As printed; null where nothing is. */
  readonly flag_printed?: string | null;
  readonly section: string | null;
  /** The material as printed in its own column or line above the result. */
  readonly specimen?: string | null;
  /** Who reports, where the head of the document names one laboratory. */
  readonly laboratory?: string | null;
  /** 1-based. */
  readonly page: number;
  /** Around every word of the result, in the page's own units. */
  readonly box: Box;
  /** 0 to 1: how much of the usual print (unit, range, columns) stood around the value, and how well it was recognised. */
  readonly confidence: number;
}

/**
 * The results printed on these pages, in reading order.
 *
 * The same print twice under one heading is one result; the same test in two units is two.
 */
export function readResults(pages: readonly Page[]): PrintedResult[] {
  const rows = pages.map((page) => withoutFootnotes(pageRows(page)));
  if (!isLaboratoryReport(textsOf(rows))) return [];
  const mark = decimalMarkOf(rows);
  const candidates: Candidate[] = [];
  let state: WalkState = { titles: null, section: null };
  for (const pageRowsOfOne of rows) state = walkPage(pageRowsOfOne, mark, state, candidates);
  return doubted(withLaboratory(withoutRepeats(believe(candidates)), pages, rows), rows);
}

/** Below what a person is asked to look at; see plausibility.ts. */
const DOUBT = 0.5;

/** Of a paper that names nobody and prints neither ranges nor a column of units, this share of the tests must be in the catalogue. */
const KNOWN_SHARE = 0.5;

/**
 * A paper that names nobody may be of another kind: a wine, a method, a course. It is none of results where most of its
 * names are strange, and a person should look at them where no title says that they are results.
 */
function doubted(results: readonly PrintedResult[], rows: readonly (readonly Row[])[]): PrintedResult[] {
  const all = rows.flat();
  if (namesAPerson(foldCase(all.map(({ text }) => text).join(" ")))) return [...results];
  const titles = new Set(all.flatMap((row) => readTitleRow(row)?.columns.map(({ role }) => role) ?? []));
  const heads = titles.has("result");
  const known = results.filter(({ test_name }) => isKnownName(test_name)).length;
  const strange = known < KNOWN_SHARE * results.length && !results.some(hasLimits);
  if (strange && !(heads && titles.has("unit"))) return [];
  if (heads) return [...results];
  return results.map((result) => ({ ...result, confidence: Math.min(result.confidence, DOUBT) }));
}

/** With limits, a flag, or a value below what can be measured: lists of other things have none of them. */
function hasLimits({ reference_min, reference_max, flag, comparator }: PrintedResult): boolean {
  return reference_min !== null || reference_max !== null || flag !== null || comparator !== null;
}

/** A page without a letterhead goes on with the report of the page before. */
function withLaboratory(
  results: readonly PrintedResult[],
  pages: readonly Page[],
  rows: readonly (readonly Row[])[],
): PrintedResult[] {
  const names = new Map<number, string | null>();
  let last: string | null = null;
  for (const [index, page] of pages.entries()) {
    last = laboratoryOf(rows[index] ?? []) ?? last;
    names.set(page.number, last);
  }
  return results.map((result) => ({ ...result, laboratory: names.get(result.page) ?? null }));
}

function* textsOf(rows: readonly (readonly { readonly text: string }[])[]): Iterable<string> {
  for (const page of rows) for (const row of page) yield row.text;
}

function decimalMarkOf(rows: readonly (readonly { readonly text: string }[])[]): DecimalMark {
  return readDecimalMark(textsOf(rows));
}

function withoutRepeats(results: readonly PrintedResult[]): PrintedResult[] {
  const seen = new Set<string>();
  return results.filter((result) => {
    const key = JSON.stringify([result.page, result.section, result.test_name, result.value_text, result.unit]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
