import { z } from "@hono/zod-openapi";
import { type Endpoint, endpoint } from "./endpoint.ts";

/** Whether the language model can be used, for people who set it up. */

const privacy = {
  extraction_provider: z.enum(["ollama", "openai"]).openapi({
    description: "Who runs the model that reads laboratory reports",
  }),
  data_leaves: z.boolean().openapi({ description: "Whether health data leaves the private network" }),
  warning: z.string().nullable().openapi({ description: "What leaves, and how to keep it" }),
};
const ollama = { provider: z.literal("ollama"), host: z.string(), ...privacy };
const models = { chat_model: z.string(), extraction_model: z.string() };
const openAi = {
  provider: z.enum(["openai", "openrouter"]),
  base_url: z.string(),
  chat_model: z.string(),
  ...privacy,
};

const OllamaStatus = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("connected"),
    ...ollama,
    ...models,
    available_models: z.array(z.string()),
    chat_model_available: z.boolean(),
    extraction_model_available: z.boolean(),
    chat_model_capabilities: z.array(z.string()).nullable().openapi({
      description: "Such as `tools` and `thinking`; null when the server does not say. Without `tools` the model is " +
        "asked to name a tool in JSON",
    }),
  }),
  z.object({ status: z.literal("unreachable"), ...ollama, ...models, error: z.string() }),
  z.object({ status: z.literal("error"), ...ollama, error: z.string() }),
]);

const OpenAiStatus = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("connected"),
    ...openAi,
    chat_model_available: z.boolean().nullable().openapi({ description: "Null when the server lists no models" }),
  }),
  z.object({ status: z.enum(["unreachable", "error"]), ...openAi, error: z.string() }),
]);

const AiStatus = z.union([OllamaStatus, OpenAiStatus]).openapi("AiStatus", {
  example: {
    provider: "ollama",
    status: "connected",
    host: "http://localhost:11434",
    chat_model: "qwen2.5:14b",
    extraction_model: "qwen2.5:14b",
    available_models: ["qwen2.5:14b"],
    chat_model_available: true,
    extraction_model_available: true,
    chat_model_capabilities: ["completion", "tools"],
    extraction_provider: "ollama",
    data_leaves: false,
    warning: null,
  },
});

export const modelStatusRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/ai/status",
    operationId: "aiStatus",
    tag: "chat",
    summary: "Whether the language model answers and has the models it needs",
    description: "Always 200, within five seconds. `provider` is who answers questions.",
    auth: "key",
    success: { status: 200, description: "What was found", schema: AiStatus },
  }, (ctx) => ctx.model.status()),
];
