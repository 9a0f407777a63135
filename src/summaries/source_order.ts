import type { UserId } from "../accounts/access.ts";
import type { Database } from "../platform/database.ts";
import { priorityOrder } from "../sources/priority.ts";
import { listDataSources } from "../sources/queries.ts";
import type { DataSource } from "../sources/table.ts";

/** A person's sources, the one that wins first. */
export async function rankedSources(db: Database, userId: UserId): Promise<DataSource[]> {
  const order = await priorityOrder(db);
  return (await listDataSources(db, userId)).sort((one, other) => order(one, other) || one.no - other.no);
}

/** Their numbers, as samples carry them. */
export async function sourceOrder(db: Database, userId: UserId): Promise<number[]> {
  return (await rankedSources(db, userId)).map(({ no }) => no);
}
