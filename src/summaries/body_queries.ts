import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import { arrayText } from "../timeseries/stale_days.ts";
import { userNo } from "./sample_queries.ts";

export interface Reading {
  readonly series: number;
  readonly source_no: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

/**
 * The newest sample of each series, from `from` (null for ever) to before `to`. Of one instant the best-ranked source's;
 * `order` names the sources, the best first. For ever includes archived days, of which the mean is kept.
 */
export async function findLatest(
  db: Database,
  userId: UserId,
  series: readonly number[],
  order: readonly number[],
  { from, to }: { readonly from: Date | null; readonly to: Date },
): Promise<Reading[]> {
  const since = from === null ? sql`true` : sql`recorded_at >= ${from.toISOString()}::timestamptz`;
  return await rows<Reading>(
    db,
    sql`
      with newest as (
        select r.series, s.source_no, s.recorded_at, s.value
        from recorded_series r
        cross join lateral (
          select source_no, recorded_at, value
          from sample
          where user_no = r.user_no
            and series = r.series
            and source_no = r.source_no
            and recorded_at < ${to.toISOString()}::timestamptz
            and ${since}
          order by recorded_at desc
          limit 1
        ) s
        where r.user_no = ${userNo(userId)}
          and r.series = any(${arrayText(series)}::smallint[])
        ${from === null ? newestArchived(userId, series) : sql``}
      )
      select distinct on (s.series) s.series, s.source_no, date_part('epoch', s.recorded_at) * 1000 as at, s.value
      from newest s
      order by s.series, s.recorded_at desc, ${placeOf(order)}`,
  );
}

function newestArchived(userId: UserId, series: readonly number[]) {
  return sql`
    union all
    select
      a.series, a.source_no,
      a.day::timestamp at time zone 'UTC' + (select max(ms) from unnest(a.instants) as ms) * interval '1 millisecond',
      a.value_sum / a.sample_count
    from data_source d
    cross join unnest(${arrayText(series)}::smallint[]) as wanted(series)
    cross join lateral (
      select *
      from sample_archive
      where user_no = d.user_no
        and series = wanted.series
        and source_no = d.no
      order by day desc
      limit 1
    ) a
    where d.user_no = ${userNo(userId)}`;
}

function placeOf(order: readonly number[]) {
  return sql`array_position(${arrayText(order)}::int[], s.source_no::int) nulls last, s.source_no`;
}

export interface PressureRow {
  readonly source_no: number;
  readonly at: number;
  readonly systolic: number;
  readonly diastolic: number;
}

/** The newest systolic value with a diastolic one of the same source within five seconds, the nearest of them. */
export async function findPressure(
  db: Database,
  userId: UserId,
  { systolic, diastolic }: { readonly systolic: number; readonly diastolic: number },
  order: readonly number[],
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<PressureRow | null> {
  const [found] = await rows<PressureRow>(
    db,
    sql`
      select
        s.source_no, date_part('epoch', s.recorded_at) * 1000 as at, s.value as systolic, d.value as diastolic
      from recorded_series r
      join sample s
        on s.user_no = r.user_no
          and s.series = r.series
          and s.source_no = r.source_no
          and s.recorded_at >= ${from.toISOString()}::timestamptz
          and s.recorded_at < ${to.toISOString()}::timestamptz
      join sample d
        on d.user_no = s.user_no
          and d.series = ${diastolic}::smallint
          and d.source_no = s.source_no
          and d.recorded_at between s.recorded_at - interval '5 seconds' and s.recorded_at + interval '5 seconds'
      where r.user_no = ${userNo(userId)}
        and r.series = ${systolic}::smallint
      order by
        s.recorded_at desc, ${
      placeOf(order)
    }, abs(date_part('epoch', d.recorded_at) - date_part('epoch', s.recorded_at)),
        d.recorded_at
      limit 1`,
  );
  return found ?? null;
}
