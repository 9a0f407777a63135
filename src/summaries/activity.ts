import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { type DayBounds, type DaysPage, findDays, type FoundDays } from "./cache_queries.ts";
import { computeStaleDays } from "./compute_days.ts";

/** A person's activity by local day, brought up to date where it is read. */

/**
 * Rows of the page in its order, and the sources that they name; undefined when there is no such person. Only as many
 * stale days are computed as the page needs.
 */
export async function readActivity(ctx: Context, userId: UserId, page: DaysPage): Promise<FoundDays | undefined> {
  const found = await findDays(ctx.database, userId, page);
  if (found === undefined || !found.stale) return found;
  const { descending, limit } = page;
  await computeStaleDays(ctx, userId, behind(page), {
    descending,
    async enough(reached) {
      const { days = [] } = await findDays(ctx.database, userId, page) ?? {};
      const furthest = days.at(-1)?.day;
      if (furthest === undefined || days.length < limit) return false;
      return descending ? furthest >= reached : furthest < reached;
    },
  });
  return await findDays(ctx.database, userId, page);
}

/** The part of the range that the page can show. */
function behind({ from, to, after, descending }: DaysPage): DayBounds {
  if (after === undefined) return { from, to };
  return descending ? { from, to: after.day < to ? after.day : to } : { from: after.day > from ? after.day : from, to };
}
