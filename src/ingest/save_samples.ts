import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "../platform/database.ts";
import { archiveLateSamples } from "../timeseries/archive_queries.ts";
import { arrayText } from "../timeseries/stale_days.ts";
import type { Batch } from "./batch.ts";
import type { Person } from "./person.ts";
import { type Saved, tally } from "./tally.ts";

/** Samples go in as columns, each a parameter of its own: that is as fast as COPY and can tell what is new. */

const chunkRows = 25_000;

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

export interface SavedSamples extends Saved {
  /** The series that changed. */
  readonly series: ReadonlySet<number>;
}

/** `sourceNos` by place in the batch, `seriesIds` by place among its custom series. */
export async function saveSamples(
  db: Database,
  person: Person,
  batch: Batch,
  sourceNos: readonly number[],
  seriesIds: readonly number[],
): Promise<SavedSamples> {
  const days = new Set<string>();
  const changed = new Set<number>();
  let [inserted, updated] = [0, 0];
  const chosen = lastOfEach(batch).map((place) => storedSample(batch, place, sourceNos, seriesIds));
  const recorded = chosen.length === 0 ? new Map() : await recordedRanges(db, person);
  for (let from = 0; from < chosen.length; from += chunkRows) {
    const { fresh, known } = split(chosen.slice(from, from + chunkRows), recorded);
    await insertFresh(db, person, fresh);
    const saved = [...daysOf(fresh), ...await upsertKnown(db, person, known)];
    await noteRecorded(db, person, saved);
    const archived = await archiveLateSamples(db, person.no, saved);
    // What the archive held already is not new, although its row was.
    inserted -= archived.known;
    for (const row of saved) {
      inserted += row.inserted;
      updated += row.updated;
      changed.add(row.series);
      days.add(dayText(row.day));
      widen(recorded, row);
    }
  }
  return { tally: tally(batch.samples.at.length, inserted, updated), days, series: changed };
}

/** A sample with the numbers its row has. */
interface StoredSample {
  readonly series: number;
  readonly source_no: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
  readonly duration_seconds: number;
  readonly zone_offset: number | null;
}

function storedSample(
  { samples }: Batch,
  place: number,
  sourceNos: readonly number[],
  seriesIds: readonly number[],
): StoredSample {
  const key = samples.series[place] ?? 0;
  return {
    series: key < 0 ? seriesIds[-1 - key] ?? 0 : key,
    source_no: sourceNos[samples.source[place] ?? 0] ?? 0,
    at: samples.at[place] ?? 0,
    value: samples.value[place] ?? 0,
    duration_seconds: samples.duration_seconds[place] ?? 0,
    zone_offset: samples.zone_offset[place] ?? null,
  };
}

/** From when to when each series of each source is recorded, in milliseconds since 1970. */
type Ranges = Map<number, { first: number; last: number }>;

async function recordedRanges(db: Database, person: Person): Promise<Ranges> {
  const found = await rows<{ series: number; source_no: number; first: number; last: number }>(
    db,
    sql`
      select
        series,
        source_no,
        round(date_part('epoch', first_at) * 1000) as first,
        round(date_part('epoch', last_at) * 1000) as last
      from recorded_series
      where user_no = ${person.no}`,
  );
  return new Map(found.map(({ first, last, ...row }) => [rangeKey(row), { first, last }]));
}

function rangeKey({ series, source_no }: { series: number; source_no: number }): number {
  return series * 65_536 + source_no;
}

function widen(ranges: Ranges, row: SavedDay): void {
  const known = ranges.get(rangeKey(row)) ?? row;
  ranges.set(rangeKey(row), { first: Math.min(row.first, known.first), last: Math.max(row.last, known.last) });
}

/**
 * Samples of a series and source that lie wholly before or after what is recorded of it cannot meet a stored row: most
 * of a first import is so, and its rows need not be looked for.
 */
function split(samples: readonly StoredSample[], recorded: Ranges): { fresh: StoredSample[]; known: StoredSample[] } {
  const sent: Ranges = new Map();
  for (const sample of samples) {
    const key = rangeKey(sample);
    const range = sent.get(key);
    if (range === undefined) sent.set(key, { first: sample.at, last: sample.at });
    else if (sample.at < range.first) range.first = sample.at;
    else if (sample.at > range.last) range.last = sample.at;
  }
  const meets = new Set<number>();
  for (const [key, { first, last }] of sent) {
    const stored = recorded.get(key);
    if (stored !== undefined && first <= stored.last && last >= stored.first) meets.add(key);
  }
  if (meets.size === 0) return { fresh: [...samples], known: [] };
  const fresh: StoredSample[] = [];
  const known: StoredSample[] = [];
  for (const sample of samples) (meets.has(rangeKey(sample)) ? known : fresh).push(sample);
  return { fresh, known };
}

/** The columns of the statement that stores these samples. */
function selected(person: Person, samples: readonly StoredSample[]): SQL {
  const column = (name: keyof StoredSample) => arrayText(samples.map((sample) => sample[name]));
  return sql`
    select ${person.no}::int, series, source_no, to_timestamp(at / 1000), value, duration_seconds, zone_offset
    from unnest(
      ${column("series")}::smallint[],
      ${column("source_no")}::smallint[],
      ${column("at")}::float8[],
      ${column("value")}::float8[],
      ${column("duration_seconds")}::int[],
      ${column("zone_offset")}::smallint[]
    ) as sent(series, source_no, at, value, duration_seconds, zone_offset)`;
}

const columns = sql`(user_no, series, source_no, recorded_at, value, duration_seconds, zone_offset)`;

async function insertFresh(db: Database, person: Person, samples: readonly StoredSample[]): Promise<void> {
  if (samples.length > 0) await db.execute(sql`insert into sample ${columns} ${selected(person, samples)}`);
}

async function upsertKnown(db: Database, person: Person, samples: readonly StoredSample[]): Promise<SavedDay[]> {
  if (samples.length === 0) return [];
  return await rows<SavedDay>(
    db,
    sql`
      with saved as (
        insert into sample ${columns} ${selected(person, samples)}
        on conflict (user_no, series, source_no, recorded_at) do update
        set value = excluded.value,
          duration_seconds = excluded.duration_seconds,
          zone_offset = coalesce(excluded.zone_offset, sample.zone_offset)
        where sample.value <> excluded.value
          or sample.duration_seconds <> excluded.duration_seconds
          or coalesce(excluded.zone_offset, sample.zone_offset) is distinct from sample.zone_offset
        returning series, source_no, recorded_at, zone_offset, xmax = 0 as is_new
      )
      select
        series,
        source_no,
        floor((date_part('epoch', recorded_at) + coalesce(zone_offset, 0) * 60) / 86400)::int as day,
        (count(*) filter (where is_new))::int as inserted,
        (count(*) filter (where not is_new))::int as updated,
        round(date_part('epoch', min(recorded_at)) * 1000) as first,
        round(date_part('epoch', max(recorded_at)) * 1000) as last
      from saved
      group by 1, 2, 3`,
  );
}

/** What the statement above tells, for samples that are all new. */
function daysOf(samples: readonly StoredSample[]): SavedDay[] {
  const days = new Map<string, { sample: StoredSample; day: number; count: number; first: number; last: number }>();
  for (const sample of samples) {
    const day = Math.floor((sample.at / 60_000 + (sample.zone_offset ?? 0)) / 1440);
    const key = `${sample.series} ${sample.source_no} ${day}`;
    const known = days.get(key);
    if (known === undefined) days.set(key, { sample, day, count: 1, first: sample.at, last: sample.at });
    else {
      known.count++;
      if (sample.at < known.first) known.first = sample.at;
      if (sample.at > known.last) known.last = sample.at;
    }
  }
  return [...days.values()].map(({ sample, day, count, first, last }) => ({
    series: sample.series,
    source_no: sample.source_no,
    day,
    inserted: count,
    updated: 0,
    first,
    last,
  }));
}

/** Keeps the account of what is recorded, which reads start from. */
async function noteRecorded(db: Database, person: Person, saved: readonly SavedDay[]): Promise<void> {
  const fresh = saved.filter((row) => row.inserted > 0);
  if (fresh.length === 0) return;
  await db.execute(sql`
    insert into recorded_series (user_no, series, source_no, sample_count, first_at, last_at)
    select ${person.no}, series, source_no, sum(inserted), to_timestamp(min(first) / 1000), to_timestamp(max(last) / 1000)
    from jsonb_to_recordset(${JSON.stringify(fresh)}::text::jsonb) as fresh(
      series smallint, source_no smallint, inserted bigint, first float8, last float8
    )
    group by series, source_no
    on conflict (user_no, series, source_no) do update
    set sample_count = recorded_series.sample_count + excluded.sample_count,
      first_at = least(recorded_series.first_at, excluded.first_at),
      last_at = greatest(recorded_series.last_at, excluded.last_at)`);
}

/**
 * The places to store, without those that a later one of the same series, source and instant replaces. Most batches
 * come in order, which one pass over them shows.
 */
function lastOfEach({ samples }: Batch): number[] {
  const places = samples.at.map((_, place) => place);
  const latest = new Map<number, number>();
  const inOrder = places.every((place) => {
    const key = seriesAndSource(samples, place);
    const at = samples.at[place] ?? 0;
    const earlier = latest.get(key);
    latest.set(key, at);
    return earlier === undefined || earlier < at;
  });
  if (inOrder) return places;
  const byKey = new Map<string, number>();
  for (const place of places) byKey.set(`${seriesAndSource(samples, place)} ${samples.at[place]}`, place);
  return byKey.size === places.length ? places : [...byKey.values()].sort((a, b) => a - b);
}

function seriesAndSource(samples: Batch["samples"], place: number): number {
  return (samples.series[place] ?? 0) * 65_536 + (samples.source[place] ?? 0);
}

function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
