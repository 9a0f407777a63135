import { type Message, Ollama, type Options, type Tool } from "ollama/browser";
import { z } from "zod";
import type { Config } from "./config.ts";
import {
  type Model,
  ModelError,
  type ModelMessage,
  type ModelPart,
  type ModelStatus,
  type StructuredRequest,
  type ToolDefinition,
} from "./model.ts";
import { brokenOff, knownError, notOllama, unreadable } from "./ollama_errors.ts";
import { type Guard, guardedFetch } from "./ollama_fetch.ts";

/** The model of `model.ts`, served by Ollama. Every answer is streamed, so that only silence counts as hanging. */

type Settings = Pick<
  Config,
  "OLLAMA_HOST" | "OLLAMA_CHAT_MODEL" | "OLLAMA_EXTRACTION_MODEL" | "OLLAMA_TIMEOUT" | "OLLAMA_CONTEXT_LENGTH"
>;

interface Asked {
  readonly model: string;
  readonly messages: Message[];
  readonly tools?: Tool[];
  readonly format?: object;
  readonly options?: Partial<Options>;
}

/** What is read of a line; anything else in it (such as `thinking`) is not part of the answer. */
const Line = z.object({
  done: z.boolean().optional(),
  done_reason: z.string().optional(),
  message: z.object({
    content: z.string().nullish(),
    tool_calls: z.array(z.object({
      function: z.object({ name: z.string(), arguments: z.unknown() }),
    })).nullish(),
  }).optional(),
});

const Tags = z.object({ models: z.array(z.object({ name: z.string() })).nullish() });

const statusMs = 4_000;

/** `connectMs` is how long an address may stay silent altogether; tests shorten it. */
export function ollamaModel(config: Settings, fetch: typeof globalThis.fetch, connectMs = 10_000): Model {
  const { host, headers } = hostAndLogin(config.OLLAMA_HOST);
  const limits = { connectMs, idleMs: config.OLLAMA_TIMEOUT * 1000 };
  // One client a request: the package lists its running requests in the client and takes no signal.
  const client = (signal: AbortSignal, guard: Pick<Guard, "model" | "connectMs" | "idleMs">) =>
    new Ollama({ host, fetch: guardedFetch({ ...guard, fetch, headers, probeUrl: `${host}/api/version` }, signal) });

  async function* answer(asked: Asked, signal: AbortSignal): AsyncGenerator<ModelPart, void, undefined> {
    const options = { num_ctx: config.OLLAMA_CONTEXT_LENGTH, ...asked.options };
    const left = new AbortController();
    try {
      const ollama = client(AbortSignal.any([signal, left.signal]), { ...limits, model: asked.model });
      for await (const line of await ollama.chat({ ...asked, options, stream: true })) yield* readLine(line);
    } catch (error) {
      signal.throwIfAborted();
      throw modelError(error, asked.model);
    } finally {
      // Also when the caller left the loop: the request ends, and Ollama stops generating.
      left.abort(new DOMException("The answer is no longer wanted", "AbortError"));
    }
  }

  return {
    chat: ({ messages, tools }, signal) =>
      answer({
        model: config.OLLAMA_CHAT_MODEL,
        messages: messages.map(wireMessage),
        ...(tools.length === 0 ? {} : { tools: tools.map(wireTool) }),
      }, signal),
    structured: ({ signal, ...request }) => structured(request, (asked) => answer(asked, signal)),
    status: () =>
      status(config, withoutLogin(host), async () => {
        const guard = { connectMs: statusMs, idleMs: statusMs, model: undefined };
        return (Tags.parse(await client(AbortSignal.timeout(statusMs), guard).list()).models ?? [])
          .map((model) => model.name);
      }),
  };
}

async function structured(
  { model, system, prompt, schema }: Omit<StructuredRequest, "signal">,
  answer: (asked: Asked) => AsyncIterable<ModelPart>,
): Promise<unknown> {
  const messages = [{ role: "system", content: system }, { role: "user", content: prompt }];
  let text = "";
  for await (const part of answer({ model, messages, format: schema, options: { temperature: 0 } })) {
    if (part.type === "content") text += part.content;
    if (part.type === "end" && part.reason === "length") {
      throw new ModelError("bad_answer", "The model's answer does not fit; raise OLLAMA_CONTEXT_LENGTH");
    }
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message would quote the answer.
    throw new ModelError(
      "bad_answer",
      `The model "${model}" did not answer in JSON; try again or choose another model`,
    );
  }
}

async function status(config: Settings, host: string, list: () => Promise<string[]>): Promise<ModelStatus> {
  const models = { chat_model: config.OLLAMA_CHAT_MODEL, extraction_model: config.OLLAMA_EXTRACTION_MODEL };
  try {
    const available = await list();
    return {
      provider: "ollama",
      status: "connected",
      host,
      ...models,
      available_models: available,
      chat_model_available: isInstalled(available, models.chat_model),
      extraction_model_available: isInstalled(available, models.extraction_model),
    };
  } catch (error) {
    const tooSlow = error instanceof DOMException || (error instanceof ModelError && error.problem === "timed_out");
    const { problem, message } = tooSlow
      ? new ModelError("unreachable", "The model server at OLLAMA_HOST does not answer in time; look whether it hangs")
      : error instanceof ModelError
      ? error
      : notOllama();
    return problem === "unreachable"
      ? { provider: "ollama", status: "unreachable", host, ...models, error: message }
      : { provider: "ollama", status: "error", host, error: message };
  }
}

/** A name without a tag means the tag `latest`. */
function isInstalled(available: readonly string[], model: string): boolean {
  return available.includes(model.includes(":") ? model : `${model}:latest`);
}

function* readLine(line: unknown): Generator<ModelPart> {
  const parsed = Line.safeParse(line);
  if (!parsed.success) throw unreadable();
  const { message, done, done_reason } = parsed.data;
  if (message?.content) yield { type: "content", content: message.content };
  for (const { function: call } of message?.tool_calls ?? []) {
    yield { type: "tool_call", call: { name: call.name, arguments: argumentsOf(call.arguments) } };
  }
  if (done) yield { type: "end", reason: done_reason === "length" ? "length" : "stop" };
}

/** An object; some models write its JSON instead. Anything else counts as no arguments, which the tool then misses. */
function argumentsOf(value: unknown): Record<string, unknown> {
  if (typeof value === "string") {
    try {
      return argumentsOf(JSON.parse(value) as unknown);
    } catch {
      return {};
    }
  }
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Errors of the package: an error line in the middle, a stream that ends without its last line. */
function modelError(error: unknown, model: string): ModelError {
  if (error instanceof ModelError) return error;
  return (error instanceof Error ? knownError(error.message, model) : undefined) ?? brokenOff(error);
}

function wireMessage(message: ModelMessage): Message {
  if (message.role !== "assistant" || message.tool_calls === undefined) return message as Message;
  return { ...message, tool_calls: message.tool_calls.map((call) => ({ function: { ...call } })) };
}

function wireTool(tool: ToolDefinition): Tool {
  return { type: "function", function: tool as NonNullable<Tool["function"]> };
}

/** A login in the address becomes a header: `fetch` takes no address with one, and messages must not show it. */
function hostAndLogin(address: string): { host: string; headers: Record<string, string> } {
  const url = new URL(address);
  const host = withoutLogin(address);
  if (url.username === "" && url.password === "") return { host, headers: {} };
  const login = new TextEncoder().encode(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`);
  return { host, headers: { authorization: `Basic ${btoa(String.fromCharCode(...login))}` } };
}

function withoutLogin(address: string): string {
  const url = new URL(address);
  url.username = "";
  url.password = "";
  url.search = "";
  url.hash = "";
  return url.href.replace(/\/+$/, "");
}
