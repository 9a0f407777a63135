import assert from "node:assert/strict";
import { join } from "node:path";
import { generateClient } from "../support/client.ts";
import { readOperations } from "../support/operations.ts";
import { openWorld } from "../support/world.ts";

/** Typed as somebody who uses the generated client would write it; `@ts-expect-error` marks what must not compile. */
const use = `
import { createUser, getUser, listUsers, login } from "./client/sdk.gen.ts";
import type { UserRead } from "./client/types.gen.ts";

const { data } = await createUser({ body: { first_name: "Ada" }, throwOnError: true });
const user: UserRead = data;
const id: string = user.id;
await getUser({ path: { user_id: id } });
const page = await listUsers({ query: { limit: 5, sort_order: "asc" } });
const total: number | undefined = page.data?.total;
await login({ body: { username: "a", password: "b" } });
// @ts-expect-error a name is not a number
await createUser({ body: { first_name: 1 } });
// @ts-expect-error the path needs an id
await getUser({});
// @ts-expect-error no such order
await listUsers({ query: { sort_order: "sideways" } });
export { total };
`;

Deno.test("a client generated from openapi.json type-checks and works against the server", async () => {
  await using world = await openWorld();
  await using client = await generateClient(world.app.openapi);
  for (const { id } of readOperations(world.app.openapi)) assert.equal(typeof client.sdk[id], "function", id);

  const strict = { compilerOptions: { strict: true, noUncheckedIndexedAccess: true } };
  await Deno.writeTextFile(join(client.folder, "deno.json"), JSON.stringify(strict));
  await Deno.writeTextFile(join(client.folder, "use.ts"), use);
  const check = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--no-lock", "use.ts"],
    cwd: client.folder,
    env: { NO_COLOR: "1" },
  }).output();
  assert.ok(check.success, new TextDecoder().decode(check.stderr));

  client.use(world.url, await world.createKey());
  const created = await client.sdk.createUser!({ body: { first_name: "Ada", external_user_id: "ext-1" } });
  assert.equal(created.response.status, 201);
  const path = { user_id: created.data?.id };
  assert.equal((await client.sdk.getUser!({ path })).data?.first_name, "Ada");
  assert.equal((await client.sdk.listUsers!({ query: { search: "ad", limit: 1 } })).data?.total, 1);

  const missing = await client.sdk.getUser!({ path: { user_id: crypto.randomUUID() } });
  assert.equal(missing.error?.code, "not_found");
  assert.match(String(missing.error?.detail), /^User with ID: .* not found\.$/);
  // The key may not do what needs a login.
  assert.equal((await client.sdk.deleteUser!({ path })).error?.detail, "Could not validate credentials");
});
