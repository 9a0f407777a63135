import { z } from "@hono/zod-openapi";
import type { Context } from "./context.ts";
import { type Endpoint, endpoint } from "./endpoint.ts";
import { AppError } from "./errors.ts";
import { type Frame, frameStream } from "./event_stream.ts";
import { ModelError, type PullProgress } from "./model.ts";

/** Installs a model in Ollama, telling how far the download is. */

/**
 * `name`, `name:tag`, `namespace/name:tag`, also from Hugging Face. Other hosts are refused: Ollama would connect to
 * any address that a caller names.
 */
const modelName = z.string().max(300).regex(
  /^((hf\.co|huggingface\.co)\/)?([\w][\w.-]{0,79}\/)?[\w][\w.-]{0,79}(:[\w][\w.-]{0,79})?$/,
  "must be a model's name, such as qwen2.5:14b, or hf.co/owner/model",
);

const ModelPull = z.object({ model: modelName.nullish() }).openapi("ModelPull", { example: { model: "qwen2.5:14b" } });

const ModelPullEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("progress"),
    status: z.string().openapi({ description: "Ollama's own word for what it does" }),
    digest: z.string().optional().openapi({ description: "The layer that the figures are about" }),
    total: z.number().optional().openapi({ description: "Bytes" }),
    completed: z.number().optional().openapi({ description: "Bytes" }),
    percent: z.int().min(0).max(100).optional(),
  }),
  z.object({ type: z.literal("done"), model: z.string() }),
  z.object({ type: z.literal("error"), error: z.string() }),
]).openapi("ModelPullEvent", {
  description: "What one frame, `data: <json>`, holds. `done` or `error` comes last.",
  example: {
    type: "progress",
    status: "pulling 2049f5674b1e",
    digest: "sha256:2049f5674b1e",
    total: 8_988_110_688,
    completed: 4_494_055_344,
    percent: 50,
  },
});

type PullEvent = z.input<typeof ModelPullEvent>;

const heartbeatMs = 15_000;

/** `beatMs` is for tests, which do not want to wait. */
export function modelPullRoutes(beatMs = heartbeatMs): readonly Endpoint[] {
  return [
    endpoint({
      method: "post",
      path: "/ai/models/pull",
      operationId: "pullModel",
      tag: "chat",
      summary: "Download a model into Ollama, with progress",
      description:
        "Server-sent events without names; the comment `heartbeat` comes after 15 s without one. Without a " +
        "name it is the chat model. Hanging up stops the download unless somebody else follows it too; asking again " +
        "goes on where it stopped. A key that is bound to one person may not do this.",
      auth: "key",
      body: { kind: "json", schema: ModelPull, optional: true },
      success: {
        status: 200,
        description: "Frames of `data: <json>`",
        contentType: "text/event-stream",
        schema: ModelPullEvent,
      },
      errors: ["forbidden"],
    }, async (ctx, { body }, request) => {
      if (ctx.actor.kind === "api_key" && ctx.actor.user_id !== null) {
        throw new AppError("forbidden", "This API key is bound to one person; use one that is not");
      }
      const model = body?.model ?? ctx.config.OLLAMA_CHAT_MODEL;
      const frames = (gone: AbortSignal) => {
        const ending = AbortSignal.any([gone, ctx.stopping]);
        return withHeartbeat(pullFrames(ctx, model, ending), beatMs);
      };
      return await frameStream(ctx, request, frames, ({ message }) => frame({ type: "error", error: message }));
    }),
  ];
}

function frame(data: PullEvent): Frame {
  return { data };
}

async function* pullFrames(ctx: Context, model: string, ending: AbortSignal): AsyncGenerator<Frame, void, undefined> {
  let last = "";
  try {
    for await (const progress of ctx.model.pull(model, ending)) {
      const percent = percentOf(progress);
      // Ollama reports many times a second; a frame for each whole percent is enough.
      const news = JSON.stringify([progress.status, progress.digest, percent]);
      if (news === last) continue;
      last = news;
      yield frame({ type: "progress", ...progress, ...(percent === undefined ? {} : { percent }) });
    }
    yield frame({ type: "done", model });
  } catch (error) {
    if (ctx.stopping.aborted) return yield frame({ type: "error", error: "The server is stopping; pull again" });
    if (ending.aborted) return;
    if (error instanceof ModelError) ctx.log("warn", "model.pull_failed", { problem: error.problem });
    throw error;
  }
}

function percentOf({ completed, total }: PullProgress): number | undefined {
  if (total === undefined || total <= 0) return undefined;
  return Math.min(100, Math.floor((100 * (completed ?? 0)) / total));
}

/** The frames, and a comment whenever none came for `beatMs`, so that proxies keep the connection. */
async function* withHeartbeat(frames: AsyncGenerator<Frame>, beatMs: number): AsyncGenerator<Frame, void, undefined> {
  try {
    let next = frames.next();
    while (true) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const beat = new Promise<"beat">((resolve) => timer = setTimeout(() => resolve("beat"), beatMs));
      const came = await Promise.race([next, beat]).finally(() => clearTimeout(timer));
      if (came === "beat") {
        yield { comment: "heartbeat" };
        continue;
      }
      if (came.done) return;
      yield came.value;
      next = frames.next();
    }
  } finally {
    await frames.return(undefined);
  }
}
