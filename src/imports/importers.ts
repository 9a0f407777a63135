import type { UserId } from "../accounts/access.ts";
import type { Batch } from "../ingest/batch.ts";
import type { Outcome } from "../ingest/ingest.ts";
import type { Database } from "../platform/database.ts";
import type { StoredBytes } from "../platform/stored_bytes.ts";
import type { Provider } from "../sources/provider_table.ts";

/**
 * What every reader of files looks like to the import that runs it. A reader runs in a thread of its own, sees one
 * file of one person, and hands over batches; whatever it does between two `save`s may happen again after a crash.
 */

export const importKinds = ["apple_health", "auto_export", "mobile_sdk", "fit", "tcx", "gpx"] as const;

export type ImportKind = (typeof importKinds)[number];

/** What a reader has seen since the beginning of the file, crashes included. */
export interface ImportCounts {
  /** Things that were looked at: records, workouts, sleep stages, laps. */
  readonly read: number;
  /** Left out, by reason ("invalid_value:heart_rate"). Never a value, a name or a text of the person's. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Seen, understood, and deliberately not stored, by what it was ("electrocardiogram"). */
  readonly noticed: Readonly<Record<string, number>>;
}

/** What the run's row says: what was read, and what that changed. */
export interface RunCounts extends ImportCounts {
  readonly stored: Outcome;
}

export interface ImportStep {
  /** 0 to 1. */
  readonly progress: number;
  /** Where to go on after a crash: any JSON. */
  readonly checkpoint: unknown;
  readonly counts: ImportCounts;
}

export interface ImportWork {
  /** For reading only; measurements go through `save`. */
  readonly database: Database;
  readonly userId: UserId;
  readonly importId: string;
  readonly provider: Provider;
  /** As the sender named it; it may hold private words. */
  readonly fileName: string | null;
  readonly file: StoredBytes;
  /** That of the last `save` which an earlier attempt completed; null at first. */
  readonly checkpoint: unknown;
  /** Those of the last completed `save`; zero and empty at first. */
  readonly counts: ImportCounts;
  readonly now: () => Date;
  /**
   * Stores a batch together with checkpoint, counts and progress, in one transaction. Throws when the import was
   * cancelled or its person deleted; let that pass. The batch is made ready at once, and stored when the ones before
   * it are: read on meanwhile, but let no more than one wait. An empty batch only notes the step.
   */
  save(batch: Batch, step: ImportStep): Promise<void>;
  /** Aborted when the process is asked to stop. */
  readonly signal: AbortSignal;
}

/** Resolves when everything was saved. Throws `ImportFailure` for a file that cannot be read. */
export type Importer = (work: ImportWork) => Promise<void>;

/** Nothing seen yet. */
export const noCounts: ImportCounts = { read: 0, skipped: {}, noticed: {} };
