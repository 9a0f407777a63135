import assert from "node:assert/strict";
import { decode } from "hono/jwt";
import { hashPassword } from "../../src/accounts/password.ts";
import { insertDeveloper } from "../../src/accounts/queries.ts";
import { ended, mint, phone, type Problem, type Tokens } from "../support/phone.ts";
import { type Call, openWorld, type World } from "../support/world.ts";

const createApp = (world: World, token = world.token) =>
  world.json<{ app_id: string; app_secret: string }>("/applications", { json: { name: "Phone app" }, token }, 201);

const refresh = <T = Tokens>(world: World, refresh_token: string, status = 200) =>
  world.json<T>("/token/refresh", { token: null, json: { refresh_token } }, status);

Deno.test("a developer gets tokens for a person, with or without a body", async () => {
  await using world = await openWorld();
  const user = await world.createUser({ first_name: "Ada", email: "ada@example.org" });
  for (const call of [{}, { json: {} }, { json: { app_id: null, app_secret: null } }, { json: { app_id: "app_1" } }]) {
    const tokens = await mint(world, user, call);
    assert.match(tokens.refresh_token, /^rt-[0-9a-f]{32}$/);
    assert.equal(tokens.expires_in, 3600);
    const { sid, iat, exp, ...rest } = decode(tokens.access_token).payload;
    assert.deepEqual(rest, { sub: user, scope: "sdk", app_id: `admin:${world.developerId}` });
    assert.match(String(sid), /^[0-9a-f-]{36}$/);
    assert.equal((exp ?? 0) - (iat ?? 0), 3600);
  }
  const nobody = crypto.randomUUID();
  const missing = await mint<Problem>(world, nobody, {}, 404);
  assert.equal(missing.detail, `User with ID: ${nobody} not found.`);
});

Deno.test("an application gets tokens with its credentials, which decide even when a developer is logged in", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const [app, other] = [await createApp(world), await createApp(world)];
  for (const token of [null, world.token, "not.a.token"]) {
    const { access_token } = await mint(world, user, { token, json: app });
    assert.equal(decode(access_token).payload.app_id, app.app_id);
    for (
      const json of [
        { ...app, app_secret: "secret_" + "0".repeat(64) },
        { ...app, app_secret: other.app_secret },
        { ...app, app_secret: "" },
        { ...app, app_id: "app_unknown" },
        { ...app, app_id: app.app_id.toUpperCase() },
      ]
    ) {
      assert.equal((await mint<Problem>(world, user, { token, json }, 401)).detail, "Invalid app credentials");
    }
  }
  // Wrong credentials learn nothing about who exists.
  const [nobody, wrong] = [crypto.randomUUID(), { ...app, app_secret: "no" }];
  assert.equal(
    (await mint<Problem>(world, nobody, { token: null, json: wrong }, 401)).detail,
    "Invalid app credentials",
  );
  assert.equal(
    (await mint<Problem>(world, nobody, { token: null, json: app }, 404)).detail,
    `User with ID: ${nobody} not found.`,
  );
});

Deno.test("neither a login nor credentials: nothing else stands in for them", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const { app_id, app_secret } = await createApp(world);
  const { access_token: phoneToken } = await mint(world, user);
  const calls: Call[] = [
    { token: null },
    { token: null, json: { app_id } },
    { token: null, json: { app_secret } },
    { token: "not.a.token" },
    { token: phoneToken },
    { token: null, key: await world.createKey() },
    { token: null, key: await world.createKey({ user_id: user }) },
  ];
  for (const call of calls) {
    for (const id of [user, crypto.randomUUID()]) {
      const { detail } = await mint<Problem>(world, id, call, 400);
      assert.equal(
        detail,
        "Either app credentials (app_id, app_secret) or admin authentication (Bearer token) is required",
        JSON.stringify(call),
      );
    }
  }
});

Deno.test("a refresh gives a phone new tokens of the same kind; using one twice ends its login, and no other", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const app = await createApp(world);
  const first = await mint(world, user, { token: null, json: app });
  const bystander = await mint(world, user, { token: null, json: app });
  const second = await refresh(world, first.refresh_token);
  const seen = { user_id: user, kind: "sdk", app_id: app.app_id };
  assert.equal(decode(second.access_token).payload.app_id, app.app_id);
  for (const { access_token } of [first, second]) {
    assert.deepEqual(await phone(world, user, { token: access_token }), seen);
  }
  const { detail } = await refresh<Problem>(world, first.refresh_token, 401);
  assert.equal(detail, "Invalid or revoked refresh token");
  await refresh(world, second.refresh_token, 401);
  for (const { access_token } of [first, second]) {
    assert.deepEqual(await phone(world, user, { token: access_token }), ended);
  }
  assert.deepEqual(await phone(world, user, { token: bystander.access_token }), seen);
  await refresh(world, bystander.refresh_token);
});

Deno.test("revoking ends a phone's login at once", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const tokens = await mint(world, user);
  const json = { refresh_token: tokens.refresh_token };
  assert.equal((await world.call("/token/revoke", { token: null, json })).status, 204);
  assert.deepEqual(await phone(world, user, { token: tokens.access_token }), ended);
  await refresh(world, tokens.refresh_token, 401);
  // A key still decides when the token does not.
  const key = await world.createKey();
  const seen = await phone(world, user, { token: tokens.access_token, key });
  assert.deepEqual(seen, { user_id: user, kind: "api_key", app_id: null });
  await world.json("/token/revoke", { token: null, json }, 404);
});

Deno.test("a phone's tokens expire", async () => {
  let now = new Date();
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  const tokens = await mint(world, user);
  now = new Date(now.getTime() + 3_590_000);
  assert.ok(!Array.isArray(await phone(world, user, { token: tokens.access_token })));
  now = new Date(now.getTime() + 11_000);
  assert.deepEqual(await phone(world, user, { token: tokens.access_token }), ended);
  const renewed = await refresh(world, tokens.refresh_token);
  assert.ok(!Array.isArray(await phone(world, user, { token: renewed.access_token })));
  now = new Date(now.getTime() + 31 * 86_400_000);
  await refresh(world, renewed.refresh_token, 401);
});

Deno.test("tokens end with their person, their application and their developer", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const gone = await world.createUser();
  const [id, email, password] = [crypto.randomUUID(), "member@example.org", "a member's password"];
  await insertDeveloper(world.ctx.database, { id, email, password_hash: await hashPassword(password), role: "member" });
  const body = new URLSearchParams({ username: email, password });
  const { access_token: member } = await world.json<Tokens>("/auth/login", { token: null, body });
  const [app, kept, theirs] = [await createApp(world), await createApp(world), await createApp(world, member)];
  const code = await world.json(`/users/${user}/invitation-code`, { method: "POST", token: member }, 201);
  const handedOut = {
    person: await mint(world, gone),
    application: await mint(world, user, { token: null, json: app }),
    developer: await mint(world, user, { token: member }),
    "developer's application": await mint(world, user, { token: null, json: theirs }),
    "another application": await mint(world, user, { token: null, json: kept }),
    "another developer": await mint(world, user),
    invitation: await world.json<Tokens>("/invitation-code/redeem", { token: null, json: { code: code.code } }),
  };
  await world.json(`/users/${gone}`, { method: "DELETE" });
  await (await world.call(`/applications/${app.app_id}`, { method: "DELETE" })).body?.cancel();
  await world.json(`/developers/${id}`, { method: "DELETE" });
  const live: string[] = [];
  for (const [what, { access_token: token, refresh_token }] of Object.entries(handedOut)) {
    const seen = await phone(world, what === "person" ? gone : user, { token });
    if (!Array.isArray(seen)) live.push(what);
    else assert.deepEqual(seen, ended, what);
    await refresh(world, refresh_token, Array.isArray(seen) ? 401 : 200);
  }
  assert.deepEqual(live, ["another application", "another developer", "invitation"]);
});

Deno.test("log lines name a phone's login; they and the tables hold no token and no secret", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const app = await createApp(world);
  const tokens = await mint(world, user, { token: null, json: app });
  const token = tokens.access_token;
  await phone(world, user, { token });
  const line = world.log.findLast(({ event }) => event === "request");
  assert.deepEqual([line?.fields.actor, line?.fields.actor_id], ["sdk", decode(token).payload.sid]);
  const next = await refresh(world, tokens.refresh_token);
  assert.ok(!JSON.stringify(world.log).includes(user));
  const kept = JSON.stringify([
    world.log,
    await world.ctx.database.execute("select * from refresh_token"),
    await world.ctx.database.execute("select * from application"),
  ]);
  assert.ok(kept.includes(app.app_id));
  for (const secret of [app.app_secret, token, tokens.refresh_token, next.access_token, next.refresh_token]) {
    assert.ok(!kept.includes(secret));
  }
});
