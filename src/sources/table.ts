import { integer, pgTable, smallint, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { DeviceType } from "./device_type.ts";

/** What measured, and who wins where they overlap. Constraints stand in `migrations/0008_measurements.sql`. */

const instant = (name: string) => timestamp(name, { withTimezone: true });

export const dataSources = pgTable("data_source", {
  id: uuid().primaryKey(),
  user_id: uuid().notNull(),
  user_no: integer().notNull(),
  no: smallint().notNull(),
  provider: text().notNull(),
  user_connection_id: uuid(),
  device_model: text(),
  software_version: text(),
  source: text(),
  device_type: text().$type<DeviceType>().notNull(),
  original_source_name: text(),
  created_at: instant("created_at").notNull().defaultNow(),
});

export type DataSource = typeof dataSources.$inferSelect;
