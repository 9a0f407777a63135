import { bigint, doublePrecision, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

/**
 * A person's links to providers, and what happened while data came in. Constraints, indexes and the trigger that wakes
 * streams stand in `migrations/0008_measurements.sql` and `migrations/0009_ways_in.sql`.
 */

export const syncSources = [
  "pull",
  "webhook",
  "sdk",
  "backfill",
  "xml_import",
  "linked_account",
  "file",
] as const;
export const syncStages = [
  "queued",
  "started",
  "fetching",
  "processing",
  "saving",
  "completed",
  "failed",
  "cancelled",
] as const;
export const syncStates = ["in_progress", "success", "partial", "failed", "cancelled", "skipped"] as const;
export const connectionStates = ["active", "revoked", "expired"] as const;

export type SyncSource = (typeof syncSources)[number];
export type SyncStage = (typeof syncStages)[number];
export type SyncState = (typeof syncStates)[number];

const instant = (name: string) => timestamp(name, { withTimezone: true });

export const userConnections = pgTable("user_connection", {
  id: uuid().primaryKey(),
  user_id: uuid().notNull(),
  provider: text().notNull(),
  provider_user_id: text(),
  provider_username: text(),
  scope: text(),
  status: text({ enum: connectionStates }).notNull(),
  last_synced_at: instant("last_synced_at"),
  created_at: instant("created_at").notNull().defaultNow(),
  updated_at: instant("updated_at").notNull().defaultNow(),
});

export const syncEvents = pgTable("sync_event", {
  event_id: uuid().primaryKey(),
  no: bigint({ mode: "number" }).generatedAlwaysAsIdentity(),
  run_id: text().notNull(),
  user_id: uuid().notNull(),
  provider: text().notNull(),
  source: text({ enum: syncSources }).notNull(),
  stage: text({ enum: syncStages }).notNull(),
  status: text({ enum: syncStates }).notNull(),
  message: text(),
  progress: doublePrecision(),
  items_processed: bigint({ mode: "number" }),
  items_total: bigint({ mode: "number" }),
  error: text(),
  primary_user_id: uuid(),
  metadata: jsonb().$type<Readonly<Record<string, unknown>>>().notNull().default({}),
  started_at: instant("started_at"),
  ended_at: instant("ended_at"),
  timestamp: instant("timestamp").notNull(),
});

export type UserConnection = typeof userConnections.$inferSelect;
export type SyncEvent = typeof syncEvents.$inferSelect;
