import { type SQL, sql } from "drizzle-orm";
import { type Database, preparedRows, rows } from "../platform/database.ts";

/**
 * Moves samples into one row a day, and deletes old days. Each function is one statement or two that belong into one
 * transaction, in which the person is locked as `ingest` locks them, so that nobody writes samples meanwhile.
 */

export interface Pair {
  readonly user_no: number;
  readonly series: number;
  readonly source_no: number;
}

/** The local day of a sample; an unknown offset counts as UTC. */
const localDay = sql`
  ((recorded_at at time zone 'UTC') + make_interval(mins => coalesce(zone_offset, 0)))::date`;

/** No sample of a local day up to `day` lies at or behind this instant. */
const behind = (day: string) => sql`(${day}::date + 1 + interval '14 hours') at time zone 'UTC'`;

const ofPair = ({ user_no, series, source_no }: Pair, alias: string) => {
  const column = (name: string) => sql.raw(`${alias}.${name}`);
  return sql`
    ${column("user_no")} = ${user_no}::int
      and ${column("series")} = ${series}::smallint
      and ${column("source_no")} = ${source_no}::smallint`;
};

/** False when the person was deleted meanwhile. */
export async function lockMeasurements(db: Database, userNo: number): Promise<boolean> {
  const found = await rows(db, sql`select no from "user" where no = ${userNo}::int for no key update`);
  return found.length > 0;
}

/** Pairs that may have samples of local days up to `day`. */
export async function pairsUpTo(db: Database, day: string): Promise<Pair[]> {
  return await rows<Pair>(
    db,
    sql`
      select user_no, series, source_no
      from recorded_series
      where first_at < ${behind(day)}
      order by user_no, series, source_no`,
  );
}

/** The last local day up to `day` that about `most` of the oldest samples reach, whole days only; null without any. */
export async function reachableDay(db: Database, pair: Pair, day: string, most: number): Promise<string | null> {
  const [found] = await rows<{ first: string | null; last: string | null }>(
    db,
    sql`
      select min(day)::text as first, max(day)::text as last
      from (
        select ${localDay} as day
        from sample
        where ${ofPair(pair, "sample")}
          and recorded_at < ${behind(day)}
        order by recorded_at
        limit ${most}::int
      ) oldest
      where day <= ${day}::date`,
  );
  return found?.last ?? null;
}

/**
 * Replaces samples of whole local days by one row a day. What a day's row holds already is combined with the new ones,
 * except samples at instants that it holds: they were sent again. Gives how many were known and how many new.
 */
export async function archiveSamples(db: Database, pair: Pair, through: string): Promise<Folded> {
  return await fold(
    db,
    pair.user_no,
    sql`
      delete from sample
      where ${ofPair(pair, "sample")}
        and recorded_at < ${behind(through)}
        and ${localDay} <= ${through}::date
      returning series, source_no, recorded_at, value, zone_offset, ${localDay} as day`,
  );
}

export interface Folded {
  /** Samples that the archive held already. */
  readonly known: number;
  /** Samples that were combined with it. */
  readonly added: number;
  /** Days of which everything that came was known, by `touchedKey`: a summary knows more of them than the archive. */
  readonly unchanged: ReadonlySet<string>;
}

export function touchedKey({ series, source_no, day }: TouchedDay): string {
  return `${series} ${source_no} ${day}`;
}

/** A local day of a series and source, as `ingest` tells what it stored. */
export interface TouchedDay {
  readonly series: number;
  readonly source_no: number;
  /** Days since 1970. */
  readonly day: number;
}

/**
 * Takes samples that were just stored into the archive if their day is there already, in the same transaction: a day of
 * a series and source is kept either as samples or as a row, never as both, so that nothing is counted twice.
 */
export async function archiveLateSamples(
  db: Database,
  userNo: number,
  touched: readonly TouchedDay[],
): Promise<Folded> {
  const nothing = { known: 0, added: 0, unchanged: new Set<string>() };
  if (touched.length === 0) return nothing;
  const sent = JSON.stringify(touched.map(({ series, source_no, day }) => ({ series, source_no, day })));
  const archived = sql`
    select distinct a.series, a.source_no, a.day
    from jsonb_to_recordset(${sent}::text::jsonb) as touched(series smallint, source_no smallint, day int)
    join sample_archive a on a.user_no = ${userNo}::int
      and a.series = touched.series
      and a.source_no = touched.source_no
      and a.day between '1970-01-01'::date + touched.day - 1 and '1970-01-01'::date + touched.day + 1`;
  if ((await preparedRows(db, sql`${archived} limit 1`)).length === 0) return nothing;
  return await fold(
    db,
    userNo,
    sql`
      delete from sample
      using (${archived}) archived
      where sample.user_no = ${userNo}::int
        and sample.series = archived.series
        and sample.source_no = archived.source_no
        and sample.recorded_at >= (archived.day - interval '14 hours') at time zone 'UTC'
        and sample.recorded_at < (archived.day + 1 + interval '14 hours') at time zone 'UTC'
        and (
          ${localDay} = archived.day
          or exists (
            select from sample_archive holder
            where holder.user_no = sample.user_no
              and holder.series = sample.series
              and holder.source_no = sample.source_no
              and holder.day = archived.day
              and (date_part('epoch', sample.recorded_at - holder.day::timestamp at time zone 'UTC') * 1000)::int
                = any(holder.instants)
          )
        )
      returning sample.series, sample.source_no, sample.recorded_at, sample.value, sample.zone_offset,
        ${localDay} as day`,
  );
}

/**
 * Takes removed samples into the archive. New ones are told by a full join: nobody knows beforehand how many instants
 * the archive holds, and unlike `not exists` this is never done by comparing each with each. `coalesce` keeps the
 * planner from seeing that only one side is wanted.
 */
async function fold(db: Database, userNo: number, removal: SQL): Promise<Folded> {
  const folded = await rows<TouchedDay & { removed: number; added: number }>(
    db,
    sql`
      with gone as (${removal}),
      held as (
        select a.series, a.source_no, (a.day::timestamp at time zone 'UTC') + instant * interval '1 millisecond' as at
        from (select distinct series, source_no, day + step as day from gone, generate_series(-1, 1) as step) near
        join sample_archive a on a.user_no = ${userNo}::int
          and a.series = near.series
          and a.source_no = near.source_no
          and a.day = near.day
        cross join unnest(a.instants) as instant
      ),
      fresh as (
        select gone.*
        from gone
        full join held on held.series = gone.series
          and held.source_no = gone.source_no
          and held.at = gone.recorded_at
        where held.at is null
          and coalesce(gone.series, -1) >= 0
      ),
      archived as (
        insert into sample_archive (
          user_no, series, source_no, day, value_sum, value_min, value_max, sample_count, zone_offset, instants
        )
        select ${userNo}::int, series, source_no, day, sum(value), min(value), max(value), count(*),
          (array_agg(zone_offset order by recorded_at))[1],
          array_agg(
            round(date_part('epoch', recorded_at - day::timestamp at time zone 'UTC') * 1000)::int order by recorded_at
          )
        from fresh
        group by series, source_no, day
        on conflict (user_no, series, source_no, day) do update
        set value_sum = sample_archive.value_sum + excluded.value_sum,
          value_min = least(sample_archive.value_min, excluded.value_min),
          value_max = greatest(sample_archive.value_max, excluded.value_max),
          sample_count = sample_archive.sample_count + excluded.sample_count,
          zone_offset = coalesce(sample_archive.zone_offset, excluded.zone_offset),
          instants = sample_archive.instants || excluded.instants
      )
      select series, source_no, day - '1970-01-01'::date as day, count(*)::int as removed,
        coalesce(min(fresh_count), 0)::int as added
      from gone
      left join (
        select series, source_no, day, count(*) as fresh_count
        from fresh
        group by 1, 2, 3
      ) counted using (series, source_no, day)
      group by series, source_no, day`,
  );
  await noteRemoved(
    db,
    userNo,
    [...Map.groupBy(folded, ({ series, source_no }) => `${series} ${source_no}`).values()]
      .flatMap((days) => days.slice(0, 1).map((pair) => ({ ...pair, removed: sumOf(days, "removed") }))),
  );
  const [removed, added] = [sumOf(folded, "removed"), sumOf(folded, "added")];
  return { known: removed - added, added, unchanged: new Set(folded.filter((day) => day.added === 0).map(touchedKey)) };
}

function sumOf<Name extends string>(rows: readonly Record<Name, number>[], name: Name): number {
  return rows.reduce((sum, row) => sum + row[name], 0);
}

interface Removed {
  readonly series: number;
  readonly source_no: number;
  readonly removed: number;
}

/** Keeps the account of what is recorded. What has samples stays in it whatever the count says, or it would not be read. */
async function noteRemoved(db: Database, userNo: number, pairs: readonly Removed[]): Promise<void> {
  if (pairs.length === 0) return;
  await db.execute(sql`
    with bound as (
      select r.series, r.source_no, removed.removed, oldest.at as first_at, newest.at as last_at
      from jsonb_to_recordset(${JSON.stringify(pairs)}::text::jsonb)
        as removed(series smallint, source_no smallint, removed bigint)
      join recorded_series r on r.user_no = ${userNo}::int
        and r.series = removed.series
        and r.source_no = removed.source_no
      left join lateral (
        select recorded_at as at from sample s
        where s.user_no = r.user_no and s.series = r.series and s.source_no = r.source_no
        order by recorded_at
        limit 1
      ) oldest on true
      left join lateral (
        select recorded_at as at from sample s
        where s.user_no = r.user_no and s.series = r.series and s.source_no = r.source_no
        order by recorded_at desc
        limit 1
      ) newest on true
    ),
    emptied as (
      delete from recorded_series r
      using bound
      where r.user_no = ${userNo}::int
        and r.series = bound.series
        and r.source_no = bound.source_no
        and bound.first_at is null
    )
    update recorded_series r
    set sample_count = greatest(r.sample_count - bound.removed, 1),
      first_at = bound.first_at,
      last_at = bound.last_at
    from bound
    where r.user_no = ${userNo}::int
      and r.series = bound.series
      and r.source_no = bound.source_no
      and bound.first_at is not null`);
}

/** Deletes samples of local days up to `through`; gives the days. */
export async function deleteSamples(db: Database, pair: Pair, through: string): Promise<string[]> {
  const gone = await rows<{ day: string; removed: number }>(
    db,
    sql`
      with gone as (
        delete from sample
        where ${ofPair(pair, "sample")}
          and recorded_at < ${behind(through)}
          and ${localDay} <= ${through}::date
        returning ${localDay} as day
      )
      select day::text, count(*)::int as removed
      from gone
      group by day`,
  );
  await noteRemoved(db, pair.user_no, [{ ...pair, removed: gone.reduce((sum, day) => sum + day.removed, 0) }]);
  return gone.map(({ day }) => day);
}
