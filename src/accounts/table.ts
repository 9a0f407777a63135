import { date, pgTable, text, timestamp, uuid, varchar } from "drizzle-orm/pg-core";

/**
 * Who calls, and whose data it is. Constraints and indexes stand in `migrations/0002_accounts.sql` and
 * `migrations/0007_sdk_access.sql`.
 */

const instant = (name: string) => timestamp(name, { withTimezone: true });

export const developers = pgTable("developer", {
  id: uuid().primaryKey(),
  email: varchar().notNull(),
  first_name: varchar(),
  last_name: varchar(),
  password_hash: text().notNull(),
  role: text({ enum: ["owner", "member"] }).notNull(),
  created_at: instant("created_at").notNull().defaultNow(),
  updated_at: instant("updated_at").notNull().defaultNow(),
});

export const users = pgTable("user", {
  id: uuid().primaryKey(),
  first_name: varchar(),
  last_name: varchar(),
  email: varchar(),
  external_user_id: varchar(),
  created_at: instant("created_at").notNull().defaultNow(),
});

export const apiKeys = pgTable("api_key", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  key_hash: text().notNull(),
  key_prefix: text().notNull(),
  scope: text({ enum: ["read", "write"] }).notNull(),
  user_id: uuid(),
  created_by: uuid(),
  expires_at: instant("expires_at"),
  last_used_at: instant("last_used_at"),
  created_at: instant("created_at").notNull().defaultNow(),
});

export const refreshTokens = pgTable("refresh_token", {
  id: uuid().primaryKey(),
  family_id: uuid().notNull(),
  token_hash: text().notNull(),
  token_type: text({ enum: ["developer", "sdk"] }).notNull(),
  developer_id: uuid(),
  user_id: uuid(),
  app_id: varchar(),
  created_at: instant("created_at").notNull().defaultNow(),
  expires_at: instant("expires_at").notNull(),
  replaced_at: instant("replaced_at"),
  revoked_at: instant("revoked_at"),
});

export const applications = pgTable("application", {
  id: uuid().primaryKey(),
  app_id: varchar().notNull(),
  app_secret_hash: text().notNull(),
  name: varchar().notNull(),
  developer_id: uuid().notNull(),
  created_at: instant("created_at").notNull().defaultNow(),
  updated_at: instant("updated_at").notNull().defaultNow(),
});

export const invitationCodes = pgTable("user_invitation_code", {
  id: uuid().primaryKey(),
  code_hash: text().notNull(),
  user_id: uuid().notNull(),
  created_by_id: uuid().notNull(),
  expires_at: instant("expires_at").notNull(),
  redeemed_at: instant("redeemed_at"),
  revoked_at: instant("revoked_at"),
  created_at: instant("created_at").notNull().defaultNow(),
});

export const personalRecords = pgTable("personal_record", {
  user_id: uuid().primaryKey(),
  birth_date: date({ mode: "string" }),
  sex: text({ enum: ["female", "male"] }),
  gender: text({ enum: ["female", "male", "nonbinary", "other"] }),
  updated_at: instant("updated_at").notNull().defaultNow(),
});

export type Developer = typeof developers.$inferSelect;
export type User = typeof users.$inferSelect;
export type ApiKey = typeof apiKeys.$inferSelect;
export type RefreshToken = typeof refreshTokens.$inferSelect;
export type Application = typeof applications.$inferSelect;
export type InvitationCode = typeof invitationCodes.$inferSelect;
export type PersonalRecord = typeof personalRecords.$inferSelect;
