import type { Context } from "../platform/context.ts";
import type { ToolCall } from "../platform/model.ts";
import { callTool, type Tool } from "../platform/tool.ts";
import { type Conversation, openConversation } from "./conversation.ts";
import type { ChatEvent } from "./event.ts";
import { listMessages } from "./queries.ts";
import { type Said, storable } from "./said.ts";
import type { Turn } from "./start_turn.ts";
import { maxResultLength, resultJson } from "./tool_result.ts";

/** How an answer comes about: rounds of look-ups, then words. Nothing is stored here, and no connection is held. */

/** After so many rounds of look-ups the model must answer without tools. */
export const maxToolRounds = 5;
/** More calls in one round than this are a model gone wrong; the rest is not run. */
const maxCallsOfRound = 10;
/** More words than this are a model gone wrong, whatever context it claims to have. */
const maxAnswerLength = 200_000;
const maxHistory = 200;

/**
 * Asks the model until it calls no more tools, and gives what happens as it happens. Returns whether the answer ended
 * because the context was full. Throws `ModelError`, or `signal`'s reason.
 */
export async function* answer(
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
      if (said.text.length > maxAnswerLength) return true;
    }
    signal.throwIfAborted();
    if (calls.length === 0 || offered.length === 0) return full;
    conversation.addCalls(said.text.slice(before).trim(), calls);
    yield* lookUp(ctx, tools, turn, calls, conversation, said, signal);
  }
}

/** The calls of one round run side by side; each is told with its result, in the order the model made them. */
async function* lookUp(
  ctx: Context,
  tools: readonly Tool[],
  turn: Turn,
  calls: readonly ToolCall[],
  conversation: Conversation,
  said: Said,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void, undefined> {
  const maxLength = Math.floor(maxResultLength(ctx.config.OLLAMA_CONTEXT_LENGTH) / Math.max(1, calls.length / 2));
  const results = calls.map((call) => callTool(ctx, tools, turn.session.user_id, call.name, call.arguments));
  // One that fails is thrown when its turn comes; until then the others' failures have somebody who waits for them.
  for (const result of results) result.catch(() => {});
  for (const [index, call] of calls.entries()) {
    yield { type: "tool_call", name: call.name, arguments: call.arguments };
    const result = resultJson(await results[index], maxLength);
    said.calls.push({ tool: call.name, arguments: call.arguments, result });
    conversation.addResult(call, result);
    yield { type: "tool_result", name: call.name, result };
    signal.throwIfAborted();
  }
}

async function recall(ctx: Context, tools: readonly Tool[], { session, question }: Turn): Promise<Conversation> {
  const after = { at: question.created_at.toISOString(), id: question.id };
  return openConversation({
    now: { date: ctx.clock().toISOString().slice(0, 10), time_zone: "UTC" },
    contextLength: ctx.config.OLLAMA_CONTEXT_LENGTH,
    tools: tools.map(definition),
    history: await listMessages(ctx.database, session.id, { limit: maxHistory, after }),
    question: question.content,
  });
}

function definition({ name, description, parameters }: Tool) {
  return { name, description, parameters };
}
