import assert from "node:assert/strict";
import { addMessage } from "../../src/chat/queries.ts";
import { estimateTokens } from "../../src/chat/token_estimate.ts";
import { type OllamaRequest, startOllama, text, toolCall } from "../support/ollama.ts";
import { openWorld, type World } from "../support/world.ts";
import { addSymptom, ask, messages, openSession } from "./turn.ts";

/** Questions and answers of `length` characters each, numbered from 1. */
async function talk(world: World, sessionId: string, turns: number, length: number): Promise<void> {
  for (let turn = 1; turn <= turns; turn++) {
    for (const role of ["user", "assistant"] as const) {
      const content = `${role} ${turn} `.padEnd(length, "lorem ");
      await addMessage(world.ctx.database, sessionId, { role, content, metadata: null, title: null });
    }
  }
}

function estimatedTokens(request: OllamaRequest | undefined): number {
  return JSON.stringify([request?.messages, request?.tools]).length / 4;
}

Deno.test("earlier messages are sent again, in order, before the newest question", async () => {
  await using ollama = await startOllama([text("One."), text("Two."), text("Three.")]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const { id } = await openSession(world);
  for (const question of ["First?", "Second?", "Third?"]) await ask(world, id, question);
  assert.deepEqual(ollama.requests[2]?.messages.slice(1).map(({ role, content }) => `${role} ${content}`), [
    "user First?",
    "assistant One.",
    "user Second?",
    "assistant Two.",
    "user Third?",
  ]);
});

Deno.test("a very long conversation sends its newest messages and stays within the context", async () => {
  await using ollama = await startOllama([text("Yes.")]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const { id } = await openSession(world);
  await talk(world, id, 150, 400);
  await ask(world, id, "And today?");
  const [request] = ollama.requests;
  const history = request?.messages.slice(1, -1) ?? [];
  assert.deepEqual(request?.messages.at(-1), { role: "user", content: "And today?" });
  assert.match(history.at(-1)?.content ?? "", /^assistant 150 /);
  assert.match(history.at(-2)?.content ?? "", /^user 150 /);
  assert.equal(history[0]?.role, "user", "the history starts with a question");
  assert.ok(history.length > 10 && history.length < 100, `${history.length} messages`);
  assert.ok(estimatedTokens(request) < 8192 - 1024, `${estimatedTokens(request)} tokens`);
});

Deno.test("the history has no gaps: what is older than a message that does not fit is left out too", async () => {
  await using ollama = await startOllama([text("Yes.")]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const { id } = await openSession(world);
  await talk(world, id, 1, 20);
  await talk(world, id, 1, 20_000);
  await talk(world, id, 2, 20);
  await ask(world, id, "And today?");
  assert.equal(ollama.requests[0]?.messages.length, 1 + 4 + 1);
});

Deno.test("the newest question is sent even when it alone fills the context", async () => {
  await using ollama = await startOllama([text("Yes.")]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url, OLLAMA_CONTEXT_LENGTH: "1024" });
  const { id } = await openSession(world);
  await talk(world, id, 3, 400);
  const question = "Why? ".repeat(1999).trim();
  await ask(world, id, question);
  assert.deepEqual(ollama.requests[0]?.messages.map(({ role }) => role), ["system", "user"]);
  assert.equal(ollama.requests[0]?.messages[1]?.content, question);
});

Deno.test("later turns see what earlier look-ups found, in a short form", async () => {
  await using ollama = await startOllama([
    toolCall("get_symptom_timeline", { days: 365 }),
    text("Often."),
    text("Seven."),
  ]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const session = await openSession(world);
  for (let day = 1; day <= 20; day++) {
    const recorded_at = new Date(Date.now() - day * 86_400_000).toISOString();
    await addSymptom(world, session.user_id, { recorded_at, severity: 7, notes: "In the evening" });
  }
  await ask(world, session.id, "How often do I have headaches?");
  await ask(world, session.id, "How bad?");
  const replayed = ollama.requests[2]?.messages.slice(1) ?? [];
  assert.deepEqual(replayed.map(({ role }) => role), ["user", "assistant", "tool", "assistant", "user"]);
  assert.deepEqual(replayed[1]?.tool_calls, [{ function: { name: "get_symptom_timeline", arguments: { days: 365 } } }]);
  const data = /^<record_data tool="get_symptom_timeline">([^<]*)<\/record_data>$/.exec(replayed[2]?.content ?? "")
    ?.[1];
  const short = JSON.parse(data ?? "");
  assert.equal(short.frequency.headache.count, 20);
  assert.match(short.cut, /of 20 entries/);
  assert.ok((data ?? "").length <= 1000);
  assert.equal((await messages(world, session.id)).length, 4);
});

Deno.test("within a turn the oldest results make way, the newest stays whole", async () => {
  const rounds = 5;
  await using ollama = await startOllama((request) =>
    request.messages.filter(({ role }) => role === "tool").length < rounds
      ? toolCall("get_symptom_timeline", { days: 3650 })
      : text("Enough.")
  );
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const session = await openSession(world);
  for (let day = 1; day <= 60; day++) {
    const recorded_at = new Date(Date.now() - day * 86_400_000).toISOString();
    await addSymptom(world, session.user_id, { recorded_at, notes: "In the evening. ".repeat(8) });
  }
  await ask(world, session.id, "How often do I have headaches?");
  const results = ollama.requests.at(-1)?.messages.filter(({ role }) => role === "tool") ?? [];
  assert.equal(results.length, rounds);
  assert.match(results[0]?.content ?? "", /Left out to make room/);
  assert.match(results[4]?.content ?? "", /In the evening/);
  for (const request of ollama.requests) {
    assert.ok(estimatedTokens(request) < 8192 - 500, `${estimatedTokens(request)} tokens`);
  }
});

Deno.test("turns that do not fit are told in short: question, main fact found, beginning of the answer", async () => {
  await using ollama = await startOllama([text("Yes.")]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url, OLLAMA_CONTEXT_LENGTH: "16384" });
  const { id } = await openSession(world);
  const { database } = world.ctx;
  await addMessage(database, id, { role: "user", content: "How was my sleep?", metadata: null, title: null });
  const result = JSON.stringify({ summary: "Average sleep 431 minutes over 7 of 7 nights.", records: [] });
  const metadata = { tool_calls: [{ tool: "get_sleep", arguments: {}, result }] };
  const content = "You slept 7 h 11 min on average. ".repeat(40);
  await addMessage(database, id, { role: "assistant", content, metadata, title: null });
  await talk(world, id, 20, 900);
  await ask(world, id, "And today?");
  const [system, ...rest] = ollama.requests[0]?.messages ?? [];
  assert.ok(!rest.some((message) => message.content.includes("How was my sleep?")));
  const [, data] = /shortened, oldest first:\n<record_data tool="earlier_turns">(.*)<\/record_data>$/.exec(
    system?.content ?? "",
  ) ?? assert.fail("no shortened turns");
  const turns = JSON.parse(data ?? "");
  assert.deepEqual(turns[0], {
    asked: "How was my sleep?",
    found: ["Average sleep 431 minutes over 7 of 7 nights."],
    answered: content.slice(0, 160) + "…",
  });
  // Told in short or word for word, nothing in between is missing.
  const whole = rest.filter(({ role }) => role === "user").length - 1;
  assert.equal(turns.length + whole, 21);
  assert.ok(estimatedTokens(ollama.requests[0]) < 16_384 - 2048);
});

Deno.test("tokens are estimated by what a text is made of", () => {
  const cases: [string, number, number][] = [
    ["The resting heart rate was higher than usual last week", 10, 15],
    ["Nüchternblutzucker und Schilddrüsenwerte", 8, 20],
    ["\u8840\u7cd6\u504f\u9ad8", 3, 8],
    ["2026-11-29", 4, 10],
    ['{"date":"2026-11-29","value":57.2}', 14, 26],
    ["", 0, 0],
  ];
  for (const [words, least, most] of cases) {
    const tokens = estimateTokens(words);
    assert.ok(tokens >= least && tokens <= most, `${tokens} for ${words}`);
  }
});
