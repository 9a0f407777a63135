import { mayReach } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { notFound } from "../platform/errors.ts";
import { findSymptom } from "./queries.ts";
import type { SymptomEntry } from "./table.ts";

/** The entry, or 404: the same answer for a stranger's as for none. */
export async function requireSymptom(ctx: Context, id: string): Promise<SymptomEntry> {
  const row = await findSymptom(ctx.database, id);
  if (row === undefined || !mayReach(ctx.actor, row.user_id)) throw notFound("Symptom");
  return row;
}
