import type { StoredBytes } from "../platform/stored_bytes.ts";
import { ImportFailure } from "./import_failure.ts";

/** The bytes of a device's file, unpacked when it is a gzip, which is how some services hand files out. */

/** A day's ride with every sensor is some 10 MB as FIT and 50 MB as TCX. */
export const deviceFileMaxBytes = 64 * 1024 * 1024;

/** A hundred hours of every sensor. Decoded it takes twenty times as much memory, or more. */
export const fitMaxBytes = 24 * 1024 * 1024;

/** Unpacked, so that a small archive cannot fill the memory. */
const unpackedMaxBytes = 128 * 1024 * 1024;

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** The content in pieces. Throws `ImportFailure` for an archive that is broken or holds too much. */
export async function* deviceFileChunks(file: StoredBytes): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const packed = isGzip(await file.read(0, 2));
  const stream = packed ? file.stream().pipeThrough(new DecompressionStream("gzip")) : file.stream();
  const reader = stream.getReader();
  let size = 0;
  try {
    while (true) {
      const { done, value } = await reader.read().catch((cause) => {
        throw packed ? new ImportFailure("The gzip archive is damaged; send the file again") : cause;
      });
      if (done) return;
      size += value.byteLength;
      if (size > unpackedMaxBytes) {
        throw new ImportFailure("The archive holds more than 128 MB; send the file unpacked");
      }
      yield new Uint8Array(value);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

export async function wholeDeviceFile(file: StoredBytes): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of deviceFileChunks(file)) chunks.push(chunk);
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
