import type { ModelMessage, ToolCall, ToolDefinition } from "../platform/model.ts";
import { digest, fittingHistory, totalTokens } from "./history.ts";
import { asData, type Now, systemPrompt } from "./prompt.ts";
import type { ChatMessage } from "./table.ts";
import { estimateTokens } from "./token_estimate.ts";
import { maxResultLength } from "./tool_result.ts";

/**
 * What is sent to the model: rules, as much of the history as fits, the newest question, and this turn's look-ups.
 *
 * Ollama silently drops the oldest messages of a prompt that is too long, so the budget is kept here.
 */

export interface ConversationFacts {
  readonly now: Now;
  /** Whether the model runs where the record is. */
  readonly local: boolean;
  /** In tokens. */
  readonly contextLength: number;
  readonly tools: readonly ToolDefinition[];
  /** Earlier messages, newest first. */
  readonly history: readonly ChatMessage[];
  readonly question: string;
}

export interface Conversation {
  /** What to send now; `toolsLeft` false tells the model that it must answer. */
  messages(toolsLeft: boolean): ModelMessage[];
  /** How long one of `count` results of a round may be, in characters of JSON. */
  resultLength(count: number): number;
  addCalls(said: string, calls: readonly ToolCall[]): void;
  addResult(call: ToolCall, json: string): void;
  /** The model's words come back to it with what is wrong about them. */
  addCorrection(said: string, request: string): void;
}

/** The part of the history's room that shortened turns may take when not all fit. */
const digestShare = 0.25;

/** JSON of results has about so many characters a token. */
const charactersOfToken = 2.5;
/** Less tells nothing. */
const leastResultLength = 800;

export function openConversation(facts: ConversationFacts): Conversation {
  const { now, local, contextLength, tools, history, question } = facts;
  const answer = Math.min(2048, Math.floor(contextLength / 8));
  const room = contextLength - answer - estimateTokens(systemPrompt({ now, local, toolsLeft: true, earlier: null })) -
    estimateTokens(JSON.stringify(tools)) - estimateTokens(question);
  // Fixed for the turn: Ollama reuses its work on a prompt's beginning as long as that stays the same.
  const forHistory = Math.max(0, Math.floor(room / 2));
  const toolNames = tools.map(({ name }) => name);
  const all = fittingHistory(history, forHistory, toolNames);
  const { messages: earlier, left } = all.left.length === 0
    ? all
    : fittingHistory(history, Math.floor(forHistory * (1 - digestShare)), toolNames);
  const shortened = digest(left, forHistory - totalTokens(earlier), toolNames);
  const roomForTurn = room - totalTokens(earlier) - estimateTokens(shortened ?? "");
  const turn: ModelMessage[] = [];
  return {
    messages: (toolsLeft) => [
      { role: "system", content: systemPrompt({ now, local, toolsLeft, earlier: shortened }) },
      ...earlier,
      { role: "user", content: question },
      ...fittingTurn(turn, roomForTurn),
    ],
    // Two results of a round may take the room of one each, since older results make way; more share it.
    resultLength: (count) =>
      Math.max(
        leastResultLength,
        Math.floor(Math.min(maxResultLength(contextLength), roomForTurn * charactersOfToken) / Math.max(1, count / 2)),
      ),
    addCalls: (content, tool_calls) => void turn.push({ role: "assistant", content, tool_calls }),
    addResult: ({ name, id }, json) =>
      void turn.push({
        role: "tool",
        tool_name: name,
        content: asData(name, json),
        ...(id === undefined ? {} : { tool_call_id: id }),
      }),
    addCorrection: (content, request) =>
      void turn.push({ role: "assistant", content }, { role: "user", content: request }),
  };
}

/** This turn's look-ups; while they do not fit, the oldest results make way, never the newest. */
function fittingTurn(turn: readonly ModelMessage[], room: number): ModelMessage[] {
  const fitting = [...turn];
  const newest = fitting.findLastIndex((message) => message.role === "tool");
  for (let index = 0; index < newest && totalTokens(fitting) > room; index++) {
    const message = fitting[index];
    if (message?.role !== "tool") continue;
    const note = JSON.stringify({ cut: "Left out to make room; call the tool again, for less, if it is needed" });
    if (note.length < message.content.length) fitting[index] = { ...message, content: asData(message.tool_name, note) };
  }
  return fitting;
}
