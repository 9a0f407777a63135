import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { processPushedPayload } from "../../src/imports/sdk_process.ts";
import { rows } from "../../src/platform/database.ts";
import type { Call, World } from "../support/world.ts";

/** What tests of phones share: pushing, letting the job run, and looking at what was stored. */

export const upload = (user_id: string, response = "Import task queued successfully") => ({
  status_code: 202,
  response,
  user_id,
  dropped_count: 0,
  records_saved: 0,
  workouts_saved: 0,
  sleep_saved: 0,
});

/** Sends a push and gives its id, without reading it. */
export async function send(world: World, user: string, json: unknown, call: Call = {}): Promise<string> {
  assert.deepEqual(await world.json(`/sdk/users/${user}/sync`, { json, ...call }, 202), upload(user));
  const [newest] = await rows<{ id: string }>(
    world.ctx.database,
    sql`select run_id as id from sync_event where stage = 'queued' order by no desc limit 1`,
  );
  return newest?.id ?? "";
}

export interface Report {
  readonly batch_id: string;
  readonly records_saved: number;
  readonly workouts_saved: number;
  readonly sleep_saved: number;
  readonly updated: { readonly records: number; readonly workouts: number; readonly sleep: number };
  readonly dropped_count: number;
  readonly dropped: Readonly<Record<string, number>>;
  readonly dropped_items: readonly Record<string, unknown>[];
}

export interface Told {
  readonly stage: string;
  readonly status: string;
  readonly provider: string;
  readonly source: string;
  readonly message: string | null;
  readonly error: string | null;
  readonly items_total: number | null;
  readonly metadata: Report;
}

/** What was told about a run, in order. */
export async function told(world: World, run_id: string): Promise<Told[]> {
  return await rows<Told>(
    world.ctx.database,
    sql`
      select stage, status, provider, source, message, error, items_total::int, metadata
      from sync_event
      where run_id = ${run_id}
      order by no`,
  );
}

/** Sends a push and reads it; gives the last thing that was told. */
export async function push(world: World, user: string, json: unknown, call: Call = {}): Promise<Told> {
  const id = await send(world, user, json, call);
  await processPushedPayload(world.ctx, id);
  const last = (await told(world, id)).at(-1);
  assert.ok(last);
  return last;
}

/** `[records, workouts, sleep]` that are new. */
export function saved({ metadata }: Told): number[] {
  return [metadata.records_saved, metadata.workouts_saved, metadata.sleep_saved];
}

export interface StoredSample {
  readonly series: number;
  readonly at: string;
  readonly value: number;
  readonly seconds: number;
  readonly zone_offset: number | null;
  readonly device_model: string | null;
  readonly source: string | null;
}

export async function samples(world: World, user: string): Promise<StoredSample[]> {
  return await rows<StoredSample>(
    world.ctx.database,
    sql`
      select series, to_char(recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, value, duration_seconds as seconds,
        s.zone_offset, d.device_model, d.source
      from sample s
      join data_source d on (d.user_no, d.no) = (s.user_no, s.source_no)
      where d.user_id = ${user}
      order by series, recorded_at`,
  );
}

/** Rows of a table of this person's, as they are. */
export async function stored<Row = Record<string, unknown>>(
  world: World,
  user: string,
  table: "workout" | "sleep_session" | "sleep_stage",
): Promise<Row[]> {
  return await rows<Row>(
    world.ctx.database,
    sql`
      select *
      from ${sql.raw(table)}
      where user_no = (select no from "user" where id = ${user})
      order by start_time`,
  );
}
