import { requireUser } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { notFound } from "../platform/errors.ts";
import { findImport } from "./queries.ts";
import type { ImportRun } from "./table.ts";

/** The import of this person, or 404. */
export async function requireImport(ctx: Context, userId: string, id: string): Promise<ImportRun> {
  const run = await findImport(ctx.database, await requireUser(ctx, userId), id);
  if (run === undefined) throw notFound("Import", id);
  return run;
}
