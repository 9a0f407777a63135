import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";

/** Reads the series a person named. Only `ingest` writes them. */

/** Unit by code of every series of the person's own. */
export async function customSeriesUnits(db: Database, userId: UserId): Promise<Map<string, string>> {
  const found = await rows<{ code: string; unit: string }>(
    db,
    sql`select code, unit from custom_series where user_no = (select no from "user" where id = ${userId})`,
  );
  return new Map(found.map(({ code, unit }) => [code, unit]));
}
