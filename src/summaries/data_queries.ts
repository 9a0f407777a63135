import { type SQL, sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import {
  archivePairs,
  dayRows,
  instant,
  type MeasurementRange,
  person,
  samplePairs,
  samplesOfPair,
  totalPairs,
} from "../timeseries/reading_sql.ts";

/** Counts what is kept about a person, by provider. */

export interface SeriesCount {
  readonly provider: string;
  /** The series' id. */
  readonly series: number;
  readonly count: number;
}

/** Samples, vendors' totals, and the samples that archived days were made of. */
export async function countSeries(
  db: Database,
  userId: UserId,
  { start, end }: Omit<MeasurementRange, "series">,
): Promise<SeriesCount[]> {
  const range = { from: instant(start), to: instant(end), series: sql`null::smallint[]` };
  const days = dayRows(range);
  return await rows<SeriesCount>(
    db,
    sql`
      with recursive ${person(userId)},
      ${samplePairs(range)},
      ${totalPairs},
      ${archivePairs},
      counted as (
        select series, source_no, ${samplesOfPair(range)} as count from pair
        union all
        select series, source_no, 1 from (${days.totals}) total
        union all
        select series, source_no, samples from (${days.archived}) archived(at, series, source_no, kind, value,
          zone_offset, low, high, samples)
      )
      select d.provider, counted.series, sum(counted.count)::float8 as count
      from counted
      join data_source d on d.user_no = (select no from person) and d.no = counted.source_no
      group by d.provider, counted.series
      having sum(counted.count) > 0
      order by d.provider, counted.series`,
  );
}

export interface EventCount {
  readonly provider: string;
  /** The workout's type; null for a sleep session. */
  readonly type: string | null;
  readonly count: number;
}

/** Workouts by type, and sleep sessions, that start in the range. */
export async function countEvents(db: Database, userId: UserId, start: Date, end: Date): Promise<EventCount[]> {
  return await rows<EventCount>(
    db,
    sql`
      with ${person(userId)},
      event as (
        select source_no, type from workout where ${startsWithin(start, end)}
        union all
        select source_no, null from sleep_session where ${startsWithin(start, end)}
      )
      select d.provider, event.type, count(*)::int as count
      from event
      join data_source d on d.user_no = (select no from person) and d.no = event.source_no
      group by d.provider, event.type
      order by d.provider, event.type`,
  );
}

export async function hasMenstrualCycles(db: Database, userId: UserId, start: Date, end: Date): Promise<boolean> {
  const [found] = await rows<{ found: boolean }>(
    db,
    sql`
      with ${person(userId)}
      select exists (select from menstrual_cycle where ${startsWithin(start, end)}) as found`,
  );
  return found?.found ?? false;
}

function startsWithin(start: Date, end: Date): SQL {
  return sql`
    user_no = (select no from person)
      and start_time >= ${instant(start)}
      and start_time < ${instant(end)}`;
}
