import assert from "node:assert/strict";
import {
  type ChatRequest,
  ModelError,
  type ModelPart,
  type ModelProblem,
  type OllamaServer,
} from "../../src/platform/model.ts";
import { ollamaModel } from "../../src/platform/ollama.ts";
import {
  call,
  end,
  failure,
  type FakeOllama,
  hang,
  pause,
  say,
  startOllama,
  type Step,
  text,
  think,
  toolCalls,
} from "../support/ollama.ts";
import { testConfig } from "../support/world.ts";

const question: ChatRequest = { messages: [{ role: "user", content: "How is my LDL?" }], tools: [] };
const tool = { name: "get_recent_labs", description: "Recent results", parameters: { type: "object", properties: {} } };

function modelAt(url: string, settings: Record<string, string> = {}, connectMs?: number): OllamaServer {
  return ollamaModel(testConfig({ OLLAMA_HOST: url, OLLAMA_TIMEOUT: "1", ...settings }), fetch, connectMs);
}

async function ask(
  model: OllamaServer,
  request = question,
  signal = new AbortController().signal,
): Promise<ModelPart[]> {
  return await Array.fromAsync(model.chat(request, signal));
}

async function problemOf(asked: Promise<unknown>): Promise<ModelError> {
  return await asked.then(
    () => assert.fail("it should have failed"),
    (error) => error instanceof ModelError ? error : assert.fail(`not a ModelError: ${error}`),
  );
}

/** Everything that was printed to the console while `run` ran. */
async function printed(run: () => Promise<unknown>): Promise<string> {
  const { log, warn, error } = globalThis.console;
  const lines: unknown[] = [];
  const listen = (...words: unknown[]) => void lines.push(...words);
  Object.assign(globalThis.console, { log: listen, warn: listen, error: listen });
  try {
    await run();
  } finally {
    Object.assign(globalThis.console, { log, warn, error });
  }
  return lines.map(String).join("\n");
}

Deno.test("an answer comes in the model's pieces; its thoughts are not part of it", async () => {
  await using ollama = await startOllama([[...think("The person asks about LDL"), ...text("It is 131 mg/dL.")]]);
  const parts = await ask(modelAt(ollama.url));
  assert.deepEqual(parts, [
    ...["It", " is", " 131", " mg/dL."].map((content) => ({ type: "content", content })),
    { type: "end", reason: "stop" },
  ]);
});

Deno.test("the request names model, context length and tools, and leaves tools out when there are none", async () => {
  await using ollama = await startOllama([text("a"), text("b")]);
  const model = modelAt(ollama.url, { OLLAMA_CONTEXT_LENGTH: "4096" });
  await ask(model);
  await ask(model, {
    messages: [
      { role: "assistant", content: "", tool_calls: [{ name: "get_recent_labs", arguments: { days: 30 } }] },
      { role: "tool", tool_name: "get_recent_labs", content: "{}" },
    ],
    tools: [tool],
  });
  const [plain, withTools] = ollama.requests;
  assert.equal(plain?.model, "qwen2.5:14b");
  assert.equal(plain?.stream, true);
  assert.deepEqual(plain?.options, { num_ctx: 4096, num_predict: 2048 });
  assert.equal(plain?.tools, undefined);
  assert.deepEqual(withTools?.tools, [{ type: "function", function: tool }] as unknown);
  assert.deepEqual(withTools?.messages, [
    {
      role: "assistant",
      content: "",
      tool_calls: [{ function: { name: "get_recent_labs", arguments: { days: 30 } } }],
    },
    { role: "tool", tool_name: "get_recent_labs", content: "{}" },
  ]);
});

Deno.test("tool calls arrive in order; arguments written as text are read, others are kept as unreadable", async () => {
  await using ollama = await startOllama([
    toolCalls(["one", { days: 3 }], ["two", '{"days":4}'], ["three", "no JSON"], ["four", [1]]),
  ]);
  const parts = await ask(modelAt(ollama.url), { ...question, tools: [tool] });
  assert.deepEqual(parts.flatMap((part) => part.type === "tool_call" ? [part.call] : []), [
    { name: "one", arguments: { days: 3 } },
    { name: "two", arguments: { days: 4 } },
    { name: "three", arguments: { unreadable_arguments: "no JSON" } },
    { name: "four", arguments: { unreadable_arguments: "[1]" } },
  ]);
});

Deno.test("an answer that the context cut off says so", async () => {
  await using ollama = await startOllama([[...say("It is"), end("length")]]);
  assert.deepEqual((await ask(modelAt(ollama.url))).at(-1), { type: "end", reason: "length" });
});

Deno.test("a missing model is named with the line that installs it", async () => {
  await using ollama = await startOllama([], { models: [] });
  const error = await problemOf(ask(modelAt(ollama.url, { OLLAMA_CHAT_MODEL: "llama3.1:70b" })));
  assert.equal(error.problem, "model_missing");
  assert.match(error.message, /ollama pull llama3\.1:70b$/);
});

const secret = "glucose 312 mg/dL at /home/ada";
const failures: readonly (readonly [string, readonly Step[], ModelProblem, RegExp])[] = [
  [
    "a line that is not JSON",
    [...say("It"), { raw: `{"message": "${secret}\n` }, end()],
    "bad_answer",
    /cannot be read/,
  ],
  ["a line that is no object", [{ raw: `"${secret}"\n` }, end()], "bad_answer", /cannot be read/],
  ["a line of another form", [{ line: { message: secret, done: false } }, end()], "bad_answer", /cannot be read/],
  ["an error in the middle", [...say("It"), failure(secret)], "bad_answer", /stopped in the middle/],
  ["no last line", say(secret), "bad_answer", /stopped in the middle/],
  ["a cut connection", [...say("It"), { cut: true }], "bad_answer", /stopped in the middle/],
  ["nothing at all", [], "bad_answer", /stopped in the middle/],
  [
    "a web page",
    [{ refuse: { status: 200, body: `<html>${secret}`, contentType: "text/html" } }],
    "bad_answer",
    /not Ollama/,
  ],
  [
    "a web page that says 404",
    [{ refuse: { status: 404, body: secret, contentType: "text/plain" } }],
    "bad_answer",
    /not Ollama/,
  ],
  ["a redirect", [{ refuse: { status: 301, body: "", contentType: "text/html" } }], "bad_answer", /not Ollama/],
  ["a refusal", [failure(secret, 500)], "refused", /status 500/],
  ["too little memory", [failure(`${secret}: requires more system memory (8 GiB)`, 500)], "refused", /memory/],
  ["too little memory, in the middle", [...say("It"), failure(`${secret}: CUDA error`)], "refused", /memory/],
  ["too many requests", [failure("server busy, please try again.", 503)], "refused", /busy/],
  ["a login", [failure(secret, 401)], "refused", /login/],
  ["silence from the start", [hang()], "timed_out", /1 seconds.*OLLAMA_TIMEOUT/],
  ["silence in the middle", [...say("It"), hang()], "timed_out", /1 seconds.*OLLAMA_TIMEOUT/],
];

for (const [what, steps, problem, message] of failures) {
  Deno.test(`what goes wrong is typed and told without details: ${what}`, async () => {
    await using ollama = await startOllama([steps]);
    let error: ModelError | undefined;
    const output = await printed(async () => error = await problemOf(ask(modelAt(ollama.url))));
    assert.equal(error?.problem, problem);
    assert.match(error?.message ?? "", message);
    assert.doesNotMatch(error?.message ?? "", /312|home|127\.0\.0\.1/);
    assert.equal(output, "", "the package must not print what a model says");
  });
}

Deno.test("a slow model is not a hung one: only silence counts", async () => {
  const paused = (content: string) => [pause(400), ...say(content)];
  await using ollama = await startOllama([[...paused("a"), ...paused("b"), ...paused("c"), pause(400), end()]]);
  assert.equal((await ask(modelAt(ollama.url))).length, 4);
});

Deno.test("nobody at the address", async () => {
  const error = await problemOf(ask(modelAt("http://ada:s3cret@127.0.0.1:9/secret")));
  assert.equal(error.problem, "unreachable");
  assert.match(error.message, /ollama serve/);
  assert.doesNotMatch(error.message, /s3cret|127|secret/);
});

Deno.test("an address that accepts and never answers is unreachable long before the model counts as hung", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const started = performance.now();
  const error = await problemOf(
    ask(modelAt(`http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`, { OLLAMA_TIMEOUT: "30" }, 300)),
  );
  assert.equal(error.problem, "unreachable");
  assert.ok(performance.now() - started < 5_000);
});

Deno.test("a model that takes long to load is waited for as long as its server answers", async () => {
  await using ollama = await startOllama([[pause(700), ...text("Ready.")]]);
  assert.equal((await ask(modelAt(ollama.url, {}, 200))).length, 2);
  assert.ok(ollama.paths.includes("GET /api/version"));
});

async function outcome(ollama: FakeOllama): Promise<string | undefined> {
  return await ollama.requests[0]?.outcome;
}

Deno.test("aborting ends the request at once, before and after the first token", async () => {
  for (const before of [[], say("It is")]) {
    await using ollama = await startOllama([[...before, hang()]]);
    const caller = new AbortController();
    const reason = new Error("no longer wanted");
    const parts: ModelPart[] = [];
    const asked = (async () => {
      for await (const part of modelAt(ollama.url, { OLLAMA_TIMEOUT: "60" }).chat(question, caller.signal)) {
        parts.push(part);
      }
    })();
    while (ollama.requests.length === 0 || parts.length < before.length) await new Promise((go) => setTimeout(go, 5));
    caller.abort(reason);
    await assert.rejects(asked, reason);
    assert.equal(await outcome(ollama), "aborted");
  }
});

Deno.test("leaving the loop ends the request", async () => {
  await using ollama = await startOllama([[...say("one two three"), hang()]]);
  for await (const _ of modelAt(ollama.url).chat(question, new AbortController().signal)) break;
  assert.equal(await outcome(ollama), "aborted");
});

Deno.test("a login in the address is sent as a header and not shown", async () => {
  await using ollama = await startOllama([text("Hello.")]);
  const model = modelAt(ollama.url.replace("//", "//ada:s%20cret@"));
  await ask(model);
  assert.equal(ollama.requests[0]?.authorization, `Basic ${btoa("ada:s cret")}`);
  assert.equal((await model.status()).host, ollama.url);
});

const schema = { type: "object", properties: { value: { type: "number" } }, required: ["value"] };
const structured = (model: OllamaServer) =>
  model.structured({
    model: "reader:7b",
    system: "Read the report",
    prompt: "LDL 131",
    schema,
    signal: new AbortController().signal,
  });

Deno.test("a structured answer is asked for by schema at temperature 0 and parsed", async () => {
  await using ollama = await startOllama([text('{"value": 131}')], { models: ["reader:7b"] });
  assert.deepEqual(await structured(modelAt(ollama.url)), { value: 131 });
  const [request] = ollama.requests;
  assert.deepEqual(request?.format, schema);
  assert.deepEqual(request?.options, { num_ctx: 8192, num_predict: 4096, temperature: 0 });
  assert.deepEqual(request?.messages.map(({ role, content }) => [role, content]), [
    ["system", "Read the report"],
    ["user", "LDL 131"],
  ]);
});

Deno.test("a structured answer that is not JSON, or only half of it, is a bad answer and not quoted", async () => {
  for (const steps of [text(`The value is ${secret}`), [...say(`{"value":`), end("length")]]) {
    await using ollama = await startOllama([steps], { models: ["reader:7b"] });
    const error = await problemOf(structured(modelAt(ollama.url)));
    assert.equal(error.problem, "bad_answer");
    assert.doesNotMatch(error.message, /312/);
  }
});

Deno.test("tool calls and words may come in one answer", async () => {
  await using ollama = await startOllama([[...say("Let me look."), call("get_recent_labs", {}), end()]]);
  const types = (await ask(modelAt(ollama.url), { ...question, tools: [tool] })).map((part) => part.type);
  assert.deepEqual(types, ["content", "content", "content", "tool_call", "end"]);
});
