import type { Config } from "./config.ts";
import type { Model, ModelStatus } from "./model.ts";
import { ollamaModel } from "./ollama.ts";
import { openAiModel } from "./openai.ts";
import { leavesPrivateNetwork, type Resolve } from "./private_network.ts";

/** The model servers that the configuration names, as one `Model`, and what leaves the private network with them. */

export interface ModelFetches {
  readonly ollama: typeof fetch;
  readonly openAi: typeof fetch;
}

export function configuredModel(config: Config, fetches: ModelFetches, resolve: Resolve | undefined): Model {
  const ollama = ollamaModel(config, fetches.ollama);
  const openAi = configuredOpenAi(config, fetches.openAi);
  const chat = config.CHAT_PROVIDER === "ollama" || openAi === undefined ? ollama : openAi;
  const extraction = config.EXTRACTION_PROVIDER === "ollama" || openAi === undefined ? ollama : openAi;
  const privacyWarning = () => warningOf(config, resolve);
  return {
    chat: chat.chat,
    structured: extraction.structured,
    pull: ollama.pull,
    async status(): Promise<ModelStatus> {
      const [found, warning] = await Promise.all([chat.status(), privacyWarning()]);
      const extraction_provider = config.EXTRACTION_PROVIDER;
      return { ...found, extraction_provider, data_leaves: warning !== null, warning };
    },
    async canExtract() {
      const found = await extraction.status();
      return found.status === "connected" && (found.provider !== "ollama" || found.extraction_model_available);
    },
    privacyWarning,
  };
}

function configuredOpenAi(config: Config, fetch: typeof globalThis.fetch) {
  if (config.CHAT_PROVIDER === "ollama" && config.EXTRACTION_PROVIDER === "ollama") return undefined;
  const chatModel = config.OPENAI_CHAT_MODEL ?? "";
  return openAiModel({
    provider: config.CHAT_PROVIDER === "openrouter" ? "openrouter" : "openai",
    baseUrl: config.OPENAI_BASE_URL ?? "",
    key: config.OPENAI_API_KEY,
    chatModel,
    extractionModel: config.OPENAI_EXTRACTION_MODEL ?? chatModel,
    temperature: config.CHAT_TEMPERATURE,
    idleMs: config.OLLAMA_TIMEOUT * 1000,
  }, fetch);
}

async function warningOf(config: Config, resolve: Resolve | undefined): Promise<string | null> {
  const uses = [
    {
      what: "questions with what is looked up in the record",
      provider: config.CHAT_PROVIDER,
      ollamaModel: config.OLLAMA_CHAT_MODEL,
    },
    {
      what: "the text of documents",
      provider: config.EXTRACTION_PROVIDER,
      ollamaModel: config.OLLAMA_EXTRACTION_MODEL,
    },
  ];
  const leaving = await Promise.all(uses.map(async ({ what, provider, ollamaModel }) => {
    const setting = provider === "ollama" ? "OLLAMA_HOST" : "OPENAI_BASE_URL";
    const address = config[setting];
    if (address !== null && await leavesPrivateNetwork(address, resolve)) return [`${what} (${setting})`];
    // Ollama hands questions to such models on to its maker's servers.
    const isCloud = provider === "ollama" && /[:-]cloud$/.test(ollamaModel);
    return isCloud ? [`${what} (the model "${ollamaModel}" runs in Ollama's cloud)`] : [];
  }));
  return leaving.flat().length === 0
    ? null
    : `Health data leaves the private network: ${leaving.flat().join(", and ")}; ` +
      "choose models in your own network to keep it";
}
