import type { Context } from "../platform/context.ts";
import { removeFile } from "../platform/files.ts";
import { tellImport } from "./import_events.ts";
import type { ImportOutcome, ReadInThread } from "./thread_messages.ts";
import { findImportById, markEnded, markRunning } from "./queries.ts";
import type { ImportRun } from "./table.ts";

/**
 * The job of an import: `queued → running → completed`, `failed` or `cancelled`. It may run again after any crash: the
 * reader goes on from the last checkpoint, which was stored together with the batch it stands for.
 */
export async function runImportJob(
  ctx: Context,
  importId: string,
  readInThread: ReadInThread,
  signal: AbortSignal,
): Promise<void> {
  const before = await findImportById(ctx.database, importId);
  const run = await markRunning(ctx.database, importId, ctx.clock());
  if (run === undefined || before === undefined) return;
  if (run.cancel_requested_at !== null) return await endImport(ctx, run, { kind: "cancelled" });
  if (before.started_at === null) await tellImport(ctx.database, run, "started", ctx.clock());
  const outcome = await readInThread({ importId, now: ctx.clock().getTime() }, signal);
  await endImport(ctx, run, outcome);
}

/** No attempt is left: say so on the row. What was stored stays. */
export async function giveUpOnImport(ctx: Context, importId: string): Promise<void> {
  const run = await findImportById(ctx.database, importId);
  if (run === undefined) return;
  const message = "The import was interrupted again and again at the same place; send the file again, " +
    "and see the server's log if that does not help";
  await endImport(ctx, run, { kind: "failed", message });
}

/** The row, the stream and the file agree about the end. */
async function endImport(ctx: Context, run: ImportRun, outcome: ImportOutcome): Promise<void> {
  const now = ctx.clock();
  await ctx.database.transaction(async (db) => {
    const ended = await markEnded(db, run.id, {
      status: outcome.kind,
      error: outcome.kind === "failed" ? outcome.message : null,
      ended_at: now,
      ...(outcome.kind === "completed" ? { progress: 1 } : {}),
    });
    if (ended === undefined) return;
    if (run.file_id !== null) await removeFile(db, run.file_id);
    await tellImport(db, ended, outcome.kind, now);
  });
  ctx.log("info", "import", { import_id: run.id, kind: run.kind, status: outcome.kind });
}
