import { ModelError } from "./model.ts";
import { FeatureRefused, type ModelFeature } from "./model_feature.ts";
import { errorBody, type ServerWords } from "./model_fetch.ts";

/**
 * What can go wrong with a server that speaks OpenAI's protocol, in words for people. As with Ollama, the server's own
 * text is compared with known ones and never passed on: it can hold keys, addresses and pieces of the conversation.
 */

export function openAiWords(model: string): ServerWords {
  return { unreachable, hung, brokenOff, refusal: (response) => refusal(response, model) };
}

async function refusal(response: Response, model: string): Promise<ModelError> {
  const { status } = response;
  const text = await errorBody(response);
  if (status === 401 || status === 403) {
    return new ModelError("refused", "The model server does not accept the key; correct OPENAI_API_KEY");
  }
  if (status >= 300 && status < 400) return notOpenAi();
  if (status === 402) return new ModelError("refused", "The account at the model server has no credit left");
  if (status === 404) return isAboutModel(text) ? missing(model) : notOpenAi();
  if (status === 413) return tooLong();
  if (status === 429) return busy();
  return knownError(text, model) ??
    new ModelError("refused", `The model server refused with status ${status}; its own log says why`);
}

/** The problem behind an error that comes as JSON, in a body or in the middle of a stream; undefined for others. */
export function knownError(text: string, model: string): ModelError | undefined {
  if (/context.{0,20}(length|window|size)|maximum context|too many tokens|prompt is too long/i.test(text)) {
    return tooLong();
  }
  if (/rate.?limit|too many requests|overloaded|server (is )?busy|capacity/i.test(text)) return busy();
  if (isAboutModel(text)) return missing(model);
  const feature = features.find(([, pattern]) => pattern.test(text))?.[0];
  return feature === undefined
    ? undefined
    : new FeatureRefused(feature, `The model "${model}" or its server does not support ${featureNames[feature]}`);
}

/** How servers name what they refuse, OpenAI, vLLM, llama.cpp, LM Studio and OpenRouter among them. */
const features: readonly (readonly [ModelFeature, RegExp])[] = [
  ["json_schema", /json_schema|response_format|structured output|guided|grammar/i],
  ["temperature", /temperature/i],
  ["tools", /\btools?\b|tool.?(choice|use|call)|function.?call/i],
];

const featureNames: Readonly<Record<ModelFeature, string>> = {
  tools: "tools",
  thinking: "thinking aloud",
  temperature: "a temperature",
  json_schema: "answers by JSON schema",
  json_object: "answers in JSON",
};

function isAboutModel(text: string): boolean {
  return /model_not_found|model\b.{0,120}(not found|does not exist|not exist)|(no|unknown|invalid) model|no endpoints found for/i
    .test(text.slice(0, 2_000));
}

function missing(model: string): ModelError {
  return new ModelError("model_missing", `The model server has no model "${model}"; correct OPENAI_CHAT_MODEL`);
}

function tooLong(): ModelError {
  return new ModelError(
    "refused",
    "The conversation is too long for the model; lower OLLAMA_CONTEXT_LENGTH to what the model has room for",
  );
}

function busy(): ModelError {
  return new ModelError("refused", "The model server takes no more requests now; ask again in a minute");
}

export function unreachable(cause?: unknown): ModelError {
  return new ModelError(
    "unreachable",
    "No model server answers at OPENAI_BASE_URL; start it or correct the address",
    cause,
  );
}

export function hung(milliseconds: number): ModelError {
  const seconds = Math.round(milliseconds / 100) / 10;
  return new ModelError(
    "timed_out",
    `The model gave no sign of life for ${seconds} seconds; ask again, choose a faster model or raise OLLAMA_TIMEOUT`,
  );
}

export function notOpenAi(): ModelError {
  return new ModelError(
    "bad_answer",
    "What answers at OPENAI_BASE_URL does not speak OpenAI's protocol; correct the address, which mostly ends in /v1",
  );
}

export function unreadable(): ModelError {
  return new ModelError("bad_answer", "The model server sent a piece that cannot be read; ask again");
}

export function brokenOff(cause?: unknown): ModelError {
  return new ModelError("bad_answer", "The model stopped in the middle of its answer; ask again", cause);
}

export function withheld(): ModelError {
  return new ModelError("refused", "The model server's content filter withheld the answer; ask in other words");
}
