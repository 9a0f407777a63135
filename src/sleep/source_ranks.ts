import type { UserId } from "../accounts/access.ts";
import type { Database } from "../platform/database.ts";
import { priorityOrder } from "../sources/priority.ts";
import { sleepSources, type SourceRank } from "./queries.ts";

/** The person's sources of sleep, each with its place in the order of priorities. No two have the same. */
export async function sourceRanks(db: Database, userId: UserId): Promise<SourceRank[]> {
  const sources = await sleepSources(db, userId);
  const order = await priorityOrder(db);
  return sources.sort((a, b) => order(a, b) || a.no - b.no).map(({ no }, rank) => ({ source_no: no, rank }));
}
