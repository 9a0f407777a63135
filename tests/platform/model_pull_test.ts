import assert from "node:assert/strict";
import { modelPullRoutes } from "../../src/platform/model_pull.ts";
import { failure, type FakeOllama, hang, pause, startOllama, type Step } from "../support/ollama.ts";
import { openWorld, type World } from "../support/world.ts";

const layer = { digest: "sha256:abc", total: 4_000 };
const progress = (status: string, completed?: number): Step => ({
  line: completed === undefined ? { status } : { status, ...layer, completed },
});
const success = progress("success");

async function withPulls(
  pulls: readonly (readonly Step[])[],
  run: (world: World, ollama: FakeOllama) => Promise<void>,
) {
  await using ollama = await startOllama([], { pulls });
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  await run(world, ollama);
}

function frames(text: string): Record<string, unknown>[] {
  return text.split("\n\n").filter((frame) => frame.startsWith("data: ")).map((frame) => JSON.parse(frame.slice(6)));
}

async function pull(world: World, json: unknown = {}): Promise<Record<string, unknown>[]> {
  const response = await world.call("/ai/models/pull", { method: "POST", json });
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type") ?? "", /^text\/event-stream/);
  return frames(await response.text());
}

Deno.test("a pull tells each whole percent once, then that it is done", async () => {
  const many = Array.from({ length: 40 }, (_, index) => progress("pulling abc", index));
  const steps = [progress("pulling manifest"), ...many, progress("pulling abc", 4_000), progress("verifying"), success];
  await withPulls([steps, [success]], async (world, ollama) => {
    assert.deepEqual(await pull(world, { model: "qwen3:4b" }), [
      { type: "progress", status: "pulling manifest" },
      { type: "progress", status: "pulling abc", ...layer, completed: 0, percent: 0 },
      { type: "progress", status: "pulling abc", ...layer, completed: 4_000, percent: 100 },
      { type: "progress", status: "verifying" },
      { type: "progress", status: "success" },
      { type: "done", model: "qwen3:4b" },
    ]);
    // Without a name it is the chat model.
    assert.deepEqual((await pull(world)).at(-1), { type: "done", model: "qwen2.5:14b" });
    assert.deepEqual(ollama.pulled.map(({ name }) => name), ["qwen3:4b", "qwen2.5:14b"]);
  });
});

const secret = "/var/ollama/blobs";
const failures: readonly (readonly [string, readonly Step[], RegExp])[] = [
  [
    "no such model",
    [progress("pulling manifest"), failure("pull model manifest: file does not exist")],
    /No such model/,
  ],
  ["a name that Ollama does not take", [failure("invalid model name", 400)], /No such model/],
  ["a full disk", [progress("pulling abc", 9), failure(`write ${secret}: no space left on device`)], /disk .* is full/],
  [
    "no network",
    [failure(`Get "https://r.example": dial tcp: lookup r.example: no such host`)],
    /cannot reach the model/,
  ],
  ["an old Ollama", [failure("pull model manifest: 412: requires a newer version of Ollama")], /newer Ollama/],
  ["an unknown error", [progress("pulling abc", 9), failure(secret)], /stopped in the middle/],
  ["no last line", [progress("pulling abc", 9)], /stopped in the middle/],
  ["a line of another form", [{ line: { status: 7 } }], /cannot be read/],
];

for (const [what, steps, message] of failures) {
  Deno.test(`a pull that fails says why, in words and without details: ${what}`, async () => {
    await withPulls([steps], async (world) => {
      const last = (await pull(world)).at(-1);
      assert.equal(last?.type, "error");
      assert.match(String(last?.error), message);
      assert.doesNotMatch(JSON.stringify([last, world.log]), /var\/ollama|r\.example/);
    });
  });
}

Deno.test("a pull without an Ollama says how to start one", async () => {
  await using world = await openWorld();
  assert.match(String((await pull(world)).at(-1)?.error), /ollama serve/);
});

Deno.test("hanging up ends the download", async () => {
  await withPulls([[progress("pulling abc", 9), hang()]], async (world, ollama) => {
    const caller = new AbortController();
    const call = { method: "POST", json: {}, signal: caller.signal };
    const reader = (await world.call("/ai/models/pull", call)).body?.getReader();
    await reader?.read();
    caller.abort();
    await reader?.cancel().catch(() => {});
    assert.equal(await ollama.pulled[0]?.outcome, "aborted");
  });
});

Deno.test("while nothing happens a comment keeps the connection", async () => {
  await withPulls([[progress("verifying"), pause(200), success]], async (world) => {
    const [route] = modelPullRoutes(20);
    const raw = new Request("http://localhost/", { method: "POST" });
    const facts = { id: "request", address: "", signal: raw.signal, raw };
    const response = await route?.run(world.ctx, { params: {}, query: {}, headers: {}, body: {} }, facts) as Response;
    const text = await response.text();
    assert.match(text, /"verifying"[\s\S]*: heartbeat\n\n[\s\S]*"done"/);
  });
});

Deno.test("only models of known libraries can be named", async () => {
  await withPulls([[success], [success]], async (world, ollama) => {
    for (const model of ["", "a b", "http://x/y", "evil.example/x/y:1", "../x", "x:y:z", "a".repeat(301), 7]) {
      await world.json("/ai/models/pull", { method: "POST", json: { model } }, 400);
    }
    for (const model of ["hf.co/bartowski/Llama-3.2-1B:Q8_0", "someone/model"]) await pull(world, { model });
    assert.equal(ollama.pulled.length, 2);
  });
});

Deno.test("a key that only reads, or is bound to one person, may not pull", async () => {
  await withPulls([[success]], async (world, ollama) => {
    const attempt = async (options: Parameters<World["createKey"]>[0], status: number) => {
      const response = await world.call("/ai/models/pull", { json: {}, key: await world.createKey(options) });
      assert.equal(response.status, status);
      await response.text();
    };
    await attempt({ scope: "read" }, 403);
    await attempt({ user_id: await world.createUser() }, 403);
    assert.equal(ollama.pulled.length, 0);
    await attempt({}, 200);
  });
});
