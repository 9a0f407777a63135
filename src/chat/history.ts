import type { ModelMessage } from "../platform/model.ts";
import { withholdInstructions } from "./foreign_text.ts";
import { asData } from "./prompt.ts";
import type { ChatMessage } from "./table.ts";
import { estimateTokens } from "./token_estimate.ts";
import { replayedResultLength, resultJson } from "./tool_result.ts";

/** What the model is told of the earlier turns: the newest word for word, with what was looked up; older ones shortened. */

export interface FittingHistory {
  /** Oldest first; starts with a question. */
  readonly messages: readonly ModelMessage[];
  /** What did not fit, newest first. */
  readonly left: readonly ChatMessage[];
}

/** The newest messages that fit into `room` tokens; an answer loses its look-ups before it is left out. */
export function fittingHistory(
  newestFirst: readonly ChatMessage[],
  room: number,
  toolNames: readonly string[],
): FittingHistory {
  let chosen: { readonly from: ChatMessage; readonly messages: readonly ModelMessage[] }[] = [];
  let used = 0;
  for (const message of newestFirst) {
    const fits = [replayed(message, toolNames), [{ role: message.role, content: message.content }]]
      .find((form) => totalTokens(form) + used <= room);
    if (fits === undefined) break;
    used += totalTokens(fits);
    chosen = [{ from: message, messages: fits }, ...chosen];
  }
  const start = chosen.findIndex(({ from }) => from.role === "user");
  const kept = start < 0 ? [] : chosen.slice(start);
  return { messages: kept.flatMap(({ messages }) => messages), left: newestFirst.slice(kept.length) };
}

/** A stored message as the model sees it again, with a short form of what its tools had answered. */
function replayed(message: ChatMessage, toolNames: readonly string[]): ModelMessage[] {
  const calls = message.message_metadata?.tool_calls ?? [];
  const said: ModelMessage = { role: message.role, content: message.content };
  if (calls.length === 0) return [said];
  return [
    {
      role: "assistant",
      content: "",
      tool_calls: calls.map((call) => ({ name: call.tool, arguments: call.arguments })),
    },
    ...calls.map((call): ModelMessage => ({
      role: "tool",
      tool_name: call.tool,
      content: asData(call.tool, resultJson(withoutOrders(call.result, toolNames), replayedResultLength)),
    })),
    said,
  ];
}

/** Results that were stored before a rule was known are cleaned when they are told again. */
function withoutOrders(json: string, toolNames: readonly string[]): unknown {
  return withholdInstructions(JSON.parse(json), toolNames).result;
}

/** Of a question or an answer that is shortened, in characters. */
const quotedLength = 160;

interface EarlierTurn {
  readonly asked?: string;
  readonly found?: readonly string[];
  readonly answered?: string;
}

/**
 * The turns that did not fit, oldest first, each as its question, the main facts its look-ups found and how its answer
 * began; as many of the newest as fit into `room` tokens. Null when there is nothing to tell. No model is asked: a
 * summary that a small model writes may hold numbers that nobody measured.
 */
export function digest(
  newestFirst: readonly ChatMessage[],
  room: number,
  toolNames: readonly string[],
): string | null {
  const turns: EarlierTurn[] = [];
  let used = 0;
  let answer: ChatMessage | undefined;
  for (const message of newestFirst) {
    if (message.role === "assistant") {
      answer = message;
      continue;
    }
    const found = (answer?.message_metadata?.tool_calls ?? []).flatMap(({ result }) =>
      mainFact(withoutOrders(result, toolNames))
    );
    const turn = {
      asked: quoted(message.content),
      ...(found.length > 0 ? { found } : {}),
      ...(answer === undefined ? {} : { answered: quoted(answer.content) }),
    };
    answer = undefined;
    used += estimateTokens(JSON.stringify(turn));
    if (used > room) break;
    turns.unshift(turn);
  }
  return turns.length === 0 ? null : asData("earlier_turns", JSON.stringify(turns));
}

/** The plain sentence that a tool gives with its result. */
function mainFact(value: unknown): string[] {
  const summary = typeof value === "object" && value !== null ? Reflect.get(value, "summary") : undefined;
  return typeof summary === "string" ? [quoted(summary)] : [];
}

function quoted(text: string): string {
  const letters = Array.from(text.replace(/\s+/g, " ").trim());
  return letters.length <= quotedLength ? letters.join("") : letters.slice(0, quotedLength).join("") + "…";
}

export function totalTokens(messages: readonly ModelMessage[]): number {
  return messages.reduce((sum, message) => {
    const calls = message.role === "assistant" && message.tool_calls ? JSON.stringify(message.tool_calls) : "";
    return sum + estimateTokens(message.content) + estimateTokens(calls) + 4;
  }, 0);
}
