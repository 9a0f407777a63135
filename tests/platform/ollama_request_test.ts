import assert from "node:assert/strict";
import type { ChatRequest, ModelPart, OllamaServer } from "../../src/platform/model.ts";
import { ollamaModel } from "../../src/platform/ollama.ts";
import { end, startOllama, text, think } from "../support/ollama.ts";
import { testConfig } from "../support/world.ts";

const question: ChatRequest = { messages: [{ role: "user", content: "How is my LDL?" }], tools: [] };
const tool = { name: "get_recent_labs", description: "Recent results", parameters: { type: "object", properties: {} } };

function modelAt(url: string, settings: Record<string, string> = {}): OllamaServer {
  return ollamaModel(testConfig({ OLLAMA_HOST: url, OLLAMA_TIMEOUT: "1", ...settings }), fetch);
}

async function ask(model: OllamaServer, request = question): Promise<ModelPart[]> {
  return await Array.fromAsync(model.chat(request, new AbortController().signal));
}

const seen = (parts: readonly ModelPart[]) =>
  parts.flatMap((part) => part.type === "thinking" || part.type === "content" ? [[part.type, part.content]] : []);

Deno.test("thoughts are told when they are asked for, whether the server or the model marks them", async () => {
  const thinker = { capabilities: ["completion", "tools", "thinking"] };
  await using ollama = await startOllama([
    [...think("Look it up"), ...text("131")],
    text("<think>Look it up</think>131"),
  ], thinker);
  const model = modelAt(ollama.url);
  for (let turn = 0; turn < 2; turn++) {
    const parts = await ask(model, { ...question, thinking: true });
    const thought = parts.map((part) => part.type === "thinking" ? part.content : "").join("");
    assert.deepEqual([thought, seen(parts).at(-1)], ["Look it up", ["content", "131"]]);
  }
  assert.deepEqual(ollama.requests.map((request) => request.think), [true, true]);
});

Deno.test("a model that does not think answers all the same, and is not asked to think again", async () => {
  await using ollama = await startOllama([text("131"), text("132")]);
  const model = modelAt(ollama.url);
  for (const answer of ["131", "132"]) {
    assert.deepEqual(seen(await ask(model, { ...question, thinking: true })), [["content", answer]]);
  }
  assert.equal(ollama.refused.length, 1);
});

Deno.test("temperature, time to stay loaded and the extraction model's window are asked for when they are set", async () => {
  await using ollama = await startOllama([text("a"), text("{}"), text("b")], { models: ["qwen2.5:14b", "reader:7b"] });
  const model = modelAt(ollama.url, {
    CHAT_TEMPERATURE: "0.2",
    OLLAMA_KEEP_ALIVE: "300",
    OLLAMA_EXTRACTION_MODEL: "reader:7b",
    OLLAMA_EXTRACTION_CONTEXT_LENGTH: "16384",
  });
  await ask(model);
  await model.structured({ system: "Read", prompt: "LDL", schema: {}, signal: new AbortController().signal });
  await ask(modelAt(ollama.url, { OLLAMA_KEEP_ALIVE: "1h30m" }));
  const [chat, extraction, other] = ollama.requests;
  assert.deepEqual(chat?.options, { num_ctx: 8192, num_predict: 4096, temperature: 0.2 });
  // Ollama takes a number for seconds, and refuses the text of one.
  assert.equal(chat?.keep_alive, 300);
  assert.equal(extraction?.model, "reader:7b");
  assert.deepEqual(extraction?.options, { num_ctx: 16384, num_predict: 8192, temperature: 0 });
  assert.equal(other?.keep_alive, "1h30m");
});

Deno.test("the name that a server gives a call goes back with the answer", async () => {
  const tool_calls = [{ id: "call_x1", function: { name: "get_recent_labs", arguments: {} } }];
  const line = { message: { role: "assistant", content: "", tool_calls }, done: false };
  await using ollama = await startOllama([[{ line }, end()], text("ok")]);
  const model = modelAt(ollama.url);
  const [part] = await ask(model, { ...question, tools: [tool] });
  assert.ok(part?.type === "tool_call");
  assert.equal(part.call.id, "call_x1");
  await ask(model, {
    messages: [
      { role: "assistant", content: "", tool_calls: [part.call] },
      { role: "tool", tool_name: "get_recent_labs", content: "{}", tool_call_id: "call_x1" },
    ],
    tools: [tool],
  });
  assert.deepEqual(ollama.requests[1]?.messages.map((message) => message.tool_calls?.[0] ?? message.tool_call_id), [
    { id: "call_x1", function: { name: "get_recent_labs", arguments: {} } },
    "call_x1",
  ] as unknown);
});
