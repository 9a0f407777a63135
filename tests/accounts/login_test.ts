import assert from "node:assert/strict";
import { openWorld, type World } from "../support/world.ts";

const form = (username: string, password: string) => new URLSearchParams({ username, password });

async function login(world: World): Promise<{ access_token: string; refresh_token: string; expires_in: number }> {
  return await world.json("/auth/login", { token: null, body: form(world.email, world.password) });
}

Deno.test("login gives tokens that work, and answers wrong and unknown alike", async () => {
  await using world = await openWorld();
  const tokens = await login(world);
  assert.equal(tokens.expires_in, 3600);
  const me = await world.json("/auth/me", { token: tokens.access_token });
  assert.equal(me.email, world.email);

  for (const [username, password] of [[world.email, "wrong"], ["nobody@example.org", world.password]]) {
    const problem = await world.json("/auth/login", { token: null, body: form(username!, password!) }, 401);
    assert.equal(problem.detail, "Incorrect email or password");
  }
});

Deno.test("login takes as long for an unknown e-mail as for a wrong password", async () => {
  await using world = await openWorld({ LOGIN_ATTEMPTS: "1000" });
  const times: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
  // In turns, so that whatever else the machine does slows both down.
  for (let round = 0; round < 9; round++) {
    for (const [kind, username] of [["known", world.email], ["unknown", "nobody@example.org"]] as const) {
      const started = performance.now();
      await (await world.call("/auth/login", { token: null, body: form(username, "wrong password") })).text();
      times[kind].push(performance.now() - started);
    }
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[4] ?? 0;
  const [known, unknown] = [median(times.known), median(times.unknown)];
  // Without the decoy hash an unknown e-mail answers about ten times faster.
  assert.ok(unknown > known / 2, `known ${known} ms, unknown ${unknown} ms`);
});

Deno.test("the eleventh failed login from an address is refused with Retry-After", async () => {
  await using world = await openWorld();
  for (let attempt = 0; attempt < 10; attempt++) {
    await world.json("/auth/login", { token: null, body: form("a@example.org", "wrong") }, 401);
  }
  const refused = await world.call("/auth/login", { token: null, body: form("a@example.org", "wrong") });
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get("retry-after")) > 0);
  await refused.body?.cancel();
  // Another account from the same address still gets in.
  await login(world);
});

Deno.test("a refresh token works once; using it again ends the whole login", async () => {
  await using world = await openWorld();
  const first = await login(world);
  const refreshed = (refresh_token: string, status: number) =>
    world.json<typeof first>("/token/refresh", { token: null, json: { refresh_token } }, status);
  const second = await refreshed(first.refresh_token, 200);
  await world.json("/auth/me", { token: second.access_token });

  await refreshed(first.refresh_token, 401);
  await refreshed(second.refresh_token, 401);
  await world.json("/auth/me", { token: second.access_token }, 401);
});

Deno.test("of many refreshes with one token at once exactly one succeeds", async () => {
  await using world = await openWorld();
  const { refresh_token } = await login(world);
  const statuses = await Promise.all(Array.from({ length: 8 }, async () => {
    const response = await world.call("/token/refresh", { token: null, json: { refresh_token } });
    await response.body?.cancel();
    return response.status;
  }));
  assert.equal(statuses.filter((status) => status === 200).length, 1);
});

Deno.test("an expired refresh token is refused", async () => {
  let now = new Date();
  await using world = await openWorld({}, () => now);
  const { refresh_token } = await login(world);
  now = new Date(now.getTime() + 31 * 86_400_000);
  await world.json("/token/refresh", { token: null, json: { refresh_token } }, 401);
});

Deno.test("logout ends this login only; a password change ends all", async () => {
  await using world = await openWorld();
  const [one, two] = [await login(world), await login(world)];
  await world.json("/auth/logout", { method: "POST", token: one.access_token });
  await world.json("/auth/me", { token: one.access_token }, 401);
  await world.json("/token/refresh", { token: null, json: { refresh_token: one.refresh_token } }, 401);
  await world.json("/auth/me", { token: two.access_token });

  const change = {
    current_password: world.password,
    new_password: "another password",
    confirm_password: "another password",
  };
  await world.json(
    "/auth/change-password",
    { token: two.access_token, json: { ...change, current_password: "no" } },
    400,
  );
  await world.json("/auth/change-password", { token: two.access_token, json: change });
  for (const token of [two.access_token, world.token]) await world.json("/auth/me", { token }, 401);
  await world.json("/token/refresh", { token: null, json: { refresh_token: two.refresh_token } }, 401);
  await world.json("/auth/login", { token: null, body: form(world.email, "another password") });
});

Deno.test("revoking answers 204 once, then 404, and ends the login", async () => {
  await using world = await openWorld();
  const tokens = await login(world);
  const revoke = async () => {
    const response = await world.call("/token/revoke", { token: null, json: { refresh_token: tokens.refresh_token } });
    await response.body?.cancel();
    return response.status;
  };
  assert.deepEqual([await revoke(), await revoke()], [204, 404]);
  await world.json("/auth/me", { token: tokens.access_token }, 401);
});

Deno.test("neither passwords, tokens nor keys are stored in clear", async () => {
  await using world = await openWorld();
  const tokens = await login(world);
  const key = await world.createKey();
  const stored = JSON.stringify([
    await world.ctx.database.execute("select * from developer"),
    await world.ctx.database.execute("select * from refresh_token"),
    await world.ctx.database.execute("select * from api_key"),
  ]);
  for (const secret of [world.password, tokens.refresh_token, tokens.access_token, key]) {
    assert.ok(!stored.includes(secret));
  }
  assert.match(stored, /\$argon2id\$/);
});
