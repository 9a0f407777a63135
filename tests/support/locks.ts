import { sql } from "drizzle-orm";
import { rows } from "../../src/platform/database.ts";
import { waitFor } from "./wait.ts";
import type { World } from "./world.ts";

/** Resolves when a statement in this world's database waits for a lock that another transaction holds. */
export async function waitForLock(world: World): Promise<void> {
  await waitFor("a statement that waits for a lock", async () => {
    const waiting = await rows(
      world.ctx.database,
      sql`
        select 1
        from pg_stat_activity
        where datname = current_database()
          and wait_event_type = 'Lock'`,
    );
    return waiting.length > 0 ? true : undefined;
  });
}
