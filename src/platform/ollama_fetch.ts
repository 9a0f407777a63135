import { brokenOff, hung, notOllama, refusal, unreachable, unreadable } from "./ollama_errors.ts";
import { ModelError } from "./model.ts";

/**
 * The `fetch` that the `ollama` package is given for one request: bounded in time, ended by the caller's signal, and
 * checked line by line, because the package prints lines it cannot read and server texts to the console.
 */

export interface Guard {
  readonly fetch: typeof fetch;
  /** Sent with every request, for a server behind a login. */
  readonly headers: Readonly<Record<string, string>>;
  /** Answered at once even while a model is being loaded: tells a slow model from a dead address. */
  readonly probeUrl: string;
  /** Named in messages; undefined for a request that needs no model. */
  readonly model: string | undefined;
  /** Without a sign of life at the address for so long, it counts as unreachable. */
  readonly connectMs: number;
  /** Without the next piece of an answer for so long, the model counts as hung. */
  readonly idleMs: number;
}

/** Longest line of an answer; a server that sends more without a line break is not Ollama. */
const maxLineLength = 4 * 1024 * 1024;

/** Throws `ModelError`, or `signal`'s reason; what it answers is 2xx, and for POST complete lines of JSON objects. */
export function guardedFetch(guard: Guard, signal: AbortSignal): typeof fetch {
  return async (input, init) => {
    signal.throwIfAborted();
    const ending = new AbortController();
    const passOn = () => ending.abort(signal.reason);
    signal.addEventListener("abort", passOn, { once: true });
    const release = () => signal.removeEventListener("abort", passOn);
    try {
      const response = await responseHead(guard, ending, () =>
        guard.fetch(input, {
          ...init,
          headers: { ...init?.headers as Record<string, string>, ...guard.headers },
          redirect: "manual",
          signal: ending.signal,
        }));
      if (!response.ok) throw await refusal(response, guard.model);
      if (init?.method !== "POST") return response;
      const type = response.headers.get("content-type") ?? "";
      if (type.includes("html")) {
        await response.body?.cancel();
        throw notOllama();
      }
      return new Response(checkedLines(response, guard, ending, release));
    } catch (error) {
      release();
      if (ending.signal.aborted) throw ending.signal.reason;
      throw error instanceof ModelError ? error : unreachable(error);
    }
  };
}

/** Waits for the response's head, which Ollama sends with the first token, after it has loaded the model. */
async function responseHead(
  guard: Guard,
  ending: AbortController,
  request: () => Promise<Response>,
): Promise<Response> {
  const half = Math.ceil(guard.connectMs / 2);
  let waiting = true;
  const idle = setTimeout(() => ending.abort(hung(guard.idleMs)), guard.idleMs);
  const probe = setTimeout(async () => {
    const alive = await answers(guard, AbortSignal.any([ending.signal, AbortSignal.timeout(half)]));
    if (waiting && !alive) ending.abort(unreachable());
  }, half);
  try {
    return await request();
  } finally {
    waiting = false;
    clearTimeout(idle);
    clearTimeout(probe);
  }
}

async function answers(guard: Guard, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await guard.fetch(guard.probeUrl, { signal, headers: guard.headers, redirect: "manual" });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}

/** The body's lines again, each proven to be a JSON object; blank ones are left out. */
function checkedLines(
  response: Response,
  guard: Guard,
  ending: AbortController,
  release: () => void,
): ReadableStream<Uint8Array> {
  const lines = readLines(response, guard, ending);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await lines.next();
        if (!done) return controller.enqueue(encoder.encode(value + "\n"));
        release();
        controller.close();
      } catch (error) {
        release();
        controller.error(error);
      }
    },
  }, { highWaterMark: 0 });
}

async function* readLines(
  response: Response,
  guard: Guard,
  ending: AbortController,
): AsyncGenerator<string, void, undefined> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  const decoder = new TextDecoder();
  let rest = "";
  try {
    while (true) {
      const { done, value } = await nextChunk(reader, guard, ending);
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split("\n");
      rest = done ? "" : lines.pop() ?? "";
      for (const line of lines) {
        if (line.trim() !== "") yield checkedLine(line);
      }
      if (rest.length > maxLineLength) throw unreadable();
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function nextChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  guard: Guard,
  ending: AbortController,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  const idle = setTimeout(() => ending.abort(hung(guard.idleMs)), guard.idleMs);
  try {
    return await reader.read();
  } catch (error) {
    throw ending.signal.aborted ? ending.signal.reason : brokenOff(error);
  } finally {
    clearTimeout(idle);
  }
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
