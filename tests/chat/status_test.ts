import assert from "node:assert/strict";
import { startOllama } from "../support/ollama.ts";
import { openWorld } from "../support/world.ts";

Deno.test("the status of the model is told in the contract's shape, also when there is none", async () => {
  await using ollama = await startOllama([], { models: ["qwen2.5:14b"] });
  await using world = await openWorld({
    OLLAMA_HOST: ollama.url.replace("//", "//ada:s3cret@"),
    OLLAMA_EXTRACTION_MODEL: "x",
  });
  assert.deepEqual(await world.json("/ai/status"), {
    provider: "ollama",
    status: "connected",
    host: ollama.url,
    chat_model: "qwen2.5:14b",
    extraction_model: "x",
    available_models: ["qwen2.5:14b"],
    chat_model_available: true,
    extraction_model_available: false,
    chat_model_capabilities: ["completion", "tools"],
    extraction_provider: "ollama",
    data_leaves: false,
    warning: null,
  });
  await world.json("/ai/status", { token: null }, 401);

  await using lonely = await openWorld({ OLLAMA_HOST: "http://ada:s3cret@127.0.0.1:9" });
  const status = await lonely.json("/ai/status");
  assert.deepEqual(Object.keys(status).toSorted(), [
    "chat_model",
    "data_leaves",
    "error",
    "extraction_model",
    "extraction_provider",
    "host",
    "provider",
    "status",
    "warning",
  ]);
  assert.equal(status.status, "unreachable");
  assert.doesNotMatch(JSON.stringify(status), /s3cret/);
});
