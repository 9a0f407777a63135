import { z } from "@hono/zod-openapi";
import { requireUser } from "../../accounts/access.ts";
import type { Context } from "../../platform/context.ts";
import { type Endpoint, endpoint, Reply } from "../../platform/endpoint.ts";
import { decodeCursor, page } from "../../platform/paging.ts";
import { queryInteger, shortText, timestamp, uuid } from "../../platform/scalars.ts";
import { requireSession } from "../access.ts";
import { deleteSession, insertSession, listMessages, listSessions } from "../queries.ts";
import { type ChatMessage, type ChatSession, interruptions, type MessageMetadata } from "../table.ts";
import { findRunningTurn } from "../turn_queries.ts";

const session = {
  id: uuid,
  user_id: uuid,
  title: z.string().nullable(),
  created_at: timestamp,
  last_activity_at: timestamp,
};
const ChatSessionRead = z.object(session).openapi("ChatSessionRead");

/** `claims` are the numbers, dates and directions of an answer, `supported` those that the look-ups of its turn have. */
export const Grounding = z.object({
  claims: z.int(),
  supported: z.int(),
  unsupported: z.array(z.object({
    text: z.string().openapi({ description: "As written in the answer" }),
    kind: z.enum(["number", "date", "direction"]),
    reason: z.string(),
  })),
}).openapi("ChatGrounding", {
  description:
    "Whether the numbers and dates of the answer, and whether values rose or fell, are in what was looked up. At " +
    "most a hundred are named.",
  example: {
    claims: 2,
    supported: 1,
    unsupported: [{ text: "99 mg/dL", kind: "number", reason: "no tool result has this value" }],
  },
});
export const correctedFlag = z.literal(true).optional()
  .openapi({ description: "The model was asked a second time, and this is the better answer" });

const ChatMessageRead = z.object({
  id: uuid,
  session_id: uuid,
  role: z.enum(["user", "assistant"]),
  content: z.string(),
  message_metadata: z.object({
    tool_calls: z.array(z.object({
      tool: z.string(),
      arguments: z.record(z.string(), z.unknown()),
      result: z.string().openapi({ description: "JSON text, as the model saw it" }),
    })),
    interrupted: z.enum(interruptions).optional()
      .openapi({ description: "Why the message ends in the middle" }),
    grounding: Grounding.optional(),
    corrected: correctedFlag,
    error: z.string().optional().openapi({ description: "What went wrong when the message broke off" }),
  }).nullable(),
  created_at: timestamp,
}).openapi("ChatMessageRead");

const ChatSessionDetail = z.object({
  ...session,
  messages: z.array(ChatMessageRead),
  answering: uuid.nullable().openapi({
    description: "The message that is being answered now; its stream can be followed",
  }),
}).openapi("ChatSessionDetail");

const ChatSessionCreate = z.object({ user_id: uuid, title: shortText(1, 255).nullish() })
  .openapi("ChatSessionCreate", {
    example: { user_id: "3f1c9a52-7f0e-4c61-9a54-2f6b1d0c8e11", title: "My blood results" },
  });
const params = z.object({ session_id: uuid });
const maxMessages = 200;
const headers = { "X-Next-Cursor": "Where the next page starts; absent on the last page" };
const olderMessages = { "X-Next-Cursor": "Where the messages before these are; absent when there are none" };

function readSession(row: ChatSession): z.input<typeof ChatSessionRead> {
  return {
    ...row,
    created_at: row.created_at.toISOString(),
    last_activity_at: row.last_activity_at.toISOString(),
  };
}

function readMessage(row: ChatMessage): z.input<typeof ChatMessageRead> {
  const { message_metadata } = row;
  return {
    ...row,
    message_metadata: message_metadata === null ? null : readMetadata(message_metadata),
    created_at: row.created_at.toISOString(),
  };
}

function readMetadata({ grounding, tool_calls, ...rest }: MessageMetadata) {
  return {
    ...rest,
    ...(grounding === undefined ? {} : { grounding: { ...grounding, unsupported: [...grounding.unsupported] } }),
    tool_calls: tool_calls.map((call) => ({ ...call, arguments: { ...call.arguments } })),
  };
}

/** The newest messages, or those before a cursor, ascending. */
async function messagePage(ctx: Context, sessionId: string, cursor?: string) {
  const wanted = { limit: maxMessages + 1, after: decodeCursor(cursor) };
  const found = await listMessages(ctx.database, sessionId, wanted);
  const { items, headers } = page(found, maxMessages, (row) => ({ at: row.created_at.toISOString(), id: row.id }));
  return { messages: items.reverse().map(readMessage), headers };
}

const cursor = z.string().max(200).optional();

/** Conversations and what was said in them. */
export const sessionRoutes: readonly Endpoint[] = [
  endpoint({
    method: "post",
    path: "/chat/sessions",
    operationId: "createChatSession",
    tag: "chat",
    summary: "Start a conversation",
    description: "Without a title it gets the beginning of the first message.",
    auth: "key",
    body: { kind: "json", schema: ChatSessionCreate },
    success: { status: 201, description: "The conversation", schema: ChatSessionRead },
    errors: ["not_found"],
  }, async (ctx, { body }) => {
    const userId = await requireUser(ctx, body.user_id);
    return readSession(await insertSession(ctx.database, userId, body.title ?? null));
  }),

  endpoint({
    method: "get",
    path: "/chat/sessions",
    operationId: "listChatSessions",
    tag: "chat",
    summary: "A person's conversations, the one used last first",
    auth: "key",
    query: z.object({ user_id: uuid, limit: queryInteger(1, 200, 50), cursor }),
    success: { status: 200, description: "Conversations", schema: z.array(ChatSessionRead), headers },
    errors: ["not_found"],
  }, async (ctx, { query }) => {
    const { user_id, limit, cursor } = query;
    const wanted = { limit: limit + 1, after: decodeCursor(cursor) };
    const found = await listSessions(ctx.database, await requireUser(ctx, user_id), wanted);
    const { items, headers } = page(found, limit, (row) => ({ at: row.last_activity_at.toISOString(), id: row.id }));
    return new Reply(items.map(readSession), { headers });
  }),

  endpoint({
    method: "get",
    path: "/chat/sessions/{session_id}",
    operationId: "getChatSession",
    tag: "chat",
    summary: "A conversation with its newest 200 messages, oldest first",
    auth: "key",
    params,
    success: { status: 200, description: "It", schema: ChatSessionDetail, headers: olderMessages },
    errors: ["not_found"],
  }, async (ctx, { params }) => {
    const found = await requireSession(ctx, params.session_id);
    const { messages, headers } = await messagePage(ctx, found.id);
    const answering = (await findRunningTurn(ctx.database, found.id))?.id ?? null;
    return new Reply({ ...readSession(found), messages, answering }, { headers });
  }),

  endpoint({
    method: "delete",
    path: "/chat/sessions/{session_id}",
    operationId: "deleteChatSession",
    tag: "chat",
    summary: "Delete a conversation with its messages",
    auth: "key",
    params,
    success: { status: 204, description: "Deleted" },
    errors: ["not_found"],
  }, async (ctx, { params }) => await deleteSession(ctx.database, (await requireSession(ctx, params.session_id)).id)),

  endpoint({
    method: "get",
    path: "/chat/sessions/{session_id}/messages",
    operationId: "listChatMessages",
    tag: "chat",
    summary: "The newest 200 messages of a conversation, oldest first",
    auth: "key",
    params,
    query: z.object({ cursor }),
    success: { status: 200, description: "Messages", schema: z.array(ChatMessageRead), headers: olderMessages },
    errors: ["not_found"],
  }, async (ctx, { params, query }) => {
    const found = await requireSession(ctx, params.session_id);
    const { messages, headers } = await messagePage(ctx, found.id, query.cursor);
    return new Reply(messages, { headers });
  }),
];
