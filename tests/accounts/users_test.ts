import assert from "node:assert/strict";
import { openWorld, type World } from "../support/world.ts";

interface User {
  readonly id: string;
  readonly first_name: string | null;
  readonly email: string | null;
  readonly external_user_id: string | null;
}

interface Page {
  readonly items: User[];
  readonly total: number;
  readonly page: number;
  readonly limit: number;
  readonly pages: number;
  readonly has_next: boolean;
  readonly has_prev: boolean;
}

const list = (world: World, query = "") => world.json<Page>(`/users?${query}`);
const names = async (world: World, query: string) => (await list(world, query)).items.map((user) => user.first_name);

Deno.test("a person is created, read, changed and deleted", async () => {
  await using world = await openWorld();
  const key = await world.createKey();
  const fields = { first_name: "Ada", last_name: "Example", email: "ada@example.org", external_user_id: "ext-1" };
  const created = await world.json<User & { created_at: string }>("/users", { key, json: fields }, 201);
  const { id, created_at, ...rest } = created;
  assert.deepEqual(rest, {
    ...fields,
    last_synced_at: null,
    last_synced_provider: null,
    has_active_connection: false,
  });
  assert.match(created_at, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  assert.deepEqual(await world.json(`/users/${id}`, { key }), created);

  const change = (json: unknown) => world.json(`/users/${id}`, { method: "PATCH", json });
  assert.deepEqual(await change({ first_name: null, last_name: "Other" }), { ...created, last_name: "Other" });
  assert.deepEqual(await change({}), { ...created, last_name: "Other" });
  assert.deepEqual(await world.json(`/users/${id}`, { method: "DELETE" }), { ...created, last_name: "Other" });
  assert.equal((await world.json(`/users/${id}`, {}, 404)).detail, `User with ID: ${id} not found.`);
  for (const method of ["PATCH", "DELETE"]) {
    await world.json(`/users/${id}`, { method, ...(method === "PATCH" ? { json: {} } : {}) }, 404);
  }
});

Deno.test("changing and deleting a person needs a login, not a key", async () => {
  await using world = await openWorld();
  const key = await world.createKey();
  const id = await world.createUser();
  await world.json(`/users/${id}`, { method: "PATCH", json: {}, key }, 401);
  await world.json(`/users/${id}`, { method: "DELETE", key }, 401);
  await world.json(`/users/${id}`, { key });
});

Deno.test("an e-mail belongs to one person, in whatever case; persons without one are many", async () => {
  await using world = await openWorld();
  await world.createUser({ email: "ada@example.org" });
  const taken = { email: "ADA@example.org" };
  const refused = await world.json("/users", { json: taken }, 409);
  assert.equal(refused.detail, "User with this email already exists.");
  const [one] = [await world.createUser(), await world.createUser()];
  assert.equal((await world.json(`/users/${one}`, { method: "PATCH", json: taken }, 409)).detail, refused.detail);
  assert.equal((await list(world)).total, 3);
});

Deno.test("a known external id answers with the person who has it, unchanged", async () => {
  await using world = await openWorld();
  const first = await world.json("/users", { json: { external_user_id: "ext-1", first_name: "Ada" } }, 201);
  const again = await world.json("/users", { json: { external_user_id: "ext-1", first_name: "Grace" } }, 201);
  assert.deepEqual(again, first);
  const other = await world.createUser({ external_user_id: "ext-2" });
  const clash = { method: "PATCH", json: { external_user_id: "ext-1" } };
  assert.equal(
    (await world.json(`/users/${other}`, clash, 409)).detail,
    "User with this external_user_id already exists.",
  );
});

Deno.test("of many requests at once for one external id or e-mail one creates", async () => {
  await using world = await openWorld();
  const create = (json: unknown) =>
    Promise.all(Array.from({ length: 8 }, async () => {
      const response = await world.call("/users", { json });
      return { status: response.status, id: (await response.json()).id };
    }));
  const same = await create({ external_user_id: "ext-1" });
  assert.deepEqual(new Set(same.map(({ status }) => status)), new Set([201]));
  assert.equal(new Set(same.map(({ id }) => id)).size, 1);
  const emails = await create({ email: "ada@example.org" });
  assert.deepEqual(emails.map(({ status }) => status).sort(), [201, ...Array.from({ length: 7 }, () => 409)]);
  assert.equal((await list(world)).total, 2);
});

Deno.test("pages follow each other and count everybody", async () => {
  await using world = await openWorld();
  for (const name of ["a", "b", "c", "d", "e"]) await world.createUser({ first_name: name });
  const { items, ...first } = await list(world, "limit=2&sort_by=first_name&sort_order=asc");
  assert.deepEqual(items.map((user) => user.first_name), ["a", "b"]);
  assert.deepEqual(first, { total: 5, page: 1, limit: 2, pages: 3, has_next: true, has_prev: false });
  const last = await list(world, "limit=2&page=3&sort_by=first_name&sort_order=asc");
  assert.deepEqual(
    [last.items.map((user) => user.first_name), last.has_next, last.has_prev],
    [["e"], false, true],
  );
  const beyond = await list(world, "limit=2&page=9");
  assert.deepEqual([beyond.items, beyond.total, beyond.has_next], [[], 5, false]);
  const { page, limit } = await list(world);
  assert.deepEqual([page, limit], [1, 20]);
});

Deno.test("the newest come first unless asked otherwise; persons without the sorted field come last", async () => {
  await using world = await openWorld();
  for (const [name, email] of [["one", "b@example.org"], ["two", ""], ["three", "a@example.org"]] as const) {
    await world.createUser({ first_name: name, ...(email === "" ? {} : { email }) });
  }
  assert.deepEqual(await names(world, ""), ["three", "two", "one"]);
  assert.deepEqual(await names(world, "sort_order=asc"), ["one", "two", "three"]);
  assert.deepEqual(await names(world, "sort_by=email&sort_order=asc"), ["three", "one", "two"]);
  assert.deepEqual(await names(world, "sort_by=email&sort_order=desc"), ["one", "three", "two"]);
  assert.equal((await names(world, "sort_by=last_synced_at")).length, 3);
  await world.json("/users?sort_by=password_hash", {}, 400);
  await world.json("/users?sort_order=sideways", {}, 400);
});

Deno.test("a search finds a part of a name or e-mail, and takes wildcards as they are written", async () => {
  await using world = await openWorld();
  const people = [
    { first_name: "Ada", last_name: "Love_lace", email: "ada@example.org" },
    { first_name: "100%", last_name: "Loveless" },
    { first_name: "back\\slash" },
  ];
  for (const person of people) await world.createUser(person);
  const found = async (search: string) => (await names(world, `search=${encodeURIComponent(search)}`)).sort();
  assert.deepEqual(await found("ADA"), ["Ada"]);
  assert.deepEqual(await found("love"), ["100%", "Ada"]);
  assert.deepEqual(await found("example.org"), ["Ada"]);
  assert.deepEqual(await found("%"), ["100%"]);
  assert.deepEqual(await found("love_"), ["Ada"]);
  assert.deepEqual(await found("\\"), ["back\\slash"]);
  assert.deepEqual(await found("' or true --"), []);
  assert.deepEqual(await names(world, "email=ADA@example.org"), ["Ada"]);
  assert.deepEqual(await names(world, "email=ada@example.or"), []);
  await world.createUser({ first_name: "Ext", external_user_id: "100%_x" });
  assert.deepEqual(await names(world, `external_user_id=${encodeURIComponent("100%_x")}`), ["Ext"]);
  assert.deepEqual(await names(world, "external_user_id=100"), []);
});

Deno.test("fields are checked", async () => {
  await using world = await openWorld();
  for (
    const [json, detail] of [
      [{ first_name: "" }, "String should have at least 1 characters"],
      [{ first_name: "x".repeat(101) }, "String should have at most 100 characters"],
      [{ email: "ada" }, "value is not a valid email address"],
      [{ external_user_id: "x".repeat(256) }, "String should have at most 255 characters"],
    ] as const
  ) {
    assert.equal((await world.json("/users", { json }, 400)).detail, detail);
  }
  assert.equal((await list(world)).total, 0);
});
