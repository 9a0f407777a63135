import { mayReach } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { notFound } from "../platform/errors.ts";
import { findSession } from "./queries.ts";
import type { ChatSession } from "./table.ts";

/** The conversation, or 404: the same answer for a stranger's as for none. */
export async function requireSession(ctx: Context, id: string): Promise<ChatSession> {
  const session = await findSession(ctx.database, id);
  if (session === undefined || !mayReach(ctx.actor, session.user_id)) throw notFound("Chat session");
  return session;
}
