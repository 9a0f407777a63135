import type { Context } from "../platform/context.ts";
import type { Database } from "../platform/database.ts";
import { AppError, notFound, violatedConstraint } from "../platform/errors.ts";
import { endOrphan } from "./end_turn.ts";
import { findMessage } from "./queries.ts";
import { remember, type Remembered } from "./remember.ts";
import type { ChatMessage, ChatSession } from "./table.ts";
import { findRunningTurn, findTurnByKey, insertTurn } from "./turn_queries.ts";

/** The beginning of a turn: its question and its place in the conversation, stored together. */

export interface Turn {
  /** Of the answer's message. */
  readonly id: string;
  readonly session: ChatSession;
  readonly question: ChatMessage;
  /** Whether its readers want to see what the model thinks. */
  readonly thinking: boolean;
  readonly remembered: Promise<Remembered>;
}

/** A turn that was started before, whoever runs it. */
export type KnownTurn = Pick<Turn, "id" | "session">;

export interface NewQuestion {
  readonly content: string;
  readonly thinking: boolean;
  /** The same key with the same words is the same question, however often it is sent. */
  readonly idempotencyKey: string | null;
}

/**
 * Stores the question, which also names a conversation that has no title. `known`: this key came before, and its turn is
 * given.
 *
 * Throws `conflict` while the conversation still answers, and `unprocessable` for a key that came with other words.
 */
export async function startTurn(
  ctx: Context,
  session: ChatSession,
  { content, thinking, idempotencyKey }: NewQuestion,
): Promise<{ readonly turn: Turn; readonly known: false } | { readonly turn: KnownTurn; readonly known: true }> {
  const letters = Array.from(content);
  const title = letters.slice(0, 50).join("") + (letters.length > 50 ? "..." : "");
  for (let attempt = 1;; attempt++) {
    const ids = { id: crypto.randomUUID(), session_id: session.id, question_id: crypto.randomUUID() };
    const asked = { ...ids, idempotency_key: idempotencyKey };
    const remembered = remember(ctx, session);
    // Whoever runs the turn hears of a failure; a question that is refused needs no memory.
    remembered.catch(() => {});
    try {
      const question = await insertTurn(ctx.database, asked, content, title);
      if (question === undefined) throw notFound("Chat session");
      return { turn: { id: ids.id, session, question, thinking, remembered }, known: false };
    } catch (error) {
      if (!turnIndexes.has(violatedConstraint(error) ?? "")) throw error;
    }
    const known = idempotencyKey === null ? undefined : await knownTurn(ctx.database, session, idempotencyKey, content);
    if (known !== undefined) return { turn: known, known: true };
    await requireQuiet(ctx, session.id, attempt);
  }
}

const turnIndexes = new Set(["chat_turn_running_idx", "chat_turn_idempotency_idx"]);

async function knownTurn(
  db: Database,
  session: ChatSession,
  key: string,
  content: string,
): Promise<KnownTurn | undefined> {
  const found = await findTurnByKey(db, session.id, key);
  if (found === undefined) return undefined;
  const question = await findMessage(db, session.id, found.question_id);
  if (question === undefined) return undefined;
  if (question.content !== content) {
    throw new AppError("unprocessable", "This Idempotency-Key came with another message; use a new key");
  }
  return { id: found.id, session };
}

/** One turn at a time. One whose process has died ends first; one that ended in this moment does not count. */
async function requireQuiet(ctx: Context, sessionId: string, attempt: number): Promise<void> {
  const running = await findRunningTurn(ctx.database, sessionId);
  if (attempt < 3) {
    if (running === undefined) return;
    if (running.orphaned && await endOrphan(ctx, running.id)) return;
  }
  throw new AppError(
    "conflict",
    "This conversation is still answering; " +
      (running === undefined ? "try again" : `follow or cancel message ${running.id}, or wait for its end`),
    { retryAfterSeconds: 5 },
  );
}
