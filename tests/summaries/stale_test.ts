import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { Batch } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { rows } from "../../src/platform/database.ts";
import { changePriorities } from "../../src/sources/priority.ts";
import { computeStaleDays } from "../../src/summaries/compute_days.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { waitFor } from "../support/wait.ts";
import { openWorld, type World } from "../support/world.ts";
import { activity, phone, record, stepsByDay, watch } from "./recording.ts";

/** Days are computed when they are read, only those that changed, and never left wrong. */

const now = () => new Date("2026-06-01T12:00:00Z");

async function stale(world: World): Promise<string[]> {
  const found = await rows<{ day: string }>(
    world.ctx.database,
    sql`select day::text as day from stale_day where what = 'summary' order by day`,
  );
  return found.map(({ day }) => day);
}

Deno.test("a read computes its own range, keeps it, and follows every change", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample }) => {
    for (const day of [10, 14]) sample(phone, "steps", `2026-03-${day}T08:00:00Z`, 500, 600);
  });
  assert.deepEqual(stepsByDay(await activity(world, user, "2026-03-14", "2026-03-15")), ["2026-03-14: 500"]);
  assert.deepEqual(await stale(world), ["2026-03-10", "2026-03-11"]);
  // What is kept is what is shown: nothing is computed again.
  await world.ctx.database.execute(sql`update day_summary set steps = 1 where source_no = 0`);
  assert.deepEqual(stepsByDay(await activity(world, user)), ["2026-03-10: 500", "2026-03-14: 1"]);
  await record(world, user, ({ sample }) => sample(watch, "steps", "2026-03-14T12:00:00Z", 70, 600));
  assert.deepEqual(stepsByDay(await activity(world, user)), ["2026-03-10: 500", "2026-03-14: 570"]);
  // The same again changes nothing.
  await record(world, user, ({ sample }) => sample(watch, "steps", "2026-03-14T12:00:00Z", 70, 600));
  assert.deepEqual(await stale(world), []);
});

Deno.test("a deleted source takes its days along, and so does a new order of sources", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample }) => {
    sample(phone, "steps", "2026-03-14T08:00:00Z", 500, 600);
    sample(watch, "steps", "2026-03-14T08:00:00Z", 600, 600);
    sample(watch, "steps", "2026-03-16T08:00:00Z", 600, 600);
  });
  assert.deepEqual(stepsByDay(await activity(world, user)), ["2026-03-14: 600", "2026-03-16: 600"]);
  await changePriorities(world.ctx, "device_type", [{ name: "watch", priority: 50 }]);
  assert.deepEqual(stepsByDay(await activity(world, user)), ["2026-03-14: 500", "2026-03-16: 600"]);
  await world.ctx.database.execute(sql`delete from data_source where device_model = 'Watch6,2'`);
  assert.deepEqual(stepsByDay(await activity(world, user)), ["2026-03-14: 500"]);
  await world.json(`/users/${user}`, { method: "DELETE" });
  const left = await rows(
    world.ctx.database,
    sql`select user_no from day_summary union all select user_no from stale_day`,
  );
  assert.deepEqual(left, []);
});

Deno.test("a read in the middle of an import neither waits nor loses what the import brings", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const id = await record(world, user, ({ sample }) => sample(phone, "steps", "2026-03-14T08:00:00Z", 500, 600));
  // The day is stale already when the import marks it once more.
  const batch = new Batch(now());
  const at = Date.parse("2026-03-14T12:00:00Z");
  batch.addSample(seriesId("steps"), batch.addSource(phone), at, 100, 600, 0);
  await ingest(world.ctx.database, id, batch, async () => {
    const during = stepsByDay(await activity(world, user));
    assert.ok(during.length === 0 || during[0] === "2026-03-14: 500", during[0]);
  });
  assert.deepEqual(stepsByDay(await activity(world, user)), ["2026-03-14: 600"]);
  assert.deepEqual(await stale(world), []);
});

Deno.test("readers at once compute a day once, and all see the change", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  for (let round = 1; round <= 5; round++) {
    await record(world, user, ({ sample }) => {
      for (let day = 10; day < 20; day++) sample(phone, "steps", `2026-03-${day}T08:0${round}:00Z`, 10, 60);
    });
    const answers = await Promise.all(Array.from({ length: 6 }, () => activity(world, user)));
    for (const answer of answers) {
      assert.deepEqual(answer.map(({ steps }) => steps), new Array(10).fill(round * 10));
    }
  }
});

Deno.test("the worker computes what nobody has read yet, in slices", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const id = await record(world, user, ({ sample }) => {
    for (let day = 0; day < 100; day++) {
      const at = new Date(Date.UTC(2020, 0, 1 + day * 3)).toISOString().slice(0, 10);
      sample(phone, "steps", `${at}T08:00:00Z`, 10, 60);
    }
  });
  assert.equal((await stale(world)).length, 200);
  await world.startWorker();
  await world.ctx.database.execute(sql`select graphile_worker.add_job('summarize_days', '{}'::json)`);
  await waitFor("all days to be computed", async () => (await stale(world)).length === 0 ? true : undefined);
  const [kept] = await rows<{ count: number }>(
    world.ctx.database,
    sql`select count(*)::int as count from day_summary where source_no = 0`,
  );
  assert.equal(kept?.count, 100);
  await computeStaleDays(world.ctx, id);
  assert.equal((await activity(world, user, "2020-01-01", "2021-01-01", "&limit=400")).length, 100);
});

Deno.test("ninety days that are kept are read without touching samples", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample }) => {
    for (let day = 0; day < 90; day++) {
      const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
      for (let hour = 10; hour < 20; hour++) sample(phone, "steps", `${date}T${hour}:00:00Z`, 100, 600);
    }
  });
  const range = ["2026-01-01", "2026-04-01", "&limit=100"] as const;
  const computed = await activity(world, user, ...range);
  assert.equal(computed.length, 90);
  // A lock on the samples would hold any read of them.
  await world.ctx.database.transaction(async (db) => {
    await db.execute(sql`lock table sample in access exclusive mode`);
    assert.deepEqual(await activity(world, user, ...range), computed);
  });
});
