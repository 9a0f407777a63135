import { and, asc, eq, ne, type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "../platform/database.ts";
import { type UserConnection, userConnections } from "./table.ts";

/** Every statement on the links to providers. What happens while data comes in stands in `sync_queries.ts`. */

const of = (userId: string, provider: string) =>
  and(eq(userConnections.user_id, userId), eq(userConnections.provider, provider));

/** By provider. */
export async function listConnections(db: Database, userId: string): Promise<UserConnection[]> {
  return await db.select().from(userConnections).where(eq(userConnections.user_id, userId))
    .orderBy(asc(userConnections.provider));
}

export async function findConnection(
  db: Database,
  userId: string,
  provider: string,
): Promise<UserConnection | undefined> {
  return (await db.select().from(userConnections).where(of(userId, provider)))[0];
}

/** Makes the link, or makes a revoked one active again. Gives its id. */
export async function upsertConnection(db: Database, userId: string, provider: string): Promise<string> {
  const [row] = await rows<{ id: string }>(
    db,
    sql`
      insert into user_connection as known (id, user_id, provider, status)
      values (${crypto.randomUUID()}, ${userId}, ${provider}, 'active')
      on conflict (user_id, provider) do update
        set
          status = case known.status when 'revoked' then 'active' else known.status end,
          updated_at = now()
      returning id`,
  );
  if (row === undefined) throw new Error("The statement returned no row");
  return row.id;
}

/** Notes that data came in; never moves back. */
export async function markSynced(db: Database, userId: string, provider: string, at: Date): Promise<void> {
  const latest = sql`greatest(${userConnections.last_synced_at}, ${at.toISOString()}::timestamptz)`;
  await db.update(userConnections).set({ last_synced_at: latest, updated_at: sql`now()` }).where(of(userId, provider));
}

/** What was revoked before keeps its time. */
export async function revokeConnection(db: Database, userId: string, provider: string): Promise<void> {
  await db.update(userConnections).set({ status: "revoked", updated_at: sql`now()` })
    .where(and(of(userId, provider), ne(userConnections.status, "revoked")));
}

// A provider's data

/** First and last local day, `YYYY-MM-DD`. */
export interface DaySpan {
  readonly first: string;
  readonly last: string;
}

/**
 * On which local days this provider measured something, and on which of them something that scores are computed from:
 * sleep, or one of `scoredSeries`. Null where there is nothing.
 */
export async function daysOfProvider(
  db: Database,
  userNo: number,
  provider: string,
  scoredSeries: readonly number[],
): Promise<{ readonly all: DaySpan | null; readonly scored: DaySpan | null }> {
  const mine = sql`user_no = ${userNo} and source_no in (select no from source)`;
  // A local day is the one in UTC or a neighbour.
  const firstDay = (what: SQL) => sql`((min(first_at) filter (where ${what}) at time zone 'UTC')::date - 1)::text`;
  const lastDay = (what: SQL) => sql`((max(last_at) filter (where ${what}) at time zone 'UTC')::date + 1)::text`;
  const [found] = await rows<Record<"first" | "last" | "scored_first" | "scored_last", string | null>>(
    db,
    sql`
      with source as (
        select no
        from data_source
        where user_no = ${userNo} and provider = ${provider}
      ),
      span (scored, first_at, last_at) as (
        select series = any (${`{${scoredSeries.join(",")}}`}::smallint[]), first_at, last_at
          from recorded_series where ${mine}
        union all
        select false, min(day)::timestamp at time zone 'UTC', max(day)::timestamp at time zone 'UTC'
          from daily_total where ${mine}
        union all
        select false, min(day)::timestamp at time zone 'UTC', max(day)::timestamp at time zone 'UTC'
          from sample_archive where ${mine}
        union all
        select false, min(start_time), max(end_time) from workout where ${mine}
        union all
        select true, min(start_time), max(end_time) from sleep_stage where ${mine}
        union all
        select true, min(start_time), max(end_time) from sleep_session where ${mine}
        union all
        select false, min(recorded_at), max(recorded_at)
          from health_score where user_no = ${userNo} and provider = ${provider}
      )
      select
        ${firstDay(sql`true`)} as first, ${lastDay(sql`true`)} as last,
        ${firstDay(sql`scored`)} as scored_first, ${lastDay(sql`scored`)} as scored_last
      from span`,
  );
  const span = (first: string | null | undefined, last: string | null | undefined) =>
    first == null || last == null ? null : { first, last };
  return { all: span(found?.first, found?.last), scored: span(found?.scored_first, found?.scored_last) };
}

/**
 * Deletes a provider's sources and all that hangs on them, its scores, and what it sent word for word: read again, that
 * would bring everything back. Imports under way are asked to stop. Gives whether there was anything.
 */
export async function deleteProviderRows(
  db: Database,
  person: { readonly id: string; readonly no: number },
  provider: string,
): Promise<boolean> {
  const [deleted] = await rows<{ count: number }>(
    db,
    sql`
      with source as (
        delete from data_source
        where user_no = ${person.no} and provider = ${provider}
        returning 1
      ),
      score as (
        delete from health_score
        where user_no = ${person.no} and provider = ${provider}
        returning 1
      ),
      payload as (
        delete from raw_payload
        where user_id = ${person.id} and provider = ${provider}
        returning 1
      ),
      import as (
        update import_run
        set cancel_requested_at = coalesce(cancel_requested_at, now())
        where user_id = ${person.id}
          and provider = ${provider}
          and status in ('queued', 'running')
        returning 1
      )
      select
        (select count(*) from source)::int + (select count(*) from score)::int
          + (select count(*) from payload)::int + (select count(*) from import)::int as count`,
  );
  return (deleted?.count ?? 0) > 0;
}
