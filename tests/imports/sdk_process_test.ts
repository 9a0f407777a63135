import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { deleteUser } from "../../src/accounts/queries.ts";
import { sweepRawPayloads } from "../../src/imports/raw_payload.ts";
import { giveUpOnPayload, processPushedPayload } from "../../src/imports/sdk_process.ts";
import { rows } from "../../src/platform/database.ts";
import { waitForLock } from "../support/locks.ts";
import { openWorld } from "../support/world.ts";
import { push, samples, saved, send, stored, told } from "./sdk_phone.ts";

/** What the job makes of a push, and what it tells. */

const now = () => new Date("2026-03-14T12:00:00Z");

const heartRate = (minute: number, value: unknown) => {
  const at = `2026-03-14T08:${String(minute).padStart(2, "0")}:00Z`;
  return { type: "HEART_RATE", startDate: at, endDate: at, value, unit: "bpm", source: { appId: "com.example" } };
};
const records = (...items: unknown[]) => ({ provider: "google", data: { records: items } });

Deno.test("the run is queued, started and completed, with what was saved and what was left out", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const all = await push(world, user, records(heartRate(0, 61), heartRate(1, 62)));
  const id = all.metadata.batch_id;
  assert.deepEqual(
    (await told(world, id)).map(({ stage, status, source, provider }) => [stage, status, source, provider]),
    [
      ["queued", "in_progress", "sdk", "google"],
      ["started", "in_progress", "sdk", "google"],
      ["completed", "success", "sdk", "google"],
    ],
  );
  assert.deepEqual(all.metadata, {
    batch_id: id,
    records_saved: 2,
    workouts_saved: 0,
    sleep_saved: 0,
    updated: { records: 0, workouts: 0, sleep: 0 },
    dropped_count: 0,
    dropped: {},
    dropped_items: [],
  });
  const some = await push(world, user, records(heartRate(2, 63), heartRate(3, "high"), { type: "MOOD" }, null));
  assert.deepEqual([some.stage, some.status, some.items_total], ["completed", "partial", 4]);
  assert.equal(some.metadata.records_saved, 1);
  assert.deepEqual(some.metadata.dropped, { invalid_value: 1, unknown_type: 1, invalid_record: 1 });
  assert.equal(some.metadata.dropped_count, 3);
  assert.deepEqual(some.metadata.dropped_items.map(({ index, field }) => [index, field]), [
    [1, "value"],
    [2, "type"],
    [3, ""],
  ]);
  assert.ok(!JSON.stringify(some).includes("high"));
  const [connection] = await rows<{ last_synced_at: string }>(
    world.ctx.database,
    sql`select last_synced_at from user_connection where user_id = ${user}`,
  );
  assert.equal(new Date(connection?.last_synced_at ?? 0).toISOString(), now().toISOString());
});

Deno.test("what cannot be read at all is told as failed, and stays kept", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  for (const data of [undefined, null, [], "records", 5]) {
    const last = await push(world, user, { provider: "google", data });
    assert.deepEqual([last.stage, last.status, last.metadata.dropped_count], ["failed", "failed", 1]);
    assert.match(last.error ?? "", /no object named data/);
  }
  const mixed = await push(world, user, { provider: "google", data: { records: {}, sleep: "x", workouts: null } });
  assert.deepEqual([mixed.status, mixed.metadata.dropped], ["partial", { invalid_record: 2 }]);
  const [kept] = await rows<{ count: number }>(world.ctx.database, sql`select count(*)::int from raw_payload`);
  assert.equal(kept?.count, 6);
});

Deno.test("a job that runs again changes and tells nothing", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const { metadata } = await push(world, user, records(heartRate(0, 61)));
  await processPushedPayload(world.ctx, metadata.batch_id);
  await giveUpOnPayload(world.ctx, metadata.batch_id);
  assert.equal((await told(world, metadata.batch_id)).length, 3);
  assert.equal((await samples(world, user)).length, 1);
  await processPushedPayload(world.ctx, crypto.randomUUID());
});

Deno.test("two workers with the same job store it once and tell the end once", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const id = await send(
    world,
    user,
    records(...Array.from({ length: 50 }, (_, minute) => heartRate(minute, 60 + minute))),
  );
  await Promise.all([processPushedPayload(world.ctx, id), processPushedPayload(world.ctx, id)]);
  const ends = (await told(world, id)).filter(({ stage }) => stage === "completed");
  assert.deepEqual(ends.map(saved), [[50, 0, 0]]);
  assert.equal((await samples(world, user)).length, 50);
});

Deno.test("pushes may come twice, overlap and be out of order; a changed value replaces the earlier", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const first = records(heartRate(0, 60), heartRate(1, 61), heartRate(2, 62));
  assert.deepEqual(saved(await push(world, user, records(heartRate(4, 64), heartRate(3, 63)))), [2, 0, 0]);
  assert.deepEqual(saved(await push(world, user, first)), [3, 0, 0]);
  assert.deepEqual(saved(await push(world, user, first)), [0, 0, 0]);
  const again = await push(world, user, records(heartRate(2, 62), heartRate(3, 99), heartRate(5, 65)));
  assert.deepEqual([...saved(again), again.metadata.updated.records], [1, 0, 0, 1]);
  // Twice within one push: the last counts.
  await push(world, user, records(heartRate(6, 1), heartRate(6, 66)));
  assert.deepEqual((await samples(world, user)).map(({ value }) => value), [60, 61, 62, 99, 64, 65, 66]);
});

Deno.test("a new quantity becomes a series in the unit it came in, which stays", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const water = (minute: number, unit: string) => ({
    ...heartRate(minute, 3),
    type: "HKQuantityTypeIdentifierSomethingNew",
    unit,
  });
  const first = await push(world, user, { provider: "apple", data: { records: [water(0, "IU")] } });
  assert.deepEqual([first.status, ...saved(first)], ["success", 1, 0, 0]);
  const second = await push(world, user, { provider: "apple", data: { records: [water(1, "mL"), water(2, "IU")] } });
  assert.deepEqual([saved(second), second.metadata.dropped], [[1, 0, 0], { other_unit: 1 }]);
  assert.deepEqual(await rows(world.ctx.database, sql`select code, unit from custom_series`), [
    { code: "something_new", unit: "IU" },
  ]);
});

Deno.test("a workout that is sent again with more statistics is filled in", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const workout = (values: unknown) => ({
    provider: "apple",
    data: {
      workouts: [{
        type: "running",
        startDate: "2026-03-14T08:00:00Z",
        endDate: "2026-03-14T09:00:00Z",
        source: { name: "Apple Watch", productType: "Watch7,5" },
        values,
      }],
    },
  });
  await push(world, user, workout([{ type: "distance", value: 5000, unit: "m" }]));
  const second = await push(world, user, workout([{ type: "maxHeartRate", value: 178, unit: "bpm" }]));
  assert.deepEqual([...saved(second), second.metadata.updated.workouts], [0, 0, 0, 1]);
  const found = await stored(world, user, "workout");
  assert.deepEqual(found.map(({ distance, heart_rate_max }) => [distance, heart_rate_max]), [[5000, 178]]);
});

Deno.test("a job without attempts left says so on its run", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const id = await send(world, user, records(heartRate(0, 61)));
  await giveUpOnPayload(world.ctx, id);
  const last = (await told(world, id)).at(-1);
  assert.deepEqual([last?.stage, last?.status, last?.error], [
    "failed",
    "failed",
    "The push could not be stored; send it again",
  ]);
});

Deno.test("a person who was deleted takes the push along, and the job ends", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const id = await send(world, user, records(heartRate(0, 61)));
  await deleteUser(world.ctx.database, user as never);
  await processPushedPayload(world.ctx, id);
  await giveUpOnPayload(world.ctx, id);
  assert.deepEqual(await told(world, id), []);
});

Deno.test("what is deleted while it is being stored does not come back", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const id = await send(world, user, records(heartRate(0, 61)));
  let processing: Promise<void> | undefined;
  await world.ctx.database.transaction(async (db) => {
    await db.execute(sql`select 1 from "user" where id = ${user} for no key update`);
    processing = processPushedPayload(world.ctx, id);
    await waitForLock(world);
    await db.execute(sql`delete from raw_payload where id = ${id}`);
  });
  await processing;
  assert.deepEqual(await samples(world, user), []);
});

Deno.test("what was sent goes after its days, but never before it was read", async () => {
  let time = now();
  await using world = await openWorld({ RAW_PAYLOAD_DAYS: "30" }, () => time);
  const user = await world.createUser();
  const waiting = await send(world, user, records(heartRate(0, 61)));
  const read = (await push(world, user, records(heartRate(1, 62)))).metadata.batch_id;
  const left = async () => {
    await sweepRawPayloads(world.ctx);
    return (await rows<{ id: string }>(world.ctx.database, sql`select id from raw_payload`)).map(({ id }) => id).sort();
  };
  time = new Date("2026-04-13T11:59:00Z");
  assert.deepEqual(await left(), [waiting, read].sort());
  time = new Date("2026-04-13T12:01:00Z");
  assert.deepEqual(await left(), [waiting]);
  await giveUpOnPayload(world.ctx, waiting);
  assert.deepEqual(await left(), []);
});
