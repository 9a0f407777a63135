import { z } from "@hono/zod-openapi";
import { type Endpoint, endpoint } from "./endpoint.ts";

/** Whether the language model can be used, for people who set it up. */

const server = { provider: z.literal("ollama"), host: z.string() };
const models = { chat_model: z.string(), extraction_model: z.string() };

const ModelStatus = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("connected"),
    ...server,
    ...models,
    available_models: z.array(z.string()),
    chat_model_available: z.boolean(),
    extraction_model_available: z.boolean(),
  }),
  z.object({ status: z.literal("unreachable"), ...server, ...models, error: z.string() }),
  z.object({ status: z.literal("error"), ...server, error: z.string() }),
]).openapi("AiStatus", {
  example: {
    provider: "ollama",
    status: "connected",
    host: "http://localhost:11434",
    chat_model: "qwen2.5:14b",
    extraction_model: "qwen2.5:14b",
    available_models: ["qwen2.5:14b"],
    chat_model_available: true,
    extraction_model_available: true,
  },
});

export const modelRoutes: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/ai/status",
    operationId: "aiStatus",
    tag: "chat",
    summary: "Whether the language model answers and has the models it needs",
    description: "Always 200, within five seconds.",
    auth: "key",
    success: { status: 200, description: "What was found", schema: ModelStatus },
  }, (ctx) => ctx.model.status()),
];
