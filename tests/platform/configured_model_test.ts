import assert from "node:assert/strict";
import { configuredModel } from "../../src/platform/configured_model.ts";
import type { ModelPart } from "../../src/platform/model.ts";
import { startOllama, text } from "../support/ollama.ts";
import { startOpenAi, words } from "../support/openai.ts";
import { openWorld, testConfig } from "../support/world.ts";

function modelOf(settings: Record<string, string>) {
  return configuredModel(testConfig(settings), { ollama: fetch, openAi: fetch }, undefined);
}

const question = { messages: [{ role: "user", content: "How is my LDL?" }], tools: [] } as const;
const said = (parts: readonly ModelPart[]) => parts.map((part) => part.type === "content" ? part.content : "").join("");
const signal = new AbortController().signal;

Deno.test("questions and documents go to the server that is chosen for each", async () => {
  const ask = async (settings: Record<string, string>) => {
    await using ollama = await startOllama(() => text('"ollama"'));
    await using openAi = startOpenAi([words('"openai"'), words('"openai"')]);
    const model = modelOf({
      OLLAMA_HOST: ollama.url,
      OPENAI_BASE_URL: openAi.url,
      OPENAI_CHAT_MODEL: "small",
      OPENAI_API_KEY: "sk-abc",
      ...settings,
    });
    const chat = JSON.parse(said(await Array.fromAsync(model.chat(question, signal))));
    const extraction = await model.structured({ system: "", prompt: "", schema: {}, signal });
    return [chat, extraction, await model.canExtract(), openAi.requests.at(0)?.authorization];
  };
  assert.deepEqual(await ask({}), ["ollama", "ollama", true, undefined]);
  assert.deepEqual(await ask({ CHAT_PROVIDER: "openai" }), ["openai", "ollama", true, "Bearer sk-abc"]);
  assert.deepEqual(await ask({ EXTRACTION_PROVIDER: "openai" }), ["ollama", "openai", true, "Bearer sk-abc"]);
});

Deno.test("nothing can be extracted while the model is missing or its server is away", async () => {
  await using ollama = await startOllama([], { models: ["other:1b"] });
  assert.equal(await modelOf({ OLLAMA_HOST: ollama.url }).canExtract(), false);
  assert.equal(await modelOf({}).canExtract(), false);
});

Deno.test("it is told what leaves the private network, and through which setting", async () => {
  const remote = { OPENAI_BASE_URL: "https://203.0.113.9/v1", OPENAI_CHAT_MODEL: "large" };
  const cases: readonly (readonly [Record<string, string>, RegExp | null])[] = [
    [{ OLLAMA_HOST: "http://ollama:11434" }, null],
    // An address that is not used sends nothing.
    [remote, null],
    [{ ...remote, CHAT_PROVIDER: "openai" }, /: questions with what is looked up in the record \(OPENAI_BASE_URL\);/],
    [{ ...remote, EXTRACTION_PROVIDER: "openai" }, /: the text of documents \(OPENAI_BASE_URL\);/],
    [{ OLLAMA_HOST: "https://203.0.113.9" }, /questions .*\(OLLAMA_HOST\), and the text of documents \(OLLAMA_HOST\)/],
    [{ OLLAMA_CHAT_MODEL: "gpt-oss:120b-cloud" }, /questions .*"gpt-oss:120b-cloud" runs in Ollama's cloud/],
    [{ ...remote, CHAT_PROVIDER: "openai", OPENAI_BASE_URL: "http://192.168.1.20:8080/v1" }, null],
  ];
  for (const [settings, expected] of cases) {
    const warning = await modelOf(settings).privacyWarning();
    if (expected === null) assert.equal(warning, null);
    else assert.match(warning ?? "", expected);
  }
});

Deno.test("the status of a server of OpenAI's protocol has the contract's shape and no key", async () => {
  await using openAi = startOpenAi([], { key: "sk-abc" });
  await using world = await openWorld({
    CHAT_PROVIDER: "openrouter",
    OPENROUTER_BASE_URL: openAi.url,
    OPENROUTER_API_KEY: "sk-abc",
    OPENROUTER_MODEL: "small",
  });
  assert.deepEqual(await world.json("/ai/status"), {
    status: "connected",
    provider: "openrouter",
    base_url: openAi.url,
    chat_model: "small",
    chat_model_available: true,
    extraction_provider: "ollama",
    data_leaves: false,
    warning: null,
  });
});

Deno.test("the status warns when data leaves", async () => {
  await using openAi = startOpenAi();
  await using world = await openWorld({
    CHAT_PROVIDER: "openai",
    OPENAI_BASE_URL: openAi.url,
    OPENAI_CHAT_MODEL: "small",
    EXTRACTION_PROVIDER: "ollama",
    OLLAMA_EXTRACTION_MODEL: "reader:cloud",
  });
  const { data_leaves, warning } = await world.json("/ai/status");
  assert.equal(data_leaves, true);
  assert.match(String(warning), /the text of documents \(the model "reader:cloud" runs in Ollama's cloud\)/);
});
