import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import { type EventList, type EventRow, inRange, walk } from "../platform/event_list.ts";
import type { SleepStage } from "./build_session.ts";

/** Statements that read sleep sessions; `session_queries.ts` holds those that build them. */

export interface SleepRow extends EventRow {
  readonly is_nap: boolean;
  readonly asleep_seconds: number | null;
  readonly light_seconds: number | null;
  readonly deep_seconds: number | null;
  readonly rem_seconds: number | null;
  readonly awake_seconds: number | null;
  readonly efficiency_percent: number | null;
  readonly stages: readonly StoredInterval[] | null;
  readonly provider: string;
  readonly source: string | null;
  readonly device_model: string | null;
  readonly device_type: string | null;
}

/** ISO 8601. */
export interface StoredInterval {
  readonly stage: SleepStage;
  readonly start_time: string;
  readonly end_time: string;
}

/** Which source is believed where several recorded a night; lower wins. */
export interface SourceRank {
  readonly source_no: number;
  readonly rank: number;
}

const wakeDate = sql`(end_time at time zone 'UTC' + make_interval(mins => coalesce(zone_offset, 0)))::date`;

/**
 * Up to `limit + 1` sessions in the order of the walk, and how many the range holds. With `ranks`, of each local wake
 * day only those of one source: the best that has a night then, or the best of all where there are only naps. The
 * nights at the ends of the range are judged by everything that was recorded then.
 */
export async function listSessions(
  db: Database,
  userId: UserId,
  list: EventList,
  ranks: readonly SourceRank[] | null,
): Promise<{ total: number; found: SleepRow[] }> {
  const { behind, ordered } = walk(list);
  const person = sql`(select no from "user" where id = ${userId})`;
  const chosen = ranks === null ? sql`select * from sleep_session where user_no = ${person}` : sql`
    select *
    from (
      select *, dense_rank() over (partition by wake_date order by (not has_night), rank) as place
      from (
        select
          s.*,
          ranks.rank,
          ${wakeDate} as wake_date,
          bool_or(not is_nap) over (partition by ${wakeDate}, source_no) as has_night
        from sleep_session s
        join jsonb_to_recordset(${JSON.stringify(ranks)}::text::jsonb) as ranks(source_no smallint, rank integer)
          using (source_no)
        where user_no = ${person}
          and start_time >= ${list.start.toISOString()}::timestamptz - interval '4 days'
          and start_time < ${list.end.toISOString()}::timestamptz + interval '4 days'
      ) judged
    ) placed
    where place = 1`;
  const [counted] = await rows<{ total: number }>(
    db,
    sql`select count(*)::int as total from (${chosen}) chosen where ${inRange(list)}`,
  );
  const found = await rows<SleepRow>(
    db,
    sql`
      select
        page.id,
        (extract(epoch from start_time) * 1000)::float8 as start,
        (extract(epoch from end_time) * 1000)::float8 as "end",
        zone_offset, is_nap, asleep_seconds, light_seconds, deep_seconds, rem_seconds, awake_seconds,
        efficiency_percent, stages, provider, source, device_model, device_type
      from (
        select * from (${chosen}) chosen
        where ${inRange(list)}
          and ${behind}
        ${ordered}
      ) page
      join data_source on data_source.user_no = page.user_no and data_source.no = page.source_no
      order by start_time ${sql.raw(list.cursor?.backward === true ? "asc" : "desc")},
        page.id ${sql.raw(list.cursor?.backward === true ? "asc" : "desc")}`,
  );
  return { total: counted?.total ?? 0, found };
}

export interface SourceOfPerson {
  readonly no: number;
  readonly provider: string;
  readonly source: string | null;
  readonly device_model: string | null;
  readonly device_type: string | null;
}

/** The sources that ever recorded sleep of the person. */
export async function sleepSources(db: Database, userId: UserId): Promise<SourceOfPerson[]> {
  return await rows<SourceOfPerson>(
    db,
    sql`
      select no, provider, source, device_model, device_type
      from data_source
      where user_id = ${userId}
        and exists (select from sleep_session s where s.user_no = data_source.user_no and s.source_no = data_source.no)`,
  );
}

export interface SessionWindow {
  readonly source_no: number;
  readonly start: number;
  readonly end: number;
  readonly zone_offset: number | null;
}

/** Deletes a session; undefined when the person has none with this id. */
export async function deleteSession(db: Database, userNo: number, id: string): Promise<SessionWindow | undefined> {
  const [session] = await rows<SessionWindow>(
    db,
    sql`
      delete from sleep_session
      where user_no = ${userNo}
        and id = ${id}
      returning
        source_no,
        (extract(epoch from start_time) * 1000)::float8 as start,
        (extract(epoch from end_time) * 1000)::float8 as "end",
        zone_offset`,
  );
  return session;
}
