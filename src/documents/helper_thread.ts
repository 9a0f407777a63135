/** What threads have in common that are started by `reading_threads.ts`: how they answer, and how they get helpers. */
import type { ThreadKind, ThreadRequest } from "./reading_threads.ts";

/** This thread's own scope; the checker takes every module for one of the main thread. */
const thread = self as unknown as {
  onmessage: (event: MessageEvent<MessagePort>) => void;
  postMessage(request: ThreadRequest, transfer?: Transferable[]): void;
};

/** Runs in a thread: answers whoever asked for it, one request after the other. An answer that throws ends everything. */
export function answerRequests<Request, Answer>(answer: (request: Request) => Promise<Answer>): void {
  thread.onmessage = ({ data: port }) => {
    port.onmessage = async ({ data }: MessageEvent<Request>) => port.postMessage(await answer(data));
  };
}

/** Another thread, used like a Worker. It runs until it is terminated, or with the one that reads pages. */
export class HelperThread {
  onmessage: ((event: MessageEvent) => void) | undefined;
  readonly #id = crypto.randomUUID();
  readonly #port: MessagePort;

  constructor(kind: ThreadKind) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = (event) => this.onmessage?.(event);
    thread.postMessage({ start: kind, id: this.#id, port: port2 }, [port2]);
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  /** One question, one answer, one at a time. A helper that throws takes this thread with it, so that nothing hangs. */
  ask<Answer>(question: unknown): Promise<Answer> {
    return new Promise((resolve) => {
      this.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
      this.postMessage(question);
    });
  }

  terminate(): void {
    this.#port.close();
    thread.postMessage({ end: this.#id });
  }
}
