import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import type { Position } from "../platform/paging.ts";
import { type ChatMessage, chatMessages, type ChatSession, chatSessions, type MessageMetadata } from "./table.ts";

/** Every statement on conversations and their messages. */

export async function findSession(db: Database, id: string): Promise<ChatSession | undefined> {
  return (await db.select().from(chatSessions).where(eq(chatSessions.id, id)))[0];
}

export interface PageWanted {
  readonly limit: number;
  readonly after: Position | undefined;
}

/** The person's conversations, the one used last first. */
export async function listSessions(db: Database, userId: UserId, wanted: PageWanted): Promise<ChatSession[]> {
  const { last_activity_at, id, user_id } = chatSessions;
  return await db.select().from(chatSessions)
    .where(and(eq(user_id, userId), behind(sql`(${last_activity_at}, ${id})`, wanted.after)))
    .orderBy(desc(last_activity_at), desc(id))
    .limit(wanted.limit);
}

export async function insertSession(db: Database, userId: UserId, title: string | null): Promise<ChatSession> {
  const [session] = await db.insert(chatSessions).values({ id: crypto.randomUUID(), user_id: userId, title })
    .returning();
  if (session === undefined) throw new Error("The statement returned no row");
  return session;
}

/** Deletes the conversation and, by cascade, its messages. */
export async function deleteSession(db: Database, id: string): Promise<void> {
  await db.delete(chatSessions).where(eq(chatSessions.id, id));
}

/** Messages of a conversation, newest first; with `after` those older than this position. */
export async function listMessages(db: Database, sessionId: string, wanted: PageWanted): Promise<ChatMessage[]> {
  const { created_at, id, session_id } = chatMessages;
  return await db.select().from(chatMessages)
    .where(and(eq(session_id, sessionId), behind(sql`(${created_at}, ${id})`, wanted.after)))
    .orderBy(desc(created_at), desc(id))
    .limit(wanted.limit);
}

function behind(columns: SQL, position: Position | undefined): SQL | undefined {
  return position && sql`${columns} < (${position.at}::timestamptz, ${position.id}::uuid)`;
}

export async function findMessage(db: Database, sessionId: string, id: string): Promise<ChatMessage | undefined> {
  return (await db.select().from(chatMessages)
    .where(and(eq(chatMessages.session_id, sessionId), eq(chatMessages.id, id))))[0];
}

/** Locks the conversation's row until the transaction ends; false when it was deleted meanwhile. */
export async function lockSession(db: Database, id: string): Promise<boolean> {
  const found = await db.select({ id: chatSessions.id }).from(chatSessions).where(eq(chatSessions.id, id)).for(
    "update",
  );
  return found.length > 0;
}

export interface NewMessage {
  /** Chosen by the database's caller where it must be known before; otherwise a new one. */
  readonly id?: string;
  readonly role: ChatMessage["role"];
  readonly content: string;
  readonly metadata: MessageMetadata | null;
  /** Given to a conversation that has no title yet. */
  readonly title: string | null;
}

/**
 * Adds a message at the end; undefined when the conversation was deleted meanwhile.
 *
 * The conversation's row is locked first and each message gets a later millisecond than the one before, so that the
 * order is that of storing, and a cursor made of milliseconds is exact.
 */
export async function addMessage(
  db: Database,
  sessionId: string,
  { id = crypto.randomUUID(), role, content, metadata, title }: NewMessage,
): Promise<ChatMessage | undefined> {
  const [message] = await rows<MessageRow>(
    db,
    sql`
      with session as (${touchedSession(sessionId, title)})
      insert into chat_message (id, session_id, role, content, message_metadata, created_at)
      select ${id}::uuid, session.id, ${role}, ${content}, ${metadata && JSON.stringify(metadata)}::jsonb,
        next_chat_message_at(session.id)
      from session
      returning ${messageColumns}`,
  );
  return message && readMessage(message);
}

/** Marks the conversation as used now and gives it a title if it has none; its row stays locked. */
export function touchedSession(id: string, title: string | null): SQL {
  return sql`
    update chat_session
    set last_activity_at = clock_timestamp(), title = coalesce(title, ${title})
    where id = ${id}::uuid
    returning id`;
}

export type MessageRow = Omit<ChatMessage, "created_at"> & { readonly created_at: string };

export const messageColumns = sql.raw(
  "id, session_id, role, content, message_metadata, created_at::text as created_at",
);

export function readMessage(row: MessageRow): ChatMessage {
  return { ...row, created_at: new Date(row.created_at) };
}
