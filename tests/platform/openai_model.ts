import { openAiModel, type OpenAiServer } from "../../src/platform/openai.ts";
import type { ModelServer, OpenAiStatus } from "../../src/platform/model.ts";

/** The model at a stand-in's address, impatient. */
export function openAiAt(
  baseUrl: string,
  settings: Partial<OpenAiServer> = {},
  connectMs?: number,
): ModelServer<OpenAiStatus> {
  const server = {
    provider: "openai",
    baseUrl,
    key: null,
    chatModel: "small",
    extractionModel: "reader",
    temperature: null,
    idleMs: 1_000,
  } as const;
  return openAiModel({ ...server, ...settings }, fetch, connectMs);
}
