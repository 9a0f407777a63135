import { type SQL, sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import { arrayText } from "../timeseries/stale_days.ts";

/** Statements that read measurements for summaries. Each looks only at the series, sources and time it needs. */

/** In milliseconds since 1970, the end exclusive. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

export interface AmountRow {
  readonly series: number;
  readonly source_no: number;
  readonly at: number;
  readonly value: number;
  readonly duration_seconds: number;
  readonly zone_offset: number | null;
}

/** As long as a sample may last, see `Batch`. */
const longestSeconds = 100_000;

/** The person's short key, looked up once a statement. */
export const userNo = (userId: UserId) => sql`(select no from "user" where id = ${userId})`;

const instant = (at: number) => sql`to_timestamp(${at / 1000}::float8)`;
const milliseconds = (column: SQL) => sql`date_part('epoch', ${column}) * 1000`;

/** What is recorded of some series, as ranges of the key of `sample`: `s` is the sample. */
function samplesOf(userId: UserId, series: readonly number[], from: SQL, to: SQL): SQL {
  return sql`
    from recorded_series r
    cross join lateral (
      select *
      from sample s
      where s.user_no = r.user_no
        and s.series = r.series
        and s.source_no = r.source_no
        and s.recorded_at >= ${from}
        and s.recorded_at < ${to}
      -- Keeps the planner from joining all of a person's samples.
      offset 0
    ) s
    where r.user_no = ${userNo(userId)}
      and r.series = any(${arrayText(series)}::smallint[])
      and r.first_at < ${to}
      and r.last_at >= ${from}`;
}

/** Samples of additive series that touch the range. */
export async function findAmounts(
  db: Database,
  userId: UserId,
  series: readonly number[],
  { from, to }: TimeRange,
): Promise<AmountRow[]> {
  return await rows<AmountRow>(
    db,
    sql`
      select s.series, s.source_no, ${
      milliseconds(sql`s.recorded_at`)
    } as at, s.value, s.duration_seconds, s.zone_offset
      ${samplesOf(userId, series, instant(from - longestSeconds * 1000), instant(to))}
        and (s.recorded_at >= ${instant(from)} or s.recorded_at + make_interval(secs => s.duration_seconds) > ${
      instant(from)
    })`,
  );
}

export interface LevelRow {
  readonly series: number;
  readonly source_no: number;
  /** The start of a minute. */
  readonly at: number;
  readonly zone_offset: number | null;
  readonly sum: number;
  readonly count: number;
  readonly min: number;
  readonly max: number;
}

/** Samples of levels, those of one minute put together. */
export async function findLevels(
  db: Database,
  userId: UserId,
  series: readonly number[],
  { from, to }: TimeRange,
): Promise<LevelRow[]> {
  return await rows<LevelRow>(
    db,
    sql`
      select
        s.series, s.source_no, floor(date_part('epoch', s.recorded_at) / 60) * 60000 as at, s.zone_offset,
        sum(s.value) as sum, count(*)::int as count, min(s.value) as min, max(s.value) as max
      ${samplesOf(userId, series, instant(from), instant(to))}
      group by 1, 2, 3, 4
      order by 3`,
  );
}

export interface DayTotalRow {
  readonly series: number;
  readonly source_no: number;
  readonly day: string;
  readonly value: number;
}

/** Vendors' totals of local days, `YYYY-MM-DD`, both inclusive. */
export async function findTotals(
  db: Database,
  userId: UserId,
  series: readonly number[],
  days: { readonly first: string; readonly last: string },
): Promise<DayTotalRow[]> {
  return await rows<DayTotalRow>(
    db,
    sql`
      select t.series, t.source_no, t.day::text as day, t.value
      ${dayRowsOf(sql`daily_total`, userId, series, days)}`,
  );
}

export interface ArchivedDayRow {
  readonly series: number;
  readonly source_no: number;
  readonly day: string;
  readonly sum: number;
  readonly count: number;
  readonly min: number;
  readonly max: number;
}

/** Local days of which only sums are kept. */
export async function findArchivedDays(
  db: Database,
  userId: UserId,
  series: readonly number[],
  days: { readonly first: string; readonly last: string },
): Promise<ArchivedDayRow[]> {
  return await rows<ArchivedDayRow>(
    db,
    sql`
      select
        t.series, t.source_no, t.day::text as day, t.value_sum as sum, t.sample_count::int as count,
        t.value_min as min, t.value_max as max
      ${dayRowsOf(sql`sample_archive`, userId, series, days)}`,
  );
}

function dayRowsOf(
  table: SQL,
  userId: UserId,
  series: readonly number[],
  { first, last }: { readonly first: string; readonly last: string },
): SQL {
  return sql`
    from data_source d
    cross join unnest(${arrayText(series)}::smallint[]) as wanted(series)
    join ${table} t
      on t.user_no = d.user_no
        and t.series = wanted.series
        and t.source_no = d.no
        and t.day between ${first}::date and ${last}::date
    where d.user_no = ${userNo(userId)}`;
}

export interface ClimbRow {
  readonly source_no: number;
  readonly start: number;
  readonly end: number;
  readonly zone_offset: number | null;
  readonly meters: number;
}

/** Workouts that ended within the range and climbed. */
export async function findClimbs(db: Database, userId: UserId, { from, to }: TimeRange): Promise<ClimbRow[]> {
  return await rows<ClimbRow>(
    db,
    sql`
      select
        source_no, ${milliseconds(sql`start_time`)} as start, ${milliseconds(sql`end_time`)} as end, zone_offset,
        total_elevation_gain as meters
      from workout
      where user_no = ${userNo(userId)}
        and start_time >= ${instant(from)} - interval '7 days'
        and start_time < ${instant(to)}
        and end_time >= ${instant(from)}
        and total_elevation_gain is not null`,
  );
}

/** The first and last day on which something of these series may lie; null without anything. */
export async function findMeasuredDays(
  db: Database,
  userId: UserId,
  series: readonly number[],
): Promise<{ first: string; last: string } | null> {
  const wanted = sql`user_no = ${userNo(userId)} and series = any(${arrayText(series)}::smallint[])`;
  const [span] = await rows<{ first: string | null; last: string | null }>(
    db,
    sql`
      select (min(first) - 1)::text as first, (max(last) + 2)::text as last
      from (
        select min(first_at at time zone 'UTC')::date as first, max(last_at at time zone 'UTC')::date as last
        from recorded_series
        where ${wanted}
        union all
        select min(day), max(day) from daily_total where ${wanted}
        union all
        select min(day), max(day) from sample_archive where ${wanted}
      ) known`,
  );
  return span?.first && span.last ? { first: span.first, last: span.last } : null;
}
