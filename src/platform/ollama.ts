import { type Message, Ollama, type Options, type Tool } from "ollama/browser";
import { z } from "zod";
import { callArguments } from "./call_arguments.ts";
import type { Config } from "./config.ts";
import {
  ModelError,
  type ModelMessage,
  type ModelPart,
  type OllamaServer,
  type PullProgress,
  type ToolDefinition,
} from "./model.ts";
import { RefusedFeatures, withoutRefused } from "./model_feature.ts";
import { brokenOff, knownError, ollamaWords, pullError, unreadable } from "./ollama_errors.ts";
import { guardedFetch } from "./ollama_fetch.ts";
import { ollamaStatus } from "./ollama_status.ts";
import { structuredAnswer } from "./structured_answer.ts";
import { separateThoughts } from "./think_tags.ts";
import { answerNamingTools } from "./tool_fallback.ts";

/** The server of `model.ts` that is Ollama. Every answer is streamed, so that only silence counts as hanging. */

type Settings = Pick<
  Config,
  | "OLLAMA_HOST"
  | "OLLAMA_CHAT_MODEL"
  | "OLLAMA_EXTRACTION_MODEL"
  | "OLLAMA_TIMEOUT"
  | "OLLAMA_CONTEXT_LENGTH"
  | "OLLAMA_EXTRACTION_CONTEXT_LENGTH"
  | "OLLAMA_KEEP_ALIVE"
  | "CHAT_TEMPERATURE"
>;

interface Asked {
  readonly model: string;
  readonly messages: Message[];
  readonly options: Partial<Options>;
  readonly tools?: Tool[];
  readonly format?: object;
  readonly think?: true;
}

/** What is read of a line. */
const Line = z.object({
  done: z.boolean().optional(),
  done_reason: z.string().optional(),
  message: z.object({
    content: z.string().nullish(),
    thinking: z.string().nullish(),
    tool_calls: z.array(z.object({
      id: z.string().nullish(),
      function: z.object({ name: z.string(), arguments: z.unknown() }),
    })).nullish(),
  }).optional(),
});

const Tags = z.object({ models: z.array(z.object({ name: z.string() })).nullish() });
const Shown = z.object({ capabilities: z.array(z.string()).nullish() });
const Progress = z.object({
  status: z.string(),
  digest: z.string().optional(),
  total: z.number().optional(),
  completed: z.number().optional(),
});

const statusMs = 4_000;
/** Checking what was downloaded is silent, and takes minutes for the largest models on slow disks. */
const pullIdleMs = 10 * 60_000;

/** `connectMs` is how long an address may stay silent altogether; tests shorten it. */
export function ollamaModel(config: Settings, fetch: typeof globalThis.fetch, connectMs = 10_000): OllamaServer {
  const { host, headers } = hostAndLogin(config.OLLAMA_HOST);
  const refused = new RefusedFeatures();
  const idleMs = config.OLLAMA_TIMEOUT * 1000;
  const chatModel = config.OLLAMA_CHAT_MODEL;
  const temperature = config.CHAT_TEMPERATURE === null ? {} : { temperature: config.CHAT_TEMPERATURE };
  const keepAlive = config.OLLAMA_KEEP_ALIVE === null ? {} : { keep_alive: config.OLLAMA_KEEP_ALIVE };

  // One client a request: the package lists its running requests in the client and takes no signal.
  const client = (signal: AbortSignal, limits: { connectMs: number; idleMs: number }, model?: string) => {
    const guard = { ...limits, fetch, headers, words: ollamaWords(model), probeUrl: `${host}/api/version` };
    return new Ollama({ host, fetch: guardedFetch(guard, signal) });
  };

  async function* answer(asked: Asked, signal: AbortSignal): AsyncGenerator<ModelPart, void, undefined> {
    const left = new AbortController();
    try {
      const ollama = client(AbortSignal.any([signal, left.signal]), { connectMs, idleMs }, asked.model);
      for await (const line of await ollama.chat({ ...asked, ...keepAlive, stream: true })) yield* readLine(line);
    } catch (error) {
      signal.throwIfAborted();
      throw modelError(error, asked.model);
    } finally {
      // Also when the caller left the loop: the request ends, and Ollama stops generating.
      left.abort(new DOMException("The answer is no longer wanted", "AbortError"));
    }
  }

  const structured = (
    model: string,
    messages: readonly ModelMessage[],
    schema: Readonly<Record<string, unknown>>,
    contextLength: number,
    signal: AbortSignal,
  ) => {
    const options = { ...room(contextLength), temperature: 0 };
    const parts = answer({ model, messages: messages.map(wireMessage), format: schema, options }, signal);
    return structuredAnswer(separateThoughts(parts, false), model);
  };

  return {
    chat(request, signal) {
      const { tools, thinking = false } = request;
      const options = { ...room(config.OLLAMA_CONTEXT_LENGTH), ...temperature };
      const ask = (messages: readonly ModelMessage[], offered: readonly ToolDefinition[]) =>
        answer({
          model: chatModel,
          messages: messages.map(wireMessage),
          options,
          ...(offered.length === 0 ? {} : { tools: offered.map(wireTool) }),
          // Not asked for, a reasoning model still thinks, which makes its answers better; nobody sees it.
          ...(thinking && !refused.has(chatModel, "thinking") ? { think: true } : {}),
        }, signal);
      const parts = withoutRefused(
        refused,
        chatModel,
        () =>
          refused.has(chatModel, "tools")
            ? answerNamingTools(request, {
              words: (messages) => ask(messages, []),
              structured: (messages, schema) =>
                structured(chatModel, messages, schema, config.OLLAMA_CONTEXT_LENGTH, signal),
            })
            : ask(request.messages, tools),
      );
      return separateThoughts(parts, thinking);
    },

    structured({ model = config.OLLAMA_EXTRACTION_MODEL, system, prompt, schema, signal }) {
      const contextLength = model === config.OLLAMA_EXTRACTION_MODEL
        ? config.OLLAMA_EXTRACTION_CONTEXT_LENGTH ?? config.OLLAMA_CONTEXT_LENGTH
        : config.OLLAMA_CONTEXT_LENGTH;
      const messages = [{ role: "system", content: system }, { role: "user", content: prompt }] as const;
      return structured(model, messages, schema, contextLength, signal);
    },

    status: () => {
      const ollama = client(AbortSignal.timeout(statusMs), { connectMs: statusMs, idleMs: statusMs });
      return ollamaStatus(config, withoutLogin(host), {
        list: async () => (Tags.parse(await ollama.list()).models ?? []).map((model) => model.name),
        capabilities: async (model) => Shown.parse(await ollama.show({ model })).capabilities ?? null,
      });
    },

    async *pull(model, signal): AsyncGenerator<PullProgress, void, undefined> {
      const left = new AbortController();
      try {
        const ollama = client(AbortSignal.any([signal, left.signal]), { connectMs, idleMs: pullIdleMs }, model);
        for await (const line of await ollama.pull({ model, stream: true })) yield readProgress(line);
      } catch (error) {
        signal.throwIfAborted();
        throw pullError(error, model);
      } finally {
        left.abort(new DOMException("The download is no longer wanted", "AbortError"));
      }
    },
  };
}

/** Without a limit Ollama lets a model that does not stop go on for ever, forgetting the beginning. */
function room(contextLength: number): Partial<Options> {
  return { num_ctx: contextLength, num_predict: Math.floor(contextLength / 2) };
}

function* readLine(line: unknown): Generator<ModelPart> {
  const parsed = Line.safeParse(line);
  if (!parsed.success) throw unreadable();
  const { message, done, done_reason } = parsed.data;
  if (message?.thinking) yield { type: "thinking", content: message.thinking };
  if (message?.content) yield { type: "content", content: message.content };
  for (const { id, function: { name, arguments: written } } of message?.tool_calls ?? []) {
    yield { type: "tool_call", call: { ...(id ? { id } : {}), name, arguments: callArguments(written) } };
  }
  if (done) yield { type: "end", reason: done_reason === "length" ? "length" : "stop" };
}

function readProgress(line: unknown): PullProgress {
  const parsed = Progress.safeParse(line);
  if (!parsed.success) throw unreadable();
  const { status, digest, total, completed } = parsed.data;
  return {
    status,
    ...(digest === undefined ? {} : { digest }),
    ...(total === undefined ? {} : { total }),
    ...(completed === undefined ? {} : { completed }),
  };
}

/** Errors of the package: an error line in the middle, a stream that ends without its last line. */
function modelError(error: unknown, model: string): ModelError {
  if (error instanceof ModelError) return error;
  return (error instanceof Error ? knownError(error.message, model) : undefined) ?? brokenOff(error);
}

function wireMessage(message: ModelMessage): Message {
  if (message.role !== "assistant" || message.tool_calls === undefined) return message as Message;
  const calls = message.tool_calls.map(({ id, ...call }) => ({ ...(id ? { id } : {}), function: { ...call } }));
  return { ...message, tool_calls: calls };
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
