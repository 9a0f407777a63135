import assert from "node:assert/strict";
import { type ChatRequest, ModelError, type ModelPart, type ModelProblem } from "../../src/platform/model.ts";
import { hang, pause, type Step } from "../support/ollama.ts";
import { callPieces, finish, piece, refusal, startOpenAi, words } from "../support/openai.ts";
import { Secret } from "../../src/platform/secret.ts";
import { openAiAt } from "./openai_model.ts";

const question: ChatRequest = { messages: [{ role: "user", content: "How is my LDL?" }], tools: [] };
const tool = { name: "get_recent_labs", description: "Recent results", parameters: { type: "object", properties: {} } };
type Asked = ReturnType<typeof openAiAt>;

function ask(model: Asked, request = question, signal = new AbortController().signal): Promise<ModelPart[]> {
  return Array.fromAsync(model.chat(request, signal));
}

const calls = (parts: readonly ModelPart[]) => parts.flatMap((part) => part.type === "tool_call" ? [part.call] : []);
const text = (parts: readonly ModelPart[]) => parts.map((part) => part.type === "content" ? part.content : "").join("");

Deno.test("an answer comes in the model's pieces; the request names model, key, tools and temperature", async () => {
  await using server = startOpenAi([words("It is 131 mg/dL."), words("Yes.")], { key: "sk-abc" });
  const model = openAiAt(server.url, { key: new Secret("sk-abc"), temperature: 0.3 });
  assert.deepEqual(await ask(model), [
    ...["It", " is", " 131", " mg/dL."].map((content) => ({ type: "content", content })),
    { type: "end", reason: "stop" },
  ]);
  await ask(model, { ...question, tools: [tool] });
  const [plain, withTools] = server.requests;
  assert.deepEqual([plain?.model, plain?.stream, plain?.temperature, plain?.tools], ["small", true, 0.3, undefined]);
  assert.deepEqual(plain?.messages, [{ role: "user", content: "How is my LDL?" }]);
  assert.deepEqual(withTools?.tools, [{ type: "function", function: tool }]);
});

Deno.test("calls are put together from pieces by index, side by side, and their names go back", async () => {
  const [first = piece({}), ...firstRest] = callPieces(0, "call_a", "one", '{"days": 30}');
  const [second = piece({}), ...secondRest] = callPieces(1, "call_b", "two", "");
  await using server = startOpenAi([
    [piece({ content: "Let me look." }), first, second, ...firstRest, ...secondRest, ...finish("tool_calls")],
    words("ok"),
  ]);
  const model = openAiAt(server.url);
  const parts = await ask(model, { ...question, tools: [tool] });
  assert.deepEqual(calls(parts), [
    { id: "call_a", name: "one", arguments: { days: 30 } },
    { id: "call_b", name: "two", arguments: {} },
  ]);
  assert.deepEqual(parts.at(-1), { type: "end", reason: "stop" });
  await ask(model, {
    messages: [
      { role: "assistant", content: "", tool_calls: calls(parts) },
      { role: "tool", tool_name: "two", content: "2", tool_call_id: "call_b" },
      { role: "tool", tool_name: "one", content: "1", tool_call_id: "call_a" },
    ],
    tools: [tool],
  });
  assert.deepEqual(server.requests[1]?.messages, [
    {
      role: "assistant",
      content: null,
      tool_calls: [
        { id: "call_a", type: "function", function: { name: "one", arguments: '{"days":30}' } },
        { id: "call_b", type: "function", function: { name: "two", arguments: "{}" } },
      ],
    },
    { role: "tool", tool_call_id: "call_b", content: "2" },
    { role: "tool", tool_call_id: "call_a", content: "1" },
  ]);
});

Deno.test("calls without ids, without an index, or all with the same index, and arguments that are no JSON", async () => {
  const call = (fields: Record<string, unknown>) => piece({ tool_calls: [fields] });
  await using server = startOpenAi([
    [
      call({ function: { name: "one", arguments: '{"days":' } }),
      call({ function: { arguments: " 3}" } }),
      call({ function: { name: "two", arguments: { days: 4 } } }),
      ...finish("tool_calls"),
    ],
    [
      call({ index: 0, id: "a", function: { name: "one", arguments: "{}" } }),
      call({ index: 0, id: "b", function: { name: "two", arguments: '{"days": 3' } }),
      ...finish("tool_calls"),
    ],
  ]);
  const model = openAiAt(server.url);
  const withTools = { ...question, tools: [tool] };
  assert.deepEqual(calls(await ask(model, withTools)), [
    { name: "one", arguments: { days: 3 } },
    { name: "two", arguments: { days: 4 } },
  ]);
  assert.deepEqual(calls(await ask(model, withTools)), [
    { id: "a", name: "one", arguments: {} },
    { id: "b", name: "two", arguments: { unreadable_arguments: '{"days": 3' } },
  ]);
});

Deno.test("calls and answers that never had names get them in order", async () => {
  await using server = startOpenAi([words("ok")]);
  const made = (name: string) => ({ name, arguments: {} });
  await ask(openAiAt(server.url), {
    messages: [
      { role: "assistant", content: "", tool_calls: [made("one"), made("two"), made("one")] },
      ...["two", "one", "one", "stray"].map((tool_name) => ({ role: "tool", tool_name, content: tool_name }) as const),
    ],
    tools: [],
  });
  const ids = server.requests[0]?.messages.map((message) => message.tool_call_id ?? message.role);
  assert.deepEqual(ids, ["assistant", "call_2", "call_1", "call_3", "user"]);
});

Deno.test("thoughts come apart, under either name or in tags, and only when they are asked for", async () => {
  for (const thought of [{ reasoning_content: "Hm" }, { reasoning: "Hm" }, { content: "<think>Hm</think>" }]) {
    const steps = [piece(thought), piece({ content: "131" }), ...finish()];
    await using server = startOpenAi([steps, steps]);
    const model = openAiAt(server.url);
    assert.deepEqual((await ask(model, { ...question, thinking: true })).slice(0, 2), [
      { type: "thinking", content: "Hm" },
      { type: "content", content: "131" },
    ]);
    assert.deepEqual((await ask(model)).map((part) => part.type), ["content", "end"]);
  }
});

const line = (delta: unknown, end: string) => `data: ${JSON.stringify({ choices: [{ delta }] })}${end}`;
const wires: readonly (readonly [string, readonly Step[]])[] = [
  ["CRLF and no space", [{ raw: line({ content: "131" }, "\r\n\r\n").replace(": ", ":") }, ...finish()]],
  ["comments that keep the connection", [{ raw: ": OPENROUTER PROCESSING\n\n" }, ...words("131")]],
  ["an event cut in the middle", [
    { raw: line({ content: "131" }, "\n\n").slice(0, 20) },
    pause(20),
    { raw: line({ content: "131" }, "\n\n").slice(20) },
    ...finish(),
  ]],
  ["no reason, only the end", [piece({ content: "131" }), { raw: "data: [DONE]\n\n" }]],
  ["no blank line at the end", [piece({ content: "131" }), { raw: "data: [DONE]\n" }]],
  ["a reason and no end", [piece({ content: "131" }), piece({}, "stop")]],
  ["a last event that waits for its blank line", [piece({ content: "131" }), {
    raw: 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}',
  }]],
  ["JSON instead of a stream", [
    refusal(200, { choices: [{ message: { role: "assistant", content: "131" }, finish_reason: "stop" }] }),
  ]],
];

for (const [what, steps] of wires) {
  Deno.test(`what servers send is understood: ${what}`, async () => {
    await using server = startOpenAi([steps]);
    const parts = await ask(openAiAt(server.url));
    assert.equal(text(parts), "131");
    assert.deepEqual(parts.at(-1), { type: "end", reason: "stop" });
  });
}

Deno.test("an answer that was cut off says so, also in the middle of a call", async () => {
  await using server = startOpenAi([
    [piece({ content: "It is" }), ...finish("length")],
    [...callPieces(0, "a", "one", '{"days":'), ...finish("length")],
  ]);
  const model = openAiAt(server.url);
  assert.deepEqual((await ask(model)).at(-1), { type: "end", reason: "length" });
  assert.deepEqual(calls(await ask(model))[0]?.arguments, { unreadable_arguments: '{"days":' });
});

Deno.test("a model that does not stop is stopped", async () => {
  const chatter = Array.from({ length: 60 }, () => piece({ content: "word ".repeat(2_000) }));
  await using server = startOpenAi([[...chatter, hang()]]);
  const parts = await ask(openAiAt(server.url));
  assert.deepEqual(parts.at(-1), { type: "end", reason: "length" });
  assert.ok(text(parts).length < 500_000);
  assert.equal(await server.requests[0]?.outcome, "aborted");
});

const secret = "glucose 312 mg/dL sk-abc at 127.0.0.1";
const error = { error: { message: secret, code: null } };
const failures: readonly (readonly [string, readonly Step[], ModelProblem, RegExp])[] = [
  ["a wrong key", [refusal(401, error)], "refused", /OPENAI_API_KEY/],
  ["no credit", [refusal(402, error)], "refused", /credit/],
  ["a wrong address", [refusal(404, secret, "text/plain")], "bad_answer", /ends in \/v1/],
  [
    "a missing model",
    [refusal(404, { error: { message: `The model \`${secret}\` does not exist`, code: "model_not_found" } })],
    "model_missing",
    /no model "small"/,
  ],
  [
    "a conversation that is too long",
    [refusal(400, { error: { message: `This model's maximum context length is 4096 tokens: ${secret}` } })],
    "refused",
    /too long/,
  ],
  ["too many requests", [refusal(429, error)], "refused", /ask again in a minute/],
  ["a refusal", [refusal(500, error)], "refused", /status 500/],
  ["a redirect", [refusal(302, "", "text/html")], "bad_answer", /does not speak/],
  ["a web page", [refusal(200, `<html>${secret}`, "text/html")], "bad_answer", /does not speak/],
  ["an error with status 200", [refusal(200, error)], "bad_answer", /stopped in the middle/],
  [
    "an error in the middle",
    [piece({ content: "It" }), { raw: `data: ${JSON.stringify(error)}\n\n` }],
    "bad_answer",
    /stopped in the middle/,
  ],
  [
    "too many requests in the middle",
    [{ raw: 'data: {"error":{"message":"Rate limit exceeded"}}\n\n' }],
    "refused",
    /ask again in a minute/,
  ],
  ["an error as the reason", [piece({ content: "It" }), ...finish("error")], "bad_answer", /stopped in the middle/],
  ["a content filter", [piece({ content: "It" }), ...finish("content_filter")], "refused", /content filter/],
  ["an event that is not JSON", [{ raw: `data: {"choices": ${secret}\n\n` }], "bad_answer", /cannot be read/],
  ["an event of another form", [{ raw: 'data: {"choices":[{"delta":7}]}\n\n' }], "bad_answer", /cannot be read/],
  ["a line without an end", [{ raw: `data: ${"x".repeat(4_300_000)}` }, hang()], "bad_answer", /cannot be read/],
  [
    "arguments without an end",
    callPieces(0, "a", "one", "").concat(
      Array.from(
        { length: 3 },
        () => piece({ tool_calls: [{ index: 0, function: { arguments: "x".repeat(100_000) } }] }),
      ),
    ),
    "bad_answer",
    /cannot be read/,
  ],
  ["a stream that ends early", [piece({ content: secret })], "bad_answer", /stopped in the middle/],
  ["nothing but the end", [{ raw: "data: [DONE]\n\n" }], "bad_answer", /stopped in the middle/],
  ["a cut connection", [piece({ content: "It" }), { cut: true }], "bad_answer", /stopped in the middle/],
  ["silence from the start", [hang()], "timed_out", /1 seconds.*OLLAMA_TIMEOUT/],
  ["silence in the middle", [piece({ content: "It" }), hang()], "timed_out", /1 seconds.*OLLAMA_TIMEOUT/],
];

async function problemOf(asked: Promise<unknown>): Promise<ModelError> {
  return await asked.then(
    () => assert.fail("it should have failed"),
    (error) => error instanceof ModelError ? error : assert.fail(`not a ModelError: ${error}`),
  );
}

for (const [what, steps, problem, message] of failures) {
  Deno.test(`what goes wrong is typed and told without details: ${what}`, async () => {
    await using server = startOpenAi([steps]);
    const found = await problemOf(ask(openAiAt(server.url, { key: new Secret("sk-abc") })));
    assert.deepEqual([found.problem, message.test(found.message)], [problem, true], found.message);
    assert.doesNotMatch(found.message, /312|127\.0|sk-abc/);
  });
}

Deno.test("comments alone do not keep a hung model alive for ever", async () => {
  const beats = Array.from({ length: 100 }, () => [pause(30), { raw: ": keep-alive\n\n" }]).flat();
  await using server = startOpenAi([[...beats, ...words("late")]]);
  const found = await problemOf(ask(openAiAt(server.url, { idleMs: 100 })));
  assert.equal(found.problem, "timed_out");
  // The stand-in notices at its next beat.
  await new Promise((resolve) => setTimeout(resolve, 100));
});

Deno.test("nobody at the address, and an address that accepts and never answers", async () => {
  assert.equal((await problemOf(ask(openAiAt("http://127.0.0.1:9/v1")))).problem, "unreachable");
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const model = openAiAt(`http://127.0.0.1:${(silent.addr as Deno.NetAddr).port}/v1`, { idleMs: 30_000 }, 300);
  assert.equal((await problemOf(ask(model))).problem, "unreachable");
});

Deno.test("leaving the loop or aborting ends the request", async () => {
  await using server = startOpenAi([[piece({ content: "one" }), hang()], [piece({ content: "one" }), hang()]]);
  const model = openAiAt(server.url, { idleMs: 60_000 });
  for await (const _ of model.chat(question, new AbortController().signal)) break;
  assert.equal(await server.requests[0]?.outcome, "aborted");
  const caller = new AbortController();
  const reason = new Error("no longer wanted");
  const asked = ask(model, question, caller.signal);
  while (server.requests.length < 2) await new Promise((go) => setTimeout(go, 5));
  caller.abort(reason);
  await assert.rejects(asked, reason);
  assert.equal(await server.requests[1]?.outcome, "aborted");
});
