import { sql } from "drizzle-orm";
import { type Database, preparedRows } from "../platform/database.ts";

/** Local days whose summary or score no longer holds. Whoever changes measurements notes them in the same transaction. */

export type StaleThing = "summary" | "score";

/**
 * A mark that exists is written again, which locks it: a reader who is working it off must not finish without the rows
 * of this transaction. Summaries go before scores and days in order, so that two writers wait for each other instead of
 * for ever.
 *
 * Marks local days, `YYYY-MM-DD`, and the day after each: what was measured in the evening belongs to a night that is
 * counted on the day it ends.
 */
export async function markStaleDays(
  db: Database,
  userNo: number,
  days: Iterable<string>,
  what: readonly StaleThing[] = ["summary"],
): Promise<void> {
  const named = [...new Set(days)];
  if (named.length === 0 || what.length === 0) return;
  await preparedRows(
    db,
    sql`
    insert into stale_day (user_no, what, day)
    select distinct ${userNo}::int, what, day + later
    from unnest(${arrayText(named)}::date[]) as day,
      unnest(${arrayText(what)}::text[]) as what,
      unnest('{0,1}'::int[]) as later
    order by 2 desc, 3
    on conflict (user_no, what, day) do update
    set day = excluded.day`,
  );
}

/** A Postgres array of numbers or plain words as one parameter, because the driver binds each list element apart. */
export function arrayText(values: readonly (number | string | null)[]): string {
  return `{${values.map((value) => value ?? "null").join(",")}}`;
}
