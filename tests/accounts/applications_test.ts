import assert from "node:assert/strict";
import { hashPassword } from "../../src/accounts/password.ts";
import { insertDeveloper } from "../../src/accounts/queries.ts";
import { openWorld, type World } from "../support/world.ts";

interface Application {
  readonly id: string;
  readonly app_id: string;
  readonly name: string;
  readonly created_at: string;
}
type Issued = Application & { readonly app_secret: string };

async function addMember(world: World): Promise<{ id: string; token: string }> {
  const [id, email, password] = [crypto.randomUUID(), "member@example.org", "a member's password"];
  await insertDeveloper(world.ctx.database, { id, email, password_hash: await hashPassword(password), role: "member" });
  const body = new URLSearchParams({ username: email, password });
  const { access_token } = await world.json<{ access_token: string }>("/auth/login", { token: null, body });
  return { id, token: access_token };
}

const create = (world: World, name: string, token = world.token) =>
  world.json<Issued>("/applications", { json: { name }, token }, 201);

const listed = (world: World, token = world.token) => world.json<Application[]>("/applications", { token });

async function status(response: Promise<Response>): Promise<number> {
  const { body, status } = await response;
  await body?.cancel();
  return status;
}

/** The status of asking for a person's tokens with these credentials. */
const mint = (world: World, user: string, { app_id, app_secret }: { app_id: string; app_secret: string }) =>
  status(world.call(`/users/${user}/token`, { token: null, json: { app_id, app_secret } }));

Deno.test("the secret is shown when an application is made and never again", async () => {
  await using world = await openWorld();
  const { app_secret, ...made } = await create(world, "  Phone app ");
  assert.match(app_secret, /^secret_[0-9a-f]{64}$/);
  assert.match(made.app_id, /^app_[0-9a-f]{32}$/);
  assert.deepEqual(Object.keys(made).sort(), ["app_id", "created_at", "id", "name"]);
  assert.equal(made.name, "Phone app");
  assert.deepEqual(await listed(world), [made]);
  await mint(world, await world.createUser(), { ...made, app_secret });
  const kept = [await world.ctx.database.execute("select * from application"), world.log];
  assert.ok(!JSON.stringify(kept).includes(app_secret));
  assert.ok(JSON.stringify(kept).includes(made.app_id));
});

Deno.test("a name has 1 to 100 characters", async () => {
  await using world = await openWorld();
  await create(world, "x".repeat(100));
  for (const json of [{ name: "x".repeat(101) }, { name: " " }, { name: null }, {}]) {
    await world.json("/applications", { json }, 400);
  }
  assert.equal((await listed(world)).length, 1);
});

Deno.test("everybody sees and changes only their own applications, newest first; the owner too", async () => {
  await using world = await openWorld();
  const member = await addMember(world);
  const theirs = await create(world, "theirs", member.token);
  for (const name of ["one", "two"]) await create(world, name);
  assert.deepEqual((await listed(world)).map(({ name }) => name), ["two", "one"]);
  assert.deepEqual((await listed(world, member.token)).map(({ name }) => name), ["theirs"]);
  for (const app_id of [theirs.app_id, "app_unknown", theirs.id]) {
    const removed = await world.json(`/applications/${app_id}`, { method: "DELETE" }, 404);
    const rotated = await world.json(`/applications/${app_id}/rotate-secret`, { method: "POST" }, 404);
    assert.deepEqual([removed.detail, rotated.detail], ["Application not found", "Application not found"]);
  }
  assert.equal(await mint(world, await world.createUser(), theirs), 200);
  assert.deepEqual((await listed(world, member.token)).map(({ name }) => name), ["theirs"]);
});

Deno.test("API keys manage no applications", async () => {
  await using world = await openWorld();
  const key = await world.createKey();
  const { app_id } = await create(world, "mine");
  for (const [path, method] of [["", "GET"], ["", "POST"], [`/${app_id}`, "DELETE"]] as const) {
    await world.json(`/applications${path}`, { key, method }, 401);
  }
  assert.equal((await listed(world)).length, 1);
});

Deno.test("rotation replaces the secret and nothing else", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const { app_secret, ...made } = await create(world, "rotated");
  const other = await create(world, "other");
  assert.equal(await mint(world, user, { ...made, app_secret }), 200);
  const rotated = await world.json<Issued>(`/applications/${made.app_id}/rotate-secret`, { method: "POST" });
  assert.notEqual(rotated.app_secret, app_secret);
  assert.match(rotated.app_secret, /^secret_[0-9a-f]{64}$/);
  assert.deepEqual({ ...rotated, app_secret: "" }, { ...made, app_secret: "" });
  assert.equal(await mint(world, user, { ...made, app_secret }), 401);
  assert.equal(await mint(world, user, rotated), 200);
  assert.equal(await mint(world, user, other), 200);
  assert.ok(!JSON.stringify([await listed(world), world.log]).includes(rotated.app_secret));
});

Deno.test("a deleted application is gone, and so is what it could do", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const made = await create(world, "gone");
  const kept = await create(world, "kept");
  assert.equal(await status(world.call(`/applications/${made.app_id}`, { method: "DELETE" })), 204);
  assert.deepEqual((await listed(world)).map(({ name }) => name), ["kept"]);
  assert.equal(await mint(world, user, made), 401);
  assert.equal(await mint(world, user, kept), 200);
  await world.json(`/applications/${made.app_id}`, { method: "DELETE" }, 404);
});

Deno.test("a developer who has applications and codes can be deleted; both go", async () => {
  await using world = await openWorld();
  const member = await addMember(world);
  const user = await world.createUser();
  const made = await create(world, "theirs", member.token);
  const path = `/users/${user}/invitation-code`;
  const { code } = await world.json(path, { method: "POST", token: member.token }, 201);
  await world.json(`/developers/${member.id}`, { method: "DELETE" });
  assert.equal(await mint(world, user, made), 401);
  await world.json("/invitation-code/redeem", { token: null, json: { code } }, 404);
});
