import { mayReach } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { notFound } from "../platform/errors.ts";
import { findSession } from "./queries.ts";
import type { ChatSession, ChatTurn } from "./table.ts";
import { findTurn } from "./turn_queries.ts";

/** The conversation, or 404: the same answer for a stranger's as for none. */
export async function requireSession(ctx: Context, id: string): Promise<ChatSession> {
  const session = await findSession(ctx.database, id);
  if (session === undefined || !mayReach(ctx.actor, session.user_id)) throw notFound("Chat session");
  return session;
}

/** How a message of the conversation came about, by the id of the answer or of its question; or 404. */
export async function requireTurn(ctx: Context, sessionId: string, messageId: string): Promise<ChatTurn> {
  const session = await requireSession(ctx, sessionId);
  const turn = await findTurn(ctx.database, session.id, messageId);
  if (turn === undefined) throw notFound("Chat message");
  return turn;
}
