import {
  ModelError,
  type ModelMessage,
  type ModelPart,
  type ModelServer,
  type OpenAiStatus,
  type ToolDefinition,
} from "./model.ts";
import { FeatureRefused, RefusedFeatures, withoutRefused } from "./model_feature.ts";
import { guardedRequest } from "./model_fetch.ts";
import { wireMessages, wireTool } from "./openai_messages.ts";
import { brokenOff, openAiWords } from "./openai_errors.ts";
import { openAiStatus } from "./openai_status.ts";
import { readAnswer } from "./openai_stream.ts";
import type { Secret } from "./secret.ts";
import { structuredAnswer } from "./structured_answer.ts";
import { separateThoughts } from "./think_tags.ts";
import { answerNamingTools } from "./tool_fallback.ts";

/**
 * The server of `model.ts` that speaks OpenAI's protocol (`/chat/completions`), as many do: llama.cpp, vLLM, LM Studio,
 * OpenRouter. What a server refuses (tools, a temperature, a JSON schema) is left out of the next request.
 */

export interface OpenAiServer {
  readonly provider: "openai" | "openrouter";
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly key: Secret | null;
  readonly chatModel: string;
  readonly extractionModel: string;
  /** The chat model's; null leaves it to the server. */
  readonly temperature: number | null;
  readonly idleMs: number;
}

interface Asked {
  readonly model: string;
  readonly messages: readonly ModelMessage[];
  readonly tools?: readonly ToolDefinition[];
  readonly temperature: number | null;
  /** Given: the answer is JSON that follows it. */
  readonly schema?: Readonly<Record<string, unknown>>;
}

/** `connectMs` is how long an address may stay silent altogether; tests shorten it. */
export function openAiModel(
  server: OpenAiServer,
  fetch: typeof globalThis.fetch,
  connectMs = 10_000,
): ModelServer<OpenAiStatus> {
  const { baseUrl, idleMs } = server;
  const refused = new RefusedFeatures();
  const headers: Record<string, string> = server.key === null ? {} : { authorization: `Bearer ${server.key.reveal()}` };

  async function* answer(asked: Asked, signal: AbortSignal): AsyncGenerator<ModelPart, void, undefined> {
    const left = new AbortController();
    const sent = body(asked, refused);
    try {
      const words = openAiWords(asked.model);
      const guard = { fetch, headers, words, probeUrl: `${baseUrl}/models`, connectMs, idleMs };
      const request = await guardedRequest(
        guard,
        AbortSignal.any([signal, left.signal]),
        `${baseUrl}/chat/completions`,
        {
          method: "POST",
          headers: { "content-type": "application/json", accept: "text/event-stream" },
          body: JSON.stringify(sent),
        },
      );
      yield* readAnswer(request, asked.model, idleMs);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof FeatureRefused) throw refusedOf(sent, error);
      throw error instanceof ModelError ? error : brokenOff(error);
    } finally {
      // Also when the caller left the loop: the request ends, and the server stops generating.
      left.abort(new DOMException("The answer is no longer wanted", "AbortError"));
    }
  }

  const ask = (asked: Asked, signal: AbortSignal) => withoutRefused(refused, asked.model, () => answer(asked, signal));
  const structured = (
    model: string,
    messages: readonly ModelMessage[],
    schema: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ) => {
    const parts = ask({ model, messages, schema, temperature: 0 }, signal);
    return structuredAnswer(separateThoughts(parts, false), model);
  };

  return {
    chat(request, signal) {
      const { chatModel: model, temperature } = server;
      const { messages, tools, thinking = false } = request;
      const parts = withoutRefused(refused, model, () =>
        refused.has(model, "tools")
          ? answerNamingTools(request, {
            words: (spoken) => ask({ model, messages: spoken, temperature }, signal),
            structured: (spoken, schema) => structured(model, spoken, schema, signal),
          })
          : answer({ model, messages, tools, temperature }, signal));
      return separateThoughts(parts, thinking);
    },

    structured({ model = server.extractionModel, system, prompt, schema, signal }) {
      return structured(
        model,
        [{ role: "system", content: system }, { role: "user", content: prompt }],
        schema,
        signal,
      );
    },

    status: () => openAiStatus(server, fetch, headers),
  };
}

function body(asked: Asked, refused: RefusedFeatures): Record<string, unknown> {
  const { model, tools = [], temperature, schema } = asked;
  const may = (feature: "temperature" | "json_schema" | "json_object") => !refused.has(model, feature);
  const format = schema === undefined
    ? undefined
    : may("json_schema")
    ? { type: "json_schema", json_schema: { name: "answer", schema } }
    : may("json_object")
    ? { type: "json_object" }
    : undefined;
  // A server that does not hold the model to the schema must at least show it.
  const told = schema === undefined || format?.type === "json_schema" ? asked.messages : [
    {
      role: "system",
      content: `Answer with JSON only, following this JSON Schema: ${JSON.stringify(schema)}`,
    } as const,
    ...asked.messages,
  ];
  return {
    model,
    messages: wireMessages(told),
    stream: true,
    ...(tools.length === 0 ? {} : { tools: tools.map(wireTool) }),
    ...(temperature === null || !may("temperature") ? {} : { temperature }),
    ...(format === undefined ? {} : { response_format: format }),
  };
}

/** Which part of the request a refusal is about; one that was not in it cannot be the reason. */
function refusedOf(sent: Record<string, unknown>, error: FeatureRefused): ModelError {
  const { feature, message } = error;
  const isFormat = feature === "json_schema" && sent.response_format !== undefined;
  if (isFormat && Reflect.get(sent.response_format as object, "type") === "json_object") {
    return new FeatureRefused("json_object", message);
  }
  const isSent = isFormat || (feature === "tools" && "tools" in sent) || (feature === "temperature" && feature in sent);
  return isSent ? error : new ModelError("refused", "The model server refused the request; its own log says why");
}
