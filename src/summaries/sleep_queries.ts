import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import { arrayText } from "../timeseries/stale_days.ts";
import type { DayBounds } from "./cache_queries.ts";
import { userNo } from "./sample_queries.ts";

/** Statements that read nights. A night belongs to the local day on which it ends. */

export interface NightsPage extends DayBounds {
  readonly after: string | undefined;
  readonly descending: boolean;
  readonly limit: number;
}

export interface SessionRow {
  readonly day: string;
  readonly source_no: number;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  readonly zone_offset: number | null;
  readonly is_nap: boolean;
  readonly in_bed_seconds: number | null;
  readonly asleep_seconds: number | null;
  readonly light_seconds: number | null;
  readonly deep_seconds: number | null;
  readonly rem_seconds: number | null;
  readonly awake_seconds: number | null;
  readonly efficiency_percent: number | null;
}

const wakeDay = sql`(end_time at time zone 'UTC' + make_interval(mins => coalesce(zone_offset, 0)))::date`;

/** All sessions of the first `limit` days that have some, whoever recorded them: who wins is decided afterwards. */
export async function findSessions(
  db: Database,
  userId: UserId,
  { from, to, after, descending, limit }: NightsPage,
): Promise<SessionRow[]> {
  const direction = descending ? sql`desc` : sql`asc`;
  const beyond = after === undefined ? sql`true` : descending ? sql`day < ${after}::date` : sql`day > ${after}::date`;
  return await rows<SessionRow>(
    db,
    sql`
      with session as (
        select ${wakeDay} as day, s.*
        from sleep_session s
        where user_no = ${userNo(userId)}
          and end_time >= (${from}::date - 1)::timestamp at time zone 'UTC'
          and end_time < (${to}::date + 1)::timestamp at time zone 'UTC'
      ),
      page as (
        select distinct day
        from session
        where day >= ${from}::date
          and day < ${to}::date
          and ${beyond}
        order by day ${direction}
        limit ${limit}
      )
      select
        day::text as day, source_no, date_part('epoch', start_time) * 1000 as start,
        date_part('epoch', end_time) * 1000 as end, zone_offset, is_nap, in_bed_seconds, asleep_seconds,
        light_seconds, deep_seconds, rem_seconds, awake_seconds, efficiency_percent
      from session
      join page using (day)
      order by session.day ${direction}, start_time`,
  );
}

export interface NightRange {
  readonly day: string;
  readonly start: number;
  readonly end: number;
}

export interface NightLevelRow {
  readonly day: string;
  readonly series: number;
  readonly avg: number;
}

/**
 * Means of levels within each night. In each cell of `cellMs` only the best source that measured counts, and each cell
 * weighs the same, as `mergeLevels` and `levelOf` have it; `order` names the sources, the best first.
 */
export async function findNightLevels(
  db: Database,
  userId: UserId,
  nights: readonly NightRange[],
  series: readonly number[],
  order: readonly number[],
  cellMs: number,
): Promise<NightLevelRow[]> {
  if (nights.length === 0) return [];
  return await rows<NightLevelRow>(
    db,
    sql`
      with night as (
        select day, to_timestamp(start / 1000) as from_at, to_timestamp("end" / 1000) as to_at
        from jsonb_to_recordset(${JSON.stringify(nights)}::text::jsonb) as sent(day date, start float8, "end" float8)
      ),
      cell as (
        select night.day, r.series, r.source_no, s.cell, s.sum, s.count
        from night
        join recorded_series r
          on r.first_at < night.to_at
            and r.last_at >= night.from_at
        -- Summed up inside, so that each night is a range of the index and not a part of a join of everything.
        cross join lateral (
          select
            floor(date_part('epoch', recorded_at) * 1000 / ${cellMs}::int) as cell,
            sum(value) as sum, count(*) as count
          from sample
          where user_no = r.user_no
            and series = r.series
            and source_no = r.source_no
            and recorded_at >= night.from_at
            and recorded_at < night.to_at
          group by 1
        ) s
        where r.user_no = ${userNo(userId)}
          and r.series = any(${arrayText(series)}::smallint[])
      ),
      chosen as (
        select distinct on (day, series, cell) day, series, sum, count
        from cell
        order by day, series, cell, array_position(${arrayText(order)}::int[], source_no::int) nulls last, source_no
      )
      select day::text as day, series, avg(sum / count) as avg
      from chosen
      group by 1, 2`,
  );
}
