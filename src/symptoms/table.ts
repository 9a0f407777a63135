import { integer, jsonb, pgTable, text, timestamp, uuid, varchar } from "drizzle-orm/pg-core";

/** What a person felt, and when. Constraints and indexes stand in `migrations/0005_symptoms.sql`. */

export const symptomEntries = pgTable("symptom_entry", {
  id: uuid().primaryKey(),
  user_id: uuid().notNull(),
  symptom_type: varchar().notNull(),
  severity: integer().notNull(),
  notes: text(),
  recorded_at: timestamp({ withTimezone: true }).notNull(),
  zone_offset: text().notNull().default("+00:00"),
  duration_minutes: integer(),
  triggers: jsonb().$type<readonly string[]>(),
  created_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

export type SymptomEntry = typeof symptomEntries.$inferSelect;
