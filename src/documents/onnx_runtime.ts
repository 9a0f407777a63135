/** The runtime of the OCR models: WebAssembly, or native code where that is installed and allowed. */
import { createRequire } from "node:module";
import * as web from "onnxruntime-web";
import { isNativeAllowed, nativePackages } from "./native_runtime.ts";

/** The part of the API that both have, with the same types. */
export interface OnnxRuntime {
  readonly InferenceSession: Pick<typeof web.InferenceSession, "create">;
  readonly Tensor: typeof web.Tensor;
  readonly sessionOptions: web.InferenceSession.SessionOptions;
}

/** Either runs on one thread: `ocr_threads.ts` has two of its own. */
export function loadRuntime(): OnnxRuntime {
  if (isNativeAllowed()) {
    const { InferenceSession, Tensor } = createRequire(nativePackages)("onnxruntime-node") as typeof web;
    const sessionOptions = {
      executionProviders: ["cpu"],
      logSeverityLevel: 3,
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      enableMemPattern: false,
      // What finding text takes would be set aside for the next page, and is a third of all.
      enableCpuMemArena: false,
    } as const;
    return { InferenceSession, Tensor, sessionOptions };
  }
  // Its own threads keep their memory when a worker ends.
  web.env.wasm.numThreads = 1;
  web.env.logLevel = "error";
  const { InferenceSession, Tensor } = web;
  return { InferenceSession, Tensor, sessionOptions: { executionProviders: ["wasm"], enableMemPattern: false } };
}
