import { AppError } from "../platform/errors.ts";
import { bodyChunks } from "../platform/http_body.ts";
import { type Fields, readObject } from "./sdk_field.ts";

/** A phone's request: JSON, or a form that contains it. */

export interface JsonBody {
  /** The JSON word for word, as it was received. */
  readonly text: string;
  readonly value: Fields;
}

/** Anything that is not an object in JSON is an input error. */
export async function readJsonBody(request: Request, maxMegabytes: number): Promise<JsonBody> {
  const header = request.headers.get("content-type") ?? "";
  const contentType = header.split(";")[0]?.trim().toLowerCase() ?? "";
  const isForm = contentType === "multipart/form-data";
  if (!isForm && contentType !== "" && !/^application\/([\w.-]+\+)?json$/.test(contentType)) {
    throw new AppError("unsupported_media_type", "Content-Type must be application/json or multipart/form-data");
  }
  const bytes = await readBytes(request, maxMegabytes);
  return isForm ? await jsonOfForm(bytes, header) : parseObject(bytes);
}

/** Stops at the limit, whatever Content-Length says. */
async function readBytes(request: Request, maxMegabytes: number): Promise<Uint8Array> {
  const maxBytes = maxMegabytes * 1024 * 1024;
  const tooLarge = () => new AppError("too_large", `The body exceeds ${maxMegabytes} MB; send it in smaller parts`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bodyChunks(request.body)) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let place = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, place);
    place += chunk.byteLength;
  }
  return bytes;
}

/** The first part that is an object in JSON, whatever the part is called. */
async function jsonOfForm(bytes: Uint8Array, contentType: string): Promise<JsonBody> {
  const form = await new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { "content-type": contentType } })
    .formData().catch(() => {
      throw invalid("The form is malformed or ended before it was complete");
    });
  for (const part of form.values()) {
    const text = typeof part === "string" ? part : decode(new Uint8Array(await part.arrayBuffer()));
    const value = text === undefined ? null : readObject(parseJson(text));
    if (text !== undefined && value !== null) return { text, value };
  }
  throw invalid("The form has no part that is an object in JSON");
}

function parseObject(bytes: Uint8Array): JsonBody {
  const text = decode(bytes);
  const parsed = text === undefined ? undefined : parseJson(text);
  if (text === undefined || parsed === undefined) throw invalid("JSON decode error");
  const value = readObject(parsed);
  if (value === null) throw invalid("Input should be a valid dictionary");
  return { text, value };
}

/** Every byte of it, a byte order mark too; undefined for what is no UTF-8. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Undefined for what is no JSON; the parser's own message quotes its input, which is private. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith("\ufeff") ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

function invalid(message: string): AppError {
  return new AppError("invalid_input", message, { issues: [{ path: "body", message }] });
}
