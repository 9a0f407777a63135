import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import type { ShownSource } from "../sources/source_metadata.ts";
import {
  archivePairs,
  countOf,
  dayRows,
  instant,
  kinds,
  type MeasurementRange,
  person,
  place,
  totalPairs,
  wanted,
} from "./reading_sql.ts";

/**
 * Reads pages of measurements in the order (instant, series, source, kind), whatever they are kept as: samples, vendors'
 * daily totals, days that were archived. Statements start from the person's pairs of series and source and walk the key
 * of each, so that they cost the page and not the record. They are prepared: planning would cost more than reading.
 */

/** A row's place in the order. */
export interface MeasurementKey {
  /** ISO 8601. */
  readonly at: string;
  readonly series: number;
  readonly source_no: number;
  readonly kind: number;
}

export interface MeasurementPage extends MeasurementRange {
  readonly limit: number;
  /** Strictly behind this place, in the direction of the walk. */
  readonly behind: MeasurementKey | undefined;
  readonly backward: boolean;
  /** Whether to count the whole range; `behind` must not be given then. */
  readonly counted: boolean;
  /** Looks no further than the page should reach; the answer may then hold fewer rows than there are. */
  readonly near: boolean;
}

/** Each a comma-separated list in the order of the walk; texts, because they go into the answer as they are. */
export interface MeasurementColumns {
  /** Milliseconds since 1970. */
  readonly at: string;
  /** See `readPlace`. */
  readonly place: string;
  readonly value: string;
  /** Minutes east of UTC or null. */
  readonly zone_offset: string;
  /** `[min, max, samples]` of each archived day, in order. */
  readonly archived: readonly (readonly [number, number, number])[];
  /** Whether there may be more than what was looked at. */
  readonly cut: boolean;
  /** How many the range holds; null when they were not counted. */
  readonly total: number | null;
  /** What the numbers stand for. */
  readonly sources: readonly SourceRow[];
  readonly custom_series: readonly CustomSeries[];
}

export interface SourceRow extends ShownSource {
  readonly no: number;
}

export interface CustomSeries {
  readonly id: number;
  readonly code: string;
  readonly unit: string;
}

/** Of an archived day the value is the sum of its samples. */
export async function readMeasurements(
  db: Database,
  userId: UserId,
  page: MeasurementPage,
): Promise<MeasurementColumns> {
  const { series, limit, behind, backward, near, counted } = page;
  const [order, beyond] = backward ? [sql.raw("desc"), sql.raw("<")] : [sql.raw("asc"), sql.raw(">")];
  const lower = behind !== undefined && !backward ? later(page.start, new Date(behind.at)) : page.start;
  const upper = behind !== undefined && backward ? earlier(page.end, new Date(Date.parse(behind.at) + 1)) : page.end;
  const isBehind = (name: string) =>
    behind === undefined ? sql`true` : sql`
      (${sql.raw(name)}.at, ${sql.raw(name)}.series, ${sql.raw(name)}.source_no, ${sql.raw(name)}.kind) ${beyond} (
        ${behind.at}::timestamptz, ${behind.series}::smallint, ${behind.source_no}::smallint, ${behind.kind}::int
      )`;
  // Half as long again as the page lasts if samples lie evenly; 1e9 seconds keep the sum a valid instant.
  const reach = sql`make_interval(secs => least(1e9, ${limit}::int * 1.5 / nullif(sum(per_second), 0)))`;
  const from = near && backward ? sql`(select bound from stretch)` : instant(lower);
  const to = near && !backward ? sql`(select bound from stretch)` : instant(upper);
  const days = dayRows(series, from, to);
  const source = sql`(
    with recursive ${person(userId)},
    pair as materialized (
      select *,
        sample_count / greatest(86400, date_part('epoch', last_at - first_at)) as per_second
      from recorded_series
      where user_no = (select no from person)
        and first_at < ${instant(upper)}
        and last_at >= ${instant(lower)}
        and ${wanted(sql`series`, series)}
    ),
    stretch as materialized (
      select ${
    backward
      ? sql`greatest(${instant(lower)}, least(${instant(upper)}, max(last_at)) - ${reach})`
      : sql`least(${instant(upper)}, greatest(${instant(lower)}, min(first_at)) + ${reach})`
  } as bound
      from pair
    ),
    ${totalPairs},
    ${archivePairs},
    sampled as (
      select s.*
      from pair
      cross join lateral (
        select recorded_at as at, series, source_no, ${kinds.sample}::int as kind, value, zone_offset,
          null::float8 as low, null::float8 as high, null::int8 as samples
        from sample
        where user_no = pair.user_no
          and series = pair.series
          and source_no = pair.source_no
          and recorded_at >= ${from}
          and recorded_at < ${to}
          and ${
    behind === undefined ? sql`true` : sql`
            (recorded_at, series, source_no, ${kinds.sample}::int) ${beyond} (
              ${behind.at}::timestamptz, ${behind.series}::smallint, ${behind.source_no}::smallint, ${behind.kind}::int
            )`
  }
        order by recorded_at ${order}
        limit ${limit}::int
      ) s
    ),
    found as (
      select * from sampled
      union all
      select * from (${days.totals}) total where ${isBehind("total")}
      union all
      select * from (${days.archived}) archived where ${isBehind("archived")}
      order by at ${order}, series ${order}, source_no ${order}, kind ${order}
      limit ${limit}::int
    )
    select
      array_to_string(array_agg(round(date_part('epoch', at) * 1000)::int8), ',') as at,
      array_to_string(array_agg(${place}), ',') as place,
      array_to_string(array_agg(value), ',') as value,
      array_to_string(array_agg(zone_offset), ',', 'null') as zone_offset,
      json_agg(json_build_array(low, high, samples)) filter (where kind = ${kinds.archived_day}::int) as archived,
      ${from} > ${instant(lower)} or ${to} < ${instant(upper)} as cut,
      ${counted ? countOf(page) : sql`null`} as total,
      (
        select json_agg(json_build_object('no', no, 'provider', provider, 'source', source,
          'device_model', device_model, 'device_type', device_type))
        from data_source
        where user_no = (select no from person)
      ) as sources,
      (
        select json_agg(json_build_object('id', id, 'code', code, 'unit', unit))
        from custom_series
        where user_no = (select no from person)
      ) as custom_series
    from found
  ) as page`;
  const [found] = await db.select({
    at: sql<string | null>`at`,
    place: sql<string | null>`place`,
    value: sql<string | null>`value`,
    zone_offset: sql<string | null>`zone_offset`,
    archived: sql<MeasurementColumns["archived"] | null>`archived`,
    cut: sql<boolean>`cut`,
    total: sql<string | null>`total`,
    sources: sql<SourceRow[] | null>`sources`,
    custom_series: sql<CustomSeries[] | null>`custom_series`,
  }).from(source).prepare("measurement_page").execute();
  return {
    at: found?.at ?? "",
    place: found?.place ?? "",
    value: found?.value ?? "",
    zone_offset: found?.zone_offset ?? "",
    archived: found?.archived ?? [],
    cut: found?.cut ?? false,
    total: found?.total === undefined || found.total === null ? null : Number(found.total),
    sources: found?.sources ?? [],
    custom_series: found?.custom_series ?? [],
  };
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}

/** The person's own series by these codes. */
export async function findCustomSeries(
  db: Database,
  userId: UserId,
  codes: readonly string[],
): Promise<CustomSeries[]> {
  return await rows<CustomSeries>(
    db,
    sql`
      select id, code, unit
      from custom_series
      where user_no = (select no from "user" where id = ${userId})
        and code in (select jsonb_array_elements_text(${JSON.stringify(codes)}::text::jsonb))`,
  );
}
