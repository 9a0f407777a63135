import { readDocument } from "../src/documents/jobs.ts";
import { giveUpOnDocument, readDocumentPages, type ReadPages } from "../src/documents/read_document.ts";
import { type Task, task } from "../src/platform/tasks.ts";

export function readDocumentTask(readPages: ReadPages): Task {
  return task({
    job: readDocument,
    run: (ctx, { document_id }, signal) => readDocumentPages(ctx, document_id, readPages, signal),
    dead: (ctx, { document_id }) => giveUpOnDocument(ctx, document_id),
  });
}
