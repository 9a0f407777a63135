import { ModelError } from "./model.ts";
import { errorBody, type ServerWords } from "./model_fetch.ts";
import { FeatureRefused } from "./model_feature.ts";

/**
 * What can go wrong with Ollama, in words for people. The server's own text is compared with known ones and never
 * passed on: it can hold addresses, paths and pieces of the conversation.
 */

/** `model` is undefined for a request that names none. */
export function ollamaWords(model: string | undefined): ServerWords {
  return { unreachable, hung, brokenOff, refusal: (response) => refusal(response, model) };
}

async function refusal(response: Response, model: string | undefined): Promise<ModelError> {
  const text = await errorText(response);
  if (response.status === 401 || response.status === 403) {
    return new ModelError("refused", "The model server asks for a login; put it into OLLAMA_HOST as user:password@");
  }
  if (text === "") return notOllama();
  return knownError(text, model) ??
    new ModelError("refused", `The model server refused with status ${response.status}; its own log says why`);
}

/** The problem behind an error that Ollama words itself; undefined for an unknown one. */
export function knownError(text: string, model: string | undefined): ModelError | undefined {
  if (/^model\b.*\bnot found\b/.test(text) && model !== undefined) {
    return new ModelError("model_missing", `The model "${model}" is not installed; run: ollama pull ${model}`);
  }
  if (/does not support tools/.test(text)) {
    return new FeatureRefused(
      "tools",
      `The model "${model}" cannot call tools; set OLLAMA_CHAT_MODEL to one that can, such as qwen2.5:14b`,
    );
  }
  if (/does not support thinking|think value .* is not supported/.test(text)) {
    return new FeatureRefused("thinking", `The model "${model}" does not think aloud; ask without thinking`);
  }
  if (/\bmemory\b|\bcuda\b/i.test(text)) {
    return new ModelError(
      "refused",
      "The model does not fit into its server's memory; choose a smaller one or lower OLLAMA_CONTEXT_LENGTH",
    );
  }
  if (/invalid model name/i.test(text)) return unknownModel();
  if (/requires a newer version of Ollama/i.test(text)) {
    return new ModelError("refused", "The model needs a newer Ollama; update it");
  }
  if (/server busy|pending requests/i.test(text)) {
    return new ModelError("refused", "The model server is busy; ask again in a minute");
  }
  return undefined;
}

/** The `error` of a JSON body; empty for anything that is not Ollama's form. */
async function errorText(response: Response): Promise<string> {
  try {
    const body: unknown = JSON.parse(await errorBody(response));
    const error: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "error") : undefined;
    return typeof error === "string" ? error : "";
  } catch {
    return "";
  }
}

function unreachable(cause?: unknown): ModelError {
  return new ModelError(
    "unreachable",
    "No model server answers at OLLAMA_HOST; start Ollama (ollama serve) or correct the address",
    cause,
  );
}

function hung(milliseconds: number): ModelError {
  const seconds = Math.round(milliseconds / 100) / 10;
  return new ModelError(
    "timed_out",
    `The model gave no sign of life for ${seconds} seconds; ask again, choose a smaller model or raise OLLAMA_TIMEOUT`,
  );
}

export function notOllama(): ModelError {
  return new ModelError("bad_answer", "What answers at OLLAMA_HOST is not Ollama; correct the address");
}

export function unreadable(): ModelError {
  return new ModelError("bad_answer", "The model server sent a line that cannot be read; ask again");
}

export function brokenOff(cause?: unknown): ModelError {
  return new ModelError("bad_answer", "The model stopped in the middle of its answer; ask again", cause);
}

function unknownModel(): ModelError {
  return new ModelError("model_missing", "No such model exists; look its name up at ollama.com/library");
}

/** What keeps a model from being downloaded; Ollama words it itself, its registry's answers included. */
export function pullError(error: unknown, model: string): ModelError {
  if (error instanceof ModelError) return error.problem === "model_missing" ? unknownModel() : error;
  const text = error instanceof Error ? error.message : "";
  if (/file does not exist|not found|manifest unknown/i.test(text)) return unknownModel();
  const found = pullErrors.find(([pattern]) => pattern.test(text))?.[1];
  if (found !== undefined) return new ModelError("refused", found);
  return knownError(text, model) ?? brokenOff(error);
}

const pullErrors: readonly (readonly [RegExp, string])[] = [
  [/no space left|disk quota|not enough space/i, "The disk of the model server is full; make room and pull again"],
  [
    /no such host|dial tcp|connection refused|network is unreachable|i\/o timeout|max retries exceeded|TLS handshake|EOF/i,
    "The model server cannot reach the model library; check its network and pull again",
  ],
  [/unauthorized|access denied|forbidden/i, "The model library does not give this model away without a login"],
  [/digest mismatch/i, "The download was damaged; pull again"],
];
