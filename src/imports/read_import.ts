import type { UserId } from "../accounts/access.ts";
import type { Batch } from "../ingest/batch.ts";
import { ingest, makeReady, type Outcome, type ReadyBatch } from "../ingest/ingest.ts";
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/errors.ts";
import { forgetAttempts } from "../platform/heartbeat.ts";
import { storedBytes } from "../platform/stored_bytes.ts";
import { ImportFailure } from "./import_failure.ts";
import { tellImport } from "./import_events.ts";
import { type ImportStep, noCounts } from "./importers.ts";
import { importJob } from "./jobs.ts";
import { findImportById, markProgress } from "./queries.ts";
import { registeredImporters } from "./registered_importers.ts";
import { addOutcomes, nothingStored } from "./stored_counts.ts";
import type { ImportRun } from "./table.ts";
import type { ImportOrder, ImportOutcome } from "./thread_messages.ts";

/** One attempt at an import, from its checkpoint on. Runs in the import thread. */

/** Ends the reader from inside `save`; never seen outside. */
class Cancelled extends Error {}

/** How often the stream hears of a running import, in milliseconds. */
const tellEvery = 1_000;

export async function readImport(db: Database, order: ImportOrder, alive: () => void): Promise<ImportOutcome> {
  const run = await findImportById(db, order.importId);
  if (run === undefined || run.status !== "running" || run.file_id === null) return { kind: "cancelled" };
  const load = registeredImporters[run.kind];
  if (load === undefined) return { kind: "failed", message: "This version cannot read files of this kind" };
  const clockDifference = order.now - Date.now();
  const now = () => new Date(Date.now() + clockDifference);
  const steps = new Steps(db, run, now, alive);
  const { read, skipped, noticed } = { ...noCounts, ...run.counts };
  try {
    const importer = await load();
    await importer({
      database: db,
      userId: run.user_id as UserId,
      importId: run.id,
      provider: run.provider,
      fileName: run.file_name,
      file: storedBytes(db, run.file_id, run.file_size ?? 0),
      checkpoint: run.checkpoint,
      counts: { read, skipped, noticed },
      now,
      save: (batch, step) => steps.save(batch, step),
      // The main thread ends this one instead.
      signal: new AbortController().signal,
    });
    return { kind: "completed" };
  } catch (error) {
    if (error instanceof Cancelled) return { kind: "cancelled" };
    if (error instanceof ImportFailure) return { kind: "failed", message: error.message };
    throw error;
  }
}

/** Stores what an importer hands over, a step at a time. */
class Steps {
  #stored: Outcome;
  /** Settles when the steps so far are stored. */
  #last: Promise<void> = Promise.resolve();
  #firstOfAttempt = true;
  #toldAt: number;
  #rowsThen: number;

  constructor(
    readonly db: Database,
    readonly run: ImportRun,
    readonly now: () => Date,
    readonly alive: () => void,
  ) {
    this.#stored = { ...nothingStored, ...run.counts.stored };
    this.#toldAt = now().getTime();
    this.#rowsThen = run.counts.read ?? 0;
  }

  save(batch: Batch, step: ImportStep): Promise<void> {
    const ready = makeReady(batch);
    return this.#last = this.#last.then(() => this.#save(ready, step));
  }

  async #save(ready: ReadyBatch, step: ImportStep): Promise<void> {
    let stored = this.#stored;
    const also = async (db: Database, outcome: Outcome | null) => {
      if (outcome !== null) stored = addOutcomes(this.#stored, outcome);
      await this.#note(db, step, stored);
    };
    try {
      if (ready.batch.size === 0) await this.db.transaction((db) => also(db, null));
      else await ingest(this.db, this.run.user_id as UserId, ready, also);
    } catch (error) {
      // The person was deleted meanwhile, and the import with them.
      if (error instanceof AppError && error.code === "not_found") throw new Cancelled();
      throw error;
    }
    this.#stored = stored;
    this.#firstOfAttempt = false;
    this.alive();
  }

  async #note(db: Database, step: ImportStep, stored: Outcome): Promise<void> {
    const { progress, checkpoint } = step;
    const counts = { ...step.counts, stored };
    const noted = await markProgress(db, this.run.id, { progress, checkpoint, counts });
    if (noted === undefined) throw new Cancelled();
    // An attempt that came further is no sign of a file that cannot be read, however often the machine is restarted.
    if (this.#firstOfAttempt) {
      await forgetAttempts(db, importJob(this.run.file_size ?? 0), { import_id: this.run.id });
    }
    const now = this.now();
    const elapsed = now.getTime() - this.#toldAt;
    if (elapsed < tellEvery) return;
    const rows_per_second = Math.round((counts.read - this.#rowsThen) / elapsed * 1000);
    await tellImport(db, noted, "processing", now, { rows: counts.read, rows_per_second });
    [this.#toldAt, this.#rowsThen] = [now.getTime(), counts.read];
  }
}
