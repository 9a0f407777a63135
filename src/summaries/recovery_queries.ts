import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import { arrayText } from "../timeseries/stale_days.ts";
import type { DayBounds } from "./cache_queries.ts";
import { userNo } from "./sample_queries.ts";

const dayOf = (instant: string) =>
  sql.raw(`(${instant} at time zone 'UTC' + make_interval(mins => coalesce(zone_offset, 0)))::date`);

/** Local days on which there is something, and instants of which nobody has said where they were. */
export interface RecoveryDays {
  readonly days: readonly string[];
  /** Milliseconds since 1970, one a quarter of an hour. */
  readonly unplaced: readonly number[];
}

/** The local days with a recovery score, a night's sleep or a sample of these series. */
export async function findRecoveryDays(
  db: Database,
  userId: UserId,
  series: readonly number[],
  { from, to }: DayBounds,
): Promise<RecoveryDays> {
  const begin = sql`((${from}::date - 1)::timestamp at time zone 'UTC')`;
  const end = sql`((${to}::date + 1)::timestamp at time zone 'UTC')`;
  const found = await rows<{ day: string | null; at: number | null }>(
    db,
    sql`
      with found as (
        select ${dayOf("recorded_at")} as day, null::float8 as at
        from health_score
        where user_no = ${userNo(userId)}
          and category = 'recovery'
          and recorded_at >= ${begin}
          and recorded_at < ${end}
        union all
        select ${dayOf("end_time")}, null
        from sleep_session
        where user_no = ${userNo(userId)}
          and end_time >= ${begin}
          and end_time < ${end}
          and not is_nap
        union all
        select
          case when zone_offset is not null then ${dayOf("s.recorded_at")} end,
          case when zone_offset is null then floor(date_part('epoch', s.recorded_at) / 900) * 900000 end
        from recorded_series r
        cross join lateral (
          select recorded_at, zone_offset
          from sample
          where user_no = r.user_no
            and series = r.series
            and source_no = r.source_no
            and recorded_at >= ${begin}
            and recorded_at < ${end}
          -- Keeps the planner from joining all of a person's samples.
          offset 0
        ) s
        where r.user_no = ${userNo(userId)}
          and r.series = any(${arrayText(series)}::smallint[])
          and r.first_at < ${end}
          and r.last_at >= ${begin}
        union all
        select day, null
        from sample_archive
        where user_no = ${userNo(userId)}
          and series = any(${arrayText(series)}::smallint[])
          and day >= ${from}::date
          and day < ${to}::date
      )
      select distinct day::text as day, at
      from found
      where at is not null
        or (day >= ${from}::date and day < ${to}::date)`,
  );
  return { days: found.flatMap(({ day }) => day ?? []), unplaced: found.flatMap(({ at }) => at ?? []) };
}

/** The first and last day on which there may be any of it; null without anything. */
export async function findRecoverySpan(
  db: Database,
  userId: UserId,
  series: readonly number[],
): Promise<{ first: string; last: string } | null> {
  const [span] = await rows<{ first: string | null; last: string | null }>(
    db,
    sql`
      select (min(first) - 1)::text as first, (max(last) + 2)::text as last
      from (
        select min(recorded_at)::date as first, max(recorded_at)::date as last
        from health_score
        where user_no = ${userNo(userId)}
        union all
        select min(end_time)::date, max(end_time)::date from sleep_session where user_no = ${userNo(userId)}
        union all
        select min(first_at)::date, max(last_at)::date
        from recorded_series
        where user_no = ${userNo(userId)}
          and series = any(${arrayText(series)}::smallint[])
        union all
        select min(day), max(day)
        from sample_archive
        where user_no = ${userNo(userId)}
          and series = any(${arrayText(series)}::smallint[])
      ) known`,
  );
  return span?.first && span.last ? { first: span.first, last: span.last } : null;
}
