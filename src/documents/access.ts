import { mayReach } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { notFound } from "../platform/errors.ts";
import { findDocument } from "./queries.ts";
import type { Document } from "./table.ts";

/** The document, or 404: the same answer for a stranger's as for none. */
export async function requireDocument(ctx: Context, id: string): Promise<Document> {
  const document = await findDocument(ctx.database, id);
  if (document === undefined || !mayReach(ctx.actor, document.user_id)) throw notFound("Document");
  return document;
}
