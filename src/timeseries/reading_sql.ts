import { type Placeholder, type SQL, sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { arrayText } from "./stale_days.ts";

/** Parts of the statements that read a person's measurements, whatever they are kept as. */

/** What a row of a page is. A total and an archived day stand at the local start of their day. */
export const kinds = { sample: 0, daily_total: 1, archived_day: 2 } as const;

export interface MeasurementRange {
  readonly start: Date;
  /** Exclusive. */
  readonly end: Date;
  /** Ids of series, or null for all. */
  readonly series: readonly number[] | null;
}

/** Series, source and kind as one number. */
export const place = sql.raw("series::int8 * 131072 + source_no * 4 + kind");

export function readPlace(text: string): { series: number; source_no: number; kind: number } {
  const number = Number(text);
  const rest = number % 131_072;
  return { series: Math.floor(number / 131_072), source_no: Math.floor(rest / 4), kind: rest % 4 };
}

/** The start of a day where it was recorded. */
export const startOfDay = sql`(day - make_interval(mins => coalesce(zone_offset, 0))) at time zone 'UTC'`;

/** Where a vendor's total stands: at its instant if that is near its day, so that the day's index finds it. */
const totalAt = sql`
  case
    when recorded_at >= (day - 1)::timestamp at time zone 'UTC'
      and recorded_at < (day + 2)::timestamp at time zone 'UTC'
      then recorded_at
    else ${startOfDay}
  end`;

export const person = (userId: UserId | Placeholder) =>
  sql`person as materialized (select no from "user" where id = ${userId})`;

/** The person's sources as one JSON value, a list of `NumberedSource`, or null for none. */
export const shownSources = sql`(
  select json_agg(json_build_object('no', no, 'provider', provider, 'source', source,
    'device_model', device_model, 'device_type', device_type))
  from data_source
  where user_no = (select no from person)
)`;

export const wanted = (column: SQL, series: readonly number[] | null) =>
  series === null ? sql`true` : sql`${column} = any(${arrayText(series)}::smallint[])`;

/** An array of type smallint, or null for all, as an expression. */
const oneOf = (column: SQL, series: SQL) => sql`coalesce(${column} = any(${series}), true)`;

/** The person's pairs of series and source in a table keyed by day, by jumping from one to the next in its key. */
function dayPairs(name: SQL, table: SQL): SQL {
  return sql`
    ${name} as (
      (
        select series, source_no from ${table}
        where user_no = (select no from person)
        order by series, source_no
        limit 1
      )
      union all
      select next.series, next.source_no
      from ${name} before
      cross join lateral (
        select series, source_no from ${table} t
        where t.user_no = (select no from person)
          and (t.series, t.source_no) > (before.series, before.source_no)
        order by t.series, t.source_no
        limit 1
      ) next
    )`;
}

export const totalPairs = dayPairs(sql.raw("total_pair"), sql.raw("daily_total"));
export const archivePairs = dayPairs(sql.raw("archive_pair"), sql.raw("sample_archive"));

/** A range as expressions: two instants, the end exclusive, and `smallint[]`, null for every series. */
export interface RangeSql {
  readonly from: SQL;
  readonly to: SQL;
  readonly series: SQL;
}

/** The person's pairs of series and source, as a table `pair`, that have samples in the range. */
export const samplePairs = ({ from, to, series }: RangeSql) =>
  sql`
  pair as materialized (
    select *
    from recorded_series
    where user_no = (select no from person)
      and first_at < ${to}
      and last_at >= ${from}
      and ${oneOf(sql`series`, series)}
  )`;

/** The rows of days in the range. */
export function dayRows({ from, to, series }: RangeSql): { totals: SQL; archived: SQL } {
  const days = sql`
    user_no = (select no from person)
      and series = pair.series
      and source_no = pair.source_no
      and day >= (${from} at time zone 'UTC')::date - 2
      and day <= (${to} at time zone 'UTC')::date + 1`;
  return {
    totals: sql`
      select day_row.*
      from total_pair pair
      cross join lateral (
        select ${totalAt} as at, series, source_no, ${kinds.daily_total}::int as kind, value, zone_offset,
          null::float8 as low, null::float8 as high, null::int8 as samples
        from daily_total
        where ${days}
      ) day_row
      where ${oneOf(sql`pair.series`, series)}
        and day_row.at >= ${from}
        and day_row.at < ${to}`,
    archived: sql`
      select day_row.*
      from archive_pair pair
      cross join lateral (
        select ${startOfDay} as at, series, source_no, ${kinds.archived_day}::int as kind, value_sum, zone_offset,
          value_min, value_max, sample_count
        from sample_archive
        where ${days}
      ) day_row
      where ${oneOf(sql`pair.series`, series)}
        and day_row.at >= ${from}
        and day_row.at < ${to}`,
  };
}

export const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`;

/**
 * How many samples of a row of a table `pair` lie in a range. Of one that lies in it as a whole the account of what is
 * recorded knows; of the others the shorter side is counted, in the index alone.
 */
export function samplesOfPair({ from, to }: RangeSql): SQL {
  const samples = (when: SQL) =>
    sql`(
      select count(*) from sample s
      where s.user_no = pair.user_no and s.series = pair.series and s.source_no = pair.source_no and ${when}
    )`;
  const share = sql`
    date_part('epoch', least(${to}, last_at) - greatest(${from}, first_at))
      / greatest(1, date_part('epoch', last_at - first_at))`;
  return sql`
    case
      when first_at >= ${from} and last_at < ${to} then sample_count
      when ${share} <= 0.5 then ${samples(sql`s.recorded_at >= ${from} and s.recorded_at < ${to}`)}
      else sample_count - ${samples(sql`s.recorded_at < ${from}`)} - ${samples(sql`s.recorded_at >= ${to}`)}
    end`;
}

/** How many measurements a range holds; needs the tables `pair`, `total_pair` and `archive_pair`. */
export function countOf(range: RangeSql): SQL {
  const days = dayRows(range);
  return sql`(select coalesce(sum(${samplesOfPair(range)}), 0) from pair)
    + (select count(*) from (${days.totals}) total)
    + (select count(*) from (${days.archived}) archived)`;
}
