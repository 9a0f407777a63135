import { jsonb, pgTable, text, timestamp, uuid, varchar } from "drizzle-orm/pg-core";

/** Conversations with the assistant. Constraints and indexes stand in `migrations/0006_chat.sql`. */

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

/** How an assistant's message came about. Neither `interrupted` nor `error` means that it is complete. */
export interface MessageMetadata {
  readonly tool_calls: readonly StoredToolCall[];
  readonly interrupted?: "client disconnected" | "server stopping" | "context full";
  /** Why the model stopped in the middle: a code of `ModelProblem`, or `internal`. */
  readonly error?: string;
}

export const chatMessages = pgTable("chat_message", {
  id: uuid().primaryKey(),
  session_id: uuid().notNull(),
  role: text({ enum: ["user", "assistant"] }).notNull(),
  content: text().notNull(),
  message_metadata: jsonb().$type<MessageMetadata>(),
  created_at: instant("created_at").notNull().defaultNow(),
});

export type ChatSession = typeof chatSessions.$inferSelect;
export type ChatMessage = typeof chatMessages.$inferSelect;
