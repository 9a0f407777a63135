import { decodeField, make, type MultipartError } from "multipasta";
import { AppError } from "./errors.ts";
import { bodyChunks } from "./http_body.ts";

/** Reads `multipart/form-data` as it arrives: a file is never in memory as a whole. */

export type MultipartEvent =
  | { readonly kind: "field"; readonly name: string; readonly value: string }
  | { readonly kind: "file"; readonly name: string; readonly file_name: string | null }
  | { readonly kind: "chunk"; readonly bytes: Uint8Array }
  | { readonly kind: "file_end" };

const limits = { maxParts: 20, maxFieldSize: 64 * 1024 };

/** The parts in the order they were sent; between `file` and `file_end` come the file's chunks. */
export async function* multipartEvents(request: Request): AsyncGenerator<MultipartEvent> {
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\s*;.*boundary=/i.test(contentType) || request.body === null) {
    throw new AppError("unsupported_media_type", "Content-Type must be multipart/form-data");
  }
  let arrived: MultipartEvent[] = [];
  let failure: MultipartError | undefined;
  const parser = make({
    ...limits,
    headers: { "content-type": contentType },
    // Any part with a file name is a file, whatever type it declares.
    isFile: (info) => info.filename !== undefined,
    onField: (info, value) => arrived.push({ kind: "field", name: info.name, value: decodeField(info, value) }),
    onFile: (info) => {
      arrived.push({ kind: "file", name: info.name, file_name: info.filename ?? null });
      return (bytes) => arrived.push(bytes === null ? { kind: "file_end" } : { kind: "chunk", bytes });
    },
    onError: (error) => failure ??= error,
    onDone: () => {},
  });
  for await (const chunk of bodyChunks(request.body)) {
    parser.write(chunk);
    if (failure !== undefined) throw malformed(failure);
    yield* arrived;
    arrived = [];
  }
  parser.end();
  if (failure !== undefined) throw malformed(failure);
  yield* arrived;
}

function malformed(error: MultipartError): AppError {
  if (error._tag === "ReachedLimit") {
    return new AppError("too_large", "The form has too many parts or a field that is too long");
  }
  return new AppError("invalid_input", "The form is malformed or ended before it was complete");
}
