import { date, integer, jsonb, numeric, pgTable, text, timestamp, uuid, varchar } from "drizzle-orm/pg-core";
import type { Box } from "../documents/page.ts";

/** Laboratory results as printed. Constraints and indexes stand in `migrations/0004_labs.sql`. */

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
});

export type LabResult = typeof labResults.$inferSelect;
