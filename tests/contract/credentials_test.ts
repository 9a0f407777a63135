import assert from "node:assert/strict";
import { readOperations } from "../support/operations.ts";
import { request } from "../support/requests.ts";
import { type Call, openWorld } from "../support/world.ts";

const filling = { ids: () => crypto.randomUUID(), text: "x" };

Deno.test("every operation that is not for everybody refuses a call without a valid credential", async () => {
  await using world = await openWorld();
  const key = await world.createKey();
  const user = await world.createUser();
  for (const operation of readOperations(world.app.openapi).filter((found) => !found.public)) {
    const noKey = operation.takesKey
      ? `Authentication required: provide ${operation.takesSdkToken ? "SDK" : "JWT"} token or API key`
      : "Could not validate credentials";
    const badKey = operation.takesKey ? "Invalid or missing API key" : "Could not validate credentials";
    const attempts: [string, Call, string][] = [
      ["nothing", { token: null }, noKey],
      ["an invented token", { token: "eyJhbGciOiJIUzI1NiJ9.e30.AAAA" }, noKey],
      ["an invented key", { token: null, key: `sk-${"0".repeat(32)}` }, badKey],
      ["a key as a token", { token: key }, noKey],
      ["a token as a key", { token: null, key: world.token }, badKey],
      ["an empty key", { token: null, key: "" }, badKey],
      ...(operation.takesKey ? [] : [["a key", { token: null, key }, noKey] as [string, Call, string]]),
    ];
    for (const [what, credential, detail] of attempts) {
      const { path, call } = request(operation, { ...filling, ids: () => user });
      const response = await world.call(path, { ...call, ...credential });
      const name = `${operation.id} with ${what}`;
      assert.equal(response.status, 401, name);
      assert.equal(response.headers.get("www-authenticate"), "Bearer", name);
      assert.equal((await response.json()).detail, detail, name);
    }
    // What is wrong with the input is nobody's business before that.
    const malformed = operation.path.replace(/\{\w+\}/g, "%00");
    const response = await world.call(`/${malformed}`, { method: operation.method, token: null });
    assert.equal(response.status, 401, `${operation.id} with malformed input`);
    await response.body?.cancel();
  }
  assert.equal((await world.json<{ total: number }>("/users")).total, 1);
});

Deno.test("a key with the scope read is refused by every operation that writes, before it looks at the input", async () => {
  await using world = await openWorld();
  const key = await world.createKey({ scope: "read" });
  const writing = readOperations(world.app.openapi)
    .filter(({ takesKey, method, statuses }) => takesKey && method !== "GET" && statuses.has(403));
  assert.ok(writing.length > 0);
  for (const operation of writing) {
    const { path, call } = request(operation, filling);
    for (const attempt of [call, { method: operation.method }]) {
      const response = await world.call(path, { ...attempt, token: null, key });
      assert.equal(response.status, 403, operation.id);
      assert.equal((await response.json()).detail, "This API key may only read; use one with the scope write");
    }
  }
  // Every operation that changes something says so.
  const silent = readOperations(world.app.openapi)
    .filter(({ takesKey, method, statuses }) => takesKey && method !== "GET" && !statuses.has(403));
  assert.deepEqual(silent.map(({ id }) => id), []);
});
