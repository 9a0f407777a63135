/** Helping workers of the page worker: how they are started and asked. */

/** Kept from the start, for onnxruntime puts Node's Worker in place of the global one when it is loaded. */
const { Worker } = globalThis;

/** `module` lies beside this file. The helper may do what the thread that starts it may. */
export function startWorker(module: string, name: string): Worker {
  return new Worker(new URL(module, import.meta.url).href, { type: "module", name });
}

/** One question, one answer; a worker that fails rejects with its message. */
export function askWorker<Answer>(worker: Worker, question: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<Answer>) => resolve(event.data);
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    worker.postMessage(question);
  });
}
