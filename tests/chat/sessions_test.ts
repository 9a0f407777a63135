import assert from "node:assert/strict";
import { addMessage } from "../../src/chat/queries.ts";
import { startOllama, text } from "../support/ollama.ts";
import { openWorld } from "../support/world.ts";
import { ask, type Message, messages, openSession } from "./turn.ts";

interface Session {
  readonly id: string;
  readonly user_id: string;
  readonly title: string | null;
  readonly created_at: string;
  readonly last_activity_at: string;
}

Deno.test("a conversation is made, shown and deleted with its messages", async () => {
  await using ollama = await startOllama([text("Hello.")]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const user_id = await world.createUser();
  const made = await world.json<Session>("/chat/sessions", { json: { user_id, title: "Blood" } }, 201);
  assert.deepEqual(Object.keys(made).toSorted(), ["created_at", "id", "last_activity_at", "title", "user_id"]);
  assert.equal(made.title, "Blood");
  await ask(world, made.id, "Hi");
  const shown = await world.json<Session & { messages: Message[] }>(`/chat/sessions/${made.id}`);
  assert.deepEqual(shown.messages.map(({ role, content }) => [role, content]), [["user", "Hi"], [
    "assistant",
    "Hello.",
  ]]);
  assert.equal(shown.title, "Blood");

  assert.equal((await world.call(`/chat/sessions/${made.id}`, { method: "DELETE" })).status, 204);
  const gone = await world.json(`/chat/sessions/${made.id}`, {}, 404);
  assert.equal(gone.detail, "Chat session not found");
  assert.equal((await world.ctx.database.execute("select from chat_message")).length, 0);
});

Deno.test("deleting a person deletes their conversations", async () => {
  await using ollama = await startOllama([text("Hello.")]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const session = await openSession(world);
  await ask(world, session.id, "Hi");
  await world.json(`/users/${session.user_id}`, { method: "DELETE" });
  await world.json(`/chat/sessions/${session.id}`, {}, 404);
  assert.equal((await world.ctx.database.execute("select from chat_message")).length, 0);
});

Deno.test("nobody starts or lists conversations of an unknown person", async () => {
  await using world = await openWorld();
  const user_id = crypto.randomUUID();
  await world.json("/chat/sessions", { json: { user_id } }, 404);
  await world.json(`/chat/sessions?user_id=${user_id}`, {}, 404);
});

Deno.test("a person's conversations come with the one used last first, page by page", async () => {
  await using ollama = await startOllama(() => text("Yes."));
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const user_id = await world.createUser();
  const soon = () => new Promise((resolve) => setTimeout(resolve, 5));
  const opened: { id: string }[] = [];
  for (let number = 0; number < 3; number++, await soon()) opened.push(await openSession(world, user_id));
  const [a, b, c] = opened as [Session, Session, Session];
  await openSession(world);
  await ask(world, a.id, "Hi");
  const list = async (query: string) => {
    const response = await world.call(`/chat/sessions?user_id=${user_id}&${query}`);
    const ids = ((await response.json()) as Session[]).map(({ id }) => id);
    return { ids, next: response.headers.get("x-next-cursor") };
  };
  assert.deepEqual((await list("")).ids, [a.id, c.id, b.id]);
  const first = await list("limit=2");
  assert.deepEqual(first.ids, [a.id, c.id]);
  const second = await list(`limit=2&cursor=${encodeURIComponent(first.next ?? "")}`);
  assert.deepEqual(second, { ids: [b.id], next: null });
});

Deno.test("without a title a conversation gets the first 50 characters of the first message", async () => {
  await using ollama = await startOllama(() => text("Yes."));
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const titleAfter = async (...contents: string[]) => {
    const { id } = await openSession(world);
    for (const content of contents) await ask(world, id, content);
    return (await world.json<Session>(`/chat/sessions/${id}`)).title;
  };
  assert.equal(await titleAfter("How is my LDL?", "And my HDL?"), "How is my LDL?");
  // 👍 is two UTF-16 units; half of one could not be stored.
  assert.equal(await titleAfter("x".repeat(49) + "👍 and more"), "x".repeat(49) + "👍...");
});

Deno.test("the newest 200 messages come ascending, and a cursor leads to those before", async () => {
  await using world = await openWorld();
  const { id } = await openSession(world);
  for (let number = 1; number <= 203; number++) {
    await addMessage(world.ctx.database, id, { role: "user", content: `${number}`, metadata: null, title: null });
  }
  const get = async (query: string) => {
    const response = await world.call(`/chat/sessions/${id}/messages${query}`);
    const numbers = ((await response.json()) as Message[]).map(({ content }) => Number(content));
    return { numbers, next: response.headers.get("x-next-cursor") };
  };
  const newest = await get("");
  assert.deepEqual(newest.numbers, Array.from({ length: 200 }, (_, index) => index + 4));
  assert.deepEqual(await get(`?cursor=${encodeURIComponent(newest.next ?? "")}`), { numbers: [1, 2, 3], next: null });
});

Deno.test("messages keep the order they were stored in, also when the clock goes back", async () => {
  await using world = await openWorld();
  const { id } = await openSession(world);
  const add = (content: string) =>
    addMessage(world.ctx.database, id, { role: "user", content, metadata: null, title: null });
  await add("first");
  await world.ctx.database.execute("update chat_message set created_at = created_at + interval '1 hour'");
  await add("second");
  await Promise.all(["a", "b", "c", "d", "e"].map(add));
  const order = (await messages(world, id)).map(({ content }) => content);
  assert.deepEqual(order.slice(0, 2), ["first", "second"]);
  const stored = await world.ctx.database.execute("select distinct created_at from chat_message");
  assert.equal(stored.length, 7, "no two messages of a conversation share an instant");
});

Deno.test("a key bound to somebody else finds nothing; a read-only key reads and does not write", async () => {
  await using ollama = await startOllama([text("Hello.")]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const session = await openSession(world);
  const stranger = await world.createKey({ user_id: await world.createUser() });
  const path = `/chat/sessions/${session.id}`;
  const hi = { content: "Hi" };
  for (
    const [asked, method, json] of [
      [path, "GET", undefined],
      [`${path}/messages`, "GET", undefined],
      [path, "DELETE", undefined],
      [`${path}/messages`, "POST", hi],
      [`/chat/sessions?user_id=${session.user_id}`, "GET", undefined],
      ["/chat/sessions", "POST", { user_id: session.user_id }],
    ] as const
  ) {
    await world.json(asked, { method, key: stranger, ...(json && { json }) }, 404);
  }

  const reader = await world.createKey({ scope: "read", user_id: session.user_id });
  await world.json(path, { key: reader });
  await world.json(`${path}/messages`, { key: reader });
  await world.json(`${path}/messages`, { key: reader, json: hi }, 403);
  await world.json(path, { key: reader, method: "DELETE" }, 403);
  assert.equal(ollama.requests.length, 0);
  assert.deepEqual(await messages(world, session.id), []);

  const own = await world.createKey({ user_id: session.user_id });
  assert.equal((await ask(world, session.id, "Hi", { key: own })).at(-1)?.type, "done");
});

Deno.test("blank, missing and endless messages are refused before anything is stored", async () => {
  await using world = await openWorld();
  const { id } = await openSession(world);
  for (const json of [{ content: "  " }, {}, { content: "x".repeat(10_001) }, { content: "a\u0000b" }]) {
    await world.json(`/chat/sessions/${id}/messages`, { json }, 400);
  }
  await world.json(`/chat/sessions/${crypto.randomUUID()}/messages`, { json: { content: "Hi" } }, 404);
  assert.deepEqual(await messages(world, id), []);
});
