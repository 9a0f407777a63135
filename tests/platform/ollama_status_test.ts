import assert from "node:assert/strict";
import type { OllamaServer } from "../../src/platform/model.ts";
import { ollamaModel } from "../../src/platform/ollama.ts";
import { startOllama } from "../support/ollama.ts";
import { testConfig } from "../support/world.ts";

function modelAt(url: string, settings: Record<string, string> = {}): OllamaServer {
  return ollamaModel(testConfig({ OLLAMA_HOST: url, OLLAMA_TIMEOUT: "1", ...settings }), fetch);
}

const secret = "glucose 312 mg/dL";

Deno.test("the status names what is installed; a name without a tag means latest", async () => {
  await using ollama = await startOllama([], { models: ["qwen2.5:latest", "other:1b"] });
  const models = { OLLAMA_CHAT_MODEL: "qwen2.5", OLLAMA_EXTRACTION_MODEL: "qwen2.5:14b" };
  assert.deepEqual(await modelAt(ollama.url, models).status(), {
    provider: "ollama",
    status: "connected",
    host: ollama.url,
    chat_model: "qwen2.5",
    extraction_model: "qwen2.5:14b",
    available_models: ["qwen2.5:latest", "other:1b"],
    chat_model_available: true,
    extraction_model_available: false,
    chat_model_capabilities: ["completion", "tools"],
  });
});

Deno.test("the status of an address where nobody, nothing useful or something else answers", async () => {
  assert.equal((await modelAt("http://127.0.0.1:9").status()).status, "unreachable");

  await using page = Deno.serve({ port: 0, onListen: () => {} }, () => new Response(`<html>${secret}`));
  const wrong = await modelAt(`http://127.0.0.1:${page.addr.port}`).status();
  assert.equal(wrong.status, "error");
  assert.doesNotMatch(JSON.stringify(wrong), /312 mg/);

  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const started = performance.now();
  const mute = await modelAt(`http://127.0.0.1:${(silent.addr as Deno.NetAddr).port}`, { OLLAMA_TIMEOUT: "60" })
    .status();
  assert.equal(mute.status, "unreachable");
  assert.ok(performance.now() - started < 5_000);
});

Deno.test("an old server that does not tell what a model can do is still connected", async () => {
  await using ollama = await startOllama([], { capabilities: null });
  const status = await modelAt(ollama.url).status();
  assert.ok(status.status === "connected");
  assert.equal(status.chat_model_capabilities, null);
});
