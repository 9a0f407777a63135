/**
 * Decodes a file's pictures in a worker of its own that ends with them.
 *
 * libvips keeps 100 MB and several threads, which are given back only if it is shut down before its worker ends; this
 * way that happens before recognition, the other large consumer, begins.
 */
import { askWorker, startWorker } from "./ask_worker.ts";
import type { Picture } from "./picture.ts";
import type { PictureType } from "./picture_file.ts";
import type { PictureAnswer, PictureRequest } from "./picture_worker.ts";
import { DocumentUnreadable } from "./unreadable.ts";

export interface DecodedPictures {
  readonly pageCount: number;
  /** `number` is 1-based; ask in order, the last page ends the worker. Throws DocumentUnreadable. */
  page(number: number): Promise<Picture>;
  close(): Promise<void>;
}

/** Throws DocumentUnreadable. */
export async function decodePictures(bytes: Uint8Array, type: PictureType): Promise<DecodedPictures> {
  const worker = startWorker("./picture_worker.ts", "pictures");
  let ended = false;
  const end = () => {
    ended = true;
    worker.terminate();
  };
  const ask = async <K extends PictureAnswer["kind"]>(request: PictureRequest, expected: K) => {
    const answer = await askWorker<PictureAnswer>(worker, request).catch((error) => {
      end();
      throw error;
    });
    if (answer.kind === "unreadable") throw new DocumentUnreadable(answer.code);
    if (answer.kind !== expected) throw new Error(`The picture worker answered "${answer.kind}" to "${request.kind}"`);
    return answer as Extract<PictureAnswer, { kind: K }>;
  };
  const close = async () => {
    if (ended) return;
    await ask({ kind: "end" }, "ended");
    end();
  };
  try {
    const { pageCount } = await ask({ kind: "open", bytes, type }, "opened");
    const page = async (number: number) => {
      const { picture } = await ask({ kind: "page", number }, "page");
      if (number === pageCount) await close();
      return picture;
    };
    return { pageCount, page, close };
  } catch (error) {
    await close();
    throw error;
  }
}
