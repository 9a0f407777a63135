import assert from "node:assert/strict";
import { decode, sign } from "hono/jwt";
import { boundUser, mayReach, requireSdkUser, requireUser } from "../../src/accounts/access.ts";
import { describeApi } from "../../src/platform/openapi.ts";
import { readOperations } from "../support/operations.ts";
import { ended, mint, phone, phoneEndpoints, type Problem } from "../support/phone.ts";
import { type Call, openWorld, testSettings } from "../support/world.ts";

const mismatch = [403, "Token does not match user_id"];

Deno.test("a phone's token reaches its own person where phones call", async () => {
  await using world = await openWorld();
  const [user, other] = [await world.createUser(), await world.createUser()];
  const { access_token: token } = await mint(world, user);
  const seen = { user_id: user, kind: "sdk", app_id: `admin:${world.developerId}` };
  assert.deepEqual(await phone(world, user, { token }), seen);
  assert.deepEqual(await phone(world, user.toUpperCase(), { token, method: "POST" }), seen);
  // It decides before a key does, as a login would.
  assert.deepEqual(await phone(world, user, { token, key: "sk-wrong" }), seen);
  for (const id of [other, crypto.randomUUID()]) assert.deepEqual(await phone(world, id, { token }), mismatch);
});

Deno.test("behind every door a phone is bound to its person", async () => {
  await using world = await openWorld();
  const [user, other] = [await world.createUser(), await world.createUser()];
  const actor = { kind: "sdk", user_id: user, app_id: null, family_id: crypto.randomUUID() } as const;
  const ctx = world.as(actor);
  assert.deepEqual([mayReach(actor, user), mayReach(actor, other), boundUser(actor)], [true, false, user]);
  assert.equal(await requireUser(ctx, user), user);
  await assert.rejects(requireUser(ctx, other), { code: "not_found", message: `User with ID: ${other} not found.` });
  await assert.rejects(requireSdkUser(ctx, other), { code: "forbidden" });
});

Deno.test("logins and API keys are credentials there too, each for those they reach", async () => {
  await using world = await openWorld();
  const [user, other] = [await world.createUser(), await world.createUser()];
  const kind = async (id: string, call: Call) => {
    const seen = await phone(world, id, call);
    return Array.isArray(seen) ? seen : seen.kind;
  };
  const [key, bound] = [await world.createKey(), await world.createKey({ user_id: user })];
  assert.equal(await kind(other, { token: world.token }), "developer");
  assert.equal(await kind(other, { key }), "api_key");
  assert.equal(await kind(other, { key, token: "not.a.token" }), "api_key");
  assert.equal(await kind(user, { key: bound }), "api_key");
  const nobody = crypto.randomUUID();
  assert.deepEqual(await kind(other, { key: bound }), [404, `User with ID: ${other} not found.`]);
  assert.deepEqual(await kind(nobody, { key }), [404, `User with ID: ${nobody} not found.`]);
  assert.deepEqual(await kind(user, {}), ended);
  assert.deepEqual(await kind(user, { token: "not.a.token" }), ended);
  assert.deepEqual(await kind(user, { key: "sk-wrong" }), [401, "Invalid or missing API key"]);
  const reader = await world.createKey({ scope: "read" });
  assert.equal(await kind(user, { key: reader }), "api_key");
  const refused = [403, "This API key may only read; use one with the scope write"];
  assert.deepEqual(await kind(user, { key: reader, method: "POST" }), refused);
});

Deno.test("everywhere else a phone's token is no credential", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const { access_token: token } = await mint(world, user);
  for (const operation of readOperations(world.app.openapi)) {
    if (operation.public || operation.takesSdkToken) continue;
    const path = `/${operation.path.replace(/\{\w+\}/g, user)}`;
    const { detail } = await world.json<Problem>(path, { method: operation.method, token }, 401);
    const expected = operation.takesKey
      ? "Authentication required: provide JWT token or API key"
      : "SDK tokens cannot access this endpoint";
    assert.equal(detail, expected, operation.id);
  }
});

Deno.test("only a token of this person's own login is one", async () => {
  await using world = await openWorld();
  const [user, other] = [await world.createUser(), await world.createUser()];
  const claims = decode((await mint(world, user)).access_token).payload;
  const forged = async (change: Record<string, unknown>, key = testSettings.SECRET_KEY ?? "") =>
    await phone(world, other, { token: await sign({ ...claims, ...change }, key) });
  assert.deepEqual(await forged({}), mismatch);
  assert.deepEqual(await forged({ sub: other }), ended);
  assert.deepEqual(await forged({ sub: other, sid: crypto.randomUUID() }), ended);
  assert.deepEqual(await forged({ sub: other, sid: decode(world.token).payload.sid }), ended);
  assert.deepEqual(await forged({}, "another key that is just as long"), ended);
  const developer = { sub: world.developerId, sid: decode(world.token).payload.sid };
  assert.deepEqual(await forged(developer), ended);
});

Deno.test("the document says which credentials phones have, and that they may be another person's", () => {
  const document = describeApi(phoneEndpoints, { title: "Phones", version: "1", tags: [] });
  const found = document as {
    paths: Record<string, { get: { security: unknown; parameters: { name: string }[]; responses: object } }>;
    components: { securitySchemes: Record<string, unknown> };
  };
  const operation = found.paths["/api/v1/phones/{user_id}"]?.get;
  assert.deepEqual(operation?.security, [{ SdkToken: [] }, { OAuth2PasswordBearer: [] }, { ApiKey: [] }]);
  assert.ok(operation.parameters.some(({ name }) => name === "X-Open-Wearables-API-Key"));
  assert.deepEqual(Object.keys(operation.responses), ["200", "400", "401", "403", "404"]);
  assert.equal((found.components.securitySchemes.SdkToken as { scheme: string }).scheme, "bearer");
});
