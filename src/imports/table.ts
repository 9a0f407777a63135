import { bigint, doublePrecision, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Provider } from "../sources/provider_table.ts";
import type { ImportKind, RunCounts } from "./importers.ts";

/** Files that are being imported or were. Constraints and indexes stand in `migrations/0009_ways_in.sql`. */

export const importStatuses = ["queued", "running", "completed", "failed", "cancelled"] as const;

export type ImportStatus = (typeof importStatuses)[number];

export const importRuns = pgTable("import_run", {
  id: uuid().primaryKey(),
  run_id: text().notNull(),
  user_id: uuid().notNull(),
  kind: text().$type<ImportKind>().notNull(),
  provider: text().$type<Provider>().notNull(),
  /** Null when the import has ended: the file is gone. */
  file_id: uuid(),
  file_name: text(),
  file_size: bigint({ mode: "number" }),
  status: text({ enum: importStatuses }).notNull(),
  checkpoint: jsonb(),
  counts: jsonb().$type<Partial<RunCounts>>().notNull().default({}),
  progress: doublePrecision().notNull().default(0),
  cancel_requested_at: timestamp({ withTimezone: true }),
  error: text(),
  created_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  started_at: timestamp({ withTimezone: true }),
  ended_at: timestamp({ withTimezone: true }),
});

export type ImportRun = typeof importRuns.$inferSelect;
