import type { UserId } from "../accounts/access.ts";
import type { Database } from "../platform/database.ts";
import { heldPriorityOrder, priorityOrder } from "../sources/priority.ts";
import type { SourceOrder } from "../sources/priority.ts";
import { listDataSources } from "../sources/queries.ts";
import type { DataSource } from "../sources/table.ts";

/** A person's sources, the one that wins first. */
export async function rankedSources(db: Database, userId: UserId): Promise<DataSource[]> {
  return await ranked(db, userId, await priorityOrder(db));
}

async function ranked(db: Database, userId: UserId, order: SourceOrder): Promise<DataSource[]> {
  return (await listDataSources(db, userId)).sort((one, other) => order(one, other) || one.no - other.no);
}

/** Their numbers, as samples carry them. */
export async function sourceOrder(db: Database, userId: UserId): Promise<number[]> {
  return (await rankedSources(db, userId)).map(({ no }) => no);
}

/** The same for what is kept; to be called before the transaction locks anything else, see `heldPriorityOrder`. */
export async function heldSourceOrder(tx: Database, userId: UserId): Promise<number[]> {
  return (await ranked(tx, userId, await heldPriorityOrder(tx))).map(({ no }) => no);
}
