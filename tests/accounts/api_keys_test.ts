import assert from "node:assert/strict";
import { openWorld, type World } from "../support/world.ts";

interface Key {
  readonly id: string;
  readonly name: string;
  readonly key?: string;
  readonly key_prefix: string;
  readonly scope: string;
  readonly user_id: string | null;
  readonly created_by: string | null;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
}

const create = (world: World, json: unknown = {}) =>
  world.json<Key & { key: string }>("/developer/api-keys", { json }, 201);

const listed = (world: World) => world.json<Key[]>("/developer/api-keys");

Deno.test("the secret is shown when a key is made and never again", async () => {
  await using world = await openWorld();
  const { key, ...made } = await create(world);
  assert.match(key, /^sk-[0-9a-f]{32}$/);
  assert.deepEqual(
    { ...made, id: "", created_at: "" },
    {
      id: "",
      name: "Default",
      key_prefix: key.slice(0, 9),
      scope: "write",
      user_id: null,
      created_by: world.developerId,
      expires_at: null,
      last_used_at: null,
      created_at: "",
    },
  );
  assert.deepEqual(await listed(world), [made]);
  const renamed = await world.json(`/developer/api-keys/${made.id}`, { method: "PATCH", json: { name: "Dashboard" } });
  assert.deepEqual(renamed, { ...made, name: "Dashboard" });
  const unchanged = await world.json(`/developer/api-keys/${made.id}`, { method: "PATCH", json: { name: null } });
  assert.deepEqual(unchanged, renamed);
  // No body at all makes a key too.
  await world.json("/developer/api-keys", { method: "POST" }, 201);
  const secrets = JSON.stringify([await listed(world), await world.ctx.database.execute("select * from api_key")]);
  assert.ok(!secrets.includes(key));
});

Deno.test("keys are listed newest first", async () => {
  await using world = await openWorld();
  for (const name of ["one", "two", "three"]) await create(world, { name });
  assert.deepEqual((await listed(world)).map(({ name }) => name), ["three", "two", "one"]);
});

Deno.test("a key with the scope read reads and does not write", async () => {
  await using world = await openWorld();
  const { key } = await create(world, { name: "reader", scope: "read" });
  await world.json("/users", { key });
  const refused = await world.json("/users", { key, json: { first_name: "Ada" } }, 403);
  assert.equal(refused.detail, "This API key may only read; use one with the scope write");
  assert.equal((await world.json("/users")).total, 0);
  await world.json("/users", { key: (await create(world, { scope: "write" })).key, json: {} }, 201);
});

Deno.test("a key bound to a person sees that person only", async () => {
  await using world = await openWorld();
  const [own, other] = [await world.createUser({ first_name: "Own" }), await world.createUser({ first_name: "Other" })];
  const { key } = await create(world, { user_id: own });
  const page = await world.json<{ items: { id: string }[]; total: number; pages: number }>("/users", { key });
  assert.deepEqual([page.items.map(({ id }) => id), page.total, page.pages], [[own], 1, 1]);
  assert.equal((await world.json<{ total: number }>("/users?search=other", { key })).total, 0);
  await world.json(`/users/${own}`, { key });
  await world.json(`/users/${own.toUpperCase()}`, { key });
  assert.equal((await world.json(`/users/${other}`, { key }, 404)).detail, `User with ID: ${other} not found.`);
  assert.equal(
    (await world.json("/users", { key, json: { external_user_id: "x" } }, 403)).detail,
    "This API key is bound to one user and cannot create another",
  );
  const nobody = crypto.randomUUID();
  const unknown = await world.json("/developer/api-keys", { json: { user_id: nobody } }, 404);
  assert.equal(unknown.detail, `User with ID: ${nobody} not found.`);
  // The key goes with the person.
  await world.json(`/users/${own}`, { method: "DELETE" });
  await world.json("/users", { key }, 401);
});

Deno.test("a key stops working when it expires; one cannot be made that has expired", async () => {
  let now = new Date();
  await using world = await openWorld({}, () => now);
  const expires_at = new Date(now.getTime() + 60_000).toISOString();
  const { key, ...made } = await create(world, { expires_at });
  assert.equal(made.expires_at, expires_at);
  await world.json("/users", { key });
  now = new Date(now.getTime() + 61_000);
  assert.equal((await world.json("/users", { key }, 401)).detail, "Invalid or missing API key");
  const late = await world.json("/developer/api-keys", { json: { expires_at } }, 400);
  assert.equal(late.detail, "expires_at should be in the future");
});

Deno.test("rotating gives a new secret for the same key and ends the old one", async () => {
  await using world = await openWorld();
  const user_id = await world.createUser();
  const { key: old, key_prefix: _, ...made } = await create(world, { name: "Phone", scope: "read", user_id });
  const { key, key_prefix, ...rotated } = await world.json<Key & { key: string }>(
    `/developer/api-keys/${made.id}/rotate`,
    { method: "POST" },
    201,
  );
  assert.notEqual(key, old);
  assert.equal(key_prefix, key.slice(0, 9));
  assert.deepEqual(rotated, made);
  await world.json("/users", { key: old }, 401);
  await world.json("/users", { key });
  assert.equal((await listed(world)).length, 1);
});

Deno.test("a deleted key stops working at once", async () => {
  await using world = await openWorld();
  const { key, ...made } = await create(world);
  assert.deepEqual(await world.json(`/developer/api-keys/${made.id}`, { method: "DELETE" }), made);
  await world.json("/users", { key }, 401);
  const missing = await world.json(`/developer/api-keys/${made.id}`, { method: "DELETE" }, 404);
  assert.equal(missing.detail, `API key with ID: ${made.id} not found.`);
});

Deno.test("last_used_at says when a key was used, to the minute", async () => {
  let now = new Date("2026-03-14T08:00:00.000Z");
  await using world = await openWorld({ ACCESS_TOKEN_EXPIRE_MINUTES: "1440" }, () => now);
  const { key } = await create(world);
  const used = async () => (await listed(world))[0]?.last_used_at;
  assert.equal(await used(), null);
  await world.json("/users", { key });
  assert.equal(await used(), "2026-03-14T08:00:00.000Z");
  now = new Date("2026-03-14T08:00:59.000Z");
  await world.json("/users", { key });
  assert.equal(await used(), "2026-03-14T08:00:00.000Z");
  now = new Date("2026-03-14T08:01:01.000Z");
  await world.json("/users", { key });
  assert.equal(await used(), "2026-03-14T08:01:01.000Z");
});

Deno.test("names and scopes are checked", async () => {
  await using world = await openWorld();
  for (
    const [json, detail] of [
      [{ name: "" }, "String should have at least 1 characters"],
      [{ name: "x".repeat(101) }, "String should have at most 100 characters"],
      [{ scope: "admin" }, "Input should be 'read' or 'write'"],
      [{ user_id: "me" }, "Input should be a valid UUID"],
      [{ expires_at: "soon" }, "Input should be a valid datetime"],
    ] as const
  ) {
    assert.equal((await world.json("/developer/api-keys", { json }, 400)).detail, detail);
  }
});

Deno.test("a key that was just used stops working at once when it is deleted or rotated, or its person goes", async () => {
  await using world = await openWorld();
  const use = async (key: string) => {
    const response = await world.call("/users", { token: null, key });
    await response.body?.cancel();
    return response.status;
  };
  const create = async () => {
    const made = await world.json<{ id: string; key: string }>("/developer/api-keys", { json: { name: "a" } }, 201);
    assert.equal(await use(made.key), 200);
    return made;
  };
  const deleted = await create();
  await world.json(`/developer/api-keys/${deleted.id}`, { method: "DELETE" });
  assert.equal(await use(deleted.key), 401);

  const rotated = await create();
  const { key } = await world.json<{ key: string }>(
    `/developer/api-keys/${rotated.id}/rotate`,
    { method: "POST" },
    201,
  );
  assert.deepEqual([await use(rotated.key), await use(key)], [401, 200]);

  const person = await world.createUser();
  const bound = await world.createKey({ user_id: person });
  assert.equal(await use(bound), 200);
  await world.json(`/users/${person}`, { method: "DELETE" });
  assert.equal(await use(bound), 401);
});
