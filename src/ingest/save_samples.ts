import { type SQL, sql } from "drizzle-orm";
import { copyIn, type Database, preparedRows, rows } from "../platform/database.ts";
import { archiveLateSamples, touchedKey } from "../timeseries/archive_queries.ts";
import { copiedColumns, copiedSamples } from "./copied_samples.ts";
import type { Person } from "./person.ts";
import { mostRows, rowsOf, type SampleRun, type StoredRun } from "./sample_runs.ts";
import { sentSamples } from "./sent_samples.ts";
import { type Saved, tally } from "./tally.ts";

export interface SavedSamples extends Saved {
  /** The series that changed. */
  readonly series: ReadonlySet<number>;
}

/** What was stored of one series of one source on one local day. */
interface SavedDay {
  readonly series: number;
  readonly source_no: number;
  /** Days since 1970, local. */
  readonly day: number;
  readonly inserted: number;
  readonly updated: number;
  /** Milliseconds since 1970. */
  readonly first: number;
  readonly last: number;
}

/** `sent` counts the samples of the batch, those included that others replaced. */
export async function saveSamples(
  db: Database,
  person: Person,
  runs: readonly StoredRun[],
  sent: number,
  recorded: Ranges,
): Promise<SavedSamples> {
  const days = new Set<string>();
  const changed = new Set<number>();
  let [inserted, updated] = [0, 0];
  for (const chunk of chunks(runs)) {
    const { fresh, known, met } = split(chunk, recorded);
    const compared = await saveKnown(db, person, known, met);
    await insertFresh(db, person, fresh);
    const saved = [...fresh.flatMap(savedDays), ...compared];
    const [, archived] = await Promise.all([
      noteRecorded(db, person, saved),
      archiveLateSamples(db, person.no, saved),
    ]);
    // What the archive held already is not new, although its row was.
    inserted -= archived.known;
    for (const row of saved) {
      inserted += row.inserted;
      updated += row.updated;
      widen(recorded, row);
      if (archived.unchanged.has(touchedKey(row))) continue;
      changed.add(row.series);
      days.add(dayText(row.day));
    }
  }
  return { tally: tally(sent, inserted, updated), days, series: changed };
}

/** The runs with the numbers that their rows have: `sourceNos` by place in the batch, `seriesIds` among its own series. */
export function storedRuns(
  runs: readonly SampleRun[],
  sourceNos: readonly number[],
  seriesIds: readonly number[],
): StoredRun[] {
  return runs.map(({ series, source, ...run }) => ({
    ...run,
    series: series < 0 ? seriesIds[-1 - series] ?? 0 : series,
    source_no: sourceNos[source] ?? 0,
  }));
}

/** As many runs as one statement stores; none is longer by itself. */
function* chunks(runs: readonly StoredRun[]): Generator<StoredRun[]> {
  let chunk: StoredRun[] = [];
  for (const run of runs) {
    if (rowsOf(chunk) + run.count > mostRows) {
      yield chunk;
      chunk = [];
    }
    chunk.push(run);
  }
  if (chunk.length > 0) yield chunk;
}

/** What the statement that stores tells, for a run that is all new. */
function savedDays({ series, source_no, days }: StoredRun): SavedDay[] {
  return days.map(({ day, count, first, last }) => ({
    series,
    source_no,
    day,
    inserted: count,
    updated: 0,
    first,
    last,
  }));
}

/** From when to when each series of each source is recorded, in milliseconds since 1970, and how many samples of it. */
export type Ranges = Map<number, { first: number; last: number; count: number }>;

export async function recordedRanges(db: Database, person: Person): Promise<Ranges> {
  const found = await preparedRows<{ series: number; source_no: number; first: number; last: number; count: number }>(
    db,
    sql`
      select
        series,
        source_no,
        sample_count::float8 as count,
        round(date_part('epoch', first_at) * 1000) as first,
        round(date_part('epoch', last_at) * 1000) as last
      from recorded_series
      where user_no = ${person.no}::int`,
  );
  return new Map(found.map(({ series, source_no, ...range }) => [seriesOfSource(series, source_no), range]));
}

function widen(ranges: Ranges, row: SavedDay): void {
  const key = seriesOfSource(row.series, row.source_no);
  const known = ranges.get(key) ?? { ...row, count: 0 };
  ranges.set(key, {
    first: Math.min(row.first, known.first),
    last: Math.max(row.last, known.last),
    count: known.count + row.inserted,
  });
}

/** One number for a series of a source. */
function seriesOfSource(series: number, sourceNo: number): number {
  return series * 65_536 + sourceNo;
}

interface Split {
  /** Runs that cannot be stored yet, and those that may. */
  readonly fresh: readonly StoredRun[];
  readonly known: readonly StoredRun[];
  readonly met: Met;
}

/** The stored spans that known runs lie in. */
interface Met {
  readonly spans: readonly Pick<StoredRun, "series" | "source_no" | "first" | "last">[];
  /** About how many samples are stored in them. */
  readonly stored: number;
}

/**
 * Samples of a series and source that lie wholly before or after what is recorded of it cannot meet a stored row: most
 * of a first import is so, and its rows need not be looked for.
 */
function split(runs: readonly StoredRun[], recorded: Ranges): Split {
  const [fresh, known]: StoredRun[][] = [[], []];
  let stored = 0;
  for (const run of runs) {
    const { first, last, count } = run;
    const range = recorded.get(seriesOfSource(run.series, run.source_no));
    if (range === undefined || first > range.last || last < range.first) {
      fresh?.push(run);
      continue;
    }
    known?.push(run);
    const shared = Math.min(last, range.last) - Math.max(first, range.first);
    stored += Math.max(count, range.count * shared / Math.max(1, range.last - range.first));
  }
  return { fresh: fresh ?? [], known: known ?? [], met: { spans: known ?? [], stored } };
}

async function insertFresh(db: Database, person: Person, runs: readonly StoredRun[]): Promise<void> {
  if (runs.length === 0) return;
  await copyIn(db, `copy sample (${copiedColumns}) from stdin (format binary)`, copiedSamples(person, runs));
}

/** Up to so many stored rows are read for one that was sent; where there are more, each is searched for. */
const readForOne = 8;
/** Each is a part of the statement, so that the planner sees how small it is. */
const mostSpans = 40;

/**
 * The sent samples beside what is stored of them. A full join cannot be done by comparing each with each, which a
 * planner without statistics would choose; `coalesce` keeps it from seeing that only one side is wanted. The `limit`
 * keeps searches on the key's index.
 */
function besideStored(person: Person, sent: SQL, count: number, { spans, stored }: Met): SQL {
  if (spans.length <= mostSpans && stored <= count * readForOne) {
    const inside = spans.map(({ series, source_no, first, last }) =>
      sql`
        select series, source_no, recorded_at, value, duration_seconds, zone_offset, ctid as place
        from sample
        where user_no = ${person.no}::int
          and series = ${series}::smallint
          and source_no = ${source_no}::smallint
          and recorded_at between to_timestamp(${first / 1000}::float8) and to_timestamp(${last / 1000}::float8)`
    );
    return sql`
      (${sent}) sent
      full join (${sql.join(inside, sql` union all `)}) stored on stored.series = sent.series
        and stored.source_no = sent.source_no
        and stored.recorded_at = sent.recorded_at
      where coalesce(sent.series, -1) >= 0`;
  }
  return sql`
    (${sent}) sent
    left join lateral (
      select ctid as place, value, duration_seconds, zone_offset
      from sample
      where user_no = ${person.no}::int
        and series = sent.series
        and source_no = sent.source_no
        and recorded_at = sent.recorded_at
      limit 1
    ) stored on true
    where true`;
}

/**
 * Inserts what is new and updates what changed. `on conflict do update` would lock, and so write, every row that stays
 * as it is; the person is locked, so nobody else stores the same meanwhile.
 */
async function saveKnown(
  db: Database,
  person: Person,
  runs: readonly StoredRun[],
  met: Met,
): Promise<SavedDay[]> {
  if (runs.length === 0) return [];
  return await rows<SavedDay>(
    db,
    sql`
      with compared as materialized (
        select
          sent.series,
          sent.source_no,
          sent.recorded_at,
          sent.value,
          sent.duration_seconds,
          coalesce(sent.zone_offset, stored.zone_offset) as zone_offset,
          stored.place
        from ${besideStored(person, sentSamples(runs), rowsOf(runs), met)}
          and (
            stored.place is null
            or stored.value <> sent.value
            or stored.duration_seconds <> sent.duration_seconds
            or coalesce(sent.zone_offset, stored.zone_offset) is distinct from stored.zone_offset
          )
      ),
      added as (
        insert into sample (user_no, series, source_no, recorded_at, value, duration_seconds, zone_offset)
        select ${person.no}::int, series, source_no, recorded_at, value, duration_seconds, zone_offset
        from compared
        where place is null
      ),
      changed as (
        update sample
        set value = compared.value,
          duration_seconds = compared.duration_seconds,
          zone_offset = compared.zone_offset
        from compared
        where sample.ctid = compared.place
      )
      select
        series,
        source_no,
        floor((date_part('epoch', recorded_at) + coalesce(zone_offset, 0) * 60) / 86400)::int as day,
        (count(*) filter (where place is null))::int as inserted,
        (count(*) filter (where place is not null))::int as updated,
        round(date_part('epoch', min(recorded_at)) * 1000) as first,
        round(date_part('epoch', max(recorded_at)) * 1000) as last
      from compared
      group by 1, 2, 3`,
  );
}

/** Keeps the account of what is recorded, which reads start from. */
async function noteRecorded(db: Database, person: Person, saved: readonly SavedDay[]): Promise<void> {
  const fresh = saved.filter((row) => row.inserted > 0);
  if (fresh.length === 0) return;
  await preparedRows(
    db,
    sql`
    insert into recorded_series (user_no, series, source_no, sample_count, first_at, last_at)
    select ${person.no}::int, series, source_no, sum(inserted), to_timestamp(min(first) / 1000), to_timestamp(max(last) / 1000)
    from jsonb_to_recordset(${JSON.stringify(fresh)}::text::jsonb) as fresh(
      series smallint, source_no smallint, inserted bigint, first float8, last float8
    )
    group by series, source_no
    on conflict (user_no, series, source_no) do update
    set sample_count = recorded_series.sample_count + excluded.sample_count,
      first_at = least(recorded_series.first_at, excluded.first_at),
      last_at = greatest(recorded_series.last_at, excluded.last_at)`,
  );
}

function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
