import { AppError } from "../platform/errors.ts";
import { bodyChunks } from "../platform/http_body.ts";

/** Reads what a script posts: one JSON object with a list of samples, or NDJSON, a sample a line. */

/** Some 100,000 samples. */
export const samplesMaxBytes = 16 * 1024 * 1024;

export interface SamplesBody {
  /** The default source, not looked at yet. */
  readonly source: unknown;
  /** What was sent for each sample, not looked at yet; `notJson` for a line that is none. */
  readonly samples: readonly unknown[];
}

export const notJson = Symbol("not JSON");

const typePattern = /^application\/(?:[\w.-]+\+)?(json|x-ndjson|jsonl|x-jsonlines)$/;

/** Throws when the body as a whole cannot be read; what is wrong with single samples is seen later. */
export async function readSamplesBody(request: Request): Promise<SamplesBody> {
  const declared = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const kind = declared === "" ? "json" : typePattern.exec(declared)?.[1];
  if (kind === undefined) {
    throw new AppError("unsupported_media_type", "Content-Type must be application/json or application/x-ndjson");
  }
  const text = await readText(request);
  return kind === "json" ? fromJson(text) : { source: undefined, samples: fromLines(text) };
}

function fromJson(text: string): SamplesBody {
  const body = parsed(text);
  if (body === notJson) throw wrong("body", "JSON decode error");
  if (body === null || typeof body !== "object" || Array.isArray(body)) {
    throw wrong("body", "Input should be a valid dictionary");
  }
  const { source, samples } = body as { source?: unknown; samples?: unknown };
  if (samples === undefined) throw wrong("body.samples", "Field required");
  if (!Array.isArray(samples)) throw wrong("body.samples", "Input should be a valid list");
  return { source, samples };
}

function fromLines(text: string): unknown[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "").map(parsed);
  if (lines.length > 0 && lines.every((line) => line === notJson)) throw wrong("body", "JSON decode error");
  return lines;
}

/** The parser's own message quotes its input, which may be private. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return notJson;
  }
}

async function readText(request: Request): Promise<string> {
  const tooLarge = () => new AppError("too_large", `The body exceeds ${samplesMaxBytes} bytes; send fewer samples`);
  if (Number(request.headers.get("content-length") ?? 0) > samplesMaxBytes) throw tooLarge();
  if (request.body === null) return "";
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of bodyChunks(request.body)) {
    size += chunk.byteLength;
    if (size > samplesMaxBytes) throw tooLarge();
    chunks.push(new Uint8Array(chunk));
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await new Blob(chunks).arrayBuffer());
  } catch {
    throw new AppError("invalid_input", "The body is not valid UTF-8");
  }
}

/** The whole body cannot be taken; `path` says which part of it. */
export function wrong(path: string, message: string): AppError {
  return new AppError("invalid_input", message, { issues: [{ path, message }] });
}
