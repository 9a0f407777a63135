import { sql } from "drizzle-orm";
import { type Database, rows } from "../platform/database.ts";

/** Every statement on who wins where sources overlap. Providers and device types are kept in tables of one shape. */

export type RankedThing = "provider" | "device_type";

export interface PriorityRow {
  readonly name: string;
  readonly priority: number;
  readonly id: string;
  readonly created_at: string;
  readonly updated_at: string;
}

const table = {
  provider: sql`provider_priority`,
  device_type: sql`device_type_priority`,
} as const;

const column = { provider: sql`provider`, device_type: sql`device_type` } as const;

/** The rows there are, the strongest first. */
export async function listPriorities(db: Database, thing: RankedThing): Promise<PriorityRow[]> {
  const utc = (name: string) => sql`to_char(${sql.raw(name)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return await rows<PriorityRow>(
    db,
    sql`
      select
        ${column[thing]} as name, priority, id,
        ${utc("created_at")} as created_at, ${utc("updated_at")} as updated_at
      from ${table[thing]}
      order by priority, name`,
  );
}

export interface NewPriority {
  readonly name: string;
  readonly priority: number;
}

/** Adds what has no row yet, so that it has an id that stays. */
export async function insertPriorities(
  db: Database,
  thing: RankedThing,
  priorities: readonly NewPriority[],
): Promise<void> {
  await db.execute(sql`
    insert into ${table[thing]} (${column[thing]}, id, priority)
    select name, gen_random_uuid(), priority
    from jsonb_to_recordset(${JSON.stringify(priorities)}::text::jsonb) as sent(name text, priority integer)
    order by name
    on conflict do nothing`);
}

/** Changes rows there are. Gives whether anything is different now. */
export async function updatePriorities(
  db: Database,
  thing: RankedThing,
  priorities: readonly NewPriority[],
): Promise<boolean> {
  const changed = await rows<{ id: string }>(
    db,
    sql`
      update ${table[thing]} as known
      set priority = sent.priority, updated_at = now()
      from jsonb_to_recordset(${JSON.stringify(priorities)}::text::jsonb) as sent(name text, priority integer)
      where known.${column[thing]} = sent.name
        and known.priority <> sent.priority
      returning known.id`,
  );
  return changed.length > 0;
}

/** Until the transaction ends, nobody else changes the order or holds it. Reading goes on. */
export async function lockPriorities(db: Database): Promise<void> {
  await db.execute(sql`lock table provider_priority, device_type_priority in share row exclusive mode`);
}

/** Until the transaction ends, the order stays as it is. Many may hold it at once. */
export async function holdPriorities(db: Database): Promise<void> {
  await db.execute(sql`lock table provider_priority, device_type_priority in share mode`);
}

/**
 * Every summary there is must be computed again, and the scores of days on which several sources tell of the night;
 * days that were never summarized follow the new order anyway. A mark that somebody works off in this moment is waited
 * for and set again.
 */
export async function markEverySummaryStale(db: Database): Promise<void> {
  await db.execute(sql`
    insert into stale_day (user_no, what, day)
    select distinct d.user_no, 'summary', d.day
    from day_summary d
    join "user" u on u.no = d.user_no
    union all
    select user_no, 'score', (end_time at time zone 'UTC' + make_interval(mins => coalesce(zone_offset, 0)))::date as day
    from sleep_session
    group by user_no, day
    having count(distinct source_no) > 1
    order by 1, 2 desc, 3
    on conflict (user_no, what, day) do update set day = excluded.day`);
}
