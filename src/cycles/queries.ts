import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import { type EventList, type EventRow, inRange, walk } from "../platform/event_list.ts";

/** Statements on menstrual cycles; `src/ingest` writes them. */

/** What a vendor tells about a cycle, by the contract's names. */
export interface CycleDetail {
  readonly current_phase: number | null;
  readonly current_phase_type: string | null;
  readonly day_in_cycle: number | null;
  readonly cycle_length: number | null;
  readonly predicted_cycle_length: number | null;
  readonly is_predicted_cycle: boolean | null;
  readonly period_length: number | null;
  readonly length_of_current_phase: number | null;
  readonly days_until_next_phase: number | null;
  readonly fertile_window_start: number | null;
  readonly length_of_fertile_window: number | null;
  readonly has_specified_cycle_length: boolean | null;
  readonly has_specified_period_length: boolean | null;
  readonly pregnancy_snapshot: readonly Record<string, unknown>[] | null;
}

export interface CycleRow extends EventRow {
  /** Milliseconds since 1970. */
  readonly last_updated: number | null;
  readonly detail: CycleDetail;
  readonly provider: string;
  readonly source: string | null;
  readonly device_model: string | null;
  readonly device_type: string | null;
}

/** Up to `limit + 1` cycles in the order of the walk, and how many the range holds. */
export async function listCycles(
  db: Database,
  userId: UserId,
  list: EventList,
): Promise<{ total: number; found: CycleRow[] }> {
  const { behind, ordered } = walk(list);
  const wanted = sql`
    user_no = (select no from "user" where id = ${userId})
    and ${inRange(list)}`;
  const [counted] = await rows<{ total: number }>(
    db,
    sql`select count(*)::int as total from menstrual_cycle where ${wanted}`,
  );
  const backward = sql.raw(list.cursor?.backward === true ? "asc" : "desc");
  const found = await rows<CycleRow>(
    db,
    sql`
      select
        page.id,
        (extract(epoch from start_time) * 1000)::float8 as start,
        (extract(epoch from end_time) * 1000)::float8 as "end",
        zone_offset,
        (extract(epoch from last_updated_at) * 1000)::float8 as last_updated,
        jsonb_build_object(
          'current_phase', current_phase,
          'current_phase_type', current_phase_type,
          'day_in_cycle', day_in_cycle,
          'cycle_length', cycle_length,
          'predicted_cycle_length', predicted_cycle_length,
          'is_predicted_cycle', is_predicted_cycle,
          'period_length', period_length,
          'length_of_current_phase', length_of_current_phase,
          'days_until_next_phase', days_until_next_phase,
          'fertile_window_start', fertile_window_start,
          'length_of_fertile_window', length_of_fertile_window,
          'has_specified_cycle_length', has_specified_cycle_length,
          'has_specified_period_length', has_specified_period_length,
          'pregnancy_snapshot', pregnancy_snapshot
        ) as detail,
        provider, source, device_model, device_type
      from (
        select * from menstrual_cycle
        where ${wanted}
          and ${behind}
        ${ordered}
      ) page
      join data_source on data_source.user_no = page.user_no and data_source.no = page.source_no
      order by start_time ${backward}, page.id ${backward}`,
  );
  return { total: counted?.total ?? 0, found };
}

/** Whether the person had a cycle with this id. */
export async function deleteCycle(db: Database, userId: UserId, id: string): Promise<boolean> {
  const deleted = await rows(
    db,
    sql`
      delete from menstrual_cycle
      where user_no = (select no from "user" where id = ${userId})
        and id = ${id}
      returning id`,
  );
  return deleted.length > 0;
}
