import type { ModelMessage, ToolCall, ToolDefinition } from "../platform/model.ts";
import { asData, systemPrompt } from "./prompt.ts";
import type { ChatMessage } from "./table.ts";
import { replayedResultLength, resultJson } from "./tool_result.ts";

/**
 * What is sent to the model: rules, as much of the history as fits, the newest question, and this turn's look-ups.
 *
 * Ollama silently drops the oldest messages of a prompt that is too long, so the budget is kept here. Tokens are
 * estimated at four characters each.
 */

export interface ConversationFacts {
  /** Calendar date. */
  readonly today: string;
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
  addCalls(said: string, calls: readonly ToolCall[]): void;
  addResult(tool: string, json: string): void;
}

export function openConversation(facts: ConversationFacts): Conversation {
  const system = systemPrompt(facts.today, true);
  const answer = Math.min(2048, Math.floor(facts.contextLength / 8));
  const room = facts.contextLength - answer - tokens(system) - tokens(JSON.stringify(facts.tools)) -
    tokens(facts.question);
  // Fixed for the turn: Ollama reuses its work on a prompt's beginning as long as that stays the same.
  const history = fittingHistory(facts.history, Math.floor(room / 2));
  const roomForTurn = room - total(history);
  const turn: ModelMessage[] = [];
  return {
    messages: (toolsLeft) => [
      { role: "system", content: toolsLeft ? system : systemPrompt(facts.today, false) },
      ...history,
      { role: "user", content: facts.question },
      ...fittingTurn(turn, roomForTurn),
    ],
    addCalls: (content, tool_calls) => void turn.push({ role: "assistant", content, tool_calls }),
    addResult: (tool, json) => void turn.push({ role: "tool", tool_name: tool, content: asData(tool, json) }),
  };
}

/** The newest messages that fit, oldest first; an answer loses its look-ups before it is left out. */
function fittingHistory(newestFirst: readonly ChatMessage[], room: number): ModelMessage[] {
  let chosen: ModelMessage[] = [];
  for (const message of newestFirst) {
    const fits = [replayed(message), [{ role: message.role, content: message.content }]]
      .find((form) => total(form) + total(chosen) <= room);
    if (fits === undefined) break;
    chosen = [...fits, ...chosen];
  }
  // A conversation starts with a question.
  const start = chosen.findIndex((message) => message.role === "user");
  return start < 0 ? [] : chosen.slice(start);
}

/** A stored message as the model sees it again, with a short form of what its tools had answered. */
function replayed(message: ChatMessage): ModelMessage[] {
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
      content: asData(call.tool, resultJson(JSON.parse(call.result), replayedResultLength)),
    })),
    said,
  ];
}

/** This turn's look-ups; while they do not fit, the oldest results make way, never the newest. */
function fittingTurn(turn: readonly ModelMessage[], room: number): ModelMessage[] {
  const fitting = [...turn];
  const newest = fitting.findLastIndex((message) => message.role === "tool");
  for (let index = 0; index < newest && total(fitting) > room; index++) {
    const message = fitting[index];
    if (message?.role !== "tool") continue;
    const note = JSON.stringify({ cut: "Left out to make room; call the tool again, for less, if it is needed" });
    if (note.length < message.content.length) fitting[index] = { ...message, content: asData(message.tool_name, note) };
  }
  return fitting;
}

function total(messages: readonly ModelMessage[]): number {
  return messages.reduce((sum, message) => {
    const calls = message.role === "assistant" && message.tool_calls ? JSON.stringify(message.tool_calls) : "";
    return sum + tokens(message.content) + tokens(calls) + 4;
  }, 0);
}

function tokens(text: string): number {
  return Math.ceil(text.length / 4);
}
