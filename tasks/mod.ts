import type { PageSource } from "../src/documents/page_source.ts";
import type { ImportReader } from "../src/imports/import_thread.ts";
import { runImport, runSmallImport } from "../src/imports/jobs.ts";
import type { Task } from "../src/platform/tasks.ts";
import { computeScoresTask } from "./compute_scores.ts";
import { archiveSamplesTask } from "./archive_samples.ts";
import { endOrphanedTurnsTask } from "./end_orphaned_turns.ts";
import { drawPageImageTask } from "./draw_page_image.ts";
import { extractDocumentTask } from "./extract_document.ts";
import { generateSeedTask } from "./generate_seed.ts";
import { processPayloadTask } from "./process_payload.ts";
import { readDocumentTask } from "./read_document.ts";
import { runImportTask } from "./run_import.ts";
import { summarizeDaysTask } from "./summarize_days.ts";
import { sweepExpiredTask } from "./sweep_expired.ts";
import { sweepScoresTask } from "./sweep_scores.ts";

/** Every background task, one file each; schedules stand with the tasks. */
export function createTasks(pages: Pick<PageSource, "readPages" | "drawPage">, imports: ImportReader): readonly Task[] {
  return [
    readDocumentTask(pages.readPages),
    extractDocumentTask,
    drawPageImageTask(pages.drawPage),
    runImportTask(runImport, imports.large),
    runImportTask(runSmallImport, imports.small),
    processPayloadTask,
    generateSeedTask,
    summarizeDaysTask,
    computeScoresTask,
    sweepScoresTask,
    archiveSamplesTask,
    endOrphanedTurnsTask,
    sweepExpiredTask,
  ];
}
