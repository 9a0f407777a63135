import { requireUser, type UserId } from "../accounts/access.ts";
import { touchConnection } from "../connections/connections.ts";
import { type NewSyncEvent, tellSync } from "../connections/sync_status.ts";
import type { Batch } from "../ingest/batch.ts";
import { ingest, type Outcome } from "../ingest/ingest.ts";
import type { Context } from "../platform/context.ts";
import type { Database } from "../platform/database.ts";
import { findWaitingPayload, markProcessed } from "./raw_payload_queries.ts";
import { customSeriesUnits } from "./samples_queries.ts";
import { type PhonePush, readPush } from "./sdk_batch.ts";
import { parseJson } from "./sdk_body.ts";
import { isPhoneProvider } from "./sdk_provider.ts";

/** The payload was done by another worker, or deleted by its person: nothing of this attempt may stay. */
export class Superseded extends Error {
  override readonly name = "Superseded";
}

/** Reads what a phone sent and stores it; run again, it finds that this was done. */
export async function processPushedPayload(ctx: Context, payload_id: string): Promise<void> {
  const payload = await findWaitingPayload(ctx.database, payload_id);
  if (payload === undefined || !isPhoneProvider(payload.provider)) return;
  const { provider } = payload;
  const user_id = await requireUser(ctx, payload.user_id);
  const started_at = ctx.clock();
  const about = { run_id: payload_id, user_id, provider, source: "sdk", started_at } as const;
  await tellSync(ctx.database, {
    ...about,
    stage: "started",
    status: "in_progress",
    metadata: { batch_id: payload_id },
    timestamp: started_at,
  });
  const units = await customSeriesUnits(ctx.database, user_id);
  const push = await readPush(parseJson(payload.body), provider, started_at, units);
  const stored = ingest(ctx.database, user_id, push.batch, async (db, outcome) => {
    const now = ctx.clock();
    if (await markProcessed(db, payload_id, now) === undefined) throw new Superseded();
    await requireUnits(db, user_id, push.batch);
    if (push.readable) await touchConnection(db, user_id, provider, now);
    await tellSync(db, { ...about, ...ending(push), metadata: report(payload_id, push, outcome), ...endedAt(now) });
  });
  await stored.catch((error) => {
    if (!(error instanceof Superseded)) throw error;
  });
}

/** Somebody else may have given a new series its unit meanwhile; the next attempt reads the push with that one. */
async function requireUnits(db: Database, user_id: UserId, { customSeries }: Batch): Promise<void> {
  if (customSeries.length === 0) return;
  const units = await customSeriesUnits(db, user_id);
  if (customSeries.some(({ code, unit }) => units.get(code) !== unit)) {
    throw new Error("A series got another unit while the push was read");
  }
}

/** No attempt is left: the run says so. What was sent stays for as long as any raw payload. */
export async function giveUpOnPayload(ctx: Context, payload_id: string): Promise<void> {
  const now = ctx.clock();
  const payload = await markProcessed(ctx.database, payload_id, now);
  if (payload === undefined) return;
  await tellSync(ctx.database, {
    run_id: payload_id,
    user_id: payload.user_id,
    provider: payload.provider,
    source: "sdk",
    stage: "failed",
    status: "failed",
    error: "The push could not be stored; send it again",
    metadata: { batch_id: payload_id },
    ...endedAt(now),
  });
}

function endedAt(now: Date): Pick<NewSyncEvent, "ended_at" | "timestamp"> {
  return { ended_at: now, timestamp: now };
}

type Ending = Pick<
  NewSyncEvent,
  "stage" | "status" | "message" | "error" | "progress" | "items_processed" | "items_total"
>;

function ending({ dropped, read, readable }: PhonePush): Ending {
  if (!readable) {
    return { stage: "failed", status: "failed", error: "The push has no object named data; send records inside of it" };
  }
  const counts = { progress: 1, items_processed: read, items_total: read };
  if (dropped.count === 0) return { stage: "completed", status: "success", ...counts };
  const message = `Left out ${dropped.count}; metadata.dropped says why`;
  return { stage: "completed", status: "partial", message, ...counts };
}

/** `…_saved` are rows that are new, `updated` those that changed; what was there already is in neither. */
function report(batch_id: string, { dropped }: PhonePush, outcome: Outcome): Record<string, unknown> {
  const { samples, workouts, sleep_sessions } = outcome;
  return {
    batch_id,
    records_saved: samples.inserted,
    workouts_saved: workouts.inserted,
    sleep_saved: sleep_sessions.inserted,
    updated: { records: samples.updated, workouts: workouts.updated, sleep: sleep_sessions.updated },
    dropped_count: dropped.count,
    dropped: dropped.reasons,
    dropped_items: dropped.items,
  };
}
