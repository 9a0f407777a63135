import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import { type EventList, type EventRow, inRange, walk } from "../platform/event_list.ts";

/** Statements on workouts; `src/ingest` writes them. */

export interface WorkoutRow extends EventRow {
  readonly type: string;
  readonly name: string | null;
  readonly duration_seconds: number | null;
  readonly moving_time_seconds: number | null;
  readonly energy_burned: number | null;
  readonly distance: number | null;
  /** Stored, or the mean of what the same source measured meanwhile. */
  readonly heart_rate_avg: number | null;
  readonly heart_rate_max: number | null;
  readonly total_elevation_gain: number | null;
  readonly provider: string;
  readonly source: string | null;
  readonly device_model: string | null;
  readonly device_type: string | null;
}

/** Up to `limit + 1` workouts in the order of the walk, and how many the range holds. `type` null is any. */
export async function listWorkouts(
  db: Database,
  userId: UserId,
  list: EventList,
  type: string | null,
  heartRate: number,
): Promise<{ total: number; found: WorkoutRow[] }> {
  const { behind, ordered } = walk(list);
  const person = sql`(select no from "user" where id = ${userId})`;
  const wanted = sql`
    user_no = ${person}
    and ${inRange(list)}
    and ${type === null ? sql`true` : sql`type = lower(${type})`}`;
  const [counted] = await rows<{ total: number }>(db, sql`select count(*)::int as total from workout where ${wanted}`);
  const backward = sql.raw(list.cursor?.backward === true ? "asc" : "desc");
  const found = await rows<WorkoutRow>(
    db,
    sql`
      select
        page.id,
        (extract(epoch from start_time) * 1000)::float8 as start,
        (extract(epoch from end_time) * 1000)::float8 as "end",
        zone_offset, type, name, duration_seconds, moving_time_seconds, energy_burned, distance, heart_rate_max,
        total_elevation_gain, provider, source, device_model, device_type,
        coalesce(heart_rate_avg, (
          select avg(value)
          from sample
          where page.heart_rate_avg is null
            and sample.user_no = page.user_no
            and sample.series = ${heartRate}
            and sample.source_no = page.source_no
            and sample.recorded_at >= page.start_time
            and sample.recorded_at < page.end_time
        )) as heart_rate_avg
      from (
        select * from workout
        where ${wanted}
          and ${behind}
        ${ordered}
      ) page
      join data_source on data_source.user_no = page.user_no and data_source.no = page.source_no
      order by start_time ${backward}, page.id ${backward}`,
  );
  return { total: counted?.total ?? 0, found };
}

/** Deletes a workout; the local days it touched, or undefined when the person has none with this id. */
export async function deleteWorkout(
  db: Database,
  userId: UserId,
  id: string,
): Promise<{ user_no: number; days: string[] } | undefined> {
  const [deleted] = await rows<{ user_no: number; days: string[] }>(
    db,
    sql`
      delete from workout
      where user_no = (select no from "user" where id = ${userId})
        and id = ${id}
      returning
        user_no,
        array[
          (start_time at time zone 'UTC' + make_interval(mins => coalesce(zone_offset, 0)))::date::text,
          (end_time at time zone 'UTC' + make_interval(mins => coalesce(zone_offset, 0)))::date::text
        ] as days`,
  );
  return deleted;
}
