import {
  boolean,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";

import type { Grounding } from "./grounding.ts";

/**
 * Conversations with the assistant. Constraints and indexes stand in `migrations/0006_chat.sql` and
 * `0014_chat_turns.sql`.
 */

const instant = (name: string) => timestamp(name, { withTimezone: true });

export const chatSessions = pgTable("chat_session", {
  id: uuid().primaryKey(),
  user_id: uuid().notNull(),
  title: varchar(),
  created_at: instant("created_at").notNull().defaultNow(),
  last_activity_at: instant("last_activity_at").notNull().defaultNow(),
});

/** One call as it was made and answered; `result` is the JSON text that the model saw. */
export interface StoredToolCall {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly result: string;
}

/** Why an answer ends in the middle. The first stands in messages of earlier versions. */
export const interruptions = [
  "client disconnected",
  "cancelled",
  "server stopping",
  "server crashed",
  "context full",
  // The model said the same again and again.
  "repeating",
] as const;

export type Interruption = (typeof interruptions)[number];

/** How an assistant's message came about. Neither `interrupted` nor `error` means that it is complete. */
export interface MessageMetadata {
  readonly tool_calls: readonly StoredToolCall[];
  readonly interrupted?: Interruption;
  /** Why the model stopped in the middle: a code of `ModelProblem`, or `internal`. */
  readonly error?: string;
  /** How far the numbers and dates of a whole answer are in the record. */
  readonly grounding?: Grounding;
  /** The model was asked twice, and this is the better answer. */
  readonly corrected?: true;
}

export const chatMessages = pgTable("chat_message", {
  id: uuid().primaryKey(),
  session_id: uuid().notNull(),
  role: text({ enum: ["user", "assistant"] }).notNull(),
  content: text().notNull(),
  message_metadata: jsonb().$type<MessageMetadata>(),
  created_at: instant("created_at").notNull().defaultNow(),
});

/** One question and how its answer came about; the id is that of the answer's message. */
export const chatTurns = pgTable("chat_turn", {
  id: uuid().primaryKey(),
  session_id: uuid().notNull(),
  question_id: uuid().notNull(),
  idempotency_key: text(),
  status: text({ enum: ["running", "done", "error"] }).notNull().default("running"),
  cancel_asked: boolean().notNull().default(false),
  heartbeat_at: instant("heartbeat_at").notNull().defaultNow(),
  created_at: instant("created_at").notNull().defaultNow(),
});

/** What a turn told, in order. */
export const chatEvents = pgTable("chat_event", {
  turn_id: uuid().notNull(),
  seq: integer().notNull(),
  data: json().notNull(),
}, (table) => [primaryKey({ columns: [table.turn_id, table.seq] })]);

export type ChatSession = typeof chatSessions.$inferSelect;
export type ChatMessage = typeof chatMessages.$inferSelect;
export type ChatTurn = typeof chatTurns.$inferSelect;
