import { sql } from "drizzle-orm";
import { type Database, rows } from "../platform/database.ts";

/**
 * When data of people last came in. Links to providers belong to a later slice, which this one must not know; it reads
 * their table only.
 */

export interface LastSync {
  readonly last_synced_at: string | null;
  readonly last_synced_provider: string | null;
  readonly has_active_connection: boolean;
}

/** For those who have a link, by the person's id. */
export async function lastSyncs(db: Database, userIds: readonly string[]): Promise<ReadonlyMap<string, LastSync>> {
  if (userIds.length === 0) return new Map();
  const found = await rows<LastSync & { user_id: string }>(
    db,
    sql`
      select distinct on (user_id)
        user_id,
        to_char(last_synced_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as last_synced_at,
        case when last_synced_at is not null then provider end as last_synced_provider,
        bool_or(status = 'active') over (partition by user_id) as has_active_connection
      from user_connection
      where user_id = any (${`{${userIds.join(",")}}`}::uuid[])
      order by user_id, user_connection.last_synced_at desc nulls last, provider`,
  );
  return new Map(found.map(({ user_id, ...sync }) => [user_id, sync]));
}
