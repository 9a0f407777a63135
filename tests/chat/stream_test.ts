import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { buildApp } from "../../src/app.ts";
import { messageRoutes } from "../../src/chat/routes/messages.ts";
import { deleteOldEvents } from "../../src/chat/turn_queries.ts";
import { serveTestEndpoints } from "../support/endpoints.ts";
import { hang, say, startOllama, text, toolCall } from "../support/ollama.ts";
import { waitFor } from "../support/wait.ts";
import { openWorld, type World } from "../support/world.ts";
import {
  ask,
  errorOf,
  follow,
  frames,
  type Message,
  messages,
  type NumberedFrame,
  numberedFrames,
  openSession,
  send,
  types,
  words,
} from "./turn.ts";

/** A second process on the same database: it shares nothing else. */
function secondProcess(world: World): { url: string } & AsyncDisposable {
  const { http } = buildApp(world.ctx, 0);
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => http.fetch(request));
  return { url: `http://127.0.0.1:${server.addr.port}`, [Symbol.asyncDispose]: () => server.shutdown() };
}

function idOf(response: Response): string {
  return response.headers.get("x-message-id") ?? assert.fail("no X-Message-Id");
}

async function answerOf(world: World, sessionId: string): Promise<Message> {
  return await waitFor("the answer", async () => (await messages(world, sessionId))[1], 10);
}

async function hangUp(response: Response): Promise<void> {
  await response.body?.cancel();
}

Deno.test("frames are numbered, and the same ones come again, from any of them on", async () => {
  await using ollama = await startOllama([toolCall("get_recent_labs"), text("Nothing is stored yet.")]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const session = await openSession(world);
  const response = await send(world, session.id, "How is my LDL?");
  const seen = await Array.fromAsync(numberedFrames(response));
  assert.deepEqual(seen.map(({ id }) => id), seen.map((_, index) => index + 1));
  assert.equal(seen.at(-1)?.frame.type, "done");
  const [question, answer] = await messages(world, session.id);
  assert.equal(answer?.id, idOf(response));
  for (const id of [answer?.id, question?.id]) {
    assert.deepEqual(await Array.fromAsync(numberedFrames(await follow(world, session.id, id))), seen);
  }
  for (const last of [1, 3, seen.length - 1]) {
    const rest: NumberedFrame[] = await Array.fromAsync(
      numberedFrames(await follow(world, session.id, answer?.id, last)),
    );
    assert.deepEqual(rest, seen.slice(last));
  }
  for (const last of [seen.length, 999_999]) {
    assert.deepEqual(await Array.fromAsync(numberedFrames(await follow(world, session.id, answer?.id, last))), []);
  }
});

Deno.test("a caller who hangs up loses nothing: the answer goes on, is stored, and is read from where it was", async () => {
  const gate = Promise.withResolvers<void>();
  await using ollama = await startOllama([[...say("Your"), { until: () => gate.promise }, ...text(" LDL is fine.")]]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const session = await openSession(world);
  const response = await send(world, session.id, "How is my LDL?");
  const stream = numberedFrames(response);
  const first = (await stream.next()).value as NumberedFrame;
  await stream.return(undefined);
  const follower = numberedFrames(await follow(world, session.id, idOf(response), first.id));
  gate.resolve();
  const rest = await Array.fromAsync(follower);
  assert.equal(words([first.frame, ...rest.map(({ frame }) => frame)]), "Your LDL is fine.");
  assert.equal(rest.at(-1)?.frame.type, "done");
  assert.equal(await ollama.requests[0]?.outcome, "complete");
  const { content, message_metadata } = await answerOf(world, session.id);
  assert.deepEqual([content, message_metadata?.interrupted], ["Your LDL is fine.", undefined]);
});

Deno.test("readers in this process and in another one see the same frames while they come", async () => {
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await using ollama = await startOllama([[
    ...say("One"),
    { until: () => gates[0]!.promise },
    ...say(" two"),
    { until: () => gates[1]!.promise },
    ...text(" three."),
  ]]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  await using other = secondProcess(world);
  const session = await openSession(world);
  const response = await send(world, session.id, "Count");
  const readers = [
    numberedFrames(response),
    numberedFrames(await follow(world, session.id, idOf(response))),
    numberedFrames(await follow({ ...world, url: other.url }, session.id, idOf(response))),
  ];
  const seen: NumberedFrame[][] = [[], [], []];
  const upTo = async (said: string) => {
    for (const [index, reader] of readers.entries()) {
      while (words(seen[index]!.map(({ frame }) => frame)) !== said) {
        seen[index]!.push((await reader.next()).value as NumberedFrame);
      }
    }
  };
  await upTo("One");
  gates[0]!.resolve();
  await upTo("One two");
  gates[1]!.resolve();
  for (const [index, reader] of readers.entries()) seen[index]!.push(...await Array.fromAsync(reader));
  assert.equal(seen[0]?.at(-1)?.frame.type, "done");
  assert.deepEqual(seen[1], seen[0]);
  assert.deepEqual(seen[2], seen[0]);
});

Deno.test("cancelling ends the answer in whichever process it runs, keeps what was said, and can be repeated", async () => {
  await using ollama = await startOllama(() => [...say("Your LDL is"), hang()]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url, OLLAMA_TIMEOUT: "600" });
  await using other = secondProcess(world);
  for (const [index, url] of [world.url, other.url].entries()) {
    const session = await openSession(world);
    const response = await send(world, session.id, "How is my LDL?");
    const cancel = async (status: number) => {
      const answer = await fetch(`${url}/api/v1/chat/sessions/${session.id}/messages/${idOf(response)}/cancel`, {
        method: "POST",
        headers: { authorization: `Bearer ${world.token}` },
      });
      assert.equal(answer.status, status);
      return await answer.json();
    };
    const stream = frames(response);
    const seen = [(await stream.next()).value!];
    assert.deepEqual(await cancel(202), { message_id: idOf(response), status: "cancelling" });
    seen.push(...await Array.fromAsync(stream));
    assert.deepEqual(seen.at(-1), { type: "done", interrupted: "cancelled" });
    assert.equal(await ollama.requests[index]?.outcome, "aborted");
    const { content, message_metadata } = await answerOf(world, session.id);
    assert.deepEqual([content, message_metadata?.interrupted], [words(seen), "cancelled"]);
    assert.deepEqual(await cancel(200), { message_id: idOf(response), status: "done" });
  }
});

Deno.test("a conversation answers one message at a time", async () => {
  await using ollama = await startOllama(() => [...say("Hm"), hang()]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url, OLLAMA_TIMEOUT: "600" });
  const session = await openSession(world);
  const answers = await Promise.all([1, 2, 3, 4].map((no) => send(world, session.id, `Question ${no}`)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409]);
  const running = answers.find(({ status }) => status === 200)!;
  for (const refused of answers.filter(({ status }) => status === 409)) {
    const { detail } = await refused.json();
    assert.match(detail, /still answering/);
    assert.ok(detail.includes(idOf(running)));
  }
  const detail = await world.json<{ answering: string; messages: unknown[] }>(`/chat/sessions/${session.id}`);
  assert.equal(detail.answering, idOf(running));
  assert.equal(detail.messages.length, 1, "what was refused is not stored");
  const path = `/chat/sessions/${session.id}/messages/${idOf(running)}/cancel`;
  await world.json(path, { method: "POST" }, 202);
  await Array.fromAsync(frames(running));
  assert.equal((await world.json<{ answering: null }>(`/chat/sessions/${session.id}`)).answering, null);
  const next = await send(world, session.id, "And now?");
  assert.equal(next.status, 200);
  await hangUp(next);
});

Deno.test("the same Idempotency-Key follows the same answer; with other words it is refused", async () => {
  await using ollama = await startOllama([text("Fine."), text("Fine again.")]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const session = await openSession(world);
  const keyed = (content: string, key: string, id = session.id) =>
    send(world, id, content, { headers: { "Idempotency-Key": key } });
  // At the same time, as a client does that lost its patience.
  const both = await Promise.all([keyed("How is my LDL?", "one"), keyed("How is my LDL?", "one")]);
  assert.equal(idOf(both[0]!), idOf(both[1]!));
  const [first, second] = await Promise.all(both.map((response) => Array.fromAsync(numberedFrames(response))));
  assert.deepEqual(second, first);
  const later = await keyed("How is my LDL?", "one");
  assert.deepEqual(await Array.fromAsync(numberedFrames(later)), first);
  assert.equal((await messages(world, session.id)).length, 2);
  assert.equal(ollama.requests.length, 1);
  const other = await keyed("How is my HDL?", "one");
  assert.equal(other.status, 422);
  assert.match((await other.json()).detail, /new key/);
  // A key belongs to its conversation.
  const elsewhere = await keyed("How is my LDL?", "one", (await openSession(world)).id);
  assert.notEqual(idOf(elsewhere), idOf(later));
  await Array.fromAsync(frames(elsewhere));
  for (const key of ["", "a b", "x".repeat(256)]) {
    const refused = await keyed("How is my LDL?", key);
    assert.equal(refused.status, 400);
    await hangUp(refused);
  }
});

Deno.test("comments keep a quiet stream open", async () => {
  await using ollama = await startOllama(() => [hang()]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url, OLLAMA_TIMEOUT: "600" });
  const session = await openSession(world);
  const routes = messageRoutes(world.ctx, [], { heartbeatMs: 50, lookMs: 600_000 });
  await using server = serveTestEndpoints(world.ctx, routes);
  const response = await send({ ...world, url: server.url }, session.id, "Hi");
  let heard = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    heard += chunk;
    if (heard.split(": heartbeat\n\n").length > 3) break;
  }
  assert.match(heard, /^(: heartbeat\n\n)+$/);
});

Deno.test("a turn whose process has died ends as an error with what was said, and the conversation goes on", async () => {
  await using ollama = await startOllama([[...say("Your LDL is"), hang()], text("Better now.")]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url, OLLAMA_TIMEOUT: "600" });
  await using other = secondProcess(world);
  const session = await openSession(world);
  const response = await send(world, session.id, "How is my LDL?");
  const stream = numberedFrames(response);
  const seen: NumberedFrame[] = [];
  while (words(seen.map(({ frame }) => frame)) !== "Your LDL is") seen.push((await stream.next()).value!);
  // Its process is not heard of for a while.
  await world.ctx.database.execute(sql`update chat_turn set heartbeat_at = now() - interval '1 minute'`);
  const elsewhere = { ...world, url: other.url };
  const told = await Array.fromAsync(numberedFrames(await follow(elsewhere, session.id, idOf(response))));
  assert.deepEqual(told.slice(0, -1), seen);
  assert.ok(told.at(-1)!.id > seen.at(-1)!.id);
  assert.match(errorOf(told.map(({ frame }) => frame)), /stopped while it answered/);
  const { content, message_metadata } = await answerOf(world, session.id);
  assert.deepEqual([content, message_metadata?.interrupted], ["Your LDL is", "server crashed"]);
  assert.equal((await ask(elsewhere, session.id, "And now?")).at(-1)?.type, "done");
  // The process lives after all: its turn has been ended, so it stops and says so.
  const rest = await Array.fromAsync(stream);
  assert.match(errorOf(rest.map(({ frame }) => frame)), /taken for dead/);
  assert.equal(await ollama.requests[0]?.outcome, "aborted");
  assert.equal((await messages(world, session.id)).length, 4);
});

Deno.test("a question to a conversation whose turn was orphaned ends that turn first", async () => {
  await using ollama = await startOllama([[hang()], text("Better now.")]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url, OLLAMA_TIMEOUT: "600" });
  await using other = secondProcess(world);
  const session = await openSession(world);
  await hangUp(await send(world, session.id, "How is my LDL?"));
  await waitFor("the request", () => Promise.resolve(ollama.requests[0]), 10);
  await world.ctx.database.execute(sql`update chat_turn set heartbeat_at = now() - interval '1 minute'`);
  const found = await ask({ ...world, url: other.url }, session.id, "And now?");
  assert.deepEqual(types(found), ["content", "done"]);
});

Deno.test("an old answer is told from its message when its pieces are swept", async () => {
  await using ollama = await startOllama([toolCall("get_recent_labs"), text("Nothing is stored yet.")]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const session = await openSession(world);
  const response = await send(world, session.id, "How is my LDL?");
  const seen = await Array.fromAsync(frames(response));
  await deleteOldEvents(world.ctx.database, new Date());
  assert.equal((await Array.fromAsync(frames(await follow(world, session.id, idOf(response))))).length, seen.length);
  await deleteOldEvents(world.ctx.database, new Date(Date.now() + 8 * 86_400_000));
  const told = await Array.fromAsync(frames(await follow(world, session.id, idOf(response))));
  assert.deepEqual(types(told), ["tool_call", "tool_result", "content", "done"]);
  assert.deepEqual([words(told), told[0], told[1]], [words(seen), seen[0], seen[1]]);
});

Deno.test("connections to the database that break in the middle of an answer lose none of it", async () => {
  const gate = Promise.withResolvers<void>();
  await using ollama = await startOllama([[...say("One two"), { until: () => gate.promise }, ...text(" three four.")]]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const session = await openSession(world);
  const response = await send(world, session.id, "Count");
  const stream = numberedFrames(response);
  const seen = [(await stream.next()).value!];
  await world.ctx.database.execute(sql`
    select pg_terminate_backend(pid)
    from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
  gate.resolve();
  seen.push(...await Array.fromAsync(stream));
  assert.deepEqual(seen.map(({ id }) => id), seen.map((_, index) => index + 1));
  assert.equal(words(seen.map(({ frame }) => frame)), "One two three four.");
  assert.equal(seen.at(-1)?.frame.type, "done");
  assert.equal((await answerOf(world, session.id)).content, "One two three four.");
});
