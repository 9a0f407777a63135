import { z } from "@hono/zod-openapi";
import { calendarDate, timestamp, uuid } from "../platform/scalars.ts";
import { qualitativeResults } from "./qualitative.ts";
import { type LabResult, loincStatuses, reviewReasons, reviewStatuses } from "./table.ts";

/** A laboratory result as the API shows it. */

export const LabResultRead = z.object({
  id: uuid,
  user_id: uuid,
  document_id: uuid.nullable(),
  test_name: z.string(),
  test_code: z.string().nullable().openapi({ description: "LOINC code" }),
  value: z.number().nullable().openapi({ description: "Null unless the result is a plain number" }),
  value_text: z.string().openapi({ description: "The result as printed or entered", example: "<0.41" }),
  comparator: z.enum(["<", "<=", ">", ">=", "~"]).nullable(),
  qualitative: z.enum(qualitativeResults).nullable().openapi({
    description: "What a result in words says, where it is one of the usual words",
  }),
  titre: z.int().nullable().openapi({ description: "80 for `1:80`" }),
  unit: z.string().openapi({ description: "As printed; empty for none" }),
  reference_min: z.number().nullable(),
  reference_max: z.number().nullable(),
  reference_min_inclusive: z.boolean().nullable().openapi({ description: "Whether the limit itself is in the range" }),
  reference_max_inclusive: z.boolean().nullable(),
  reference_text: z.string().nullable().openapi({
    description: "The reference range as printed, with all its variants",
  }),
  status: z.string().nullable().openapi({ example: "normal" }),
  flag: z.string().nullable().openapi({
    description: "What the report prints beside the value: H L HH LL N A CRIT R S I",
    example: "H",
  }),
  flag_printed: z.string().nullable().openapi({ description: "The same as printed" }),
  specimen: z.string().nullable().openapi({ description: "As far as the report names it", example: "urine" }),
  section: z.string().nullable().openapi({ description: "The heading above it, as printed" }),
  laboratory: z.string().nullable(),
  recorded_at: calendarDate.nullable().openapi({ description: "Null when the report names no date" }),
  page: z.int().nullable().openapi({ description: "Page of the document, from 1" }),
  box: z.array(z.number()).length(4).nullable().openapi({
    description: "Left, top, right, bottom on that page, in the page's units",
  }),
  found_by: z.enum(["rules", "model", "rules+model", "person"]).openapi({
    description: "Who read it; `person` when it was entered or corrected by hand",
  }),
  confidence: z.number().nullable().openapi({ description: "How sure the reader was, 0 to 1" }),
  needs_review: z.boolean().openapi({ description: "Whether a person should look at it" }),
  review_reasons: z.array(z.enum(reviewReasons)).openapi({ description: "Why; nothing is corrected silently" }),
  review_status: z.enum(reviewStatuses),
  reviewed_at: timestamp.nullable(),
  analyte: z.string().nullable().openapi({ description: "The test's id in the catalogue", example: "ferritin" }),
  loinc_status: z.enum(loincStatuses).nullable().openapi({
    description:
      "`auto_match`: the code is certain; `needs_review`: choose a candidate; `no_match`: not in the catalogue",
  }),
}).openapi("LabResultRead");

const TestCandidate = z.object({
  analyte: z.string(),
  loinc: z.string(),
  name: z.string(),
  score: z.number().openapi({ description: "0 to 1" }),
  reason: z.string().openapi({ example: "normalised" }),
}).openapi("TestCandidate");

export const DocumentResult = LabResultRead.extend({
  candidates: z.array(TestCandidate).openapi({ description: "What test it may be, best first, at most five" }),
  printed: z.object({
    test_name: z.string(),
    value_text: z.string(),
    unit: z.string(),
    reference_text: z.string().nullable(),
  }).nullable().openapi({ description: "What the reader had, where a person has corrected it" }),
}).openapi("DocumentResult");

export function showResult(row: LabResult): z.input<typeof LabResultRead> {
  const { document_position: _, created_at: __, updated_at: ___, candidates: ____, printed: _____, ...shown } = row;
  return {
    ...shown,
    box: row.box === null ? null : [...row.box],
    confidence: row.confidence === null ? null : Math.round(row.confidence * 100) / 100,
    qualitative: qualitativeResults.find((word) => word === row.qualitative) ?? null,
    review_reasons: [...row.review_reasons],
    reviewed_at: row.reviewed_at?.toISOString() ?? null,
  };
}

export function showDocumentResult(row: LabResult): z.input<typeof DocumentResult> {
  return {
    ...showResult(row),
    candidates: row.candidates.map((candidate) => ({ ...candidate })),
    printed: row.printed,
  };
}
