import { z } from "zod";
import { ModelError, type OpenAiStatus } from "./model.ts";
import { notOpenAi, openAiWords, unreachable } from "./openai_errors.ts";

/** Whether a server that speaks OpenAI's protocol answers, takes the key and has the model. */

interface Server {
  readonly provider: "openai" | "openrouter";
  readonly baseUrl: string;
  readonly chatModel: string;
}

const Models = z.object({ data: z.array(z.object({ id: z.string() })) });
const statusMs = 4_000;

/** Never throws: what fails is told in words for people. */
export async function openAiStatus(
  server: Server,
  fetch: typeof globalThis.fetch,
  headers: Readonly<Record<string, string>>,
): Promise<OpenAiStatus> {
  const told = { provider: server.provider, base_url: server.baseUrl, chat_model: server.chatModel } as const;
  try {
    const signal = AbortSignal.timeout(statusMs);
    const response = await fetch(`${server.baseUrl}/models`, { headers, redirect: "manual", signal });
    if (response.ok) return { ...told, status: "connected", chat_model_available: await hasModel(response, server) };
    // Servers without a list of models exist, and answer 404 to this and to nothing else.
    if (response.status !== 404) throw await openAiWords(server.chatModel).refusal(response);
    await response.body?.cancel();
    return { ...told, status: "connected", chat_model_available: null };
  } catch (error) {
    const { problem, message } = error instanceof ModelError ? error : unreachable(error);
    return { ...told, status: problem === "unreachable" ? "unreachable" : "error", error: message };
  }
}

/** Throws when the answer is a web page; null when it lists no models. */
async function hasModel(response: Response, server: Server): Promise<boolean | null> {
  const isPage = response.headers.get("content-type")?.includes("html");
  if (isPage) {
    await response.body?.cancel();
    throw notOpenAi();
  }
  try {
    const { data } = Models.parse(await response.json());
    return data.some(({ id }) => id === server.chatModel);
  } catch {
    return null;
  }
}
