import { asc, eq } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import type { Database } from "../platform/database.ts";
import { type DataSource, dataSources } from "./table.ts";

/** Statements on what measured. Sources are made by `ingest`, and go with a provider's data. */

/** In the order in which they first sent something. */
export async function listDataSources(db: Database, userId: UserId): Promise<DataSource[]> {
  return await db.select().from(dataSources).where(eq(dataSources.user_id, userId)).orderBy(asc(dataSources.no))
    .prepare("data_sources").execute();
}
