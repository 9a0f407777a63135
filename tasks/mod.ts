import type { ReadPages } from "../src/documents/read_document.ts";
import type { Task } from "../src/platform/tasks.ts";
import { extractDocumentTask } from "./extract_document.ts";
import { readDocumentTask } from "./read_document.ts";
import { sweepExpiredTask } from "./sweep_expired.ts";

/** Every background task, one file each; schedules stand with the tasks. */
export function createTasks(readPages: ReadPages): readonly Task[] {
  return [readDocumentTask(readPages), extractDocumentTask, sweepExpiredTask];
}
