import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import { type KnownOffsets, nearOffsetMs, tellingSeries } from "./offset_near.ts";
import { instant } from "./reading_sql.ts";
import { arrayText } from "./stale_days.ts";

/** The statement that finds out where a person was. */

/**
 * What samples of these and of the telling series, workouts and nights say of the range and a day around it, in
 * milliseconds since 1970; one row a quarter of an hour.
 */
export async function findOffsets(
  db: Database,
  userId: UserId,
  series: readonly number[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<KnownOffsets> {
  const userNo = sql`(select no from "user" where id = ${userId})`;
  const [first, last] = [instant(new Date(from - nearOffsetMs)), instant(new Date(to + nearOffsetMs))];
  return await rows(
    db,
    sql`
      with known as (
        select s.recorded_at as at, s.zone_offset
        from recorded_series r
        cross join lateral (
          select recorded_at, zone_offset
          from sample s
          where s.user_no = r.user_no
            and s.series = r.series
            and s.source_no = r.source_no
            and s.recorded_at >= ${first}
            and s.recorded_at < ${last}
            and s.zone_offset is not null
          -- Keeps the planner from joining all of a person's samples.
          offset 0
        ) s
        where r.user_no = ${userNo}
          and r.series = any(${arrayText([...new Set([...series, ...tellingSeries])])}::smallint[])
          and r.first_at < ${last}
          and r.last_at >= ${first}
        union all
        select start_time, zone_offset
        from workout
        where user_no = ${userNo}
          and start_time >= ${first}
          and start_time < ${last}
          and zone_offset is not null
        union all
        select end_time, zone_offset
        from sleep_session
        where user_no = ${userNo}
          and end_time >= ${first}
          and end_time < ${last}
          and zone_offset is not null
      )
      select floor(date_part('epoch', at) / 900) * 900000 as at, min(zone_offset) as zone_offset
      from known
      group by 1
      order by 1`,
  );
}
