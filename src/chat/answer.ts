import type { Context } from "../platform/context.ts";
import { notFound } from "../platform/errors.ts";
import { ModelError, type ToolCall } from "../platform/model.ts";
import { callTool, type Tool } from "../platform/tool.ts";
import { type Conversation, openConversation } from "./conversation.ts";
import { addMessage, listMessages } from "./queries.ts";
import { Said, storable } from "./said.ts";
import type { ChatMessage, ChatSession, MessageMetadata } from "./table.ts";
import { maxResultLength, resultJson } from "./tool_result.ts";

/** One turn of a conversation: a question, look-ups, an answer. No HTTP in here, and no connection held while waiting. */

export type ChatEvent =
  | { readonly type: "content"; readonly content: string }
  | { readonly type: "tool_call"; readonly name: string; readonly arguments: Readonly<Record<string, unknown>> }
  /** `result` is JSON text. */
  | { readonly type: "tool_result"; readonly name: string; readonly result: string }
  | { readonly type: "done" }
  | { readonly type: "error"; readonly error: string };

/** After so many rounds of look-ups the model must answer without tools. */
export const maxToolRounds = 5;
/** More calls in one round than this are a model gone wrong; the rest is not run. */
const maxCallsOfRound = 10;
const maxHistory = 200;

export interface Turn {
  readonly session: ChatSession;
  readonly question: ChatMessage;
}

/** Stores the question; it also names a conversation that has no title. */
export async function startTurn(ctx: Context, session: ChatSession, content: string): Promise<Turn> {
  const letters = Array.from(content);
  const title = letters.slice(0, 50).join("") + (letters.length > 50 ? "..." : "");
  const question = await addMessage(ctx.database, session.id, { role: "user", content, metadata: null, title });
  if (question === undefined) throw notFound("Chat session");
  return { session, question };
}

/**
 * The answer as it is produced; `done` or `error` comes last. What was said is stored before `done`, and also when the
 * caller goes (`signal`), the server stops or the model fails half-way. Unknown errors are thrown, after storing.
 */
export async function* answer(
  ctx: Context,
  tools: readonly Tool[],
  turn: Turn,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void, undefined> {
  const ending = AbortSignal.any([signal, ctx.stopping]);
  const said = new Said();
  let stored = false;
  const store = async (how: Omit<MessageMetadata, "tool_calls">) => {
    stored = true;
    if (said.text.trim() === "") return true;
    const message = { role: "assistant", content: said.text, metadata: said.metadata(how), title: null } as const;
    return await addMessage(ctx.database, turn.session.id, message) !== undefined;
  };
  try {
    const full = yield* rounds(ctx, tools, turn, said, ending);
    if (said.text.trim() === "") {
      yield { type: "error", error: "The model gave an empty answer; ask again or in other words" };
      return;
    }
    const kept = await store(full ? { interrupted: "context full" } : {});
    yield kept ? { type: "done" } : { type: "error", error: "The conversation was deleted while the answer came" };
  } catch (error) {
    if (signal.aborted) return;
    if (ctx.stopping.aborted) {
      await store({ interrupted: "server stopping" });
      yield { type: "error", error: "The server is stopping; ask again" };
      return;
    }
    if (!(error instanceof ModelError)) {
      await store({ error: "internal" });
      throw error;
    }
    ctx.log("warn", "model.failed", { problem: error.problem, session_id: turn.session.id });
    await store({ error: error.problem });
    yield { type: "error", error: error.message };
  } finally {
    // The caller has gone, or has stopped reading the events.
    if (!stored) await store({ interrupted: "client disconnected" });
  }
}

/** Asks the model until it calls no more tools. Gives whether the answer ended because the context was full. */
async function* rounds(
  ctx: Context,
  tools: readonly Tool[],
  turn: Turn,
  said: Said,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, boolean, undefined> {
  const conversation = await recall(ctx, tools, turn);
  for (let round = 1;; round++) {
    const offered = round <= maxToolRounds ? tools : [];
    const calls: ToolCall[] = [];
    let full = false;
    said.startRound();
    const before = said.text.length;
    const messages = conversation.messages(offered.length > 0);
    for await (const part of ctx.model.chat({ messages, tools: offered.map(definition) }, signal)) {
      if (part.type === "content") yield { type: "content", content: said.add(part.content) };
      if (part.type === "tool_call" && calls.length < maxCallsOfRound) calls.push(storable(part.call));
      if (part.type === "end") full = part.reason === "length";
    }
    signal.throwIfAborted();
    if (calls.length === 0 || offered.length === 0) return full;
    conversation.addCalls(said.text.slice(before).trim(), calls);
    for (const call of calls) {
      yield { type: "tool_call", name: call.name, arguments: call.arguments };
      const found = await callTool(ctx, tools, turn.session.user_id, call.name, call.arguments);
      const result = resultJson(found, maxResultLength(ctx.config.OLLAMA_CONTEXT_LENGTH));
      said.calls.push({ tool: call.name, arguments: call.arguments, result });
      conversation.addResult(call.name, result);
      yield { type: "tool_result", name: call.name, result };
      signal.throwIfAborted();
    }
  }
}

async function recall(ctx: Context, tools: readonly Tool[], { session, question }: Turn): Promise<Conversation> {
  const after = { at: question.created_at.toISOString(), id: question.id };
  return openConversation({
    today: ctx.clock().toISOString().slice(0, 10),
    contextLength: ctx.config.OLLAMA_CONTEXT_LENGTH,
    tools: tools.map(definition),
    history: await listMessages(ctx.database, session.id, { limit: maxHistory, after }),
    question: question.content,
  });
}

function definition({ name, description, parameters }: Tool) {
  return { name, description, parameters };
}
