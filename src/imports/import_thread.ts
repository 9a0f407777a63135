/**
 * The thread that reads files, as seen from the main thread: started when a file waits, ended after a while without
 * work so that its memory returns to the system, and replaced after it has failed. It has database connections of its
 * own, so that neither parsing nor storing ever holds up a request.
 */
import type { ImportOrder, ImportOutcome, ReadInThread, ThreadAnswer, ThreadRequest } from "./thread_messages.ts";

export interface ImportReader {
  readonly large: ReadInThread;
  /** In a thread of its own, so that a ride need not wait for ten years of records. */
  readonly small: ReadInThread;
  /** Ends the threads now; an import under way fails and goes on from its checkpoint some other time. */
  close(): void;
}

/** Starts no thread yet; the first file does. */
export function openImportReader(databaseUrl: string): ImportReader {
  const [large, small] = [openThread(databaseUrl, largeIdleMs), openThread(databaseUrl, smallIdleMs)];
  return {
    large: large.read,
    small: small.read,
    close() {
      large.close();
      small.close();
    },
  };
}

/** A hundred megabytes, which what follows an import needs: its nights and scores, and the next upload. */
const largeIdleMs = 1_000;
/** Rides come one after the other. */
const smallIdleMs = 30_000;
/** The longest a batch or the search for a place in a huge file may take. */
const silenceMs = 15 * 60_000;

function openThread(databaseUrl: string, idleMs: number): { readonly read: ReadInThread; close(): void } {
  let thread: Worker | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;
  /** Settles when the imports asked for so far have ended. */
  let queue: Promise<unknown> = Promise.resolve();
  let closed = false;
  let fail: ((error: Error) => void) | undefined;

  const end = () => {
    clearTimeout(idle);
    thread?.terminate();
    thread = undefined;
    fail?.(new Error("The import thread was ended"));
  };

  const ask = (order: ImportOrder, signal: AbortSignal): Promise<ImportOutcome> => {
    signal.throwIfAborted();
    if (closed) throw new Error("The import thread was closed");
    clearTimeout(idle);
    const worker = thread ??= start(databaseUrl);
    const { promise, resolve, reject } = Promise.withResolvers<ImportOutcome>();
    let silence: ReturnType<typeof setTimeout> | undefined;
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(() => reject(new Error("The import thread has been silent for too long")), silenceMs);
    };
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort);
    fail = reject;
    worker.onmessage = ({ data }: MessageEvent<ThreadAnswer>) => {
      listen();
      if (data.kind === "ended") resolve(data.outcome);
      if (data.kind === "crashed") reject(new ThreadFailure(data.described));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error("The import thread failed"));
    };
    listen();
    worker.postMessage({ kind: "run", order } satisfies ThreadRequest);
    return promise.finally(() => {
      clearTimeout(silence);
      signal.removeEventListener("abort", abort);
      fail = undefined;
    });
  };

  return {
    read(order, signal) {
      const turn = queue.then(async () => {
        try {
          const outcome = await ask(order, signal);
          idle = setTimeout(end, idleMs);
          return outcome;
        } catch (error) {
          // Whatever it was about to do, it must not do it any more.
          end();
          throw error;
        }
      });
      queue = turn.catch(() => {});
      return turn;
    },
    close() {
      closed = true;
      end();
    },
  };
}

/** What went wrong in there, in the words that may be logged. */
class ThreadFailure extends Error {
  override readonly name = "ThreadFailure";
  readonly code: string;

  constructor(described: Readonly<Record<string, unknown>>) {
    super("The import thread could not go on");
    this.code = JSON.stringify(described).slice(0, 1_000);
  }
}

function start(databaseUrl: string): Worker {
  const worker = new Worker(import.meta.resolve("./import_worker.ts"), {
    type: "module",
    name: "imports",
    // Strangers' files are parsed there: it reaches the database and nothing else.
    deno: {
      permissions: {
        net: [databaseHost(databaseUrl)],
        env: true,
        sys: true,
        read: true,
        write: false,
        run: false,
        ffi: false,
      },
    },
  });
  worker.postMessage({ kind: "open", databaseUrl } satisfies ThreadRequest);
  return worker;
}

function databaseHost(databaseUrl: string): string {
  const { hostname, port } = new URL(databaseUrl);
  return `${hostname}:${port || 5432}`;
}
