/**
 * From a file's bytes to its pages, without ever blocking the thread that asks.
 *
 * The work is done in one Web Worker, which is started on demand, ended after a while without work so that its
 * memory returns to the system, and replaced after it has failed. Must not know who asks or where pages go.
 */
import type { FileType } from "./file_type.ts";
import type { Page, PageView } from "./page.ts";
import { PageThread } from "./page_thread.ts";
import { DocumentUnreadable } from "./unreadable.ts";

export interface ReadOptions {
  /** A document with more pages is refused before any is read. */
  readonly maxPages: number;
  /** Pages beyond so many pictures are left out (`isUnread`): each takes seconds. */
  readonly maxPictures?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (pagesRead: number, pageCount: number) => void;
}

export interface Drawing {
  /** 1-based. */
  readonly number: number;
  /** In pixels; less for a page that would have too many. */
  readonly width: number;
  readonly view: PageView | null;
}

export interface PageReaderOptions {
  /** Longest time for opening a document or reading one page, in milliseconds. */
  readonly stepTimeout?: number;
  /** How long a worker without work is kept, in milliseconds. */
  readonly idleTimeout?: number;
}

/** Ten minutes or so on two processors. */
const MAX_PICTURES = 100;

/** Built once by the services that need it, and closed by them. Documents are read one after the other. */
export class PageReader {
  readonly #stepTimeout: number;
  readonly #idleTimeout: number;
  #thread: PageThread | undefined;
  /** Without work for long, and about to end. */
  #retiring: PageThread | undefined;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  /** Settles when the documents asked for so far have been read. */
  #queue: Promise<void> = Promise.resolve();
  #closed = false;

  constructor({ stepTimeout = 180_000, idleTimeout = 30_000 }: PageReaderOptions = {}) {
    this.#stepTimeout = stepTimeout;
    this.#idleTimeout = idleTimeout;
  }

  /**
   * Yields the pages in order, each read only when it is asked for; blank pages have no lines.
   *
   * Throws DocumentUnreadable (`empty` after the last page, if no page had a line); an aborted signal throws its
   * reason. Iterate to the end or break: other documents wait until then.
   */
  async *readPages(bytes: Uint8Array, type: FileType, options: ReadOptions): AsyncGenerator<Page, void, undefined> {
    const { maxPages, maxPictures = MAX_PICTURES, signal, onProgress } = options;
    const leave = await this.#enter(signal);
    const timeout = this.#stepTimeout;
    try {
      const thread = this.#start();
      // The copy is what keeps the caller's buffer usable, and makes a view of a shared buffer sendable.
      const { pageCount } = await thread.ask({ kind: "open", bytes: bytes.slice(), type }, "opened", timeout, signal);
      if (pageCount > maxPages) throw tooManyPages(pageCount, maxPages);
      let hasText = false;
      let picturesRead = 0;
      for (let number = 1; number <= pageCount; number++) {
        const pictures = picturesRead < maxPictures;
        const { page } = await thread.ask({ kind: "read", number, pictures }, "page", timeout, signal);
        if (page.source === "ocr") picturesRead++;
        hasText ||= page.lines.length > 0;
        onProgress?.(number, pageCount);
        yield page;
      }
      if (!hasText) throw new DocumentUnreadable("empty");
    } finally {
      await this.#rest();
      leave();
    }
  }

  /**
   * A PNG of one page, as its boxes lie. Throws DocumentUnreadable, also for a page that the file does not have
   * (`truncated`); an aborted signal throws its reason.
   */
  async drawPage(bytes: Uint8Array, type: FileType, drawing: Drawing, signal?: AbortSignal): Promise<Uint8Array> {
    const leave = await this.#enter(signal);
    const timeout = this.#stepTimeout;
    try {
      const thread = this.#start();
      const { pageCount } = await thread.ask({ kind: "open", bytes: bytes.slice(), type }, "opened", timeout, signal);
      if (drawing.number > pageCount) throw new DocumentUnreadable("truncated");
      return (await thread.ask({ kind: "draw", ...drawing }, "drawn", timeout, signal)).png;
    } finally {
      await this.#rest();
      leave();
    }
  }

  /** Ends the worker now; a document being read fails with `reader_failed`, and no other is accepted. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#idleTimer);
    this.#thread?.end();
    this.#retiring?.end();
    this.#thread = undefined;
  }

  /** Waits for the documents before this one; the function returned lets the next one in. */
  async #enter(signal: AbortSignal | undefined): Promise<() => void> {
    const before = this.#queue;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#queue = before.then(() => promise);
    const aborted = Promise.withResolvers<never>();
    const abort = () => aborted.reject(signal?.reason);
    signal?.addEventListener("abort", abort);
    try {
      signal?.throwIfAborted();
      await Promise.race([before, aborted.promise]);
    } catch (error) {
      resolve();
      throw error;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
    return resolve;
  }

  #start(): PageThread {
    if (this.#closed) throw new DocumentUnreadable("reader_failed");
    clearTimeout(this.#idleTimer);
    if (this.#thread?.isAlive !== true) this.#thread = new PageThread();
    return this.#thread;
  }

  /** Lets go of the document, and of the worker if it failed or if nothing else comes. */
  async #rest(): Promise<void> {
    const thread = this.#thread;
    if (thread === undefined) return;
    try {
      if (thread.isAlive) await thread.ask({ kind: "close" }, "closed", this.#stepTimeout);
    } catch {
      // A worker that cannot even close a document has ended itself; the next document gets a new one.
    }
    if (this.#closed) return;
    this.#idleTimer = setTimeout(() => {
      this.#thread = undefined;
      this.#retiring = thread;
      thread.retire();
    }, this.#idleTimeout);
  }
}

function tooManyPages(pageCount: number, maxPages: number): DocumentUnreadable {
  return new DocumentUnreadable(
    "too_many_pages",
    `Cannot read the file: it has ${pageCount} pages, more than ${maxPages}; upload it in parts`,
  );
}
