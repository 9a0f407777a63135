import assert from "node:assert/strict";
import { hashPassword } from "../../src/accounts/password.ts";
import { insertDeveloper } from "../../src/accounts/queries.ts";
import { waitFor } from "../support/wait.ts";
import { openWorld, type World } from "../support/world.ts";

const password = "a member's password";

async function addMember(world: World, email = "member@example.org"): Promise<{ id: string; token: string }> {
  const id = crypto.randomUUID();
  await insertDeveloper(world.ctx.database, {
    id,
    email,
    first_name: "Grace",
    password_hash: await hashPassword(password),
    role: "member",
  });
  return { id, token: await tokenOf(world, email, password) };
}

async function tokenOf(world: World, username: string, word: string): Promise<string> {
  const body = new URLSearchParams({ username, password: word });
  return (await world.json<{ access_token: string }>("/auth/login", { token: null, body })).access_token;
}

Deno.test("developers are shown without what protects them", async () => {
  await using world = await openWorld();
  const member = await addMember(world);
  const all = await world.json<Record<string, unknown>[]>("/developers", { token: member.token });
  assert.deepEqual(all.map(({ email }) => email), [world.email, "member@example.org"]);
  assert.deepEqual(Object.keys(all[0] ?? {}).sort(), [
    "created_at",
    "email",
    "first_name",
    "id",
    "last_name",
    "role",
    "updated_at",
  ]);
  assert.deepEqual(await world.json(`/developers/${member.id}`), all[1]);
  assert.deepEqual(await world.json("/auth/me", { token: member.token }), all[1]);
  const nobody = crypto.randomUUID();
  assert.equal((await world.json(`/developers/${nobody}`, {}, 404)).detail, `Developer with ID: ${nobody} not found.`);
});

Deno.test("a member changes themselves and nobody else; the owner changes anybody", async () => {
  await using world = await openWorld();
  const member = await addMember(world);
  const change = (id: string, json: unknown, token: string, status = 200) =>
    world.json(`/developers/${id}`, { method: "PATCH", json, token }, status);
  for (const json of [{ first_name: "Eve" }, { password: "eve's own password" }, {}]) {
    const refused = await change(world.developerId, json, member.token, 403);
    assert.equal(refused.detail, "Only the owner may change another developer");
  }
  assert.equal((await change(crypto.randomUUID(), {}, member.token, 404)).code, "not_found");
  assert.equal((await change(member.id, { first_name: "Ada" }, member.token)).first_name, "Ada");
  assert.equal((await change(member.id, { last_name: "Example" }, world.token)).last_name, "Example");
  // Null and absent leave a field as it is; a role cannot be given at all.
  const same = await change(member.id, { first_name: null, email: null, role: "owner" }, member.token);
  assert.deepEqual([same.first_name, same.last_name, same.email, same.role], [
    "Ada",
    "Example",
    "member@example.org",
    "member",
  ]);
  await world.json("/auth/me");
});

Deno.test("an e-mail belongs to one developer, in whatever case", async () => {
  await using world = await openWorld();
  const member = await addMember(world);
  const taken = { email: world.email.toUpperCase() };
  const refused = await world.json("/auth/me", { method: "PATCH", json: taken, token: member.token }, 409);
  assert.equal(refused.detail, "Developer with this email already exists.");
  await world.json("/auth/me", { method: "PATCH", json: { email: "New@example.org" }, token: member.token });
  await tokenOf(world, "nEW@example.org", password);
});

Deno.test("a new password ends every other login of that developer, and the owner's reset ends all", async () => {
  await using world = await openWorld();
  const member = await addMember(world);
  const other = await tokenOf(world, "member@example.org", password);
  await world.json("/auth/me", { method: "PATCH", json: { password: "changed by me" }, token: member.token });
  await world.json("/auth/me", { token: member.token });
  await world.json("/auth/me", { token: other }, 401);
  await world.json(`/developers/${member.id}`, { method: "PATCH", json: { password: "changed by you" } });
  await world.json("/auth/me", { token: member.token }, 401);
  await tokenOf(world, "member@example.org", "changed by you");
  await world.json("/auth/me");
});

Deno.test("passwords have the configured length", async () => {
  await using world = await openWorld({ MIN_PASSWORD_LENGTH: "12" });
  const short = { method: "PATCH", json: { password: "elevenchars" } };
  assert.equal((await world.json("/auth/me", short, 400)).detail, "String should have at least 12 characters");
  const change = { current_password: world.password, new_password: "elevenchars", confirm_password: "elevenchars" };
  const refused = await world.json("/auth/change-password", { json: change }, 400);
  assert.equal(refused.detail, "String should have at least 12 characters");
});

Deno.test("a password change needs the current password and the same new one twice", async () => {
  await using world = await openWorld();
  const change = { current_password: "wrong", new_password: "a new password", confirm_password: "a new password" };
  assert.equal((await world.json("/auth/change-password", { json: change }, 400)).detail, "Incorrect current password");
  const unequal = { ...change, current_password: world.password, confirm_password: "another password" };
  assert.match(
    String((await world.json("/auth/change-password", { json: unequal }, 400)).detail),
    /^Value error, The confirmation password does not match the new password - /,
  );
  await world.json("/auth/me");
});

Deno.test("deleting a developer ends their logins and keys; the last owner stays", async () => {
  await using world = await openWorld();
  const member = await addMember(world);
  const { key } = await world.json<{ key: string }>("/developer/api-keys", { json: {}, token: member.token }, 201);
  await world.json("/users", { key });
  const remove = (id: string, token: string, status = 200) =>
    world.json(`/developers/${id}`, { method: "DELETE", token }, status);
  await remove(world.developerId, member.token, 403);
  assert.equal((await remove(world.developerId, world.token, 409)).detail, "The last owner cannot be deleted");
  assert.equal((await remove(member.id, world.token)).email, "member@example.org");
  await world.json("/auth/me", { token: member.token }, 401);
  await world.json("/users", { key }, 401);
  await remove(member.id, world.token, 404);
});

Deno.test("of two owners who delete each other at once one stays", async () => {
  await using world = await openWorld();
  const other = await addMember(world, "other@example.org");
  await world.ctx.database.execute("update developer set role = 'owner'");
  let gone: Promise<Response[]> | undefined;
  // Both have found two owners, or wait to look, before either deletes.
  await world.ctx.database.transaction(async (db) => {
    await db.execute("lock table developer in share row exclusive mode");
    gone = Promise.all([
      world.call(`/developers/${other.id}`, { method: "DELETE" }),
      world.call(`/developers/${world.developerId}`, { method: "DELETE", token: other.token }),
    ]);
    await waitFor("both to wait", async () => {
      const waiting = await world.ctx.database.execute(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return waiting.length === 2 ? true : undefined;
    });
  });
  const statuses = await Promise.all((await gone ?? []).map(async (response) => {
    await response.body?.cancel();
    return response.status;
  }));
  assert.deepEqual(statuses.sort(), [200, 409]);
  const owners = await world.ctx.database.execute("select from developer where role = 'owner'");
  assert.equal(owners.length, 1);
});

Deno.test("a member manages their own keys, the owner all", async () => {
  await using world = await openWorld();
  const member = await addMember(world);
  const [own, foreign] = [
    await world.json<{ id: string }>("/developer/api-keys", { json: { name: "mine" }, token: member.token }, 201),
    await world.json<{ id: string }>("/developer/api-keys", { json: { name: "the owner's" } }, 201),
  ];
  const names = async (token: string) =>
    (await world.json<{ name: string }[]>("/developer/api-keys", { token })).map(({ name }) => name).sort();
  assert.deepEqual(await names(member.token), ["mine"]);
  assert.deepEqual(await names(world.token), ["mine", "the owner's"]);
  const path = `/developer/api-keys/${foreign.id}`;
  await world.json(path, { method: "PATCH", json: { name: "taken" }, token: member.token }, 404);
  await world.json(`${path}/rotate`, { method: "POST", token: member.token }, 404);
  await world.json(path, { method: "DELETE", token: member.token }, 404);
  await world.json(`/developer/api-keys/${own.id}`, { method: "DELETE" });
});
