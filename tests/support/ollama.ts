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
}

export interface OllamaRequest {
  readonly model: string;
  readonly messages: readonly OllamaMessage[];
  readonly tools?: readonly { readonly type: string; readonly function: { readonly name: string } }[];
  readonly format?: unknown;
  readonly stream?: boolean;
  readonly options?: Readonly<Record<string, unknown>>;
  /** The Authorization header, when there was one. */
  readonly authorization: string | null;
  /** Settles when the answer is over: `aborted` when the client hung up before that. */
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
  /** Method and path of every request. */
  readonly paths: string[];
}

export interface OllamaOptions {
  /** What is installed; anything else is "not found". */
  readonly models?: readonly string[];
}

export function startOllama(script: Script = [], options: OllamaOptions = {}): Promise<FakeOllama> {
  const models = options.models ?? ["qwen2.5:14b"];
  const requests: OllamaRequest[] = [];
  const paths: string[] = [];
  const closing = Promise.withResolvers<void>();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    const { pathname } = new URL(request.url);
    paths.push(`${request.method} ${pathname}`);
    const body = request.body === null ? undefined : await request.json();
    switch (`${request.method} ${pathname}`) {
      case "GET /api/version":
        return Response.json({ version: "0.12.6" });
      case "GET /api/tags":
        return Response.json({
          models: models.map((name) => ({ name, model: name, size: 8_988_124_069, digest: "0" })),
        });
      case "POST /api/show":
        return models.includes(body.model)
          ? Response.json({ capabilities: ["completion", "tools"], model_info: {} })
          : missing(body.model);
      case "POST /api/chat":
        break;
      default:
        return new Response("404 page not found", { status: 404 });
    }
    const outcome = Promise.withResolvers<"complete" | "aborted">();
    const asked: OllamaRequest = {
      ...body,
      authorization: request.headers.get("authorization"),
      outcome: outcome.promise,
    };
    const answer = typeof script === "function" ? script : script[requests.length];
    requests.push(asked);
    if (!models.includes(body.model)) return missing(body.model);
    if (answer === undefined) return Response.json({ error: "the script is over" }, { status: 500 });
    return play(typeof answer === "function" ? answer(asked) : answer, request, outcome.resolve, closing.promise);
  });
  return Promise.resolve({
    url: `http://127.0.0.1:${server.addr.port}`,
    requests,
    paths,
    async [Symbol.asyncDispose]() {
      closing.resolve();
      await server.shutdown();
    },
  });
}

function missing(model: string): Response {
  return Response.json({ error: `model "${model}" not found, try pulling it first` }, { status: 404 });
}

/** Like Ollama, sends the head of the response with the first line only. */
async function play(
  steps: readonly Step[],
  request: Request,
  settle: (outcome: "complete" | "aborted") => void,
  closing: Promise<void>,
): Promise<Response> {
  const gone = Promise.withResolvers<void>();
  const leave = () => {
    settle("aborted");
    gone.resolve();
  };
  request.signal.addEventListener("abort", leave, { once: true });
  const pass = async (step: Step) => {
    if ("until" in step) await Promise.race([step.until(), gone.promise, closing]);
  };
  let next = 0;
  while (next < steps.length && "until" in steps[next]!) await pass(steps[next++]!);
  const first = steps[next];
  if (first !== undefined && "refuse" in first) {
    settle("complete");
    const { status, body, contentType } = first.refuse;
    return new Response(body, { status, headers: { "content-type": contentType } });
  }
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      while (next < steps.length && "until" in steps[next]!) await pass(steps[next++]!);
      const step = steps[next++];
      if (step === undefined) {
        settle("complete");
        controller.close();
      } else if ("line" in step) controller.enqueue(encoder.encode(JSON.stringify(step.line) + "\n"));
      else if ("raw" in step) controller.enqueue(encoder.encode(step.raw));
      else if ("cut" in step) controller.error(new Error("The connection is cut"));
    },
    cancel: leave,
  }, { highWaterMark: 0 });
  return new Response(stream, { headers: { "content-type": "application/x-ndjson" } });
}
