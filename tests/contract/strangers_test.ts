import assert from "node:assert/strict";
import { rows } from "../../src/platform/database.ts";
import { sql } from "drizzle-orm";
import { type Operation, readOperations } from "../support/operations.ts";
import { recordMeasurements } from "../support/measurements.ts";
import { bodyText, createdId, creator, places, request } from "../support/requests.ts";
import { waitFor } from "../support/wait.ts";
import { openWorld, type World } from "../support/world.ts";

/** Stands in every text of the other person's record; no answer to a stranger may contain it. */
const secret = "feldhaus";

/** One row of everything that belongs to a person, made through the API; maps the names of ids to them. */
async function createRecord(
  world: World,
  operations: readonly Operation[],
  text: string,
): Promise<Map<string, string>> {
  const userId = await world.createUser({ first_name: text, email: `${text}@example.org` });
  const ids = new Map([["user_id", userId], ...await recordMeasurements(world, userId, text)]);
  const wanted = operations.filter(({ takesKey }) => takesKey).flatMap(({ path, parameters }) =>
    parameters.filter((parameter) => parameter.in === "path" && parameter.schema.format === "uuid")
      .map(({ name }) => ({ path, name }))
  );
  for (const { path, name } of wanted) {
    const operation = creator(operations, path, name);
    if (ids.has(name)) continue;
    assert.ok(operation, `nothing creates ${name} of ${path}; teach creator() in tests/support/requests.ts`);
    const { path: url, call } = request(operation, { ids: (id) => ids.get(id), text });
    const created = await world.call(url, call);
    assert.ok(created.ok, `${operation.id}: ${created.status}`);
    ids.set(name, await createdId(created));
  }
  return ids;
}

/** Every row of every table that mentions one of `ids` or the short key of a person among them, as text. */
async function record(world: World, ids: Iterable<string>): Promise<string> {
  const tables = await rows<{ name: string }>(
    world.ctx.database,
    sql`select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by tablename`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const lines = await rows<{ line: string }>(
      world.ctx.database,
      sql.raw(`select to_jsonb(t)::text as line from ${name} as t order by 1`),
    );
    found.push(...lines.map(({ line }) => `${name} ${line}`));
  }
  const given = [...ids];
  const people = await rows<{ no: number }>(
    world.ctx.database,
    sql`select no from "user" where id::text in ${given}`,
  );
  const wanted = [...given, ...people.map(({ no }) => `"user_no": ${no},`)];
  return found.filter((line) => wanted.some((id) => line.includes(id))).join("\n");
}

Deno.test("a key bound to one person finds nothing of another, by whatever id", async () => {
  await using world = await openWorld();
  const operations = readOperations(world.app.openapi);
  const theirs = await createRecord(world, operations, secret);
  const own = await createRecord(world, operations, "own");
  const key = await world.createKey({ user_id: own.get("user_id") ?? "" });
  const before = await record(world, theirs.values());
  assert.ok(before.split("\n").length >= theirs.size);

  let tried = 0;
  for (const operation of operations.filter(({ takesKey }) => takesKey)) {
    for (const place of places(operation, true)) {
      const stranger = theirs.get(place.name);
      if (stranger === undefined) continue;
      tried++;
      const { path, call } = request(operation, {
        ids: (name) => own.get(name),
        text: "own",
        replace: { place, value: stranger },
      });
      const response = await world.call(path, { ...call, token: null, key });
      const name = `${operation.id} with another's ${place.name} in its ${place.in}`;
      const text = await bodyText(response);
      assert.equal(response.status, 404, `${name}: ${text}`);
      assert.ok(!text.toLowerCase().includes(secret), `${name} tells: ${text}`);
      // Somebody's row and nobody's answer alike.
      const nobody = crypto.randomUUID();
      const missing = request(operation, {
        ids: (id) => own.get(id),
        text: "own",
        replace: { place, value: nobody },
      });
      const other = await world.call(missing.path, { ...missing.call, token: null, key });
      const plain = (body: string) => JSON.stringify({ ...JSON.parse(body), request_id: "" });
      assert.equal(plain((await bodyText(other)).replaceAll(nobody, stranger)), plain(text), name);
    }
    // Lists without any id show only the own person.
    if (operation.method === "GET" && places(operation, true).length === 0) {
      const { path, call } = request(operation, { ids: () => undefined, text: "" });
      const response = await world.call(path, { ...call, token: null, key });
      assert.ok(!(await bodyText(response)).toLowerCase().includes(secret), `${operation.id} lists another person`);
    }
  }
  assert.ok(tried > theirs.size);
  assert.equal(await record(world, theirs.values()), before);
});

Deno.test("a key for everybody finds both, so that the test above means something", async () => {
  await using world = await openWorld();
  // Draws the page of the document.
  await world.startWorker();
  const operations = readOperations(world.app.openapi);
  const theirs = await createRecord(world, operations, secret);
  await waitFor("the document to be read", async () => {
    const { status } = await world.json<{ status: string }>(`/documents/${theirs.get("document_id")}`);
    return ["pending", "parsing"].includes(status) ? undefined : status;
  });
  const key = await world.createKey();
  for (const operation of operations.filter(({ takesKey, method }) => takesKey && method === "GET")) {
    const { path, call } = request(operation, { ids: (name) => theirs.get(name), text: secret });
    const response = await world.call(path, { ...call, token: null, key });
    assert.equal(response.status, 200, `${operation.id}: ${await bodyText(response)}`);
    await response.body?.cancel().catch(() => {});
  }
});
