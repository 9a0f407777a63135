import assert from "node:assert/strict";
import { ModelError } from "../../src/platform/model.ts";
import { Secret } from "../../src/platform/secret.ts";
import { type OpenAiRequest, refusal, startOpenAi, words } from "../support/openai.ts";
import { openAiAt } from "./openai_model.ts";

const schema = { type: "object", properties: { value: { type: "number" } }, required: ["value"] };
const structured = (model: ReturnType<typeof openAiAt>) =>
  model.structured({ system: "Read", prompt: "LDL 131", schema, signal: new AbortController().signal });
const formats = (requests: readonly OpenAiRequest[]) => requests.map((request) => request.response_format?.type);

Deno.test("a structured answer is asked for by schema, of the extraction model, at temperature 0", async () => {
  await using server = startOpenAi([words('{"value": 131}')]);
  assert.deepEqual(await structured(openAiAt(server.url, { temperature: 0.7 })), { value: 131 });
  const [request] = server.requests;
  assert.deepEqual([request?.model, request?.temperature], ["reader", 0]);
  assert.deepEqual(request?.response_format, { type: "json_schema", json_schema: { name: "answer", schema } });
});

Deno.test("a server without schemas is asked for JSON, one without that in words; both are remembered", async () => {
  await using server = startOpenAi([words('```json\n{"value": 131}\n```'), words('{"value": 132}')], {
    refuse: ({ response_format }) => response_format ? "response_format is not supported" : null,
  });
  const model = openAiAt(server.url);
  assert.deepEqual(await structured(model), { value: 131 });
  assert.deepEqual(formats(server.requests), ["json_schema", "json_object", undefined]);
  assert.match(String(server.requests[2]?.messages[0]?.content), /JSON Schema: \{"type":"object"/);
  assert.deepEqual(await structured(model), { value: 132 });
  assert.equal(server.requests.length, 4);
});

Deno.test("a model that takes no temperature is asked without one", async () => {
  await using server = startOpenAi([words("131")], {
    refuse: ({ temperature }) =>
      temperature === undefined ? null : "Unsupported value: 'temperature' does not support 0.2",
  });
  const model = openAiAt(server.url, { temperature: 0.2 });
  const question = { messages: [{ role: "user", content: "?" }], tools: [] } as const;
  const parts = await Array.fromAsync(model.chat(question, new AbortController().signal));
  assert.deepEqual(parts[0], { type: "content", content: "131" });
});

Deno.test("a refusal of what was not sent is an error, not a reason to ask for ever", async () => {
  await using server = startOpenAi([], { refuse: () => "tools and temperature and json_schema are bad" });
  const question = { messages: [{ role: "user", content: "?" }], tools: [] } as const;
  const asked = Array.fromAsync(openAiAt(server.url).chat(question, new AbortController().signal));
  await assert.rejects(asked, (error) => error instanceof ModelError && error.problem === "refused");
  assert.equal(server.requests.length, 1);
});

Deno.test("the status tells whether the server answers, takes the key and has the model", async () => {
  const told = (url: string) => ({ provider: "openai", base_url: url, chat_model: "small" });
  await using server = startOpenAi([], { key: "sk-abc" });
  const key = new Secret("sk-abc");
  assert.deepEqual(await openAiAt(server.url, { key }).status(), {
    ...told(server.url),
    status: "connected",
    chat_model_available: true,
  });
  const other = await openAiAt(server.url, { key, chatModel: "large" }).status();
  assert.equal(other.status === "connected" && other.chat_model_available, false);
  const wrong = await openAiAt(server.url, { key: new Secret("sk-xyz") }).status();
  assert.equal(wrong.status, "error");
  assert.match(JSON.stringify(wrong), /OPENAI_API_KEY/);
  assert.doesNotMatch(JSON.stringify(wrong), /sk-xyz/);

  await using unlisted = startOpenAi([], { models: null });
  assert.deepEqual(await openAiAt(unlisted.url).status(), {
    ...told(unlisted.url),
    status: "connected",
    chat_model_available: null,
  });
  assert.equal((await openAiAt("http://127.0.0.1:9/v1").status()).status, "unreachable");
  await using page = Deno.serve(
    { port: 0, onListen: () => {} },
    () => new Response("<html>", { headers: { "content-type": "text/html" } }),
  );
  assert.equal((await openAiAt(`http://127.0.0.1:${page.addr.port}`).status()).status, "error");
});

Deno.test("an answer that is not JSON is a bad answer and not quoted", async () => {
  await using server = startOpenAi([words("glucose 312"), [refusal(200, "{", "application/json")]]);
  for (let turn = 0; turn < 2; turn++) {
    await assert.rejects(
      structured(openAiAt(server.url)),
      (error) => error instanceof ModelError && error.problem === "bad_answer" && !error.message.includes("312"),
    );
  }
});
