import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import { archivePairs, person, totalPairs } from "../timeseries/reading_sql.ts";

/** Statements that look at what there is of a person, without reading measurements. */

export interface KnownSeries {
  readonly id: number;
  /** `YYYY-MM-DD`, in UTC where it is told from samples. */
  readonly last_day: string;
}

/** Every series that something is stored of: samples, vendors' totals or archived days. */
export async function knownSeries(db: Database, userId: UserId): Promise<KnownSeries[]> {
  return await rows<KnownSeries>(
    db,
    sql`
      with recursive ${person(userId)},
      ${totalPairs},
      ${archivePairs}
      select series as id, max(last_day)::text as last_day
      from (
        select series, (last_at at time zone 'UTC')::date as last_day
        from recorded_series
        where user_no = (select no from person)
        union all
        select series, (
          select max(day)
          from daily_total t
          where t.user_no = (select no from person) and t.series = pair.series and t.source_no = pair.source_no
        )
        from total_pair pair
        union all
        select series, (
          select max(day)
          from sample_archive t
          where t.user_no = (select no from person) and t.series = pair.series and t.source_no = pair.source_no
        )
        from archive_pair pair
      ) known
      group by series
      order by series`,
  );
}

export interface KnownEvents {
  readonly sleep: boolean;
  readonly workouts: boolean;
  /** Categories. */
  readonly scores: readonly string[];
}

export async function knownEvents(db: Database, userId: UserId): Promise<KnownEvents> {
  const no = sql`(select no from "user" where id = ${userId})`;
  const [known] = await rows<KnownEvents>(
    db,
    sql`
      select
        exists (select from sleep_session where user_no = ${no} and not is_nap) as sleep,
        exists (select from workout where user_no = ${no}) as workouts,
        (
          select coalesce(json_agg(distinct category), '[]')
          from health_score
          where user_no = ${no}
            and value is not null
        ) as scores`,
  );
  return known ?? { sleep: false, workouts: false, scores: [] };
}
