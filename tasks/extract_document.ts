import { extractDocument } from "../src/documents/jobs.ts";
import { giveUpOnDocument } from "../src/documents/read_document.ts";
import { extractResults } from "../src/labs/extract.ts";
import { task } from "../src/platform/tasks.ts";

export const extractDocumentTask = task({
  job: extractDocument,
  run: (ctx, { document_id }, signal) => extractResults(ctx, document_id, signal),
  dead: (ctx, { document_id }) => giveUpOnDocument(ctx, document_id),
});
