import { play, type Step } from "./ollama.ts";
import { servePlain } from "./plain_http.ts";

/**
 * A server on loopback that speaks OpenAI's protocol as llama.cpp, vLLM and OpenRouter do, and says what a script tells
 * it: each request to /v1/chat/completions takes the next answer. Steps are those of `ollama.ts`.
 */

export interface OpenAiRequest {
  readonly model: string;
  readonly messages: readonly Readonly<Record<string, unknown>>[];
  readonly stream?: boolean;
  readonly tools?: readonly unknown[];
  readonly temperature?: number;
  readonly response_format?: { readonly type: string; readonly json_schema?: unknown };
  readonly authorization: string | null;
  /** Settles when the answer is over: `aborted` when the client hung up before that. */
  readonly outcome: Promise<"complete" | "aborted">;
}

export interface FakeOpenAi extends AsyncDisposable {
  /** With /v1. */
  readonly url: string;
  readonly requests: OpenAiRequest[];
}

export interface OpenAiOptions {
  /** The models that are listed; null is a server that has no list. */
  readonly models?: readonly string[] | null;
  /** Asked for with every request when given. */
  readonly key?: string;
  /** Refuses a request in the words of some server; null lets it pass. */
  readonly refuse?: (request: OpenAiRequest) => string | null;
}

type Script = readonly (readonly Step[])[];

/** One event with a piece of the answer. */
export function piece(delta: Readonly<Record<string, unknown>>, finish_reason: string | null = null): Step {
  const head = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1_764_000_000, model: "m" };
  return { raw: `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason }] })}\n\n` };
}

/** The last piece, the figures of use, which have no choice, and the mark of the end. */
export function finish(reason = "stop"): Step[] {
  return [
    piece({}, reason),
    { raw: `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 12 } })}\n\n` },
    { raw: "data: [DONE]\n\n" },
  ];
}

/** A whole answer in words. */
export function words(content: string): Step[] {
  const pieces = content.match(/\s*\S+|\s+/g) ?? [];
  return [piece({ role: "assistant", content: "" }), ...pieces.map((text) => piece({ content: text })), ...finish()];
}

/** A call whose arguments come in pieces of seven characters, as they are produced. */
export function callPieces(index: number, id: string, name: string, args: string): Step[] {
  const rest = args.match(/[\s\S]{1,7}/g) ?? [];
  return [
    piece({ tool_calls: [{ index, id, type: "function", function: { name, arguments: "" } }] }),
    ...rest.map((written) => piece({ tool_calls: [{ index, function: { arguments: written } }] })),
  ];
}

/** An answer with this status instead of a stream. */
export function refusal(status: number, body: unknown, contentType = "application/json"): Step {
  return { refuse: { status, body: typeof body === "string" ? body : JSON.stringify(body), contentType } };
}

export function startOpenAi(script: Script = [], options: OpenAiOptions = {}): FakeOpenAi {
  const models = options.models === undefined ? ["small"] : options.models;
  const requests: OpenAiRequest[] = [];
  let next = 0;
  const server = servePlain(async (request, answer) => {
    const json = (value: unknown, status = 200) => answer.send(status, "application/json", JSON.stringify(value));
    const failure = (message: string, status: number) =>
      json({ error: { message, type: "invalid_request_error", param: null, code: null } }, status);
    const authorization = request.headers.get("authorization");
    if (options.key !== undefined && authorization !== `Bearer ${options.key}`) {
      return await failure(`Incorrect API key provided: ${authorization}`, 401);
    }
    const asked = `${request.method} ${request.path}`;
    if (asked === "GET /v1/models" && models !== null) {
      return await json({ object: "list", data: models.map((id) => ({ id, object: "model", owned_by: "me" })) });
    }
    if (asked !== "POST /v1/chat/completions") return await failure(`Invalid URL (${asked})`, 404);
    const outcome = Promise.withResolvers<"complete" | "aborted">();
    const recorded: OpenAiRequest = { ...JSON.parse(request.body), authorization, outcome: outcome.promise };
    requests.push(recorded);
    const refused = options.refuse?.(recorded) ?? null;
    if (refused !== null) return await failure(refused, 400);
    const steps = script[next++] ?? [refusal(500, { error: { message: "the script is over" } })];
    const left = request.gone.then(() => outcome.resolve("aborted"));
    await Promise.race([left, play(steps, answer, outcome.resolve, "text/event-stream; charset=utf-8")]);
  });
  return {
    url: `http://127.0.0.1:${server.port}/v1`,
    requests,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
