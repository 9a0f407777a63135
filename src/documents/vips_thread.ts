/** What libvips' script takes for a Web Worker. Runs in the picture thread only. */
import { HelperThread } from "./helper_thread.ts";

/**
 * The script starts six threads, sends each a first message, waits until all have answered, and uses as many as it is
 * told to (`picture_file.ts`). Only the first is started at once; the others give the same answer and start with their
 * second message, the first work.
 */
export class VipsThread {
  static #firstAnswer: Promise<MessageEvent> | undefined;

  onmessage: ((event: MessageEvent) => void) | undefined;
  onerror: ((event: ErrorEvent) => void) | undefined;
  #thread: HelperThread | undefined;
  #held: unknown;

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    if (VipsThread.#firstAnswer === undefined) {
      VipsThread.#firstAnswer = new Promise((resolve) => this.#start(resolve));
      VipsThread.#firstAnswer.then((answer) => this.onmessage?.(answer));
    } else if (this.#thread === undefined && this.#held === undefined) {
      this.#held = message;
      VipsThread.#firstAnswer.then((answer) => this.onmessage?.(answer));
      return;
    } else if (this.#thread === undefined) {
      this.#start(() => {});
      this.#thread!.postMessage(this.#held);
    }
    this.#thread!.postMessage(message, transfer);
  }

  terminate(): void {
    this.#thread?.terminate();
  }

  /** `answered` gets the first message it sends, the script all after it. */
  #start(answered: (event: MessageEvent) => void): void {
    this.#thread = new HelperThread("vips");
    this.#thread.onmessage = (first) => {
      this.#thread!.onmessage = (event) => this.onmessage?.(event);
      answered(first);
    };
  }
}
