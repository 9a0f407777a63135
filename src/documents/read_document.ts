import type { Context } from "../platform/context.ts";
import { readWholeFile } from "../platform/files.ts";
import { enqueue } from "../platform/jobs.ts";
import type { FileType } from "./file_type.ts";
import { extractDocument, readDocument } from "./jobs.ts";
import { type Page, pageText } from "./page.ts";
import { deletePages, findDocument, putPage, setStatus, updateDocument } from "./queries.ts";
import type { Document } from "./table.ts";
import { DocumentUnreadable, mayRetry } from "./unreadable.ts";

/** The text of a stored document: `pending → parsing → parsed`, or `failed` with the reason. */

/** Reads a file into pages, one at a time; throws `DocumentUnreadable`. */
export type ReadPages = (bytes: Uint8Array, type: FileType, signal: AbortSignal) => AsyncIterable<Page>;

/** Can run twice: pages are replaced, and the next step is enqueued with the status that asks for it. */
export async function readDocumentPages(
  ctx: Context,
  documentId: string,
  readPages: ReadPages,
  signal: AbortSignal,
): Promise<void> {
  const document = await findDocument(ctx.database, documentId);
  if (document === undefined || !await setStatus(ctx.database, documentId, "parsing")) return;
  await deletePages(ctx.database, documentId);
  const bytes = await readWholeFile(ctx, document.file_id);
  const texts: string[] = [];
  const unread: number[] = [];
  try {
    for await (const page of readPages(bytes, document.file_type as FileType, signal)) {
      const storable = storablePage(page);
      await putPage(ctx.database, documentId, storable);
      texts.push(pageText(storable));
      if (page.isUnread) unread.push(page.number);
    }
  } catch (error) {
    if (!(error instanceof DocumentUnreadable)) throw error;
    if (!mayRetry(error.code)) return void await setStatus(ctx.database, documentId, "failed", error.message);
    // Another attempt follows; if it was the last one, this is the reason that stays.
    await setStatus(ctx.database, documentId, "parsing", error.message);
    throw error;
  }
  await ctx.database.transaction(async (db) => {
    const change = {
      status: "parsed",
      status_reason: unread.length === 0 ? null : unreadPages(unread),
      raw_text: texts.join("\n\n"),
      page_count: texts.length,
    } as const;
    if (await updateDocument(db, documentId, change)) await enqueue(db, extractDocument, { document_id: documentId });
  });
}

/** Names the pages as `3` or `101–250`. */
function unreadPages(numbers: readonly number[]): string {
  const starts = numbers.filter((number, index) => number !== (numbers[index - 1] ?? NaN) + 1);
  const ends = numbers.filter((number, index) => number + 1 !== numbers[index + 1]);
  const ranges = starts.map((start, index) => start === ends[index] ? `${start}` : `${start}–${ends[index]}`);
  return `Not read, because the document has too many pages that are pictures: page${numbers.length > 1 ? "s" : ""} ${
    ranges.join(", ")
  }; upload these by themselves`;
}

/** Control characters that PDFs carry and Postgres cannot store become blanks; boxes keep two decimals. */
function storablePage(page: Page): Page {
  // deno-lint-ignore no-control-regex -- these are the characters to remove
  const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
  const lines = page.lines.map((line) => ({
    words: line.words
      .map((word) => ({
        ...word,
        text: word.text.replace(controls, " ").toWellFormed().trim(),
        box: [rounded(word.box[0]), rounded(word.box[1]), rounded(word.box[2]), rounded(word.box[3])] as const,
      }))
      .filter((word) => word.text !== ""),
  }));
  return { ...page, lines: lines.filter((line) => line.words.length > 0) };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Starts over with the stored file, after a failure or with a better reader. Results of a person's hand stay. */
export async function reprocessDocument(ctx: Context, document: Document): Promise<Document> {
  await ctx.database.transaction(async (db) => {
    if (await setStatus(db, document.id, "pending")) await enqueue(db, readDocument, { document_id: document.id });
  });
  return { ...document, status: "pending", status_reason: null };
}

/** The last attempt has failed: say so on the row, in words for the person who uploaded it. */
export async function giveUpOnDocument(ctx: Context, documentId: string): Promise<void> {
  const document = await findDocument(ctx.database, documentId);
  const reason = document?.status_reason ??
    "Cannot read the file: every attempt failed; try reprocessing, or upload it in another format";
  await setStatus(ctx.database, documentId, "failed", reason);
}
