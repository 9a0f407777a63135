import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "../platform/database.ts";
import type { SyncEvent } from "./table.ts";

/** Every statement on what happens while data comes in. */

type Required = "run_id" | "user_id" | "provider" | "source" | "stage" | "status" | "timestamp";
type EventRow =
  & Pick<SyncEvent, Required>
  & { readonly [Field in Exclude<keyof SyncEvent, Required>]?: SyncEvent[Field] | undefined };

const iso = (at: Date | null | undefined) => at?.toISOString() ?? null;

/**
 * Adds an event, unless the person is gone. The transaction gets its id before the event gets its number, because
 * readers conclude from the ids of finished transactions that no smaller number can come any more.
 */
export async function insertSyncEvent(db: Database, event: EventRow): Promise<void> {
  await db.execute(sql`
    with own as materialized (
      select pg_current_xact_id() as transaction_id
    )
    insert into sync_event (
      event_id, run_id, user_id, provider, source, stage, status, message, progress, items_processed, items_total,
      error, primary_user_id, metadata, started_at, ended_at, timestamp
    )
    select
      gen_random_uuid(), ${event.run_id}, id, ${event.provider}, ${event.source}, ${event.stage}, ${event.status},
      ${event.message ?? null}, ${event.progress ?? null}::float8, ${event.items_processed ?? null}::bigint,
      ${event.items_total ?? null}::bigint, ${event.error ?? null}, ${event.primary_user_id ?? null}::uuid,
      ${JSON.stringify(event.metadata ?? {})}::text::jsonb, ${iso(event.started_at)}::timestamptz,
      ${iso(event.ended_at)}::timestamptz, ${event.timestamp.toISOString()}::timestamptz
    from own, "user"
    where transaction_id is not null
      and id = ${event.user_id}`);
}

/** An event as answers and streams show it; instants are UTC with a trailing Z. */
export interface ShownSyncEvent extends Omit<SyncEvent, "started_at" | "ended_at" | "timestamp"> {
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly timestamp: string;
}

/** A run as its newest event has it. */
export type SyncRun = Omit<ShownSyncEvent, "event_id" | "no" | "metadata" | "timestamp"> & {
  readonly last_update: string;
};

const utc = (instant: SQL) => sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const runColumns = sql`
  run_id, user_id, provider, source, stage, status, message, progress, items_processed::float8 as items_processed,
  items_total::float8 as items_total, error, primary_user_id, ${utc(sql`ended_at`)} as ended_at`;

const eventColumns = sql`
  event_id, no::float8 as no, ${runColumns}, metadata, ${utc(sql`started_at`)} as started_at,
  ${utc(sql`timestamp`)} as timestamp`;

/** The newest events, newest first. */
export async function recentSyncEvents(db: Database, userId: string, limit: number): Promise<ShownSyncEvent[]> {
  return await rows<ShownSyncEvent>(
    db,
    sql`
      select ${eventColumns}
      from sync_event
      where user_id = ${userId}
      order by sync_event.no desc
      limit ${limit}`,
  );
}

export interface SyncRunFilter {
  /** Null for everybody's. */
  readonly user_id: string | null;
  readonly provider?: string | undefined;
  readonly status?: string | undefined;
  readonly source?: string | undefined;
  readonly limit: number;
}

/**
 * Runs, the one heard of last first. The end of a run does not say when it started; that is known from what was told
 * before: the start that was named, or else the first step that was more than waiting.
 */
export async function listSyncRuns(db: Database, filter: SyncRunFilter): Promise<SyncRun[]> {
  const same = (column: SQL, value: string | null | undefined) => value == null ? sql`true` : sql`${column} = ${value}`;
  return await rows<SyncRun>(
    db,
    sql`
      with newest as (
        select distinct on (user_id, run_id) *
        from sync_event
        where ${same(sql`user_id`, filter.user_id)}
        order by user_id, run_id, no desc
      ),
      page as (
        select *
        from newest
        where ${same(sql`provider`, filter.provider)}
          and ${same(sql`status`, filter.status)}
          and ${same(sql`source`, filter.source)}
        order by no desc
        limit ${filter.limit}
      )
      select
        ${runColumns},
        ${
      utc(sql`(
          select coalesce(min(e.started_at), min(e.timestamp) filter (where e.stage <> 'queued'))
          from sync_event e
          where e.run_id = page.run_id
            and e.user_id = page.user_id
        )`)
    } as started_at,
        ${utc(sql`timestamp`)} as last_update
      from page
      order by no desc`,
  );
}

/** What a statement that reads events saw of the transactions that write them. */
export interface Moment {
  /** Every transaction with a smaller id had ended, and what it wrote was seen. */
  readonly oldest_running: number;
  /** Every transaction that had begun to write has a smaller id. Null when nothing was found. */
  readonly next_transaction: number | null;
}

/**
 * The highest id there is cannot be asked for, only taken; a snapshot's own upper end is lower where younger
 * transactions are still running. Ids are not for wasting, so one is taken only when `found`.
 */
const moment = (found: SQL) =>
  sql`
  pg_snapshot_xmin(pg_current_snapshot())::text::float8 as oldest_running,
  case when ${found} then pg_current_xact_id()::text::float8 end as next_transaction`;

/** The numbers of a person's newest events, the newest first. */
export async function syncEventNumbers(
  db: Database,
  userId: string,
  limit: number,
): Promise<Moment & { readonly numbers: number[] }> {
  return one(
    await rows(
      db,
      sql`
        with found as materialized (
          select array(
            select no::float8
            from sync_event
            where user_id = ${userId}
            order by sync_event.no desc
            limit ${limit}
          ) as numbers
        )
        select numbers, ${moment(sql`cardinality(numbers) > 0`)}
        from found`,
    ),
  );
}

export interface FoundEvents extends Moment {
  /** Whether the person still exists. */
  readonly known: boolean;
  readonly events: readonly ShownSyncEvent[];
}

/** A person's events after a number, without those that were told already, in the order of their numbers. */
export async function untoldSyncEvents(
  db: Database,
  userId: string,
  after: number,
  told: Iterable<number>,
  limit: number,
): Promise<FoundEvents> {
  return one(
    await rows(
      db,
      sql`
        with found as materialized (
          select coalesce(jsonb_agg(to_jsonb(e) order by e.no), '[]') as events
          from (
            select ${eventColumns}
            from sync_event
            where user_id = ${userId}
              and sync_event.no > ${after}::bigint
              and sync_event.no <> all (${`{${[...told].join(",")}}`}::bigint[])
            order by sync_event.no
            limit ${limit}
          ) e
        )
        select
          events,
          exists(select from "user" where id = ${userId}) as known,
          ${moment(sql`events <> '[]'`)}
        from found`,
    ),
  );
}

/**
 * Forgets runs that nothing was heard of for a day, each as a whole. One that never told its end may still be at work;
 * after a week of silence it is not.
 */
export async function deleteOldSyncEvents(db: Database, now: Date): Promise<void> {
  await db.execute(sql`
    delete from sync_event
    where run_id in (
      select run_id
      from (
        select distinct on (run_id) run_id, status, timestamp
        from sync_event
        order by run_id, no desc
      ) newest
      where timestamp < ${now.toISOString()}::timestamptz
        - case status when 'in_progress' then interval '7 days' else interval '1 day' end
    )`);
}

function one<Row>(found: Row[]): Row {
  const [row] = found;
  if (row === undefined) throw new Error("The statement returned no row");
  return row;
}
