import { sql } from "drizzle-orm";
import { rows } from "../../src/platform/database.ts";
import { until } from "./wait.ts";
import type { World } from "./world.ts";

/** Resolves when a statement of this world waits for a lock that another transaction holds. */
export async function waitForLock(world: World): Promise<void> {
  await until(async () => {
    const waiting = await rows(
      world.ctx.database,
      sql`
        select 1
        from pg_stat_activity
        where datname = current_database()
          and wait_event_type = 'Lock'`,
    );
    return waiting.length > 0;
  });
}
