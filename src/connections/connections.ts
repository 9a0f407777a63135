import type { Database } from "../platform/database.ts";
import { findConnection, markSynced, upsertConnection } from "./queries.ts";

/** A person's links to providers: made by what comes in, ended by the person. */

/**
 * The link's id, for whoever stores data of this provider. It is made when there is none; data that comes in again
 * after the person had disconnected makes it active again. A person who is gone violates the foreign key (23503).
 */
export async function ensureConnection(db: Database, userId: string, provider: string): Promise<string> {
  const known = await findConnection(db, userId, provider);
  // Looked up first, so that batches of a phone do not write the row each time.
  if (known !== undefined && known.status !== "revoked") return known.id;
  return await upsertConnection(db, userId, provider);
}

/** Notes when data of this provider last came in; without a link it does nothing. */
export async function touchConnection(db: Database, userId: string, provider: string, at: Date): Promise<void> {
  await markSynced(db, userId, provider, at);
}
