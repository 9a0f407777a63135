import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import type { CustomSeries } from "./queries.ts";
import type { DayValue, OffsetLevel } from "./resolution.ts";
import type { IntervalSample } from "./own_intervals.ts";
import { instant, wanted } from "./reading_sql.ts";
import { arrayText } from "./stale_days.ts";

/** Reads a stretch of a person's samples for merging them into buckets. Rows come as columns, because they are many. */

const userNo = (userId: UserId) => sql`(select no from "user" where id = ${userId})`;

export interface RecordedPair {
  readonly series: number;
  readonly source_no: number;
  readonly sample_count: number;
  readonly first_at: Date;
  readonly last_at: Date;
}

/** What is recorded as samples. */
export async function listRecorded(
  db: Database,
  userId: UserId,
  series: readonly number[] | null,
): Promise<RecordedPair[]> {
  const found = await rows<Record<"series" | "source_no" | "sample_count" | "first_at" | "last_at", number>>(
    db,
    sql`
      select series, source_no, sample_count::float8, date_part('epoch', first_at) * 1000 as first_at,
        date_part('epoch', last_at) * 1000 as last_at
      from recorded_series
      where user_no = ${userNo(userId)}
        and ${wanted(sql`series`, series)}
      order by series, source_no`,
  );
  return found.map((row) => ({ ...row, first_at: new Date(row.first_at), last_at: new Date(row.last_at) }));
}

export async function listCustomSeries(db: Database, userId: UserId): Promise<CustomSeries[]> {
  return await rows<CustomSeries>(db, sql`select id, code, unit from custom_series where user_no = ${userNo(userId)}`);
}

export interface Stretch {
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
}

/** Samples that begin in the stretch, by series. */
export async function loadIntervals(
  db: Database,
  userId: UserId,
  series: readonly number[],
  stretch: Stretch,
): Promise<Map<number, IntervalSample[]>> {
  if (series.length === 0) return new Map();
  const [columns] = await rows<Columns<"series" | "source_no" | "at" | "duration" | "value" | "zone_offset">>(
    db,
    sql`
      select ${list("s.series")} as series, ${list("s.source_no")} as source_no,
        ${list("round(date_part('epoch', s.recorded_at) * 1000)::int8")} as at,
        ${list("s.duration_seconds")} as duration, ${list("s.value")} as value, ${list("s.zone_offset")} as zone_offset
      from recorded_series r
      join sample s on s.user_no = r.user_no and s.series = r.series and s.source_no = r.source_no
      where r.user_no = ${userNo(userId)}
        and r.series = any(${arrayText(series)}::smallint[])
        and r.first_at < ${instant(stretch.to)}
        and r.last_at >= ${instant(stretch.from)}
        and s.recorded_at >= ${instant(stretch.from)}
        and s.recorded_at < ${instant(stretch.to)}`,
  );
  return bySeries(columns, (cell) => ({
    at: cell("at") ?? 0,
    duration_seconds: cell("duration") ?? 0,
    value: cell("value") ?? 0,
    source_no: cell("source_no") ?? 0,
    zone_offset: cell("zone_offset"),
  }));
}

/** Samples of the stretch summed up by cells of so many seconds since 1970, by series. */
export async function loadLevels(
  db: Database,
  userId: UserId,
  series: readonly number[],
  stretch: Stretch,
  cellSeconds: number,
): Promise<Map<number, OffsetLevel[]>> {
  if (series.length === 0) return new Map();
  const [columns] = await rows<
    Columns<"series" | "source_no" | "at" | "sum" | "count" | "min" | "max" | "zone_offset">
  >(
    db,
    sql`
      select ${list("series")} as series, ${list("source_no")} as source_no, ${list("at")} as at, ${list("sum")} as sum,
        ${list("count")} as count, ${list("min")} as min, ${list("max")} as max, ${list("zone_offset")} as zone_offset
      from (
        select s.series, s.source_no, s.zone_offset,
          floor(date_part('epoch', s.recorded_at) / ${cellSeconds}::int) as cell,
          round(date_part('epoch', min(s.recorded_at)) * 1000)::int8 as at,
          sum(s.value), count(*), min(s.value), max(s.value)
        from recorded_series r
        join sample s on s.user_no = r.user_no and s.series = r.series and s.source_no = r.source_no
        where r.user_no = ${userNo(userId)}
          and r.series = any(${arrayText(series)}::smallint[])
          and r.first_at < ${instant(stretch.to)}
          and r.last_at >= ${instant(stretch.from)}
          and s.recorded_at >= ${instant(stretch.from)}
          and s.recorded_at < ${instant(stretch.to)}
        group by 1, 2, 3, 4
      ) cell`,
  );
  return bySeries(columns, (cell) => ({
    at: cell("at") ?? 0,
    source_no: cell("source_no") ?? 0,
    sum: cell("sum") ?? 0,
    count: cell("count") ?? 0,
    min: cell("min") ?? 0,
    max: cell("max") ?? 0,
    zone_offset: cell("zone_offset"),
  }));
}

export interface DayRow extends DayValue {
  readonly series: number;
}

/** Vendors' totals and archived days of local dates; where a source has both, its total. `to` is inclusive. */
export async function loadDays(
  db: Database,
  userId: UserId,
  series: readonly number[] | null,
  from: string,
  to: string,
): Promise<DayRow[]> {
  const within = sql`
    user_no = ${userNo(userId)}
      and ${wanted(sql`series`, series)}
      and day between ${from}::date and ${to}::date`;
  return await rows<DayRow>(
    db,
    sql`
      select distinct on (series, source_no, day) series, source_no, day::text, zone_offset, sum, count, min, max
      from (
        select 0 as rank, series, source_no, day, zone_offset, value as sum, 1 as count, value as min, value as max
        from daily_total
        where ${within}
        union all
        select 1, series, source_no, day, zone_offset, value_sum, sample_count::float8, value_min, value_max
        from sample_archive
        where ${within}
      ) day_value
      order by series, source_no, day, rank`,
  );
}

/** The first and last local date that has a total or is archived; null without any. */
export async function daySpan(
  db: Database,
  userId: UserId,
  series: readonly number[] | null,
): Promise<{ first: string; last: string } | null> {
  const [span] = await rows<{ first: string | null; last: string | null }>(
    db,
    sql`
      select min(day)::text as first, max(day)::text as last
      from (
        select min(day), max(day) from daily_total where user_no = ${userNo(userId)} and ${wanted(sql`series`, series)}
        union all
        select min(day), max(day) from sample_archive where user_no = ${userNo(userId)} and ${
      wanted(sql`series`, series)
    }
      ) as bounds(first, last), unnest(array[first, last]) as day`,
  );
  return span === undefined || span.first === null || span.last === null
    ? null
    : { first: span.first, last: span.last };
}

type Columns<Name extends string> = Readonly<Record<Name, string | null>>;

const list = (expression: string) => sql.raw(`array_to_string(array_agg(${expression}), ',', 'null')`);

function bySeries<Name extends string, Row>(
  columns: Columns<Name | "series"> | undefined,
  row: (cell: (name: Name) => number | null) => Row,
): Map<number, Row[]> {
  const parsed = new Map(
    Object.entries<string | null>(columns ?? {}).map(([name, text]) => [name, JSON.parse(`[${text ?? ""}]`)]),
  );
  const found = new Map<number, Row[]>();
  const series: number[] = parsed.get("series") ?? [];
  for (const [index, id] of series.entries()) {
    const made = row((name) => parsed.get(name)?.[index] ?? null);
    const known = found.get(id);
    if (known === undefined) found.set(id, [made]);
    else known.push(made);
  }
  return found;
}
