/**
 * The thread that reads pages as seen from the main thread: asks it, waits no longer than allowed, and ends it and its
 * helpers when one fails.
 *
 * Must not know about documents' order or idle times; `read_pages.ts` does.
 */
import type { PageAnswer, PageRequest } from "./page_messages.ts";
import { ReadingThreads } from "./reading_threads.ts";
import { DocumentUnreadable } from "./unreadable.ts";

/** In milliseconds. */
const RETIRE_TIMEOUT = 5_000;

type Expected<K extends PageAnswer["kind"]> = Extract<PageAnswer, { kind: K }>;

interface Pending {
  resolve(answer: PageAnswer): void;
  reject(error: unknown): void;
}

export class PageThread {
  readonly #port: MessagePort;
  readonly #threads = new ReadingThreads((reason) => this.#fail(failure(reason)));
  #pending: Pending | undefined;
  #ended = false;
  #isRetiring = false;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = (event: MessageEvent<PageAnswer>) => this.#settle()?.resolve(event.data);
    port1.onmessageerror = () => this.#fail(new DocumentUnreadable("reader_failed"));
    this.#threads.start("pages", "pages", port2);
  }

  /** False after a failure, a timeout or an abort: it will answer no more. */
  get isAlive(): boolean {
    return !this.#ended && !this.#isRetiring;
  }

  /**
   * One request at a time. `timeout` in milliseconds. Throws DocumentUnreadable, or the reason of the signal; a
   * request that is given up takes the worker with it, for there is no other way to stop it.
   */
  async ask<K extends PageAnswer["kind"]>(
    request: PageRequest,
    expected: K,
    timeout: number,
    signal?: AbortSignal,
  ): Promise<Expected<K>> {
    signal?.throwIfAborted();
    if (!this.isAlive) throw new DocumentUnreadable("reader_failed");
    const timer = setTimeout(() => this.#fail(new DocumentUnreadable("timed_out")), timeout);
    const abort = () => this.#fail(signal?.reason);
    signal?.addEventListener("abort", abort);
    try {
      const answer = await new Promise<PageAnswer>((resolve, reject) => {
        this.#pending = { resolve, reject };
        this.#port.postMessage(request);
      });
      if (answer.kind === "failed") {
        // A WebAssembly module that has failed once cannot be trusted again.
        this.end();
        throw failure(answer.reason);
      }
      if (answer.kind === "unreadable") throw new DocumentUnreadable(answer.code, answer.message);
      if (answer.kind !== expected) throw new Error(`The page worker answered "${answer.kind}" to "${request.kind}"`);
      return answer as Expected<K>;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    }
  }

  /** Ends the threads after they have let go of what the process would keep; none works, and none is asked again. */
  async retire(): Promise<void> {
    try {
      const letGo = this.ask({ kind: "end" }, "ended", RETIRE_TIMEOUT);
      this.#isRetiring = true;
      await letGo;
    } catch {
      // They are ended all the same.
    } finally {
      this.end();
    }
  }

  /** Ends the threads and gives their memory back; a request under way fails with `reader_failed`. */
  end(): void {
    this.#fail(new DocumentUnreadable("reader_failed"));
  }

  #fail(error: unknown): void {
    if (!this.#ended) {
      this.#threads.end();
      this.#port.close();
    }
    this.#ended = true;
    this.#settle()?.reject(error);
  }

  #settle(): Pending | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    return pending;
  }
}

function failure(reason: string): DocumentUnreadable {
  return new DocumentUnreadable("reader_failed", undefined, { cause: new Error(reason) });
}
