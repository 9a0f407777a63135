import { type ChatRequest, ModelError, type ModelMessage, type ModelPart, type ToolDefinition } from "./model.ts";

/**
 * Tools for models that have none. The model is told about the tools in words and names one, or none, in an answer whose
 * JSON Schema leaves it nothing else to say:
 *
 *     {"next": {"tool": "get_recent_labs", "arguments": {"days": 90}}}     {"next": {"tool": null}}
 *
 * Without a tool the question is asked once more in plain words, so that the answer is streamed as it is produced. One
 * tool at a time; callers see the same parts as from any other model.
 */

/** The two ways of asking that every model has. */
export interface ToollessModel {
  words(messages: readonly ModelMessage[]): AsyncIterable<ModelPart>;
  structured(messages: readonly ModelMessage[], schema: Readonly<Record<string, unknown>>): Promise<unknown>;
}

export async function* answerNamingTools(
  { messages, tools }: ChatRequest,
  model: ToollessModel,
): AsyncGenerator<ModelPart, void, undefined> {
  const spoken = withoutToolRoles(messages, tools);
  const call = tools.length === 0 ? undefined : await nextCall(spoken, tools, model);
  if (call === undefined || isRepeated(call, messages)) return yield* model.words(spoken);
  yield { type: "tool_call", call };
  yield { type: "end", reason: "stop" };
}

interface Call {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

async function nextCall(
  messages: readonly ModelMessage[],
  tools: readonly ToolDefinition[],
  model: ToollessModel,
): Promise<Call | undefined> {
  try {
    return readCall(await model.structured([...messages, { role: "user", content: instruction }], callSchema(tools)));
  } catch (error) {
    // A model that cannot even do that may still know the answer from what it was told.
    if (error instanceof ModelError && error.problem === "bad_answer") return undefined;
    throw error;
  }
}

const instruction = "Which tool do you need next to answer my question? Answer in JSON only: " +
  '{"next": {"tool": "<name>", "arguments": {…}}}, or {"next": {"tool": null}} when the results above are enough or ' +
  "no tool fits.";

/** The schema of an answer that names one of these tools with its arguments, or none. */
function callSchema(tools: readonly ToolDefinition[]): Record<string, unknown> {
  const choices = tools.map(({ name, parameters }) => ({
    type: "object",
    properties: { tool: { const: name }, arguments: parameters },
    required: ["tool", "arguments"],
    additionalProperties: false,
  }));
  const none = {
    type: "object",
    properties: { tool: { type: "null" } },
    required: ["tool"],
    additionalProperties: false,
  };
  return { type: "object", properties: { next: { anyOf: [...choices, none] } }, required: ["next"] };
}

/** Undefined when no tool is named; a name that does not exist is the tool layer's to mend. */
function readCall(answer: unknown): Call | undefined {
  const next = field(answer, "next") ?? answer;
  const name = field(next, "tool");
  if (typeof name !== "string" || name === "" || name === "null") return undefined;
  const args = field(next, "arguments");
  return { name, arguments: typeof args === "object" && args !== null && !Array.isArray(args) ? { ...args } : {} };
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** The same call after the same question brings the same result; small models ask for it again and again. */
function isRepeated(call: Call, messages: readonly ModelMessage[]): boolean {
  const question = messages.findLastIndex((message) => message.role === "user");
  const wanted = JSON.stringify([call.name, call.arguments]);
  return messages.slice(question + 1).some((message) =>
    message.role === "assistant" &&
    message.tool_calls?.some((made) => JSON.stringify([made.name, made.arguments]) === wanted)
  );
}

/** The conversation for a model that knows no tools: they are described, calls and results are told in words. */
function withoutToolRoles(messages: readonly ModelMessage[], tools: readonly ToolDefinition[]): ModelMessage[] {
  const described = tools.map(({ name, description, parameters }) =>
    `- ${name}: ${description} Arguments: ${JSON.stringify(parameters.properties ?? {})}`
  );
  const told = messages.map((message): ModelMessage => {
    if (message.role === "tool") {
      return { role: "user", content: `Result of the tool ${message.tool_name}:\n${message.content}` };
    }
    if (message.role !== "assistant" || message.tool_calls === undefined) return message;
    const calls = message.tool_calls.map((call) => JSON.stringify({ tool: call.name, arguments: call.arguments }));
    return { role: "assistant", content: [message.content, ...calls].filter(Boolean).join("\n") };
  });
  if (described.length === 0) return told;
  const list = `Tools that are called for you when you name them:\n${described.join("\n")}`;
  const [first, ...others] = told;
  return first?.role === "system"
    ? [{ role: "system", content: `${first.content}\n\n${list}` }, ...others]
    : [{ role: "system", content: list }, ...told];
}
