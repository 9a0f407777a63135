import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import type { ToolCall } from "../platform/model.ts";
import { callTool, type Tool } from "../platform/tool.ts";
import { withAlerts } from "./alerts.ts";
import type { Conversation } from "./conversation.ts";
import type { ChatEvent } from "./event.ts";
import { withholdInstructions } from "./foreign_text.ts";
import type { Patient } from "./red_flags.ts";
import { refusedCall } from "./refused_call.ts";
import type { Said } from "./said.ts";
import { resultJson } from "./tool_result.ts";

/** What a round of look-ups needs of its turn. */
export interface LookUp {
  readonly ctx: Context;
  readonly tools: readonly Tool[];
  readonly userId: UserId;
  readonly patient: Patient;
  readonly question: string;
  readonly askedBefore: readonly string[];
  readonly said: Said;
  readonly signal: AbortSignal;
  /** What the tools of this turn gave, with the texts that no model sees; grows with each look-up. */
  readonly found: unknown[];
}

/**
 * The calls of one round run side by side; each is told with its result, in the order the model made them. A call that
 * only a text of the record asks for is refused, and results lose such texts before the model sees them.
 */
export async function* lookUp(
  { ctx, tools, userId, patient, question, askedBefore, said, signal, found }: LookUp,
  conversation: Conversation,
  calls: readonly ToolCall[],
): AsyncGenerator<ChatEvent, void, undefined> {
  const seen = { question, earlier: askedBefore, results: [...found] };
  const maxLength = conversation.resultLength(calls.length);
  const results = calls.map(async (call) => {
    const error = refusedCall(call, seen);
    return error === null ? await callTool(ctx, tools, userId, call.name, call.arguments) : { error };
  });
  // One that fails is thrown when its turn comes; until then somebody must have asked for it.
  for (const result of results) result.catch(() => {});
  for (const [index, call] of calls.entries()) {
    yield { type: "tool_call", name: call.name, arguments: call.arguments };
    const raw = await results[index];
    found.push(raw);
    const result = resultJson(guarded(raw, tools, patient), maxLength);
    said.calls.push({ tool: call.name, arguments: call.arguments, result });
    conversation.addResult(call, result);
    yield { type: "tool_result", name: call.name, result };
    signal.throwIfAborted();
  }
}

/** A result as a model may see it: without orders, and with what must not wait beside it. */
function guarded(raw: unknown, tools: readonly Tool[], patient: Patient): unknown {
  return withAlerts(withholdInstructions(raw, tools.map(({ name }) => name)).result, patient);
}
