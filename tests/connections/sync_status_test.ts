import assert from "node:assert/strict";
import { deleteOldSyncEvents } from "../../src/connections/sync_queries.ts";
import { tellSync } from "../../src/connections/sync_status.ts";
import { openWorld, type World } from "../support/world.ts";
import { step } from "./sync_frames.ts";

type Shown = Record<string, unknown>;

const at = (time: string) => new Date(`2026-03-14T${time}Z`);

/** A whole import: it waits, starts, works and ends. */
async function tellRun(world: World, userId: string, run_id: string): Promise<void> {
  const run = { run_id, source: "xml_import" as const };
  const tell = (message: string, fields: Parameters<typeof step>[2]) =>
    tellSync(world.ctx.database, step(userId, message, { ...run, ...fields }));
  await tell("waits", { stage: "queued", timestamp: at("06:00:00") });
  await tell("starts", { stage: "started", timestamp: at("06:00:05") });
  await tell("works", { progress: 0.5, items_processed: 500, timestamp: at("06:00:10") });
  await tell("is done", {
    stage: "completed",
    status: "success",
    progress: 1,
    items_processed: 1_000,
    metadata: { inserted: 990 },
    ended_at: at("06:00:20"),
    timestamp: at("06:00:20"),
  });
}

Deno.test("a run is shown as its last event has it, with the start that was told before", async () => {
  await using world = await openWorld();
  const userId = await world.createUser();
  await tellRun(world, userId, "xml_1");
  const named = { run_id: "sdk_1", started_at: at("05:00:00"), timestamp: at("07:00:00") };
  await tellSync(world.ctx.database, step(userId, "names its start", named));
  await tellSync(world.ctx.database, step(userId, "waits", { run_id: "pull_1", stage: "queued" }));
  const [waiting, second, first, ...more] = await world.json<Shown[]>(`/users/${userId}/sync/runs`);
  assert.deepEqual(more, []);
  assert.deepEqual(first, {
    run_id: "xml_1",
    user_id: userId,
    provider: "apple",
    source: "xml_import",
    stage: "completed",
    status: "success",
    message: "is done",
    progress: 1,
    items_processed: 1_000,
    items_total: null,
    error: null,
    primary_user_id: null,
    started_at: "2026-03-14T06:00:05.000Z",
    ended_at: "2026-03-14T06:00:20.000Z",
    last_update: "2026-03-14T06:00:20.000Z",
  });
  assert.deepEqual([second?.run_id, second?.started_at], ["sdk_1", "2026-03-14T05:00:00.000Z"]);
  assert.deepEqual([waiting?.run_id, waiting?.started_at], ["pull_1", null]);
  assert.equal((await world.json<Shown[]>(`/users/${userId}/sync/runs?limit=1`)).length, 1);
});

Deno.test("recent events come newest first, with what was told", async () => {
  await using world = await openWorld();
  const userId = await world.createUser();
  await tellRun(world, userId, "xml_1");
  const found = await world.json<Shown[]>(`/users/${userId}/sync/recent?limit=2`);
  assert.deepEqual(found.map(({ message }) => message), ["is done", "works"]);
  assert.deepEqual([found[0]?.metadata, found[0]?.ended_at, found[0]?.started_at], [
    { inserted: 990 },
    "2026-03-14T06:00:20.000Z",
    null,
  ]);
  assert.ok(!("no" in (found[0] ?? {})));
});

Deno.test("everybody's runs can be narrowed; a key bound to one person sees that person's", async () => {
  await using world = await openWorld();
  const [one, other] = [await world.createUser(), await world.createUser()];
  const { database } = world.ctx;
  await tellRun(world, one, "xml_1");
  await tellSync(database, step(other, "works", { run_id: "sdk_1", provider: "samsung" }));
  // Two people who share an account share a run.
  await tellSync(database, step(other, "shares", { run_id: "xml_1", source: "linked_account", primary_user_id: one }));
  const runs = async (query: string, key?: string) => {
    const found = await world.json<Shown[]>(`/sync/runs${query}`, key === undefined ? {} : { key });
    return found.map(({ run_id, user_id }) => `${run_id} ${user_id === one ? "one" : "other"}`);
  };
  assert.deepEqual(await runs(""), ["xml_1 other", "sdk_1 other", "xml_1 one"]);
  assert.deepEqual(await runs("?limit=1"), ["xml_1 other"]);
  assert.deepEqual(await runs(`?user_id=${one}`), ["xml_1 one"]);
  assert.deepEqual(await runs("?provider=samsung"), ["sdk_1 other"]);
  assert.deepEqual(await runs("?status=in_progress"), ["xml_1 other", "sdk_1 other"]);
  assert.deepEqual(await runs("?source=linked_account"), ["xml_1 other"]);
  const key = await world.createKey({ user_id: one, scope: "read" });
  assert.deepEqual(await runs("", key), ["xml_1 one"]);
  await world.json(`/sync/runs?user_id=${other}`, { key }, 404);
  assert.deepEqual(await runs("", await world.createKey()), ["xml_1 other", "sdk_1 other", "xml_1 one"]);
});

Deno.test("what is told in a transaction that fails was never told, nor is anything about a person who is gone", async () => {
  await using world = await openWorld();
  const userId = await world.createUser();
  await assert.rejects(world.ctx.database.transaction(async (tx) => {
    await tellSync(tx, step(userId, "too early"));
    throw new Error("the batch failed");
  }));
  assert.deepEqual(await world.json(`/users/${userId}/sync/recent`), []);
  await tellSync(world.ctx.database, step(crypto.randomUUID(), "nobody"));
  assert.deepEqual(await world.json("/sync/runs"), []);
});

Deno.test("runs are forgotten whole, a day after their last event; one that goes on is kept", async () => {
  await using world = await openWorld();
  const userId = await world.createUser();
  const { database } = world.ctx;
  const now = new Date("2026-03-14T12:00:00Z");
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  const tell = (run_id: string, hours: number, fields: Parameters<typeof step>[2] = {}) =>
    tellSync(database, step(userId, `${run_id} ${hours}`, { run_id, timestamp: hoursAgo(hours), ...fields }));
  const done = { stage: "completed", status: "success" } as const;
  await tell("old", 26);
  await tell("old", 25, done);
  await tell("long", 30);
  await tell("long", 23, done);
  await tell("goes on", 100);
  await tell("goes on", 99);
  await tell("died", 24 * 7 + 1);
  await tell("failed", 24.1, { stage: "failed", status: "failed" });
  await deleteOldSyncEvents(database, now);
  const found = await world.json<Shown[]>(`/users/${userId}/sync/recent`);
  assert.deepEqual(found.map(({ message }) => message), ["goes on 99", "goes on 100", "long 23", "long 30"]);
});
