import assert from "node:assert/strict";
import type { ChatRequest, ModelPart } from "../../src/platform/model.ts";
import { ollamaModel } from "../../src/platform/ollama.ts";
import { end, hang, type OllamaRequest, pause, say, startOllama, text } from "../support/ollama.ts";
import { finish, startOpenAi, words } from "../support/openai.ts";
import { openAiAt } from "./openai_model.ts";
import { testConfig } from "../support/world.ts";

const tools = [
  {
    name: "get_recent_labs",
    description: "Recent results.",
    parameters: { type: "object", properties: { days: { type: "integer" } }, required: ["days"] },
  },
  { name: "get_symptoms", description: "Symptoms.", parameters: { type: "object", properties: {} } },
];
const question: ChatRequest = {
  messages: [{ role: "system", content: "Be brief." }, { role: "user", content: "How is my LDL?" }],
  tools,
};
const afterCall: ChatRequest = {
  messages: [
    ...question.messages,
    { role: "assistant", content: "", tool_calls: [{ name: "get_recent_labs", arguments: { days: 90 } }] },
    { role: "tool", tool_name: "get_recent_labs", content: '{"value":131}' },
  ],
  tools,
};
const named = (tool: string | null, args: unknown = {}) => text(JSON.stringify({ next: { tool, arguments: args } }));

function modelAt(url: string) {
  return ollamaModel(testConfig({ OLLAMA_HOST: url, OLLAMA_TIMEOUT: "1" }), fetch);
}

const ask = (model: ReturnType<typeof modelAt>, request = question) =>
  Array.fromAsync(model.chat(request, new AbortController().signal));
const said = (parts: readonly ModelPart[]) => parts.map((part) => part.type === "content" ? part.content : "").join("");
const incapable = { capabilities: ["completion"] };

Deno.test("a model without tools names one in JSON, in place of a call", async () => {
  await using ollama = await startOllama([named("get_recent_labs", { days: 90 })], incapable);
  assert.deepEqual(await ask(modelAt(ollama.url)), [
    { type: "tool_call", call: { name: "get_recent_labs", arguments: { days: 90 } } },
    { type: "end", reason: "stop" },
  ]);
  const [request] = ollama.requests;
  assert.equal(request?.tools, undefined);
  assert.equal(request?.options?.temperature, 0);
  const { next } = (request?.format as { properties: { next: { anyOf: unknown[] } } }).properties;
  assert.equal(next.anyOf.length, 3);
  assert.deepEqual(Reflect.get(next.anyOf[0] as object, "properties"), {
    tool: { const: "get_recent_labs" },
    arguments: tools[0]?.parameters,
  });
  assert.match(request?.messages[0]?.content ?? "", /^Be brief\.[\s\S]*get_recent_labs: Recent results\./);
});

Deno.test("the refusal is asked for once; later turns know it", async () => {
  await using ollama = await startOllama([named("get_symptoms"), named("get_symptoms")], incapable);
  const model = modelAt(ollama.url);
  await ask(model);
  await ask(model);
  assert.equal(ollama.refused.length, 1);
  assert.equal(ollama.requests.length, 2);
});

Deno.test("with the result at hand the answer is streamed in plain words", async () => {
  const spoken = (request: OllamaRequest) => request.messages.map(({ role, content }) => [role, content]);
  await using ollama = await startOllama([named(null), [...say("It is 131"), hang()]], incapable);
  let first: ModelPart | undefined;
  for await (first of modelAt(ollama.url).chat(afterCall, new AbortController().signal)) break;
  assert.deepEqual(first, { type: "content", content: "It" });
  const [decision, words] = ollama.requests;
  assert.ok(decision !== undefined && words !== undefined);
  assert.equal(words.format, undefined);
  assert.deepEqual(spoken(words).slice(1), [
    ["user", "How is my LDL?"],
    ["assistant", '{"tool":"get_recent_labs","arguments":{"days":90}}'],
    ["user", 'Result of the tool get_recent_labs:\n{"value":131}'],
  ]);
  // The server can reuse its work, because the second question begins like the first.
  assert.deepEqual(spoken(decision).slice(0, -1), spoken(words));
});

Deno.test("a call that was made already, or an answer that names no tool, ends the looking up", async () => {
  for (const decision of [named("get_recent_labs", { days: 90 }), text("I do not speak JSON"), text('{"next": 7}')]) {
    await using ollama = await startOllama([decision, text("It is 131.")], incapable);
    assert.equal(said(await ask(modelAt(ollama.url), afterCall)), "It is 131.");
  }
});

Deno.test("a question without tools is one request", async () => {
  await using ollama = await startOllama([named("get_symptoms"), [pause(5), ...say("Hello."), end()]], incapable);
  const model = modelAt(ollama.url);
  await ask(model);
  assert.equal(said(await ask(model, { ...question, tools: [] })), "Hello.");
  assert.equal(ollama.requests.length, 2);
});

Deno.test("a server of OpenAI's protocol that refuses tools is asked in the same way", async () => {
  const decided = JSON.stringify({ next: { tool: "get_recent_labs", arguments: { days: 30 } } });
  await using server = startOpenAi([words(decided), [...words("It is 131.").slice(0, -3), ...finish()]], {
    refuse: ({ tools }) => tools ? '"auto" tool choice requires --enable-auto-tool-choice' : null,
  });
  const model = openAiAt(server.url);
  const signal = new AbortController().signal;
  assert.deepEqual((await Array.fromAsync(model.chat(question, signal)))[0], {
    type: "tool_call",
    call: { name: "get_recent_labs", arguments: { days: 30 } },
  });
  assert.equal(said(await Array.fromAsync(model.chat({ ...question, tools: [] }, signal))), "It is 131.");
  assert.equal(server.requests[1]?.response_format?.type, "json_schema");
});
