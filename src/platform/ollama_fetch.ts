import { type Guard, guardedRequest } from "./model_fetch.ts";
import { notOllama, unreadable } from "./ollama_errors.ts";

/**
 * The `fetch` that the `ollama` package is given for one request: guarded, and checked line by line, because the
 * package prints lines it cannot read and server texts to the console.
 */

/** Longest line of an answer; a server that sends more without a line break is not Ollama. */
const maxLineLength = 4 * 1024 * 1024;

/** Throws `ModelError`, or `signal`'s reason; what it answers is 2xx, and for POST complete lines of JSON objects. */
export function guardedFetch(guard: Guard, signal: AbortSignal): typeof fetch {
  return async (input, init) => {
    const { response, chunks } = await guardedRequest(guard, signal, input, init);
    if (init?.method !== "POST") return response;
    if (response.headers.get("content-type")?.includes("html")) {
      // Leaving at the first piece ends the request.
      for await (const _ of chunks()) break;
      throw notOllama();
    }
    return new Response(checkedLines(chunks()));
  };
}

/** The body's lines again, each proven to be a JSON object; blank ones are left out. */
function checkedLines(chunks: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const lines = readLines(chunks);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await lines.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value + "\n"));
      } catch (error) {
        controller.error(error);
      }
    },
  }, { highWaterMark: 0 });
}

async function* readLines(chunks: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line.trim() !== "") yield checkedLine(line);
    }
    if (rest.length > maxLineLength) throw unreadable();
  }
  if (rest.trim() !== "") yield checkedLine(rest);
}

function checkedLine(line: string): string {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return line;
  } catch {
    // Falls through: the parser's own message would quote the line.
  }
  throw unreadable();
}
