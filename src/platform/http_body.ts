import type { z } from "@hono/zod-openapi";
import type { Body } from "./endpoint.ts";
import { AppError } from "./errors.ts";
import { invalidInput, refuseNul } from "./validation.ts";

/** Reads request bodies: bounded, decoded strictly, parsed by the endpoint's schema. */

const defaultMaxBytes = 1024 * 1024;

/** The parsed body, or undefined for an endpoint whose handler reads the stream itself. */
export async function readBody(request: Request, body: Body<z.ZodType> | undefined): Promise<unknown> {
  if (body === undefined || body.kind === "stream") return undefined;
  const contentType = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const text = await readText(request, (body.kind === "json" ? body.maxBytes : undefined) ?? defaultMaxBytes);
  const value = body.kind === "json"
    ? parseJson(text, contentType, body.optional === true)
    : parseForm(text, contentType);
  refuseNul("body", value);
  const parsed = await body.schema.safeParseAsync(value);
  if (!parsed.success) throw invalidInput("body", parsed.error, value);
  return parsed.data;
}

function parseJson(text: string, contentType: string, optional: boolean): unknown {
  if (text.trim() === "") return optional ? {} : undefined;
  if (contentType !== "" && !/^application\/([\w.-]+\+)?json$/.test(contentType)) {
    throw new AppError("unsupported_media_type", "Content-Type must be application/json");
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes its input, which may be private.
    throw new AppError("invalid_input", "JSON decode error", {
      issues: [{ path: "body", message: "JSON decode error" }],
    });
  }
}

function parseForm(text: string, contentType: string): unknown {
  if (contentType !== "application/x-www-form-urlencoded") {
    throw new AppError("unsupported_media_type", "Content-Type must be application/x-www-form-urlencoded");
  }
  return Object.fromEntries(new URLSearchParams(text));
}

/** The body as text; stops reading at `maxBytes`, whatever Content-Length says. */
async function readText(request: Request, maxBytes: number): Promise<string> {
  if (request.body === null) return "";
  const tooLarge = () => new AppError("too_large", `The body exceeds ${maxBytes} bytes`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let size = 0;
  for await (const chunk of bodyChunks(request.body)) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    text += decode(decoder, chunk, true);
  }
  return text + decode(decoder, new Uint8Array(), false);
}

function decode(decoder: TextDecoder, chunk: Uint8Array, stream: boolean): string {
  try {
    return decoder.decode(chunk, { stream });
  } catch {
    throw new AppError("invalid_input", "The body is not valid UTF-8");
  }
}

/** The chunks of a body; a caller who hangs up half-way becomes an input error instead of a foreign one. */
export async function* bodyChunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    while (true) {
      const { done, value } = await reader.read().catch((cause) => {
        throw new AppError("invalid_input", "The body ended before it was complete", { cause });
      });
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
