import assert from "node:assert/strict";
import { buildApp } from "../../src/app.ts";
import { failure, hang, say, startOllama, text, toolCall } from "../support/ollama.ts";
import { waitFor } from "../support/wait.ts";
import { openWorld, type World } from "../support/world.ts";
import { ask, errorOf, frames, type Message, messages, openSession, send, words } from "./turn.ts";

async function stored(world: World, sessionId: string): Promise<Message> {
  return await waitFor("the assistant's message", async () => (await messages(world, sessionId))[1], 10);
}

Deno.test("a server that stops says so, ends the stream and keeps what was said", async () => {
  await using ollama = await startOllama([[...say("Your LDL is"), hang()]]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url, OLLAMA_TIMEOUT: "600" });
  const session = await openSession(world);
  const stop = new AbortController();
  // The world's own signal ends with the world; an app of its own can be stopped while the test looks on.
  await using stoppable = serve(world, stop.signal);
  const response = await fetch(`${stoppable.url}/api/v1/chat/sessions/${session.id}/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${world.token}`, "content-type": "application/json" },
    body: JSON.stringify({ content: "How is my LDL?" }),
  });
  const seen = [];
  for await (const frame of frames(response)) {
    seen.push(frame);
    if (words(seen) === "Your LDL is") stop.abort();
  }
  assert.match(errorOf(seen), /server is stopping/);
  assert.equal(await ollama.requests[0]?.outcome, "aborted");
  const { content, message_metadata } = await stored(world, session.id);
  assert.deepEqual([content, message_metadata?.interrupted], ["Your LDL is", "server stopping"]);
});

function serve(world: World, stopping: AbortSignal): { url: string } & AsyncDisposable {
  const { http } = buildApp({ ...world.ctx, stopping }, 0);
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => http.fetch(request));
  return { url: `http://127.0.0.1:${server.addr.port}`, [Symbol.asyncDispose]: () => server.shutdown() };
}

Deno.test("a model that breaks off: an error without details, and what was said is kept", async () => {
  await using ollama = await startOllama([[...say("Your LDL is"), failure("cat /root/secrets: 312 mg/dL")]]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const session = await openSession(world);
  const error = errorOf(await ask(world, session.id, "How is my LDL?"));
  assert.match(error, /middle of its answer/);
  assert.doesNotMatch(error, /secrets|312 mg/);
  const { content, message_metadata } = await stored(world, session.id);
  assert.equal(content, "Your LDL is");
  assert.deepEqual(message_metadata, { tool_calls: [], error: "bad_answer" });
  assert.doesNotMatch(JSON.stringify(world.log), /secrets|312 mg|LDL/);
});

Deno.test("a model that is missing, unreachable or hung: the error says what to do, and the question is kept", async () => {
  await using ollama = await startOllama([[hang()]]);
  const cases: [Record<string, string>, RegExp][] = [
    [{ OLLAMA_TIMEOUT: "1" }, /1 seconds/],
    [{ OLLAMA_CHAT_MODEL: "mistral:7b" }, /ollama pull mistral:7b/],
    [{ OLLAMA_HOST: "http://127.0.0.1:9" }, /start Ollama/],
  ];
  for (const [settings, message] of cases) {
    await using world = await openWorld({ OLLAMA_HOST: ollama.url, ...settings });
    const session = await openSession(world);
    const found = await ask(world, session.id, "How is my LDL?");
    assert.equal(found.length, 1);
    assert.match(errorOf(found), message);
    assert.deepEqual((await messages(world, session.id)).map(({ role }) => role), ["user"]);
  }
});

Deno.test("an unknown error tells the request's id and nothing else, and what was said is kept", async () => {
  await using ollama = await startOllama([toolCall("get_recent_labs"), text("Fine.")]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const session = await openSession(world);
  // The assistant's message cannot be stored.
  await world.ctx.database.execute("alter table chat_message add check (role = 'user')");
  const found = await ask(world, session.id, "Hi", { headers: { "x-request-id": "request-4711" } });
  assert.match(errorOf(found), /Internal error; quote request request-4711/);
  assert.equal(found.filter((frame) => frame.type === "done").length, 0, "done means that the answer is stored");
});

Deno.test("a conversation that is deleted while the model speaks ends without harm", async () => {
  const gate = Promise.withResolvers<void>();
  await using ollama = await startOllama([[...say("Your"), { until: () => gate.promise }, ...text(" LDL.")]]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const session = await openSession(world);
  const seen = [];
  for await (const frame of frames(await send(world, session.id, "How is my LDL?"))) {
    seen.push(frame);
    if (seen.length > 1) continue;
    await (await world.call(`/chat/sessions/${session.id}`, { method: "DELETE" })).body?.cancel();
    gate.resolve();
  }
  assert.match(errorOf(seen), /deleted/);
  assert.equal((await world.ctx.database.execute("select from chat_message")).length, 0);
});

Deno.test("no database connection is held while the model thinks", async () => {
  await using ollama = await startOllama(() => [...say("Hm"), hang()]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url, OLLAMA_TIMEOUT: "600" });
  // More turns than the pool has connections; all of them wait for the model.
  for (let turn = 0; turn < 8; turn++) {
    const stream = frames(await send(world, (await openSession(world)).id, "Hi"));
    assert.equal((await stream.next()).value?.type, "content");
    await stream.return(undefined);
  }
  await world.json("/users");
});
