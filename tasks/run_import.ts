import type { ImportPayload } from "../src/imports/jobs.ts";
import { giveUpOnImport, runImportJob } from "../src/imports/run_import.ts";
import type { ReadInThread } from "../src/imports/thread_messages.ts";
import type { Job } from "../src/platform/jobs.ts";
import { type Task, task } from "../src/platform/tasks.ts";

export function runImportTask(job: Job<ImportPayload>, read: ReadInThread): Task {
  return task({
    job,
    run: (ctx, { import_id }, signal) => runImportJob(ctx, import_id, read, signal),
    dead: (ctx, { import_id }) => giveUpOnImport(ctx, import_id),
  });
}
