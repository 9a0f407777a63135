import { sql } from "drizzle-orm";
import { type Database, rows } from "../platform/database.ts";

/** Counts over everybody, for the people who run the installation. */

export interface DashboardCounts {
  readonly users: number;
  readonly active_connections: number;
  readonly samples: number;
  readonly archived_days: number;
  readonly workouts: number;
  readonly sleep_sessions: number;
  readonly menstrual_cycles: number;
  readonly users_with_active: number;
  readonly users_with_several: number;
  readonly top_providers: readonly { readonly provider: string; readonly count: number }[];
}

const mostProviders = 6;

export async function countEverything(db: Database): Promise<DashboardCounts> {
  const [found] = await rows<DashboardCounts>(
    db,
    sql`
      with connected as (
        select user_id, count(*) as connections from user_connection where status = 'active' group by user_id
      )
      select
        (select count(*)::int from "user") as users,
        (select coalesce(sum(connections), 0)::int from connected) as active_connections,
        (
          (select coalesce(sum(sample_count), 0) from recorded_series) + (select count(*) from daily_total)
        )::float8 as samples,
        (select count(*)::float8 from sample_archive) as archived_days,
        (select count(*)::int from workout) as workouts,
        (select count(*)::int from sleep_session) as sleep_sessions,
        (select count(*)::int from menstrual_cycle) as menstrual_cycles,
        (select count(*)::int from connected) as users_with_active,
        (select count(*)::int from connected where connections > 1) as users_with_several,
        (
          select coalesce(json_agg(top order by top.count desc, top.provider), '[]')
          from (
            select provider, count(*)::int as count
            from user_connection
            where status = 'active'
            group by provider
            order by 2 desc, 1
            limit ${mostProviders}::int
          ) top
        ) as top_providers`,
  );
  if (found === undefined) throw new Error("The statement returned no row");
  return found;
}
