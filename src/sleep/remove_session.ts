import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { notFound } from "../platform/errors.ts";
import { markStaleDays } from "../timeseries/stale_days.ts";
import type { NightSession } from "./absorb_in_bed.ts";
import { wakeDay } from "./build_session.ts";
import { lockUserNo } from "../accounts/queries.ts";
import { deleteSession } from "./queries.ts";
import { readNights, rebuildSessions } from "./rebuild_sessions.ts";
import { deleteStages } from "./session_queries.ts";

/**
 * Deletes a session and the stages it was built from, or the next piece that comes would bring it back; also what other
 * sources said about lying in bed, unless a session that stays tells it too. What is sent again as a whole does come
 * back, because nothing is kept of what was deleted.
 */
export async function removeSession(ctx: Context, userId: UserId, id: string): Promise<void> {
  await ctx.database.transaction(async (db) => {
    const userNo = await lockUserNo(db, userId);
    const session = userNo === undefined ? undefined : await deleteSession(db, userNo, id);
    if (userNo === undefined || session === undefined) throw notFound("Sleep session", id);
    const { source_no } = session;
    const [night] = await readNights(db, userNo, [session]);
    const isGone = (built: NightSession) =>
      built.source_no === source_no && built.start < session.end && built.end > session.start;
    const gone = night?.sessions.filter(isGone) ?? [];
    const kept = new Set(night?.sessions.filter((built) => !isGone(built)).flatMap(({ absorbed }) => absorbed));
    const lying = gone.flatMap(({ absorbed }) => absorbed).filter((absorbed) => !kept.has(absorbed));
    await deleteStages(
      db,
      userNo,
      [...gone, ...lying].map(({ source_no, reach }) => ({ source_no, from: reach.start, to: reach.end })),
    );
    const { days } = await rebuildSessions(db, userNo, [{ source_no, stages: [session], parts: [] }]);
    await markStaleDays(db, userNo, [wakeDay(session), ...days], ["summary", "score"]);
  });
}
