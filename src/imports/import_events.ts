import { tellSync } from "../connections/sync_status.ts";
import type { Database } from "../platform/database.ts";
import type { ImportRun } from "./table.ts";

/** What the sync stream is told of an import. */

type Stage = "queued" | "started" | "processing" | "completed" | "failed" | "cancelled";

const ends: Readonly<Partial<Record<Stage, "success" | "failed" | "cancelled">>> = {
  completed: "success",
  failed: "failed",
  cancelled: "cancelled",
};

const messages: Readonly<Record<Stage, string>> = {
  queued: "The file waits to be read",
  started: "Reading the file",
  processing: "Reading the file",
  completed: "Everything was imported",
  failed: "The import failed",
  cancelled: "The import was cancelled; what was stored stays",
};

export async function tellImport(
  db: Database,
  run: ImportRun,
  stage: Stage,
  now: Date,
  facts: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const { counts } = run;
  const end = ends[stage];
  const anything = run.progress > 0 && (counts.read ?? 0) > 0;
  await tellSync(db, {
    run_id: run.run_id,
    user_id: run.user_id,
    provider: run.provider,
    source: run.kind === "apple_health" ? "xml_import" : "file",
    stage,
    // What was read before the file broke is stored.
    status: end === "failed" && anything ? "partial" : end ?? "in_progress",
    message: messages[stage],
    progress: run.progress,
    items_processed: counts.read ?? 0,
    items_total: null,
    error: run.error,
    metadata: { import_id: run.id, kind: run.kind, ...(counts.read === undefined ? {} : { counts }), ...facts },
    started_at: end === undefined ? run.started_at : null,
    ended_at: end === undefined ? null : now,
    timestamp: now,
  });
}
