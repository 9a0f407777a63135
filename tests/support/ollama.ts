import { type PlainAnswer, servePlain } from "./plain_http.ts";

/**
 * An Ollama on loopback that speaks the real wire format and says what a script tells it:
 *
 *     await using ollama = await startOllama([toolCall("get_recent_labs", { days: 3650 }), text("All is well.")]);
 *     await using world = await openWorld({ OLLAMA_HOST: ollama.url });
 *
 * Each request to /api/chat takes the next answer of the script. An answer is a list of steps, or a function that makes
 * one from the request, so that it can depend on what a tool said. A function instead of a list answers every request.
 */

export interface OllamaMessage {
  readonly role: string;
  readonly content: string;
  readonly tool_calls?: readonly { readonly function: { readonly name: string; readonly arguments: unknown } }[];
  readonly tool_name?: string;
  readonly tool_call_id?: string;
}

export interface OllamaRequest {
  readonly model: string;
  readonly messages: readonly OllamaMessage[];
  readonly tools?: readonly { readonly type: string; readonly function: { readonly name: string } }[];
  readonly format?: unknown;
  readonly stream?: boolean;
  readonly think?: boolean;
  readonly keep_alive?: string | number;
  readonly options?: Readonly<Record<string, unknown>>;
  /** The Authorization header, when there was one. */
  readonly authorization: string | null;
  /** Settles when the answer is over: `aborted` when the client hung up before that. */
  readonly outcome: Promise<"complete" | "aborted">;
}

export interface PullRequest {
  readonly name: string;
  readonly outcome: Promise<"complete" | "aborted">;
}

export type Step =
  /** One line of JSON. */
  | { readonly line: Record<string, unknown> }
  /** Bytes as they are, for what no Ollama should send. */
  | { readonly raw: string }
  /** Waits for the promise, made when it is this step's turn; one that never settles is a model that hangs. */
  | { readonly until: () => Promise<unknown> }
  /** Cuts the connection in the middle. */
  | { readonly cut: true }
  /** Answers with this status instead; only as the first step. */
  | { readonly refuse: { readonly status: number; readonly body: string; readonly contentType: string } };

export type Answer = readonly Step[] | ((request: OllamaRequest) => readonly Step[]);
export type Script = readonly Answer[] | ((request: OllamaRequest) => readonly Step[]);

const sent = () => ({ model: "qwen2.5:14b", created_at: new Date().toISOString() });

/** Tokens without an end: words with their spaces, one line each. */
export function say(content: string): Step[] {
  return (content.match(/\s*\S+|\s+/g) ?? []).map((piece) => ({
    line: { ...sent(), message: { role: "assistant", content: piece }, done: false },
  }));
}

/** What a reasoning model thinks before it answers. */
export function think(thinking: string): Step[] {
  return [{ line: { ...sent(), message: { role: "assistant", content: "", thinking }, done: false } }];
}

/** The last line. `length` means that the context is full. */
export function end(done_reason: "stop" | "length" = "stop"): Step {
  return {
    line: {
      ...sent(),
      message: { role: "assistant", content: "" },
      done: true,
      done_reason,
      total_duration: 5_191_566_416,
      load_duration: 2_154_458,
      prompt_eval_count: 26,
      prompt_eval_duration: 383_809_000,
      eval_count: 298,
      eval_duration: 4_799_921_000,
    },
  };
}

/** A whole answer in words. */
export function text(content: string): Step[] {
  return [...say(content), end()];
}

/** A line with one call; `toolCall` is the whole answer. */
export function call(name: string, args: unknown): Step {
  const tool_calls = [{ function: { name, arguments: args } }];
  return { line: { ...sent(), message: { role: "assistant", content: "", tool_calls }, done: false } };
}

export function toolCall(name: string, args: unknown = {}): Step[] {
  return [call(name, args), end()];
}

/** Several calls in one answer. */
export function toolCalls(...calls: readonly (readonly [name: string, args: unknown])[]): Step[] {
  return [...calls.map(([name, args]) => call(name, args)), end()];
}

export function hang(): Step {
  return { until: () => new Promise(() => {}) };
}

export function pause(milliseconds: number): Step {
  return { until: () => new Promise((resolve) => setTimeout(resolve, milliseconds)) };
}

/** An error in Ollama's form: as the whole answer with a status, or as a line in the middle without one. */
export function failure(error: string, status?: number): Step {
  return status === undefined
    ? { line: { error } }
    : { refuse: { status, body: JSON.stringify({ error }), contentType: "application/json; charset=utf-8" } };
}

export interface FakeOllama extends AsyncDisposable {
  readonly url: string;
  /** Requests to /api/chat in order, as they came. */
  readonly requests: OllamaRequest[];
  /** Those that the model is not able to answer; they use up nothing of the script. */
  readonly refused: OllamaRequest[];
  /** Requests to /api/pull in order. */
  readonly pulled: PullRequest[];
  /** Method and path of every request. */
  readonly paths: string[];
}

export interface OllamaOptions {
  /** What is installed; anything else is "not found". */
  readonly models?: readonly string[];
  /** What every model can do; it is refused what is missing. Null is a server too old to tell. */
  readonly capabilities?: readonly string[] | null;
  /** The answers to /api/pull, in order. */
  readonly pulls?: readonly (readonly Step[])[];
}

export function startOllama(script: Script = [], options: OllamaOptions = {}): Promise<FakeOllama> {
  const models = options.models ?? ["qwen2.5:14b"];
  const capabilities = options.capabilities === undefined ? ["completion", "tools"] : options.capabilities;
  const installed = (model: string) => models.includes(model.includes(":") ? model : `${model}:latest`);
  const pulled: PullRequest[] = [];
  // As Ollama checks them, and in its words.
  const incapable = ({ model, think, tools }: OllamaRequest) => {
    if (think && !capabilities?.includes("thinking")) return `"${model}" does not support thinking`;
    if (tools?.length && !capabilities?.includes("tools")) {
      return `registry.ollama.ai/library/${model} does not support tools`;
    }
    return null;
  };
  const requests: OllamaRequest[] = [];
  const refused: OllamaRequest[] = [];
  const paths: string[] = [];
  const server = servePlain(async (request, answer) => {
    const json = (value: unknown, status = 200) =>
      answer.send(status, "application/json; charset=utf-8", JSON.stringify(value));
    const missing = () => json({ error: `model '${body.model}' not found` }, 404);
    const body = request.body === "" ? {} : JSON.parse(request.body);
    const asked = `${request.method} ${request.path}`;
    paths.push(asked);
    switch (asked) {
      case "GET /api/version":
        return await json({ version: "0.13.5" });
      case "GET /api/tags":
        return await json({ models: models.map((name) => ({ name, model: name, size: 8_988_124_069, digest: "0" })) });
      case "POST /api/show":
        return installed(body.model) ? await json(capabilities === null ? {} : { capabilities }) : await missing();
      case "POST /api/pull": {
        const outcome = Promise.withResolvers<"complete" | "aborted">();
        const steps = options.pulls?.[pulled.length] ?? [failure("the script is over")];
        pulled.push({ name: body.name ?? body.model, outcome: outcome.promise });
        const left = request.gone.then(() => outcome.resolve("aborted"));
        return await Promise.race([left, play(steps, answer, outcome.resolve)]);
      }
      case "POST /api/chat":
        break;
      default:
        return await answer.send(404, "text/plain", "404 page not found");
    }
    const outcome = Promise.withResolvers<"complete" | "aborted">();
    const recorded: OllamaRequest = {
      ...body,
      authorization: request.headers.get("authorization"),
      outcome: outcome.promise,
    };
    const refusal = installed(body.model) ? incapable(recorded) : null;
    if (refusal !== null) {
      refused.push(recorded);
      return await json({ error: refusal }, 400);
    }
    const next = typeof script === "function" ? script : script[requests.length];
    requests.push(recorded);
    if (!installed(body.model)) return await missing();
    if (next === undefined) return await json({ error: "the script is over" }, 500);
    const left = request.gone.then(() => outcome.resolve("aborted"));
    await Promise.race([left, play(typeof next === "function" ? next(recorded) : next, answer, outcome.resolve)]);
  });
  return Promise.resolve({
    url: `http://127.0.0.1:${server.port}`,
    requests,
    refused,
    pulled,
    paths,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  });
}

/** Like Ollama, sends the head of the response with the first line only. */
export async function play(
  steps: readonly Step[],
  answer: PlainAnswer,
  settle: (outcome: "complete" | "aborted") => void,
  contentType = "application/x-ndjson",
): Promise<void> {
  let started = false;
  const send = async (text: string) => {
    if (!started) await answer.start(contentType);
    started = true;
    if (text !== "") await answer.chunk(text);
  };
  for (const step of steps) {
    if ("until" in step) await step.until();
    else if ("line" in step) await send(JSON.stringify(step.line) + "\n");
    else if ("raw" in step) await send(step.raw);
    else if ("refuse" in step) {
      settle("complete");
      return await answer.send(step.refuse.status, step.refuse.contentType, step.refuse.body);
    } else return settle("complete");
  }
  await send("");
  settle("complete");
  await answer.finish();
}
