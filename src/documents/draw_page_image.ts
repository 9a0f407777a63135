import type { Context } from "../platform/context.ts";
import { readWholeFile } from "../platform/files.ts";
import type { FileType } from "./file_type.ts";
import type { PageView } from "./page.ts";
import { findPageImage, findPageView, type PageImageKey, putPageImage } from "./page_image_queries.ts";
import { findDocument } from "./queries.ts";
import { DocumentUnreadable } from "./unreadable.ts";

/** Draws the pages that `page_image.ts` is asked for; runs where documents are read. */

/** A PNG of one page; throws `DocumentUnreadable`. */
export type DrawPage = (
  bytes: Uint8Array,
  type: FileType,
  drawing: { readonly number: number; readonly width: number; readonly view: PageView | null },
  signal: AbortSignal,
) => Promise<Uint8Array>;

/** Can run twice: an image that is there is left alone. */
export async function drawImage(ctx: Context, key: PageImageKey, draw: DrawPage, signal: AbortSignal): Promise<void> {
  const document = await findDocument(ctx.database, key.document_id);
  const page = await findPageView(ctx.database, key.document_id, key.page);
  if (document === undefined || page === undefined) return;
  if (await findPageImage(ctx.database, key) !== undefined) return;
  const bytes = await readWholeFile(ctx, document.file_id);
  const drawing = { number: key.page, width: key.width, view: page.view };
  try {
    const png = new Uint8Array(await draw(bytes, document.file_type as FileType, drawing, signal));
    await putPageImage(ctx.database, key, page.view, { png, problem: null });
  } catch (error) {
    if (!(error instanceof DocumentUnreadable)) throw error;
    await putPageImage(ctx.database, key, page.view, { png: null, problem: error.code });
  }
}
