import type { Context } from "../platform/context.ts";
import { AppError, notFound } from "../platform/errors.ts";
import { enqueue } from "../platform/jobs.ts";
import { drawPageImage } from "./jobs.ts";
import {
  deletePageImage,
  findPageImage,
  findPageView,
  pageImageChannel,
  type PageImageKey,
  pageImageName,
} from "./page_image_queries.ts";
import type { Document } from "./table.ts";
import { DocumentUnreadable, mayRetry } from "./unreadable.ts";

/**
 * A page of a document as a picture, in the coordinates of its boxes.
 *
 * Pages are drawn by the worker, which may be another process: the API asks with a job and waits for its result in the
 * cache. Must not know how pages are drawn.
 */

export interface Waiting {
  readonly patienceMs: number;
  /** So often it looks by itself, for databases whose announcements do not arrive. */
  readonly lookMs: number;
}

const usualWaiting: Waiting = { patienceMs: 20_000, lookMs: 1_000 };

/** A PNG. Holds no database connection while it waits; `gone` is aborted when the caller has gone. */
export async function pageImage(
  ctx: Context,
  document: Document,
  place: { readonly page: number; readonly width: number },
  gone: AbortSignal,
  waiting: Waiting = usualWaiting,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = { document_id: document.id, ...place };
  if (await findPageView(ctx.database, document.id, key.page) === undefined) throw noSuchPage(document);
  const ending = AbortSignal.any([gone, ctx.stopping]);
  const deadline = performance.now() + waiting.patienceMs;
  let ring = () => {};
  const wake = () => ring();
  // Listened to before anything is read, so that nothing falls in between.
  const unlisten = ctx.listen(pageImageChannel, (payload) => {
    if (payload === null || payload === pageImageName(key)) wake();
  });
  ending.addEventListener("abort", wake);
  try {
    for (let asked = false;;) {
      const rung = new Promise<void>((resolve) => ring = resolve);
      const png = await drawn(ctx, key);
      if (png !== undefined) return png;
      const left = deadline - performance.now();
      if (left <= 0 || ending.aborted) throw notYet();
      if (!asked) await enqueue(ctx.database, drawPageImage, key);
      asked = true;
      await within(rung, Math.min(left, waiting.lookMs));
    }
  } finally {
    ending.removeEventListener("abort", wake);
    unlisten();
  }
}

/** The picture, or undefined while there is none; a page that cannot be drawn throws. */
async function drawn(ctx: Context, key: PageImageKey): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const image = await findPageImage(ctx.database, key);
  if (image === undefined || image.png !== null) return image?.png;
  const { message } = new DocumentUnreadable(image.problem);
  if (!mayRetry(image.problem)) throw new AppError("unprocessable", message);
  // The next call tries again.
  await deletePageImage(ctx.database, key);
  throw new AppError("unavailable", message, { retryAfterSeconds: 30 });
}

function noSuchPage(document: Document): AppError {
  switch (document.status) {
    case "pending":
    case "parsing":
      return new AppError("conflict", "The document is still being read; try again when its status is parsed");
    case "failed":
      return new AppError("unprocessable", document.status_reason ?? new DocumentUnreadable("reader_failed").message);
    default:
      return notFound("Page");
  }
}

function notYet(): AppError {
  return new AppError("unavailable", "The page is not drawn yet; try again in a moment, and check that a worker runs", {
    retryAfterSeconds: 5,
  });
}

async function within(event: Promise<void>, milliseconds: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([event, new Promise<void>((resolve) => timer = setTimeout(resolve, milliseconds))]);
  clearTimeout(timer);
}
