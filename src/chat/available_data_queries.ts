import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import { userNo } from "../summaries/sample_queries.ts";
import { archivePairs, person, totalPairs } from "../timeseries/reading_sql.ts";

/** Statements that tell what there is of a person and from when to when. */

export interface RecordedSpan {
  /** Id of a series. */
  readonly series: number;
  /** Days, `YYYY-MM-DD`. */
  readonly first: string;
  readonly last: string;
  /** Distinct days since the day asked for. */
  readonly days: number;
}

/**
 * Each series with its first and last day, and on how many days since `since` something was recorded. Days are found by
 * jumping from one to the next in the key, never by reading their samples; `offset`, in minutes, says where they begin.
 */
export async function recordedSpans(
  db: Database,
  userId: UserId,
  since: string,
  offset: number,
): Promise<RecordedSpan[]> {
  const localDay = (at: string) => sql`(${sql.raw(at)} at time zone 'UTC' + make_interval(mins => ${offset}))::date`;
  return await rows<RecordedSpan>(
    db,
    sql`
      with recursive ${person(userId)},
      ${totalPairs},
      ${archivePairs},
      sampled_day as (
        select r.series, r.source_no, found.day
        from recorded_series r
        cross join lateral (
          select ${localDay("recorded_at")} as day
          from sample
          where user_no = r.user_no
            and series = r.series
            and source_no = r.source_no
            and recorded_at >= (${since}::date::timestamp - make_interval(mins => ${offset})) at time zone 'UTC'
          order by recorded_at
          limit 1
        ) found
        where r.user_no = (select no from person)
        union all
        select before.series, before.source_no, found.day
        from sampled_day before
        cross join lateral (
          select ${localDay("recorded_at")} as day
          from sample
          where user_no = (select no from person)
            and series = before.series
            and source_no = before.source_no
            and recorded_at >= ((before.day + 1)::timestamp - make_interval(mins => ${offset})) at time zone 'UTC'
          order by recorded_at
          limit 1
        ) found
      ),
      known_day as (
        select series, day from sampled_day
        union
        select t.series, t.day
        from total_pair pair
        join daily_total t
          on t.user_no = (select no from person)
            and t.series = pair.series
            and t.source_no = pair.source_no
            and t.day >= ${since}::date
        union
        select a.series, a.day
        from archive_pair pair
        join sample_archive a
          on a.user_no = (select no from person)
            and a.series = pair.series
            and a.source_no = pair.source_no
            and a.day >= ${since}::date
      ),
      span as (
        select series, ${localDay("first_at")} as first, ${localDay("last_at")} as last
        from recorded_series
        where user_no = (select no from person)
        union all
        select pair.series, bounds.first, bounds.last
        from total_pair pair
        cross join lateral (
          select min(day) as first, max(day) as last
          from daily_total
          where user_no = (select no from person) and series = pair.series and source_no = pair.source_no
        ) bounds
        union all
        select pair.series, bounds.first, bounds.last
        from archive_pair pair
        cross join lateral (
          select min(day) as first, max(day) as last
          from sample_archive
          where user_no = (select no from person) and series = pair.series and source_no = pair.source_no
        ) bounds
      )
      select
        series,
        min(first)::text as first,
        max(last)::text as last,
        (select count(*)::int from known_day where known_day.series = span.series) as days
      from span
      group by series
      order by days desc, series`,
  );
}

export interface Counted {
  readonly what: "nights" | "naps" | "workouts" | "lab_results" | "symptoms" | "documents";
  /** Of workouts and symptoms their type, of lab results the test as printed, of documents the kind. */
  readonly name: string;
  readonly count: number;
  readonly first: string | null;
  readonly last: string | null;
}

/** What is no series, by kind and name; the most frequent first. */
export async function countedThings(db: Database, userId: UserId): Promise<Counted[]> {
  const day = (at: string) =>
    sql.raw(`(${at} at time zone 'UTC' + make_interval(mins => coalesce(zone_offset, 0)))::date`);
  return await rows<Counted>(
    db,
    sql`
      select what, name, count(*)::int as count, min(day)::text as first, max(day)::text as last
      from (
        select case when is_nap then 'naps' else 'nights' end as what, '' as name, ${day("end_time")} as day
        from sleep_session
        where user_no = ${userNo(userId)}
        group by 1, 2, 3
        union all
        select 'workouts', type, ${day("start_time")}
        from workout
        where user_no = ${userNo(userId)}
        union all
        select 'lab_results', test_name, recorded_at
        from lab_result
        where user_id = ${userId}
        union all
        select 'symptoms', symptom_type, (recorded_at at time zone 'UTC' + zone_offset::interval)::date
        from symptom_entry
        where user_id = ${userId}
        union all
        select 'documents', document_type, coalesce(document_date, (created_at at time zone 'UTC')::date)
        from medical_document
        where user_id = ${userId}
      ) thing
      group by what, name
      order by count desc, what, name`,
  );
}
