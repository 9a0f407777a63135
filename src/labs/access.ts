import { mayReach } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { notFound } from "../platform/errors.ts";
import { findLabResult } from "./queries.ts";
import type { LabResult } from "./table.ts";

/** The result, or 404: the same answer for a stranger's as for none. */
export async function requireLabResult(ctx: Context, id: string): Promise<LabResult> {
  return reachable(ctx, await findLabResult(ctx.database, id));
}

/** `row` if there is one and this actor may know about it. */
export function reachable(ctx: Context, row: LabResult | undefined): LabResult {
  if (row === undefined || !mayReach(ctx.actor, row.user_id)) throw notFound("Lab result");
  return row;
}
