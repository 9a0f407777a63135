import type { Database } from "../platform/database.ts";
import { insertSyncEvent } from "./sync_queries.ts";
import type { SyncSource, SyncStage, SyncState } from "./table.ts";

/** Telling what happens while data comes in: whoever brings it says each step, streams and lists show it. */

export interface NewSyncEvent {
  /** `pull_…`, `xml_…`, `wh_…`, or the id of a phone's batch. One run has one writer at a time. */
  readonly run_id: string;
  readonly user_id: string;
  readonly provider: string;
  readonly source: SyncSource;
  readonly stage: SyncStage;
  readonly status: SyncState;
  /** For people; no values of health data. */
  readonly message?: string | null;
  /** 0 to 1. */
  readonly progress?: number | null;
  readonly items_processed?: number | null;
  readonly items_total?: number | null;
  /** For people, with the next step; no values of health data. */
  readonly error?: string | null;
  readonly primary_user_id?: string | null;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly started_at?: Date | null;
  readonly ended_at?: Date | null;
  readonly timestamp: Date;
}

/**
 * Notes one step of a run. Inside a transaction it is told when that commits, and not at all when it does not. About a
 * person who was deleted meanwhile there is nothing to tell.
 */
export async function tellSync(db: Database, event: NewSyncEvent): Promise<void> {
  await insertSyncEvent(db, {
    ...event,
    // A reader that counted more than it had announced must not break what it is in the middle of.
    progress: event.progress == null || Number.isNaN(event.progress) ? null : Math.min(1, Math.max(0, event.progress)),
  });
}
