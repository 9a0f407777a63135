import {
  boolean,
  date,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import type { Box } from "../documents/page.ts";

/**
 * Laboratory results as printed, and what people said about them. Constraints and indexes stand in
 * `migrations/0004_labs.sql` and `migrations/0013_lab_review.sql`.
 */

/**
 * Why a person should look at a result. `refused_unit`, `refused_range`: one was read that is not printed there, and was
 * left out. `flag_contradicts_range`: the printed flag says something else than value and range.
 */
export const reviewReasons = [
  "no_date",
  "implausible_value",
  "unit_of_wrong_dimension",
  "readers_disagree",
  "low_confidence",
  "ambiguous_code",
  "flag_contradicts_range",
  "refused_unit",
  "refused_range",
] as const;
export type ReviewReason = (typeof reviewReasons)[number];

export const loincStatuses = ["auto_match", "needs_review", "no_match"] as const;
export const reviewStatuses = ["unreviewed", "confirmed", "corrected"] as const;

/** A test of the catalogue that a result may be of. */
export interface CandidateTest {
  readonly analyte: string;
  readonly loinc: string;
  readonly name: string;
  /** 0 to 1 */
  readonly score: number;
  readonly reason: string;
}

/** What the reader had where a person has corrected it. */
export interface PrintedBefore {
  readonly test_name: string;
  readonly value_text: string;
  readonly unit: string;
  readonly reference_text: string | null;
}

export const labResults = pgTable("lab_result", {
  id: uuid().primaryKey(),
  user_id: uuid().notNull(),
  document_id: uuid(),
  document_position: integer(),
  test_name: varchar().notNull(),
  test_code: varchar(),
  value: numeric({ mode: "number" }),
  value_text: varchar().notNull(),
  comparator: text({ enum: ["<", "<=", ">", ">=", "~"] }),
  unit: varchar().notNull().default(""),
  reference_min: numeric({ mode: "number" }),
  reference_max: numeric({ mode: "number" }),
  reference_text: text(),
  status: varchar(),
  recorded_at: date({ mode: "string" }),
  page: integer(),
  box: jsonb().$type<Box>(),
  found_by: text({ enum: ["rules", "model", "rules+model", "person"] }).notNull(),
  created_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  updated_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  flag_printed: varchar(),
  flag: text(),
  qualitative: text(),
  titre: integer(),
  reference_min_inclusive: boolean(),
  reference_max_inclusive: boolean(),
  specimen: varchar(),
  section: varchar(),
  laboratory: varchar(),
  confidence: real(),
  review_reasons: text().array().$type<readonly ReviewReason[]>().notNull().default([]),
  /** Whether there is a reason; the database computes it. */
  needs_review: boolean().notNull().generatedAlwaysAs(sql`(cardinality(review_reasons) > 0)`),
  analyte: text(),
  loinc_status: text({ enum: loincStatuses }),
  candidates: jsonb().$type<readonly CandidateTest[]>().notNull().default([]),
  review_status: text({ enum: reviewStatuses }).notNull().default("unreviewed"),
  reviewed_at: timestamp({ withTimezone: true }),
  printed: jsonb().$type<PrintedBefore>(),
});

export type LabResult = typeof labResults.$inferSelect;

/** Results of documents that a person does not want; `id` is the one that the result had. */
export const labRejections = pgTable("lab_rejection", {
  id: uuid().primaryKey(),
  user_id: uuid().notNull(),
  document_id: uuid().notNull(),
  page: integer(),
  box: jsonb().$type<Box>(),
  test_name: varchar().notNull(),
  value_text: varchar().notNull(),
  unit: varchar().notNull(),
  created_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

export type LabRejection = typeof labRejections.$inferSelect;

/** What a laboratory's name for a test means to a person; an empty laboratory stands for any. */
export const labSynonyms = pgTable("lab_synonym", {
  user_id: uuid().notNull(),
  laboratory: varchar().notNull(),
  printed_name: varchar().notNull(),
  analyte: text().notNull(),
  updated_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
}, (table) => [primaryKey({ columns: [table.user_id, table.laboratory, table.printed_name] })]);
