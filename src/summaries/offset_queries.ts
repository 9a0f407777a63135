import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import { instant } from "../timeseries/reading_sql.ts";
import { userNo } from "./sample_queries.ts";

/** The statement that finds out where a person is. */

/**
 * Where the person was last, as a measurement up to `now` says, else what they noted of symptoms: minutes east of UTC,
 * or null. Notes come second, because who sends them may write every time in UTC.
 */
export async function newestOffset(db: Database, userId: UserId, now: Date): Promise<number | null> {
  const no = userNo(userId);
  const [newest] = await rows<{ zone_offset: number }>(
    db,
    sql`
      select zone_offset
      from (
        select 1 as rank, s.recorded_at as at, s.zone_offset
        from recorded_series r
        cross join lateral (
          select recorded_at, zone_offset
          from sample
          where user_no = r.user_no
            and series = r.series
            and source_no = r.source_no
            and recorded_at <= ${instant(now)}
          order by recorded_at desc
          limit 1
        ) s
        where r.user_no = ${no}
        union all
        (
          select 1, end_time, zone_offset
          from sleep_session
          where user_no = ${no}
            and end_time <= ${instant(now)}
          order by end_time desc
          limit 1
        )
        union all
        (
          select 1, start_time, zone_offset
          from workout
          where user_no = ${no}
            and start_time <= ${instant(now)}
          order by start_time desc
          limit 1
        )
        union all
        (
          select 2, recorded_at, (extract(epoch from zone_offset::interval) / 60)::int
          from symptom_entry
          where user_id = ${userId}
            and recorded_at <= ${instant(now)}
          order by recorded_at desc
          limit 1
        )
      ) measured
      where zone_offset is not null
      order by rank, at desc
      limit 1`,
  );
  return newest?.zone_offset ?? null;
}
