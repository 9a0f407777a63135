import type { Document } from "../documents/table.ts";
import type { RememberedName } from "./match_analyte.ts";
import { testOf } from "./matched_test.ts";
import type { FoundResult } from "./merge_results.ts";
import { doubtsOf } from "./plausibility.ts";
import type { DecimalMark } from "./printed_number.ts";
import { qualitativeOf, titreOf } from "./qualitative.ts";
import type { NewLabResult } from "./queries.ts";
import { type RangeLimits, readLimits, withInclusivity } from "./range_limits.ts";
import { chooseVariant, type Person } from "./range_variants.ts";
import type { ReportDates } from "./report_dates.ts";
import { resultStatus } from "./result_value.ts";
import { specimenOf } from "./specimen.ts";

/** From a result as printed to a row: what it says, which test it is, and what about it a person should look at. */

export interface Report {
  readonly document: Document;
  readonly dates: ReportDates;
  readonly mark: DecimalMark;
  readonly person: { readonly sex: Person["sex"]; readonly birth_date: string | null };
  /** What this person said about names of this laboratory. */
  readonly remembered: (laboratory: string | null) => readonly RememberedName[];
}

/** Everything but its position in the document. */
export function toRow(report: Report, result: FoundResult): NewLabResult {
  const { document, dates } = report;
  // Never today: a date that neither the report nor the upload names is unknown.
  const recorded_at = dates.collected ?? document.document_date ?? dates.reported;
  // "<0.41" says a limit, not a value.
  const value = result.comparator === null ? result.value : null;
  const { value_text, comparator, flag, confidence } = result;
  const limits = limitsOf(report, result, recorded_at);
  const specimen = specimenOf(result);
  const laboratory = result.laboratory?.slice(0, 255) ?? null;
  const test = testOf({ ...result, value, specimen, remembered: report.remembered(laboratory) });
  const doubts = doubtsOf({ ...result, value, limits, recorded_at });
  return {
    id: crypto.randomUUID(),
    user_id: document.user_id,
    document_id: document.id,
    test_name: result.test_name.slice(0, 255),
    value,
    value_text: value_text.slice(0, 255),
    comparator,
    unit: (result.unit ?? "").slice(0, 50),
    ...limits,
    reference_text: result.reference_text,
    status: flagStatus(flag) ?? resultStatus({ value, value_text, comparator }, limits),
    recorded_at,
    page: result.page,
    box: result.box,
    found_by: result.found_by,
    flag,
    flag_printed: result.flag_printed?.slice(0, 100) ?? null,
    qualitative: value === null ? qualitativeOf(value_text) : null,
    titre: titreOf(value_text),
    specimen,
    section: result.section?.slice(0, 255) ?? null,
    laboratory,
    confidence,
    analyte: test.analyte,
    test_code: test.test_code,
    loinc_status: test.loinc_status,
    candidates: test.candidates,
    review_reasons: [...new Set([...result.review_reasons, ...doubts, ...test.doubts])],
  };
}

/** The report's own range: the limits it prints for everybody, or those it prints for people like this one. */
function limitsOf({ mark, person }: Report, result: FoundResult, day: string | null): RangeLimits {
  const { reference_text: text, reference_min: min, reference_max: max } = result;
  if (min !== null || max !== null) return withInclusivity(text, min, max);
  if (text === null) return withInclusivity(null, null, null);
  const { sex, birth_date } = person;
  const age = birth_date === null || day === null || day < birth_date ? null : yearsBetween(birth_date, day);
  return readLimits(text, mark) ?? chooseVariant(text, result.unit, mark, { sex, age }) ??
    withInclusivity(null, null, null);
}

function yearsBetween(birthDate: string, day: string): number {
  return (Date.parse(day) - Date.parse(birthDate)) / (365.25 * 86_400_000);
}

function flagStatus(flag: string | null): string | null {
  if (flag === null) return null;
  return { H: "high", HH: "high", L: "low", LL: "low", N: "normal" }[flag] ?? null;
}
