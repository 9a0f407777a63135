import { requireUser } from "../accounts/access.ts";
import { touchConnection } from "../connections/connections.ts";
import { tellSync } from "../connections/sync_status.ts";
import { Batch } from "../ingest/batch.ts";
import { ingest } from "../ingest/ingest.ts";
import type { Context } from "../platform/context.ts";
import { mapAutoExport, type MapReport } from "./auto_export.ts";
import { findAutoExport } from "./auto_export_queries.ts";
import { raiseOutgrownTotals } from "./auto_export_whole_days.ts";
import { parseJson } from "./sdk_body.ts";
import { Superseded } from "./sdk_process.ts";
import { customSeriesUnits } from "./samples_queries.ts";
import { markProcessed } from "./raw_payload_queries.ts";

/**
 * Reads what Health Auto Export sent and stores it; run again, it finds that this was done. False for a payload of
 * another kind.
 */
export async function processAutoExport(ctx: Context, payload_id: string): Promise<boolean> {
  const payload = await findAutoExport(ctx.database, payload_id);
  if (payload === undefined) return false;
  if (payload.processed_at !== null) return true;
  const user_id = await requireUser(ctx, payload.user_id);
  const started_at = ctx.clock();
  const about = { run_id: payload_id, user_id, provider: "apple", source: "sdk", started_at } as const;
  await tellSync(ctx.database, {
    ...about,
    stage: "started",
    status: "in_progress",
    metadata: { batch_id: payload_id },
    timestamp: started_at,
  });
  const batch = new Batch(started_at);
  const json = parseJson(payload.body);
  const found = await mapAutoExport(
    json,
    batch,
    payload.received_at.getTime(),
    await customSeriesUnits(ctx.database, user_id),
  );
  const storing = ingest(ctx.database, user_id, batch, async (db, outcome) => {
    const { samples, daily_totals, workouts, sleep_sessions } = outcome;
    const now = ctx.clock();
    if (await markProcessed(db, payload_id, now) === undefined) throw new Superseded();
    await raiseOutgrownTotals(db, user_id, batch, started_at);
    await touchConnection(db, user_id, "apple", now);
    const lost = lostCount(found);
    await tellSync(db, {
      ...about,
      stage: "completed",
      status: lost === 0 ? "success" : "partial",
      ...(lost === 0 ? {} : { message: `Left out ${lost}; metadata.dropped says why` }),
      progress: 1,
      items_processed: found.records + found.workouts + found.sleep,
      items_total: found.records + found.workouts + found.sleep + lost,
      metadata: {
        batch_id: payload_id,
        records_saved: samples.inserted + daily_totals.inserted,
        workouts_saved: workouts.inserted,
        sleep_saved: sleep_sessions.inserted,
        updated: {
          records: samples.updated + daily_totals.updated,
          workouts: workouts.updated,
          sleep: sleep_sessions.updated,
        },
        dropped_count: lost,
        dropped: found.dropped,
      },
      ended_at: now,
      timestamp: now,
    });
  });
  await storing.catch((error) => {
    if (!(error instanceof Superseded)) throw error;
  });
  return true;
}

/** Routes and lists that nothing here stores are left out on purpose; they do not make an export incomplete. */
function lostCount({ dropped }: MapReport): number {
  return Object.entries(dropped)
    .filter(([reason]) => reason !== "route_points" && !reason.startsWith("not_imported:"))
    .reduce((sum, [, count]) => sum + count, 0);
}
