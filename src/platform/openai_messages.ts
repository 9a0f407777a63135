import type { ModelMessage, ToolCall, ToolDefinition } from "./model.ts";

/** A conversation in the words of OpenAI's protocol. */

export type WireMessage = Readonly<Record<string, unknown>>;

/**
 * The protocol ties each tool's answer to its call by an id. Calls that came without one get one, the same each time
 * the conversation is sent, and answers without one belong to the calls before them in order.
 */
export function wireMessages(messages: readonly ModelMessage[]): WireMessage[] {
  const open: { readonly id: string; readonly name: string }[] = [];
  let made = 0;
  const named = (call: ToolCall) => {
    const id = call.id ?? `call_${++made}`;
    open.push({ id, name: call.name });
    return { id, type: "function", function: { name: call.name, arguments: JSON.stringify(call.arguments) } };
  };
  return messages.map((message) => {
    if (message.role === "assistant" && message.tool_calls !== undefined && message.tool_calls.length > 0) {
      return { role: "assistant", content: message.content || null, tool_calls: message.tool_calls.map(named) };
    }
    if (message.role !== "tool") return { role: message.role, content: message.content };
    const { tool_call_id, tool_name, content } = message;
    const answered = open.findIndex(({ id, name }) =>
      tool_call_id === undefined ? name === tool_name : id === tool_call_id
    );
    const [call] = open.splice(answered, answered < 0 ? 0 : 1);
    // An answer to nothing would be refused; as a message it can still be read.
    return call === undefined
      ? { role: "user", content: `Result of the tool ${tool_name}:\n${content}` }
      : { role: "tool", tool_call_id: call.id, content };
  });
}

export function wireTool(tool: ToolDefinition): WireMessage {
  return { type: "function", function: tool };
}
