import { ModelError } from "./model.ts";

/** One request to a model server: bounded in time, ended by the caller's signal, without redirects. */

/** What goes wrong, in the words for one kind of server. */
export interface ServerWords {
  unreachable(cause?: unknown): ModelError;
  hung(milliseconds: number): ModelError;
  brokenOff(cause?: unknown): ModelError;
  /** An answer that is not 2xx. */
  refusal(response: Response): Promise<ModelError>;
}

export interface Guard {
  readonly fetch: typeof fetch;
  readonly words: ServerWords;
  /** Sent with every request, for a server behind a login. */
  readonly headers: Readonly<Record<string, string>>;
  /** Answered at once even while a model is being loaded: tells a slow model from a dead address. */
  readonly probeUrl: string;
  /** Without a sign of life at the address for so long, it counts as unreachable. */
  readonly connectMs: number;
  /** Without the next piece of an answer for so long, the model counts as hung. */
  readonly idleMs: number;
}

export interface GuardedResponse {
  /** 2xx; its body is read through `chunks`. */
  readonly response: Response;
  /** The body's text in pieces as they come. Leaving the loop ends the request. */
  chunks(): AsyncGenerator<string, void, undefined>;
}

/** Throws `ModelError`, or `signal`'s reason. */
export async function guardedRequest(
  guard: Guard,
  signal: AbortSignal,
  url: string | URL | Request,
  init: RequestInit = {},
): Promise<GuardedResponse> {
  signal.throwIfAborted();
  const ending = new AbortController();
  const passOn = () => ending.abort(signal.reason);
  signal.addEventListener("abort", passOn, { once: true });
  const release = () => signal.removeEventListener("abort", passOn);
  try {
    const response = await responseHead(guard, ending, () =>
      guard.fetch(url, {
        ...init,
        headers: { ...init.headers as Record<string, string>, ...guard.headers },
        redirect: "manual",
        signal: ending.signal,
      }));
    if (!response.ok) throw await guard.words.refusal(response);
    return { response, chunks: () => readChunks(response, guard, ending, release) };
  } catch (error) {
    release();
    if (ending.signal.aborted) throw ending.signal.reason;
    throw error instanceof ModelError ? error : guard.words.unreachable(error);
  }
}

/** Waits for the response's head, which some servers send with the first token, after they have loaded the model. */
async function responseHead(
  guard: Guard,
  ending: AbortController,
  request: () => Promise<Response>,
): Promise<Response> {
  const half = Math.ceil(guard.connectMs / 2);
  let waiting = true;
  const idle = setTimeout(() => ending.abort(guard.words.hung(guard.idleMs)), guard.idleMs);
  const probe = setTimeout(async () => {
    const alive = await answers(guard, AbortSignal.any([ending.signal, AbortSignal.timeout(half)]));
    if (waiting && !alive) ending.abort(guard.words.unreachable());
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

async function* readChunks(
  response: Response,
  guard: Guard,
  ending: AbortController,
  release: () => void,
): AsyncGenerator<string, void, undefined> {
  const reader = bytesOf(response);
  const decoder = new TextDecoder();
  try {
    while (true) {
      const { done, value } = await nextChunk(reader, guard, ending);
      const text = done ? decoder.decode() : decoder.decode(value, { stream: true });
      if (text !== "") yield text;
      if (done) return;
    }
  } finally {
    release();
    await reader.cancel().catch(() => {});
  }
}

interface Bytes {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

/** A piece of an answer is a few hundred bytes. */
const pieceLength = 4 * 1024;

/**
 * The body's bytes, in one buffer that is used again: a plain reader makes one of 64 KiB for each token, and hundreds of
 * streams then keep the garbage collector busy.
 */
function bytesOf({ body }: Response): Bytes {
  if (body === null) return { read: () => Promise.resolve({ done: true }), cancel: async () => {} };
  let reader: ReadableStreamBYOBReader;
  try {
    reader = body.getReader({ mode: "byob" });
  } catch {
    // No stream of bytes, as a body that was made here may be.
    return body.getReader();
  }
  let buffer = new ArrayBuffer(pieceLength);
  return {
    async read() {
      const { done, value } = await reader.read(new Uint8Array(buffer));
      if (value !== undefined) buffer = value.buffer;
      return { done, value };
    },
    cancel: () => reader.cancel(),
  };
}

async function nextChunk(
  reader: Bytes,
  guard: Guard,
  ending: AbortController,
): ReturnType<Bytes["read"]> {
  const idle = setTimeout(() => ending.abort(guard.words.hung(guard.idleMs)), guard.idleMs);
  try {
    return await reader.read();
  } catch (error) {
    throw ending.signal.aborted ? ending.signal.reason : guard.words.brokenOff(error);
  } finally {
    clearTimeout(idle);
  }
}

/** The text of a body that holds an error, at most 64 KiB of it; never to be shown. */
export async function errorBody(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (reader !== undefined && text.length < 65_536) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
    return text;
  } catch {
    return "";
  } finally {
    await reader?.cancel().catch(() => {});
  }
}
