import { z } from "@hono/zod-openapi";
import type { Context } from "../../platform/context.ts";
import { type Endpoint, endpoint, Reply, type RequestFacts } from "../../platform/endpoint.ts";
import { type Frame, frameStream } from "../../platform/event_stream.ts";
import { streamTiming } from "../../platform/follow.ts";
import { shortText, uuid } from "../../platform/scalars.ts";
import type { Tool } from "../../platform/tool.ts";
import { requireSession, requireTurn } from "../access.ts";
import { correctedFlag, Grounding } from "./sessions.ts";
import { cancelTurn } from "../cancel_turn.ts";
import { turnFrames } from "../follow_turn.ts";
import { runTurn } from "../run_turn.ts";
import { startTurn } from "../start_turn.ts";
import { type ChatTurn, interruptions } from "../table.ts";
import { openTurnLog } from "../turn_log.ts";

const ChatMessageCreate = z.object({
  content: shortText(1, 10_000),
  thinking: z.boolean().default(false)
    .openapi({ description: "Whether `thinking` frames tell what a reasoning model thinks before it answers" }),
}).openapi("ChatMessageCreate", { example: { content: "How did my LDL cholesterol move this year?" } });

const ChatStreamEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("content"), content: z.string() }),
  z.object({ type: z.literal("thinking"), content: z.string() })
    .openapi({ description: "Only when the message asked for it; never part of the answer" }),
  z.object({ type: z.literal("tool_call"), name: z.string(), arguments: z.record(z.string(), z.unknown()) }),
  z.object({
    type: z.literal("tool_result"),
    name: z.string(),
    result: z.string().openapi({ description: "JSON text" }),
  }),
  z.object({
    type: z.literal("done"),
    grounding: Grounding.optional(),
    corrected: correctedFlag,
    interrupted: z.enum(interruptions).optional()
      .openapi({ description: "Why the answer ends in the middle, such as `cancelled`" }),
  }),
  z.object({ type: z.literal("error"), error: z.string() }),
]).openapi("ChatStreamEvent", {
  description: "What one frame, `data: <json>`, holds. `done` or `error` comes last.",
  example: { type: "content", content: "Your LDL cholesterol was 131 mg/dL on 2026-03-14." },
});

const ChatCancelResponse = z.object({
  message_id: uuid,
  status: z.enum(["cancelling", "done", "error"]),
}).openapi("ChatCancelResponse", {
  example: { message_id: "28509af7-88e7-49db-8039-8cc356edf2f7", status: "cancelling" },
});

const inSession = z.object({ session_id: uuid });
const ofMessage = z.object({ session_id: uuid, message_id: uuid });
const stream = {
  status: 200,
  description: "Frames of `id: <number>` and `data: <json>`; comments keep the connection open",
  contentType: "text/event-stream",
  schema: ChatStreamEvent,
  headers: { "X-Message-Id": "The answer's id, for following and cancelling it" },
} as const;

const sendHeaders = z.object({
  "Idempotency-Key": z.string().regex(/^[\x21-\x7e]{1,255}$/).optional()
    .openapi({ description: "Sent again with the same message, it follows the same answer instead of asking twice" }),
});
const followHeaders = z.object({
  "Last-Event-ID": z.string().regex(/^\d{1,9}$/).optional()
    .openapi({ description: "The last frame that was seen; the stream goes on behind it" }),
});

/** The endpoints of questions and answers; the assistant may call `tools`. `timing` is for tests, which do not want to wait. */
export function messageRoutes(ctx: Context, tools: readonly Tool[], timing = streamTiming): readonly Endpoint[] {
  const log = openTurnLog(ctx);
  return [
    endpoint({
      method: "post",
      path: "/chat/sessions/{session_id}/messages",
      operationId: "sendChatMessage",
      tag: "chat",
      summary: "Ask the assistant; the answer is streamed as it is produced",
      description: "The answer goes on when the caller hangs up: follow it by its id, or cancel it. A conversation " +
        "answers one message at a time.",
      auth: "key",
      params: inSession,
      headers: sendHeaders,
      body: { kind: "json", schema: ChatMessageCreate },
      success: stream,
      errors: ["not_found", "conflict", "unprocessable"],
    }, async (ctx, { params, headers, body }, request) => {
      const idempotencyKey = headers["Idempotency-Key"] ?? null;
      const session = await requireSession(ctx, params.session_id);
      const started = await startTurn(ctx, session, { ...body, idempotencyKey });
      const { turn } = started;
      if (!started.known) ctx.background(runTurn(ctx, tools, log, started.turn, log.open(turn.id), request.id));
      const asked = { id: turn.id, session_id: turn.session.id };
      return await streamTurn(ctx, request, turn, (gone) => turnFrames(ctx, log, asked, 0, gone, timing));
    }),

    endpoint({
      method: "get",
      path: "/chat/sessions/{session_id}/messages/{message_id}/stream",
      operationId: "followChatMessage",
      tag: "chat",
      summary: "The frames of an answer from its beginning, or from `Last-Event-ID` on, and what still comes",
      description: "By the id of the answer or of its question. Any number of readers see the same frames.",
      auth: "key",
      params: ofMessage,
      headers: followHeaders,
      success: stream,
      errors: ["not_found"],
    }, async (ctx, { params, headers }, request) => {
      const turn = await requireTurn(ctx, params.session_id, params.message_id);
      const seen = Number(headers["Last-Event-ID"] ?? 0);
      return await streamTurn(ctx, request, turn, (gone) => turnFrames(ctx, log, turn, seen, gone, timing));
    }),

    endpoint({
      method: "post",
      path: "/chat/sessions/{session_id}/messages/{message_id}/cancel",
      operationId: "cancelChatMessage",
      tag: "chat",
      summary: "End an answer; what was said so far is kept",
      description: "An answer that has ended stays as it is.",
      auth: "key",
      params: ofMessage,
      success: { status: 202, description: "It ends within two seconds", schema: ChatCancelResponse },
      alternative: { status: 200, description: "It had ended before" },
      errors: ["not_found"],
    }, async (ctx, { params }) => {
      const turn = await requireTurn(ctx, params.session_id, params.message_id);
      const status = await cancelTurn(ctx, log, turn);
      return new Reply({ message_id: turn.id, status }, { status: status === "cancelling" ? 202 : 200 });
    }),
  ];
}

async function streamTurn(
  ctx: Context,
  request: RequestFacts,
  turn: Pick<ChatTurn, "id">,
  frames: (gone: AbortSignal) => AsyncIterable<Frame>,
): Promise<Response> {
  const response = await frameStream(
    ctx,
    request,
    frames,
    ({ message }) => ({ data: { type: "error", error: message } }),
  );
  response.headers.set("x-message-id", turn.id);
  return response;
}
