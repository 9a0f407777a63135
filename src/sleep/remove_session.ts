import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { notFound } from "../platform/errors.ts";
import { markStaleDays } from "../timeseries/stale_days.ts";
import { wakeDay } from "./build_session.ts";
import { deleteSession, lockUserNo } from "./queries.ts";
import { readNights } from "./rebuild_sessions.ts";
import { deleteStages } from "./session_queries.ts";

/**
 * Deletes a session and the stages it was built from, or the next piece that comes would bring it back. What is sent
 * again as a whole does come back, because nothing is kept of what was deleted.
 */
export async function removeSession(ctx: Context, userId: UserId, id: string): Promise<void> {
  await ctx.database.transaction(async (db) => {
    const userNo = await lockUserNo(db, userId);
    const session = userNo === undefined ? undefined : await deleteSession(db, userNo, id);
    if (userNo === undefined || session === undefined) throw notFound("Sleep session", id);
    const nights = await readNights(db, userNo, [session]);
    const built = nights.get(session.source_no)?.sessions
      .filter(({ start, end }) => start < session.end && end > session.start) ?? [];
    await deleteStages(
      db,
      userNo,
      built.map(({ reach }) => ({ source_no: session.source_no, from: reach.start, to: reach.end })),
    );
    await markStaleDays(db, userNo, [wakeDay(session)], ["summary", "score"]);
  });
}
