import { requireUser } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import { enqueue } from "../platform/jobs.ts";
import { findStalePeople } from "./cache_queries.ts";
import { computeStaleDays } from "./compute_days.ts";
import { summarizeDays } from "./jobs.ts";

/** Computes stale days before somebody reads them, so that the first look after a long import is quick. */
export async function summarizeStaleDays(
  ctx: Context,
  { user_id }: { readonly user_id?: string | undefined },
  signal: AbortSignal,
): Promise<void> {
  if (user_id !== undefined) return await summarizePerson(ctx, user_id, signal);
  for (const id of await findStalePeople(ctx.database)) await enqueue(ctx.database, summarizeDays, { user_id: id });
}

/** The same for everybody at once: what is archived afterwards can no longer be merged interval by interval. */
export async function summarizeEverybody(ctx: Context, signal: AbortSignal): Promise<void> {
  for (const id of await findStalePeople(ctx.database)) await summarizePerson(ctx, id, signal);
}

async function summarizePerson(ctx: Context, userId: string, signal: AbortSignal): Promise<void> {
  try {
    await computeStaleDays(ctx, await requireUser(ctx, userId), undefined, { descending: true }, signal);
  } catch (error) {
    // The person was deleted meanwhile.
    if (!(error instanceof AppError && error.code === "not_found")) throw error;
  }
}
