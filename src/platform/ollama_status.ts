import type { Config } from "./config.ts";
import { ModelError, type OllamaStatus } from "./model.ts";
import { notOllama } from "./ollama_errors.ts";

/** What an Ollama server says about itself and the models that are configured. */

type Models = Pick<Config, "OLLAMA_CHAT_MODEL" | "OLLAMA_EXTRACTION_MODEL">;

/** Ways to ask the server; each may throw. */
interface Looks {
  list(): Promise<string[]>;
  capabilities(model: string): Promise<string[] | null>;
}

/** Never throws: what fails is told in words for people. `host` is shown, so it holds no login. */
export async function ollamaStatus(config: Models, host: string, look: Looks): Promise<OllamaStatus> {
  const models = { chat_model: config.OLLAMA_CHAT_MODEL, extraction_model: config.OLLAMA_EXTRACTION_MODEL };
  try {
    const available = await look.list();
    const chatModelThere = isInstalled(available, models.chat_model);
    return {
      provider: "ollama",
      status: "connected",
      host,
      ...models,
      available_models: available,
      chat_model_available: chatModelThere,
      extraction_model_available: isInstalled(available, models.extraction_model),
      // Old servers do not tell; that is no reason to call the server broken.
      chat_model_capabilities: chatModelThere ? await look.capabilities(models.chat_model).catch(() => null) : null,
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
