import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { requireUser, type UserId } from "../../src/accounts/access.ts";
import { Batch, type SourceDescription } from "../../src/ingest/batch.ts";
import type { SleepStageName } from "../../src/sleep/sleep_stage.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { rows } from "../../src/platform/database.ts";
import type { World } from "../support/world.ts";

/** What tests of sleep share: pieces of nights in March 2026, sending them, and looking at the sessions. */

export const now = new Date("2026-04-14T12:00:00Z");
export const minute = 60_000;
export const watch: SourceDescription = { provider: "apple", device_model: "Watch7,1" };
export const phone: SourceDescription = { provider: "apple", device_model: "iPhone15,2" };

export interface Piece {
  readonly stage: SleepStageName;
  readonly start: number;
  readonly end: number;
  readonly zone_offset?: number | null;
  readonly external_id?: string;
  readonly source?: SourceDescription;
}

export async function send(world: World, user: UserId, pieces: readonly Piece[]) {
  const batch = new Batch(now);
  for (const { source = watch, zone_offset = null, ...piece } of pieces) {
    assert.equal(batch.addSleepStage({ ...piece, zone_offset, source: batch.addSource(source) }), null);
  }
  return (await ingest(world.ctx.database, user, batch)).sleep_sessions;
}

export async function person(world: World): Promise<UserId> {
  return await requireUser(world.ctx, await world.createUser());
}

export interface Stored {
  readonly id: string;
  readonly span: string;
  readonly asleep: number | null;
  readonly [column: string]: unknown;
}

export async function stored(world: World): Promise<Stored[]> {
  return await rows<Stored>(
    world.ctx.database,
    sql`
      select
        sleep_session.id,
        device_model as device,
        to_char(start_time, 'MM-DD HH24:MI') || ' ' || to_char(end_time, 'MM-DD HH24:MI') as span,
        external_id, zone_offset, is_nap, built, in_bed_seconds, asleep_seconds / 60 as asleep, light_seconds,
        deep_seconds, rem_seconds, awake_seconds, efficiency_percent, stages
      from sleep_session
      join data_source on data_source.user_no = sleep_session.user_no and no = source_no
      order by start_time, device_model`,
  );
}

export const without = (sessions: readonly Stored[]) => sessions.map(({ id: _, ...session }) => session);
export const spans = (sessions: readonly Stored[]) => sessions.map(({ span }) => span);
export const day = (text: string) => Date.parse(`2026-03-${text}Z`);
export const span = (stage: SleepStageName, from: string, to: string): Piece => ({
  stage,
  start: day(from),
  end: day(to),
});
