import assert from "node:assert/strict";
import { decode, sign as signJwt } from "hono/jwt";
import { openWorld, testSettings, type World } from "../support/world.ts";

const signingKey = testSettings.SECRET_KEY ?? "";

/** The claims of the world's own token, with what an attacker would change; undefined takes one away. */
function claims(world: World, change: Record<string, unknown> = {}): Record<string, unknown> {
  return JSON.parse(JSON.stringify({ ...decode(world.token).payload, ...change }));
}

const sign = (payload: Record<string, unknown>, key = signingKey, alg: "HS256" | "HS512" = "HS256") =>
  signJwt(payload, key, alg);

const base64url = (value: unknown) =>
  btoa(JSON.stringify(value)).replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_");

/** A token that says it needs no signature. */
const unsigned = (payload: Record<string, unknown>, alg = "none") =>
  `${base64url({ alg, typ: "JWT" })}.${base64url(payload)}.`;

Deno.test("a token holds ids and times, nothing about the person", async () => {
  await using world = await openWorld();
  const { sub, sid, iat, exp, ...rest } = decode(world.token).payload;
  assert.deepEqual(rest, {});
  assert.equal(sub, world.developerId);
  assert.match(String(sid), /^[0-9a-f-]{36}$/);
  assert.equal((exp ?? 0) - (iat ?? 0), 3600);
});

Deno.test("only a token we signed, of this login, before it expires, is accepted", async () => {
  await using world = await openWorld();
  const now = Math.floor(Date.now() / 1000);
  await world.json("/auth/me", { token: await sign(claims(world)) });
  const parts = world.token.split(".");
  const attacks: Record<string, string> = {
    "no algorithm": unsigned(claims(world)),
    "no algorithm, our signature": `${unsigned(claims(world))}${parts[2]}`,
    "no algorithm in capitals": `${unsigned(claims(world), "NONE")}${parts[2]}`,
    "another key": await sign(claims(world), "another key that is just as long"),
    "another algorithm": await sign(claims(world), signingKey, "HS512"),
    "other claims under our signature": `${parts[0]}.${base64url(claims(world, { exp: now + 9_999 }))}.${parts[2]}`,
    "no signature": `${parts[0]}.${parts[1]}.`,
    "expired": await sign(claims(world, { exp: now - 1 })),
    "without an end": await sign({ sub: world.developerId, sid: claims(world).sid }),
    "an end that is no number": await sign(claims(world, { exp: undefined, end: "never" })),
    "a subject that is no id": await sign(claims(world, { sub: "1 or 1=1" })),
    "a subject in upper case": await sign(claims(world, { sub: world.developerId.toUpperCase() })),
    "no subject": await sign(claims(world, { sub: undefined })),
    "another subject": await sign(claims(world, { sub: crypto.randomUUID() })),
    "no login": await sign(claims(world, { sid: undefined })),
    "an unknown login": await sign(claims(world, { sid: crypto.randomUUID() })),
    "words": "not.a.token",
    "nothing": "..",
  };
  for (const [what, token] of Object.entries(attacks)) {
    const response = await world.call("/auth/me", { token });
    const body = await response.json();
    assert.deepEqual([response.status, body.detail], [401, "Could not validate credentials"], what);
    assert.equal(response.headers.get("www-authenticate"), "Bearer");
  }
  assert.deepEqual(world.log.filter(({ level }) => level === "error"), []);
});

Deno.test("a token stops working when it expires, and when its developer is gone", async () => {
  let now = new Date();
  await using world = await openWorld({ ACCESS_TOKEN_EXPIRE_MINUTES: "5" }, () => now);
  await world.json("/auth/me");
  now = new Date(now.getTime() + 5 * 60_000 - 2_000);
  await world.json("/auth/me");
  now = new Date(now.getTime() + 3_000);
  await world.json("/auth/me", {}, 401);
  now = new Date();
  await world.json("/auth/me");
  await world.ctx.database.execute("delete from developer");
  await world.json("/auth/me", {}, 401);
});

Deno.test("a token for a phone is no login, and does not get in the way of a key", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const key = await world.createKey();
  const token = await sign(claims(world, { sub: user, scope: "sdk", app_id: "app_1" }));
  assert.equal((await world.json("/auth/me", { token }, 401)).detail, "SDK tokens cannot access this endpoint");
  // Even with a developer's own id in it.
  const own = await sign(claims(world, { scope: "sdk" }));
  assert.equal((await world.json("/auth/me", { token: own }, 401)).detail, "SDK tokens cannot access this endpoint");

  const required = "Authentication required: provide JWT token or API key";
  assert.equal((await world.json("/users", { token }, 401)).detail, required);
  await world.json("/users", { token, key });
  await world.json("/users", { token: "not.a.token", key });
  assert.equal(
    (await world.json("/users", { token, key: "sk-wrong" }, 401)).detail,
    "Invalid or missing API key",
  );
});

Deno.test("a valid login decides before the key does", async () => {
  await using world = await openWorld();
  await world.json("/users", { token: world.token, key: "sk-wrong" });
});

Deno.test("the scheme's name is read in any case, anything else is not a token", async () => {
  await using world = await openWorld();
  for (const [scheme, status] of [["bearer", 200], ["BEARER", 200], ["Basic", 401], ["Token", 401]] as const) {
    const headers = { authorization: `${scheme} ${world.token}` };
    await world.json("/auth/me", { token: null, headers }, status);
  }
});
