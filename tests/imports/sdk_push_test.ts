import assert from "node:assert/strict";
import { rows } from "../../src/platform/database.ts";
import { sql } from "drizzle-orm";
import { queuedJobs } from "../support/queue.ts";
import { openWorld, type World } from "../support/world.ts";
import { upload } from "./sdk_phone.ts";

/** The endpoints that phones call: what is taken, what is refused, and that it is kept word for word. */

const empty = { provider: "apple", sdkVersion: "1.0.0", syncTimestamp: "2026-03-14T08:00:00Z", data: {} };

async function kept(world: World) {
  const found = await rows<{ kind: string; provider: string; body: Uint8Array; processed: boolean }>(
    world.ctx.database,
    sql`select kind, provider, body, processed_at is not null as processed from raw_payload order by received_at, id`,
  );
  return found.map(({ body, ...row }) => ({
    ...row,
    body: new TextDecoder("utf-8", { ignoreBOM: true }).decode(body),
  }));
}

const jobs = async (world: World) =>
  (await queuedJobs(world.ctx)).filter(({ payload }) => Object.hasOwn(payload as object, "payload_id")).length;

type Problem = { readonly detail: string };

async function refused(
  world: World,
  path: string,
  status: number,
  call: Parameters<World["call"]>[1],
): Promise<string> {
  const { detail } = await world.json<Problem>(path, call, status);
  assert.deepEqual([await kept(world), await jobs(world)], [[], 0], detail);
  return detail;
}

Deno.test("a push is kept as it was sent, with its job, its connection and its first event", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  // Spaces, order, an escape and a number that would not survive being parsed and written again.
  const body = `\ufeff{ "data" : {"records":[ ]}, "provider":"Apple", "x": 1.50, "y":"\\u00e9ü🫀\\u0000" }\r\n`;
  const headers = { "content-type": "application/json; charset=utf-8" };
  assert.deepEqual(await world.json(`/sdk/users/${user}/sync`, { body, headers }, 202), upload(user));
  assert.deepEqual(await kept(world), [{ kind: "sdk", provider: "apple", processed: false, body }]);
  assert.equal(await jobs(world), 1);
  const { database } = world.ctx;
  assert.deepEqual(await rows(database, sql`select provider, status from user_connection`), [
    { provider: "apple", status: "active" },
  ]);
  const [event] = await rows(database, sql`select run_id, stage, status, source, metadata from sync_event`);
  const [payload] = await rows<{ id: string }>(database, sql`select id from raw_payload`);
  assert.deepEqual(event, {
    run_id: payload?.id,
    stage: "queued",
    status: "in_progress",
    source: "sdk",
    metadata: { batch_id: payload?.id },
  });
});

Deno.test("without its job a push is not kept either", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  await world.ctx.database.execute(sql`alter schema graphile_worker rename to away`);
  await world.json(`/sdk/users/${user}/sync`, { json: empty }, 500);
  assert.deepEqual(await kept(world), []);
  assert.deepEqual(await rows(world.ctx.database, sql`select 1 from sync_event, user_connection`), []);
});

Deno.test("without being kept a push has no job", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const { database } = world.ctx;
  await database.execute(sql`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not today'; end $$`);
  await database.execute(sql`
    create constraint trigger refuse after insert on raw_payload deferrable initially deferred
    for each row execute function refuse()`);
  await refused(world, `/sdk/users/${user}/sync`, 500, { json: empty });
});

Deno.test("the seed's path names the provider and answers 200", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const { provider: _, ...nameless } = empty;
  for (const provider of ["apple", "samsung", "google", "Apple"]) {
    assert.deepEqual(await world.json(`/sdk/users/${user}/sync/${provider}`, { json: nameless }), upload(user));
  }
  await world.json(`/sdk/users/${user}/sync/apple`, { json: empty });
  const providers = (await kept(world)).map(({ provider }) => provider);
  assert.deepEqual(providers.sort(), ["apple", "apple", "apple", "google", "samsung"]);
});

Deno.test("an unknown provider is refused, and one that contradicts the path", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const path = `/sdk/users/${user}/sync`;
  const unsupported = "Unsupported provider: garmin. Supported: apple, samsung, google";
  assert.equal(await refused(world, path, 400, { json: { ...empty, provider: "garmin" } }), unsupported);
  assert.equal(await refused(world, `${path}/garmin`, 400, { json: empty }), unsupported);
  const { provider: _, ...nameless } = empty;
  assert.equal(await refused(world, path, 400, { json: nameless }), "Field required");
  assert.equal(await refused(world, path, 400, { json: { ...empty, provider: 5 } }), "Input should be a valid string");
  assert.match(
    await refused(world, `${path}/samsung`, 400, { json: empty }),
    /^The body says apple and the path samsung/,
  );
});

Deno.test("what is no object in JSON is refused and not kept", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const path = `/sdk/users/${user}/sync`;
  const headers = { "content-type": "application/json" };
  for (const body of ["", "{", '{"provider":"apple"', "[1,2]", "null", '"apple"', "[".repeat(100_000)]) {
    await refused(world, path, 400, { body, headers });
  }
  await refused(world, path, 400, { body: new Uint8Array([0x7b, 0xff, 0x7d]), headers });
  await refused(world, path, 400, { method: "POST" });
  await refused(world, path, 415, { body: "{}", headers: { "content-type": "text/plain" } });
  await refused(world, path, 415, { body: new URLSearchParams({ provider: "apple" }) });
});

Deno.test("a form that contains the JSON is as good, as a file or as a field", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const body = JSON.stringify({ ...empty, padding: "x".repeat(200_000) });
  const file = new FormData();
  file.append("comment", "not this one");
  file.append("payload", new File([body], "batch.json"));
  const field = new FormData();
  field.append("batch", body);
  for (const form of [file, field]) await world.json(`/sdk/users/${user}/sync`, { body: form }, 202);
  assert.deepEqual((await kept(world)).map((row) => row.body), [body, body]);
  const without = new FormData();
  without.append("comment", "[1]");
  const { detail } = await world.json<Problem>(`/sdk/users/${user}/sync`, { body: without }, 400);
  assert.equal(detail, "The form has no part that is an object in JSON");
  const headers = { "content-type": "multipart/form-data; boundary=x" };
  await world.json(`/sdk/users/${user}/sync`, { body: "--x\r\nContent-", headers }, 400);
});

Deno.test("a push that is larger than the limit is refused, also when it does not say so", async () => {
  await using world = await openWorld({ MAX_PUSH_SIZE_MB: "1" });
  const user = await world.createUser();
  const path = `/sdk/users/${user}/sync`;
  const large = JSON.stringify({ ...empty, padding: "x".repeat(1024 * 1024) });
  const headers = { "content-type": "application/json" };
  assert.equal(
    await refused(world, path, 413, { body: large, headers }),
    "The body exceeds 1 MB; send it in smaller parts",
  );
  await refused(world, path, 413, { body: new Blob([large]).stream(), headers });
  const fitting = JSON.stringify({ ...empty, padding: "x".repeat(1024 * 1024 - 200) });
  await world.json(path, { body: fitting, headers }, 202);
});

Deno.test("a phone reaches its own person only; a key whoever it is for", async () => {
  await using world = await openWorld();
  const [user, other] = [await world.createUser(), await world.createUser()];
  const { access_token } = await world.json<{ access_token: string }>(`/users/${user}/token`, { method: "POST" });
  const phone = { token: access_token, json: empty };
  for (const [path, status] of [["sync", 202], ["sync/apple", 200]] as const) {
    await world.json(`/sdk/users/${user}/${path}`, phone, status);
    const { detail } = await world.json<Problem>(`/sdk/users/${other}/${path}`, phone, 403);
    assert.equal(detail, "Token does not match user_id");
  }
  const log = { sdkVersion: "1", events: [{ eventType: "device_state", timestamp: "2026-03-14T08:00:00Z" }] };
  await world.json(`/sdk/users/${user}/logs`, { token: access_token, json: log }, 202);
  await world.json(`/sdk/users/${other}/logs`, { token: access_token, json: log }, 403);

  await world.json(`/sdk/users/${other}/sync`, { json: empty, key: await world.createKey() }, 202);
  const bound = await world.createKey({ user_id: user });
  await world.json(`/sdk/users/${other}/sync`, { json: empty, key: bound, token: null }, 404);
  await world.json(`/sdk/users/${user}/sync`, {
    json: empty,
    key: await world.createKey({ scope: "read" }),
    token: null,
  }, 403);
  await world.json(`/sdk/users/${user}/sync`, { json: empty, token: null }, 401);
  await world.json(`/sdk/users/${crypto.randomUUID()}/sync`, { json: empty }, 404);
  await world.json(`/sdk/users/nobody/sync`, { json: empty }, 400);
  const found = await rows<{ count: number }>(world.ctx.database, sql`select count(*)::int as count from raw_payload`);
  assert.equal(found[0]?.count, 4);
});

Deno.test("logs are validated and kept word for word, and nobody reads them", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const path = `/sdk/users/${user}/logs`;
  const event = { eventType: "device_state", timestamp: "2026-04-09T10:00:00Z", batteryLevel: 0.72 };
  const body = JSON.stringify({ provider: "samsung", sdkVersion: "1.0.0", events: [event] }, null, 3);
  const headers = { "content-type": "application/json" };
  const answer = await world.json(path, { body, headers }, 202);
  assert.deepEqual(answer, upload(user, "Log events stored successfully"));
  assert.deepEqual(await kept(world), [{ kind: "sdk_logs", provider: "samsung", processed: true, body }]);
  assert.equal(await jobs(world), 0);
  for (
    const json of [
      { sdkVersion: "1", events: [] },
      { events: [event] },
      { sdkVersion: "1", events: Array(101).fill(event) },
      { sdkVersion: "1", events: [{ ...event, eventType: "other" }] },
      { sdkVersion: "1", events: [{ ...event, timestamp: "today" }] },
      { sdkVersion: "1", events: [{ ...event, batteryLevel: 72 }] },
      { sdkVersion: "1", events: [{ eventType: "historical_data_type_sync_end", timestamp: event.timestamp }] },
      {
        sdkVersion: "1",
        events: [{
          eventType: "historical_data_sync_start",
          timestamp: event.timestamp,
          dataTypeCounts: [{ type: "sleep", count: -1 }],
        }],
      },
    ]
  ) await world.json(path, { json }, 400);
  assert.equal((await kept(world)).length, 1);
});
