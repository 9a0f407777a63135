import {
  bigint,
  customType,
  date,
  integer,
  jsonb,
  pgTable,
  real,
  text,
  timestamp,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import type { Line, PageSource, PageView } from "./page.ts";
import type { UnreadableCode } from "./unreadable.ts";

/** Uploaded documents and the pages read from them. Constraints stand in `migrations/0003_documents.sql` and `0013_lab_review.sql`. */

export const documentStatuses = ["pending", "parsing", "parsed", "extracting", "completed", "failed"] as const;

export const documents = pgTable("medical_document", {
  id: uuid().primaryKey(),
  user_id: uuid().notNull(),
  title: varchar().notNull(),
  document_type: varchar().notNull(),
  file_id: uuid().notNull(),
  file_name: varchar(),
  file_type: varchar().notNull(),
  file_size: bigint({ mode: "number" }).notNull(),
  content_hash: text().notNull(),
  document_date: date({ mode: "string" }),
  status: text({ enum: documentStatuses }).notNull(),
  status_reason: text(),
  page_count: integer(),
  raw_text: text(),
  parsed_data: jsonb(),
  results_refused: integer().notNull().default(0),
  created_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

export const documentPages = pgTable("document_page", {
  document_id: uuid().notNull(),
  number: integer().notNull(),
  width: real().notNull(),
  height: real().notNull(),
  source: text().$type<PageSource>().notNull(),
  lines: jsonb().$type<readonly Line[]>().notNull(),
  view: jsonb().$type<PageView>(),
});

/** Drawn pages, kept for a day; either the picture or why there is none. */
export const pageImages = pgTable("page_image", {
  document_id: uuid().notNull(),
  page: integer().notNull(),
  width: integer().notNull(),
  png: customType<{ data: Uint8Array }>({ dataType: () => "bytea" })(),
  problem: text().$type<UnreadableCode>(),
  created_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

export type Document = typeof documents.$inferSelect;
export type DocumentStatus = (typeof documentStatuses)[number];
