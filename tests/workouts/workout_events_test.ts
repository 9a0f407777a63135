import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { requireUser } from "../../src/accounts/access.ts";
import { Batch, type BatchWorkout } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { rows } from "../../src/platform/database.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { averagePace } from "../../src/workouts/pace.ts";
import { openWorld, type World } from "../support/world.ts";

const now = new Date("2026-03-20T12:00:00Z");
const start = Date.parse("2026-03-13T17:00:00Z");
const hour = 3_600_000;
const range = "start_date=2026-03-01&end_date=2026-03-20";

interface Workout {
  readonly id: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

async function send(world: World, user: string, fill: (batch: Batch) => void) {
  const batch = new Batch(now);
  fill(batch);
  await ingest(world.ctx.database, await requireUser(world.ctx, user), batch);
}

function run(batch: Batch, fields: Partial<BatchWorkout>) {
  const source = batch.addSource({ provider: "garmin", device_model: "Forerunner 965" });
  batch.addWorkout({ source, type: "running", start, end: start + hour, zone_offset: 60, ...fields });
}

const list = async (world: World, user: string, query = "") =>
  (await world.json<{ data: Workout[]; pagination: { total_count: number } }>(
    `/users/${user}/events/workouts?${range}${query}`,
  )).data;

Deno.test("a workout is shown with its numbers, and zero is zero", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  await send(world, user, (batch) =>
    run(batch, {
      name: "Evening run",
      duration_seconds: 3_000,
      moving_time_seconds: 2_900,
      distance: 10_000,
      energy_burned: 700.5,
      heart_rate_avg: 150.5,
      heart_rate_max: 178,
      total_elevation_gain: 0,
    }));
  const [{ id: _, ...workout } = { id: "" }] = await list(world, user);
  assert.deepEqual(workout, {
    type: "running",
    name: "Evening run",
    start_time: "2026-03-13T17:00:00.000Z",
    end_time: "2026-03-13T18:00:00.000Z",
    zone_offset: "+01:00",
    duration_seconds: 3_000,
    source: {
      provider: "garmin",
      source: null,
      device: "Forerunner 965",
      device_type: "watch",
      device_name: "Forerunner 965",
    },
    calories_kcal: 700.5,
    distance_meters: 10_000,
    avg_heart_rate_bpm: 151,
    max_heart_rate_bpm: 178,
    avg_pace_sec_per_km: 290,
    elevation_gain_meters: 0,
  });
  const other = await world.createUser();
  await send(world, other, (batch) => run(batch, { distance: 0, energy_burned: 0 }));
  const [empty] = await list(world, other);
  assert.deepEqual(
    [empty?.distance_meters, empty?.calories_kcal, empty?.avg_pace_sec_per_km, empty?.duration_seconds],
    [0, 0, null, 3_600],
  );
  assert.deepEqual([empty?.avg_heart_rate_bpm, empty?.elevation_gain_meters], [null, null]);
});

Deno.test("without a stored heart rate it is the mean of what the same source measured from start to end", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  await send(world, user, (batch) => {
    run(batch, {});
    const watch = batch.addSource({ provider: "garmin", device_model: "Forerunner 965" });
    const phone = batch.addSource({ provider: "apple", device_model: "iPhone15,2" });
    const rate = (at: number, value: number, source = watch) =>
      batch.addSample(seriesId("heart_rate"), source, at, value, 0, null);
    rate(start - 1, 60);
    rate(start, 120);
    rate(start + 1000, 141);
    rate(start + hour - 1, 150);
    rate(start + hour, 200);
    rate(start + 2000, 50, phone);
  });
  assert.equal((await list(world, user))[0]?.avg_heart_rate_bpm, 137);
});

Deno.test("the type is the whole word, in upper or lower case", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  await send(world, user, (batch) => {
    run(batch, {});
    run(batch, { type: "trail_running", start: start - 5 * hour, end: start - 4 * hour });
  });
  const types = async (query: string) => (await list(world, user, query)).map(({ type }) => type);
  assert.deepEqual(await types(""), ["running", "trail_running"]);
  assert.deepEqual(await types("&record_type=Running"), ["running"]);
  assert.deepEqual(await types("&record_type=trail_running"), ["trail_running"]);
  assert.deepEqual(await types("&record_type=run"), []);
});

Deno.test("workouts that start together are paged without loss", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  await send(world, user, (batch) => {
    for (let index = 0; index < 5; index++) run(batch, { end: start + (index + 1) * 60_000 });
  });
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { data: Workout[]; pagination: { next_cursor: string | null; total_count: number } } = await world.json(
      `/users/${user}/events/workouts?${range}&limit=2${cursor === null ? "" : `&cursor=${cursor}`}`,
    );
    assert.equal(page.pagination.total_count, 5);
    seen.push(...page.data.map(({ id }) => id));
    cursor = page.pagination.next_cursor;
  } while (cursor !== null && seen.length < 10);
  assert.deepEqual(seen, [...new Set(seen)].sort().reverse());
  assert.equal(seen.length, 5);
});

Deno.test("deleting answers 204, then 404, marks the days, and is only for the person's own", async () => {
  await using world = await openWorld({}, () => now);
  const [user, other] = [await world.createUser(), await world.createUser()];
  await send(world, user, (batch) => run(batch, {}));
  const [workout] = await list(world, user);
  await world.ctx.database.execute(sql`delete from stale_day`);
  await world.json(`/users/${other}/events/workouts/${workout?.id}`, { method: "DELETE" }, 404);
  const path = `/users/${user}/events/workouts/${workout?.id}`;
  assert.equal((await world.call(path, { method: "DELETE" })).status, 204);
  await world.json(path, { method: "DELETE" }, 404);
  assert.deepEqual(await list(world, user), []);
  assert.deepEqual(
    await rows(world.ctx.database, sql`select what, day::text as day from stale_day order by day`),
    [{ what: "summary", day: "2026-03-13" }, { what: "summary", day: "2026-03-14" }],
  );
});

Deno.test("a pace is only of what has one", () => {
  const workout = { type: "running", distance: 5_000, moving_time_seconds: null, duration_seconds: 1_501 };
  assert.equal(averagePace(workout), 300);
  assert.equal(averagePace({ ...workout, moving_time_seconds: 1_450 }), 290);
  assert.equal(averagePace({ ...workout, type: "yoga" }), null);
  assert.equal(averagePace({ ...workout, distance: null }), null);
  assert.equal(averagePace({ ...workout, duration_seconds: null }), null);
});
