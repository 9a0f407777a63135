import { sql } from "drizzle-orm";
import { type Database, rows } from "../platform/database.ts";

/** Deletes what is kept by day and has become too old. */

/** Deletes archived days and vendors' totals up to `through` of one person; gives the days. */
export async function deleteDays(db: Database, userNo: number, through: string): Promise<string[]> {
  const gone = await rows<{ day: string }>(
    db,
    sql`
      with archived as (
        delete from sample_archive
        where user_no = ${userNo}::int and day <= ${through}::date
        returning day
      ),
      totals as (
        delete from daily_total
        where user_no = ${userNo}::int and day <= ${through}::date
        returning day
      )
      select day::text from archived
      union
      select day::text from totals`,
  );
  return gone.map(({ day }) => day);
}

/** People who have archived days or totals up to `day`. */
export async function peopleWithDays(db: Database, day: string): Promise<number[]> {
  const found = await rows<{ no: number }>(
    db,
    sql`
      select no from "user" u
      where exists (select from sample_archive a where a.user_no = u.no and a.day <= ${day}::date)
        or exists (select from daily_total t where t.user_no = u.no and t.day <= ${day}::date)
      order by no`,
  );
  return found.map(({ no }) => no);
}
