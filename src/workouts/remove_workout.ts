import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { notFound } from "../platform/errors.ts";
import { markStaleDays } from "../timeseries/stale_days.ts";
import { deleteWorkout } from "./queries.ts";

/** Deletes a workout. It comes back when its source sends it again, because nothing is kept of what was deleted. */
export async function removeWorkout(ctx: Context, userId: UserId, id: string): Promise<void> {
  await ctx.database.transaction(async (db) => {
    const deleted = await deleteWorkout(db, userId, id);
    if (deleted === undefined) throw notFound("Workout", id);
    await markStaleDays(db, deleted.user_no, deleted.days);
  });
}
