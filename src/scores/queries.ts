import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";

/** Statements on scores. What vendors send is written by `src/ingest`, what is computed by `replaceScores`. */

export type Components = Readonly<
  Record<string, { readonly value?: number | null; readonly qualifier?: string | null }>
>;

export interface ScoreRow {
  readonly id: string;
  readonly category: string;
  readonly provider: string;
  readonly value: number | null;
  readonly qualifier: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Minutes east of UTC. */
  readonly zone_offset: number | null;
  readonly components: Components | null;
  readonly data_source_id: string | null;
}

export interface ScoreFilter {
  readonly start?: Date | undefined;
  /** Excluded. */
  readonly end?: Date | undefined;
  readonly category?: string | undefined;
  readonly provider?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

const localDay = sql`(recorded_at at time zone 'UTC' + make_interval(mins => coalesce(zone_offset, 0)))::date`;
const columns = sql`
  health_score.id, health_score.category, health_score.provider, value, qualifier,
  (extract(epoch from recorded_at) * 1000)::float8 as at, zone_offset, components, data_source.id as data_source_id`;
const fromScores = sql`
  from health_score
  left join data_source
    on data_source.user_no = health_score.user_no
    and data_source.no = health_score.source_no`;

/** Newest first, up to `limit + 1` of them, and how many there are. */
export async function listScores(
  db: Database,
  userId: UserId,
  filter: ScoreFilter,
): Promise<{ total: number; found: ScoreRow[] }> {
  const { start, end, category, provider } = filter;
  const wanted = sql`
    health_score.user_no = (select no from "user" where id = ${userId})
    and ${start === undefined ? sql`true` : sql`recorded_at >= ${start.toISOString()}::timestamptz`}
    and ${end === undefined ? sql`true` : sql`recorded_at < ${end.toISOString()}::timestamptz`}
    and ${category === undefined ? sql`true` : sql`category = ${category}`}
    and ${provider === undefined ? sql`true` : sql`health_score.provider = ${provider}`}`;
  const [counted] = await rows<{ total: number }>(
    db,
    sql`select count(*)::int as total from health_score where ${wanted}`,
  );
  const found = await rows<ScoreRow>(
    db,
    sql`
      select ${columns}
      ${fromScores}
      where ${wanted}
      order by recorded_at desc, health_score.id desc
      limit ${filter.limit + 1}::int
      offset ${filter.offset}::int`,
  );
  return { total: counted?.total ?? 0, found };
}

/** Scores of one category by local day, `from` and `to` included, oldest first. Each row names its day. */
export async function scoresOfDays(
  db: Database,
  userId: UserId,
  category: string,
  from: string,
  to: string,
): Promise<(ScoreRow & { readonly day: string })[]> {
  return await rows<ScoreRow & { day: string }>(
    db,
    sql`
      select ${columns}, ${localDay}::text as day
      ${fromScores}
      where health_score.user_no = (select no from "user" where id = ${userId})
        and category = ${category}
        and recorded_at >= (${from}::date - 1)::timestamp at time zone 'UTC'
        and recorded_at < (${to}::date + 2)::timestamp at time zone 'UTC'
        and ${localDay} between ${from}::date and ${to}::date
      order by recorded_at, health_score.id`,
  );
}

/** The days whose scores no longer hold, oldest first and so many at most; they are taken off the list. */
export async function takeStaleScoreDays(db: Database, userNo: number, most: number): Promise<string[]> {
  const taken = await rows<{ day: string }>(
    db,
    sql`
      delete from stale_day
      where user_no = ${userNo}
        and what = 'score'
        and day in (
          select day
          from stale_day
          where user_no = ${userNo}
            and what = 'score'
          order by day
          limit ${most}::int
        )
      returning day::text as day`,
  );
  return taken.map(({ day }) => day).sort();
}

/** People with such days, whatever has become of their jobs. */
export async function usersWithStaleScores(db: Database): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select id from "user" where no in (select user_no from stale_day where what = 'score')`,
  );
  return found.map(({ id }) => id);
}

/** A score that is computed here. */
export interface ComputedScore {
  readonly value: number;
  /** ISO 8601. */
  readonly recorded_at: string;
  readonly zone_offset: number | null;
  readonly components: Components;
  readonly source_no: number | null;
  readonly sleep_session_id: string | null;
}

/**
 * Makes the computed scores of a category on the given local days those of `scores`: what is gone is deleted, what is
 * the same stays untouched.
 */
export async function replaceScores(
  db: Database,
  userNo: number,
  category: "sleep" | "resilience",
  days: readonly string[],
  scores: readonly ComputedScore[],
): Promise<void> {
  if (days.length === 0) return;
  const sent = JSON.stringify(scores);
  const types = sql`
    value float8, recorded_at timestamptz, zone_offset smallint, components jsonb, source_no smallint,
    sleep_session_id uuid`;
  await db.execute(sql`
    delete from health_score stored
    where user_no = ${userNo}
      and provider = 'internal'
      and category = ${category}
      and (
        ${localDay} in (select jsonb_array_elements_text(${JSON.stringify(days)}::text::jsonb)::date)
        or sleep_session_id in (select sleep_session_id from jsonb_to_recordset(${sent}::text::jsonb) as sent(${types}))
      )
      and not exists (
        select from jsonb_to_recordset(${sent}::text::jsonb) as sent(${types})
        where sent.recorded_at = stored.recorded_at
          and sent.sleep_session_id is not distinct from stored.sleep_session_id
      )`);
  await db.execute(sql`
    insert into health_score as stored (
      user_no, id, source_no, provider, category, value, recorded_at, zone_offset, components, sleep_session_id
    )
    select
      ${userNo}::int, gen_random_uuid(), source_no, 'internal', ${category}, value, recorded_at, zone_offset, components,
      sleep_session_id
    from jsonb_to_recordset(${sent}::text::jsonb) as sent(${types})
    on conflict (user_no, provider, category, recorded_at) do update
    set value = excluded.value,
      zone_offset = excluded.zone_offset,
      components = excluded.components,
      source_no = excluded.source_no,
      sleep_session_id = excluded.sleep_session_id
    where (stored.value, stored.zone_offset, stored.components, stored.source_no, stored.sleep_session_id)
      is distinct from
      (excluded.value, excluded.zone_offset, excluded.components, excluded.source_no, excluded.sleep_session_id)`);
}
