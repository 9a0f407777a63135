import { ModelError } from "./model.ts";

/**
 * What can go wrong with Ollama, in words for people. The server's own text is compared with known ones and never
 * passed on: it can hold addresses, paths and pieces of the conversation.
 */

/** An answer that is not 2xx. `model` is undefined for a request that names none. */
export async function refusal(response: Response, model: string | undefined): Promise<ModelError> {
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
    return new ModelError(
      "refused",
      `The model "${model}" cannot call tools; set OLLAMA_CHAT_MODEL to one that can, such as qwen2.5:14b`,
    );
  }
  if (/\bmemory\b|\bcuda\b/i.test(text)) {
    return new ModelError(
      "refused",
      "The model does not fit into its server's memory; choose a smaller one or lower OLLAMA_CONTEXT_LENGTH",
    );
  }
  if (/server busy|pending requests/i.test(text)) {
    return new ModelError("refused", "The model server is busy; ask again in a minute");
  }
  return undefined;
}

/** The `error` of a JSON body of at most 64 KiB; empty for anything that is not Ollama's form. */
async function errorText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (text.length < 65_536) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
    const body: unknown = JSON.parse(text);
    const error: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "error") : undefined;
    return typeof error === "string" ? error : "";
  } catch {
    return "";
  } finally {
    await reader.cancel().catch(() => {});
  }
}

export function unreachable(cause?: unknown): ModelError {
  return new ModelError(
    "unreachable",
    "No model server answers at OLLAMA_HOST; start Ollama (ollama serve) or correct the address",
    cause,
  );
}

export function hung(milliseconds: number): ModelError {
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
