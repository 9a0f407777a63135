/**
 * Decodes a file's pictures, or encodes one, in a worker of its own that ends with them.
 *
 * libvips keeps 100 MB and several threads, which are given back only if it is shut down before its worker ends; this
 * way that happens before recognition, the other large consumer, begins.
 */
import { HelperThread } from "./helper_thread.ts";
import type { PageView } from "./page.ts";
import type { Picture } from "./picture.ts";
import type { PictureType } from "./picture_file.ts";
import type { PictureAnswer, PictureRequest } from "./picture_worker.ts";
import { DocumentUnreadable } from "./unreadable.ts";

export interface DecodedPictures {
  readonly pageCount: number;
  /** `number` is 1-based. The worker ends with each page and comes back for the next. Throws DocumentUnreadable. */
  page(number: number): Promise<Picture>;
  /** A PNG of the page as its boxes lie, at most `width` wide. */
  draw(number: number, width: number, view: PageView | null): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** Throws DocumentUnreadable. */
export async function decodePictures(bytes: Uint8Array, type: PictureType): Promise<DecodedPictures> {
  const open = async () => {
    const thread = new PictureThread();
    try {
      const { pageCount } = await thread.ask({ kind: "open", bytes, type }, "opened");
      return { thread, pageCount };
    } catch (error) {
      await thread.close();
      throw error;
    }
  };
  const first = await open();
  let opened: PictureThread | undefined = first.thread;
  const close = async () => {
    await opened?.close();
    opened = undefined;
  };
  const inThread = async <T>(use: (thread: PictureThread) => Promise<T>): Promise<T> => {
    opened ??= (await open()).thread;
    try {
      return await use(opened);
    } finally {
      await close();
    }
  };
  return {
    pageCount: first.pageCount,
    page: (number) => inThread(async (thread) => (await thread.ask({ kind: "page", number }, "page")).picture),
    draw: (number, width, view) =>
      inThread(async (thread) => (await thread.ask({ kind: "draw", number, width, view }, "encoded")).png),
    close,
  };
}

/** The picture as a PNG. */
export async function encodePng(picture: Picture): Promise<Uint8Array<ArrayBuffer>> {
  const pictures = new PictureThread();
  try {
    return (await pictures.ask({ kind: "encode", picture }, "encoded")).png;
  } finally {
    await pictures.close();
  }
}

class PictureThread {
  readonly #thread = new HelperThread("pictures");

  async ask<K extends PictureAnswer["kind"]>(
    request: PictureRequest,
    expected: K,
  ): Promise<Extract<PictureAnswer, { kind: K }>> {
    const answer = await this.#thread.ask<PictureAnswer>(request);
    if (answer.kind === "unreadable") throw new DocumentUnreadable(answer.code);
    if (answer.kind !== expected) throw new Error(`The picture thread answered "${answer.kind}" to "${request.kind}"`);
    return answer as Extract<PictureAnswer, { kind: K }>;
  }

  async close(): Promise<void> {
    await this.ask({ kind: "end" }, "ended");
    this.#thread.terminate();
  }
}
