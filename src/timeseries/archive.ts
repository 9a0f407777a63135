import type { Context } from "../platform/context.ts";
import { addDays, utcDay } from "../platform/day_range.ts";
import { enqueue } from "../platform/jobs.ts";
import {
  archiveSamples,
  deleteSamples,
  lockMeasurements,
  type Pair,
  pairsUpTo,
  reachableDay,
} from "./archive_queries.ts";
import {
  type ArchivalSettings,
  findArchivalSettings,
  measureStorage,
  replaceArchivalSettings,
  type StorageSizes,
} from "./archive_settings_queries.ts";
import { archiveSamplesJob } from "./jobs.ts";
import { deleteDays, peopleWithDays } from "./retention_queries.ts";
import { markStaleDays } from "./stale_days.ts";

/**
 * Old samples take less room: beyond `archive_after_days` a day of a series and source becomes one row, and beyond
 * `delete_after_days` nothing is kept. Without the first, or with a second that is not later, samples are deleted as
 * they are. Summaries that were computed before archiving stay, because they know more than the row.
 */

/** About as many samples as one transaction takes. */
const transactionSamples = 20_000;

/** Works in small transactions, each of which leaves everything whole, so that it can end and start again anywhere. */
export async function archiveOldSamples(ctx: Context, signal: AbortSignal): Promise<void> {
  const { archive_after_days: archiveAfter, delete_after_days: deleteAfter } = await findArchivalSettings(ctx.database);
  const today = utcDay(ctx.clock());
  if (archiveAfter !== null && (deleteAfter === null || deleteAfter > archiveAfter)) {
    await everyPair(ctx, addDays(today, -archiveAfter - 1), signal, async (db, pair, through) => {
      await archiveSamples(db, pair, through);
    });
  }
  if (deleteAfter === null) return;
  const last = addDays(today, -deleteAfter - 1);
  await everyPair(ctx, last, signal, async (db, pair, through) => {
    await markStaleDays(db, pair.user_no, await deleteSamples(db, pair, through));
  });
  for (const no of await peopleWithDays(ctx.database, last)) {
    signal.throwIfAborted();
    await ctx.database.transaction(async (db) => {
      if (await lockMeasurements(db, no)) await markStaleDays(db, no, await deleteDays(db, no, last));
    });
  }
}

/** Takes the samples of local days up to `last`, the oldest first, some whole days in each transaction. */
async function everyPair(
  ctx: Context,
  last: string,
  signal: AbortSignal,
  take: (db: Context["database"], pair: Pair, through: string) => Promise<void>,
): Promise<void> {
  for (const pair of await pairsUpTo(ctx.database, last)) {
    let more = true;
    while (more) {
      signal.throwIfAborted();
      more = await ctx.database.transaction(async (db) => {
        if (!await lockMeasurements(db, pair.user_no)) return false;
        const through = await reachableDay(db, pair, last, transactionSamples);
        if (through === null) return false;
        await take(db, pair, through);
        return true;
      });
    }
  }
}

/** Asks for a run now, beside the nightly one; gives its id. */
export async function startArchival(ctx: Context): Promise<string> {
  const runId = crypto.randomUUID();
  await enqueue(ctx.database, archiveSamplesJob, { run_id: runId });
  return runId;
}

export type GrowthClass = "bounded" | "linear_efficient" | "linear";

export interface ArchivalEstimate {
  readonly settings: ArchivalSettings;
  readonly storage: StorageSizes & {
    readonly total_bytes: number;
    readonly avg_bytes_per_live_row: number;
    readonly avg_bytes_per_archive_row: number;
    readonly growth_class: GrowthClass;
  };
}

export async function readArchival(ctx: Context): Promise<ArchivalEstimate> {
  const [settings, sizes] = await Promise.all([findArchivalSettings(ctx.database), measureStorage(ctx.database)]);
  const live = sizes.live_data_bytes + sizes.live_index_bytes;
  const archived = sizes.archive_data_bytes + sizes.archive_index_bytes;
  const perRow = (bytes: number, count: number) => count === 0 ? 0 : Math.round(bytes / count * 10) / 10;
  return {
    settings,
    storage: {
      ...sizes,
      total_bytes: live + archived + sizes.other_tables_bytes,
      avg_bytes_per_live_row: perRow(live, sizes.live_row_count),
      avg_bytes_per_archive_row: perRow(archived, sizes.archive_row_count),
      growth_class: growthClass(settings),
    },
  };
}

function growthClass({ archive_after_days, delete_after_days }: ArchivalSettings): GrowthClass {
  if (delete_after_days !== null) return "bounded";
  return archive_after_days === null ? "linear" : "linear_efficient";
}

export async function changeArchival(ctx: Context, settings: ArchivalSettings): Promise<ArchivalEstimate> {
  await replaceArchivalSettings(ctx.database, settings);
  return await readArchival(ctx);
}
