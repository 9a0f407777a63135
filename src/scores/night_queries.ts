import { sql } from "drizzle-orm";
import { type Database, rows } from "../platform/database.ts";
import type { SourceRank, StoredInterval } from "../sleep/queries.ts";

/** What scores are computed from: one night for each local wake day, and what was measured in it. */

export interface NightRow {
  /** The local wake day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly id: string;
  readonly source_no: number;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  readonly zone_offset: number | null;
  readonly asleep_seconds: number;
  readonly deep_seconds: number | null;
  readonly rem_seconds: number | null;
  readonly awake_seconds: number | null;
  readonly stages: readonly StoredInterval[] | null;
}

/**
 * The main night of each wake day from `from` to `to`, both included: no nap, of the best source that has one, the
 * longest of it. Nights without sleep or with more than a day of it are none.
 */
export async function mainNights(
  db: Database,
  userNo: number,
  ranks: readonly SourceRank[],
  from: string,
  to: string,
): Promise<NightRow[]> {
  return await rows<NightRow>(
    db,
    sql`
      select distinct on (day)
        day::text as day, id, source_no,
        (extract(epoch from start_time) * 1000)::float8 as start,
        (extract(epoch from end_time) * 1000)::float8 as "end",
        zone_offset, asleep_seconds, deep_seconds, rem_seconds, awake_seconds, stages
      from (
        select
          *, (end_time at time zone 'UTC' + make_interval(mins => coalesce(zone_offset, 0)))::date as day
        from sleep_session
        where user_no = ${userNo}
          and end_time >= (${from}::date - 1)::timestamp at time zone 'UTC'
          and end_time < (${to}::date + 2)::timestamp at time zone 'UTC'
      ) night
      join jsonb_to_recordset(${JSON.stringify(ranks)}::text::jsonb) as ranks(source_no smallint, rank integer)
        using (source_no)
      where not is_nap
        and asleep_seconds between 60 and 86400
        and day between ${from}::date and ${to}::date
      order by day, rank, asleep_seconds desc, start_time`,
  );
}

/** The local days from `from` to `to`, both included, of which only sums of these series are kept. */
export async function archivedDays(
  db: Database,
  userNo: number,
  series: readonly number[],
  from: string,
  to: string,
): Promise<Set<string>> {
  const found = await rows<{ day: string }>(
    db,
    sql`
      select distinct day::text as day
      from sample_archive
      where user_no = ${userNo}
        and series in (select jsonb_array_elements_text(${JSON.stringify(series)}::text::jsonb)::smallint)
        and day between ${from}::date and ${to}::date`,
  );
  return new Set(found.map(({ day }) => day));
}

/** Instants in milliseconds, the end excluded. */
export interface AsleepInterval {
  readonly day: string;
  readonly start: number;
  readonly end: number;
}

export interface NightMean {
  readonly day: string;
  readonly series: number;
  readonly mean: number;
}

/** Mean of each series over all sources while somebody slept, for each night that has a positive value. */
export async function nightMeans(
  db: Database,
  userNo: number,
  series: readonly number[],
  intervals: readonly AsleepInterval[],
): Promise<NightMean[]> {
  const asleep = intervals.map(({ day, start, end }) => ({
    day,
    from_time: new Date(start).toISOString(),
    to_time: new Date(end).toISOString(),
  }));
  return await rows<NightMean>(
    db,
    sql`
      select day::text as day, recorded_series.series, sum(total) / sum(samples) as mean
      from jsonb_to_recordset(${JSON.stringify(asleep)}::text::jsonb) as asleep(
        day date, from_time timestamptz, to_time timestamptz
      )
      join recorded_series
        on recorded_series.user_no = ${userNo}
        and recorded_series.series in (
          select jsonb_array_elements_text(${JSON.stringify(series)}::text::jsonb)::smallint
        )
        and first_at < to_time
        and last_at >= from_time
      cross join lateral (
        select sum(value) as total, count(*)::int as samples
        from sample
        where sample.user_no = ${userNo}
          and sample.series = recorded_series.series
          and sample.source_no = recorded_series.source_no
          and recorded_at >= from_time
          and recorded_at < to_time
          and value > 0
          and value < 'Infinity'
      ) measured
      where samples > 0
      group by day, recorded_series.series`,
  );
}
