import assert from "node:assert/strict";
import { processAutoExport } from "../../src/imports/auto_export_process.ts";
import { activity, stepsByDay } from "../summaries/recording.ts";
import { openWorld, type World } from "../support/world.ts";
import { waitForLock } from "../support/locks.ts";
import { waitFor } from "../support/wait.ts";
import { type Report, samples, send as sendPush, stored, told, upload } from "./sdk_phone.ts";
import { sql } from "drizzle-orm";
import { rows } from "../../src/platform/database.ts";

/** Health Auto Export over HTTP: kept first, read by the job, the same again changes nothing. */

const now = () => new Date("2026-03-15T12:00:00Z");

const body = (steps: number) => ({
  data: {
    metrics: [
      {
        name: "step_count",
        units: "count",
        data: [
          { date: "2026-03-13 00:00:00 +0100", qty: 8833, source: "Watch" },
          { date: "2026-03-14 00:00:00 +0100", qty: steps, source: "Watch|iPhone" },
        ],
      },
      { name: "heart_rate", units: "bpm", data: [{ date: "2026-03-14 08:00:00 +0100", Avg: 61 }, { date: "x" }] },
    ],
    workouts: [{
      id: "A1",
      name: "Outdoor Run",
      start: "2026-03-14 18:00:00 +0100",
      end: "2026-03-14 18:30:00 +0100",
    }],
  },
});

async function push(world: World, user: string, json: unknown): Promise<Report> {
  const answered = await world.json(`/users/${user}/import/apple/auto-health-export`, { json });
  assert.deepEqual(answered, upload(user));
  const [newest] = await rows<{ id: string }>(
    world.ctx.database,
    sql`select run_id as id from sync_event where stage = 'queued' order by no desc limit 1`,
  );
  const id = newest?.id ?? "";
  assert.equal(await processAutoExport(world.ctx, id), true);
  // A job may run twice.
  assert.equal(await processAutoExport(world.ctx, id), true);
  const events = await told(world, id);
  assert.deepEqual(events.map(({ stage, status }) => `${stage} ${status}`), [
    "queued in_progress",
    "started in_progress",
    "completed partial",
  ]);
  return events.at(-1)?.metadata as Report;
}

Deno.test("an export is stored once; sent again it changes what changed", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const first = await push(world, user, body(400));
  assert.deepEqual(
    [first.records_saved, first.workouts_saved, first.sleep_saved, first.dropped_count],
    [3, 1, 0, 1],
  );
  const again = await push(world, user, body(400));
  assert.deepEqual([again.records_saved, again.workouts_saved, again.updated.records], [0, 0, 0]);
  const later = await push(world, user, body(9000));
  assert.deepEqual([later.records_saved, later.updated.records], [0, 1]);
  const totals = await rows<{ day: string; value: number }>(
    world.ctx.database,
    sql`
      select day::text, value
      from daily_total
      where user_no = (select no from "user" where id = ${user})
      order by day`,
  );
  assert.deepEqual(totals.map(({ day, value }) => [day, value]), [["2026-03-13", 8833], ["2026-03-14", 9000]]);
  assert.deepEqual((await samples(world, user)).map(({ at, value }) => [at, value]), [["2026-03-14T07:00:00Z", 61]]);
  assert.equal((await stored(world, user, "workout")).length, 1);
});

Deno.test("what is deleted while it is being stored does not come back", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await world.json(`/users/${user}/import/apple/auto-health-export`, { json: body(400) });
  const [payload] = await rows<{ id: string }>(world.ctx.database, sql`select id from raw_payload`);
  const id = payload?.id ?? "";
  let processing: Promise<boolean> | undefined;
  await world.ctx.database.transaction(async (db) => {
    await db.execute(sql`select 1 from "user" where id = ${user} for no key update`);
    processing = processAutoExport(world.ctx, id);
    await waitForLock(world);
    await db.execute(sql`delete from raw_payload where id = ${id}`);
  });
  assert.equal(await processing, true);
  assert.deepEqual([await samples(world, user), await stored(world, user, "workout")], [[], []]);
  assert.deepEqual((await told(world, id)).map(({ stage }) => stage), ["queued", "started"]);
});

Deno.test("the worker gives each push to the reader of its kind", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const phone = await sendPush(world, user, {
    provider: "google",
    data: { records: [{ type: "WEIGHT", value: 80, unit: "kg", startDate: "2026-03-14T07:00:00Z" }] },
  });
  assert.equal(await processAutoExport(world.ctx, phone), false);
  assert.equal(await processAutoExport(world.ctx, crypto.randomUUID()), false);
  await world.json(`/users/${user}/import/apple/auto-health-export`, { json: body(400) });
  await world.startWorker();
  const kinds = await waitFor("both pushes", async () => {
    const done = await rows<{ kind: string }>(
      world.ctx.database,
      sql`select kind from raw_payload where processed_at is not null order by kind`,
    );
    return done.length === 2 ? done.map(({ kind }) => kind) : undefined;
  });
  assert.deepEqual(kinds, ["auto_export", "sdk"]);
  assert.deepEqual((await samples(world, user)).map(({ value }) => value), [61, 80]);
});

Deno.test("both paths take it; what is no JSON object is refused, a stranger's person is not there", async () => {
  await using world = await openWorld({}, now);
  const [user, other] = [await world.createUser(), await world.createUser()];
  const json = { data: { workouts: [] } };
  await world.json(`/sdk/users/${user}/sync/apple/auto-health-export`, { json });
  const path = `/users/${user}/import/apple/auto-health-export`;
  await world.json(path, { json: [] }, 400);
  await world.json(path, { json, token: null }, 401);
  await world.json(path, { json, key: await world.createKey({ user_id: other }) }, 404);
});

/** Steps of hours that end in Berlin's evening; nobody walks at night, and the app leaves such hours out. */
const hoursOf = (day: string, ...amounts: number[]) =>
  amounts.map((qty, place) => ({ date: `${day} ${String(8 + place).padStart(2, "0")}:00:00 +0100`, qty }))
    .filter(({ qty }) => qty > 0);

const minutesOf = (day: string, ...amounts: number[]) =>
  amounts.map((qty, place) => ({ date: `${day} 08:${String(17 + place).padStart(2, "0")}:00 +0100`, qty }));

const wholeOf = (day: string, qty: number) => ({ date: `${day} 00:00:00 +0100`, qty });

const stepCount = (...data: unknown[]) => ({
  data: {
    metrics: [
      { name: "step_count", units: "count", data },
      {
        name: "resting_heart_rate",
        units: "bpm",
        data: [{ date: "2026-03-14 08:00:00 +0100", qty: 61 }, { date: "x" }],
      },
    ],
  },
});

Deno.test("a day sent as a whole, by the hour and by the minute counts once, and as the most that was said", async () => {
  await using world = await openWorld({}, now);
  const wholes = stepCount(wholeOf("2026-03-12", 6000), wholeOf("2026-03-13", 8000), wholeOf("2026-03-14", 2000));
  // 6000 again, 8800 once the evening is known, and more than four times what was known on the 14th.
  const hours = stepCount(
    ...hoursOf("2026-03-12", 1000, 0, 2000, 3000),
    ...hoursOf("2026-03-13", 4000, 0, 3800, 1000),
    ...hoursOf("2026-03-14", 1500, 0, 500, 7000),
  );
  const minutes = stepCount(...minutesOf("2026-03-12", 60, 70), ...minutesOf("2026-03-13", 60, 50));
  const orders = [[wholes, hours, minutes], [hours, minutes, wholes], [minutes, wholes, hours], [hours, wholes]];
  for (const order of orders) {
    const user = await world.createUser();
    for (const json of [...order, ...order]) {
      await push(world, user, json);
      const days = stepsByDay(await activity(world, user));
      if (json === hours) assert.deepEqual(days, ["2026-03-12: 6000", "2026-03-13: 8800", "2026-03-14: 9000"]);
    }
    assert.deepEqual(stepsByDay(await activity(world, user)), [
      "2026-03-12: 6000",
      "2026-03-13: 8800",
      "2026-03-14: 9000",
    ]);
    const again = await push(world, user, hours);
    assert.deepEqual([again.records_saved, again.updated.records], [0, 0]);
  }
});

Deno.test("a total that has grown since its hours were sent counts", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await push(world, user, stepCount(...hoursOf("2026-03-14", 4000, 0, 500)));
  await push(world, user, stepCount(wholeOf("2026-03-13", 10), wholeOf("2026-03-14", 5000)));
  assert.deepEqual(stepsByDay(await activity(world, user)), ["2026-03-13: 10", "2026-03-14: 5000"]);
});

Deno.test("hours that were sent again from another time zone do not raise a day", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await push(world, user, stepCount(wholeOf("2026-03-13", 4500), wholeOf("2026-03-14", 10)));
  await push(world, user, stepCount(...hoursOf("2026-03-13", 2000, 2500)));
  // The same walk in the buckets of India, which are half an hour off.
  const shifted = ["12:00", "13:00", "14:00"].map((time, place) => (
    { date: `2026-03-13 ${time}:00 +0530`, qty: [1000, 2250, 1250][place] }
  ));
  await push(world, user, stepCount(...shifted));
  assert.deepEqual(stepsByDay(await activity(world, user))[0], "2026-03-13: 4500");
});
