import { type SQL, sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, preparedRow, rows } from "../platform/database.ts";
import type { NumberedSource } from "../sources/source_metadata.ts";
import {
  archivePairs,
  countOf,
  dayRows,
  kinds,
  type MeasurementRange,
  person,
  place,
  samplePairs,
  shownSources,
  totalPairs,
} from "./reading_sql.ts";
import { arrayText } from "./stale_days.ts";

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
  readonly sources: readonly NumberedSource[];
  readonly custom_series: readonly CustomSeries[];
}

export interface CustomSeries {
  readonly id: number;
  readonly code: string;
  readonly unit: string;
}

/** Of an archived day the value is the sum of its samples. Undefined when there is no such person. */
export async function readMeasurements(
  db: Database,
  userId: UserId,
  page: MeasurementPage,
): Promise<MeasurementColumns | undefined> {
  const { start, end, series, limit, behind, backward, near, counted } = page;
  const lower = behind !== undefined && !backward ? later(start, new Date(behind.at)) : start;
  const upper = behind !== undefined && backward ? earlier(end, new Date(Date.parse(behind.at) + 1)) : end;
  const shape = { continued: behind !== undefined, backward, near, counted };
  const found = await preparedRow<FoundColumns>(
    db,
    { name: `measurements ${Object.values(shape)}`, columns: foundColumns, statement: () => pageStatement(shape) },
    {
      user_id: userId,
      from: lower.toISOString(),
      to: upper.toISOString(),
      series: series === null ? null : arrayText(series),
      limit,
      behind_at: behind?.at,
      behind_series: behind?.series,
      behind_source: behind?.source_no,
      behind_kind: behind?.kind,
    },
  );
  if (found === undefined) return undefined;
  return {
    at: found.at ?? "",
    place: found.place ?? "",
    value: found.value ?? "",
    zone_offset: found.zone_offset ?? "",
    archived: found.archived ?? [],
    cut: found.cut ?? false,
    total: found.total === null ? null : Number(found.total),
    sources: found.sources ?? [],
    custom_series: found.custom_series ?? [],
  };
}

/** As the driver gives them. */
type FoundColumns = {
  readonly [Name in keyof MeasurementColumns]: Name extends "total" ? string | null : MeasurementColumns[Name] | null;
};

const foundColumns: (keyof FoundColumns)[] = [
  "at",
  "place",
  "value",
  "zone_offset",
  "archived",
  "cut",
  "total",
  "sources",
  "custom_series",
];

/** What makes another text of the statement. */
interface PageShape extends Pick<MeasurementPage, "backward" | "near" | "counted"> {
  /** Whether the page has a place to be behind of. */
  readonly continued: boolean;
}

function pageStatement({ continued, backward, near, counted }: PageShape): SQL {
  const [order, beyond] = backward ? [sql.raw("desc"), sql.raw("<")] : [sql.raw("asc"), sql.raw(">")];
  const [lower, upper] = [sql`${sql.placeholder("from")}::timestamptz`, sql`${sql.placeholder("to")}::timestamptz`];
  const range = { from: lower, to: upper, series: sql`${sql.placeholder("series")}::smallint[]` };
  const limit = sql`${sql.placeholder("limit")}::int`;
  const isBehind = (place: string) =>
    continued
      ? sql`(${sql.raw(place)}) ${beyond} (
          ${sql.placeholder("behind_at")}::timestamptz, ${sql.placeholder("behind_series")}::smallint,
          ${sql.placeholder("behind_source")}::smallint, ${sql.placeholder("behind_kind")}::int
        )`
      : sql`true`;
  // Half as long again as the page lasts if samples lie evenly; 1e9 seconds keep the sum a valid instant.
  const perSecond = sql`sum(sample_count / greatest(86400, date_part('epoch', last_at - first_at)))`;
  const reach = sql`make_interval(secs => least(1e9, ${limit} * 1.5 / nullif(${perSecond}, 0)))`;
  const from = near && backward ? sql`(select bound from stretch)` : lower;
  const to = near && !backward ? sql`(select bound from stretch)` : upper;
  const days = dayRows({ ...range, from, to });
  return sql`
    with recursive ${person(sql.placeholder("user_id"))},
    ${samplePairs(range)},
    stretch as materialized (
      select ${
    backward
      ? sql`greatest(${lower}, least(${upper}, max(last_at)) - ${reach})`
      : sql`least(${upper}, greatest(${lower}, min(first_at)) + ${reach})`
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
          and ${isBehind(`recorded_at, series, source_no, ${kinds.sample}`)}
        order by recorded_at ${order}
        limit ${limit}
      ) s
    ),
    found as (
      select * from sampled
      union all
      select * from (${days.totals}) total where ${isBehind("at, series, source_no, kind")}
      union all
      select * from (${days.archived}) archived where ${isBehind("at, series, source_no, kind")}
      order by at ${order}, series ${order}, source_no ${order}, kind ${order}
      limit ${limit}
    )
    select
      array_to_string(array_agg(round(date_part('epoch', at) * 1000)::int8), ',') as at,
      array_to_string(array_agg(${place}), ',') as place,
      array_to_string(array_agg(value), ',') as value,
      array_to_string(array_agg(zone_offset), ',', 'null') as zone_offset,
      json_agg(json_build_array(low, high, samples)) filter (where kind = ${kinds.archived_day}::int) as archived,
      ${from} > ${lower} or ${to} < ${upper} as cut,
      ${counted ? countOf(range) : sql`null::int8`} as total,
      ${shownSources} as sources,
      (
        select json_agg(json_build_object('id', id, 'code', code, 'unit', unit))
        from custom_series
        where user_no = (select no from person)
      ) as custom_series
    from found
    having exists (select from person)`;
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
