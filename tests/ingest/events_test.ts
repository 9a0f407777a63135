import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { requireUser, type UserId } from "../../src/accounts/access.ts";
import { Batch, type BatchWorkout } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { rows } from "../../src/platform/database.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { openWorld, type World } from "../support/world.ts";

const now = new Date("2026-03-14T12:00:00Z");
const start = Date.parse("2026-03-13T17:00:00Z");
const hour = 3_600_000;

async function person(world: World) {
  return await requireUser(world.ctx, await world.createUser());
}

async function send(world: World, user: UserId, fill: (batch: Batch) => void) {
  const batch = new Batch(now);
  fill(batch);
  return await ingest(world.ctx.database, user, batch);
}

Deno.test("a workout sent again fills in and corrects; what is not mentioned stays", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const run = (fields: Partial<BatchWorkout>) =>
    send(world, user, (batch) => {
      const source = batch.addSource({ provider: "garmin", device_model: "Forerunner 965" });
      batch.addWorkout({ source, type: "running", start, end: start + hour, zone_offset: 60, ...fields });
    });
  const first = await run({ external_id: "a", distance: 10_000, heart_rate_avg: 150.5, steps_count: 9_000.4 });
  assert.deepEqual(first.workouts, { inserted: 1, updated: 0, unchanged: 0 });
  assert.deepEqual((await run({ distance: 10_000 })).workouts, { inserted: 0, updated: 0, unchanged: 1 });
  const better = await run({ distance: 10_020, energy_burned: 700, segments: [{ kind: "lap", note: "a\u0000b" }] });
  assert.deepEqual(better.workouts, { inserted: 0, updated: 1, unchanged: 0 });
  assert.deepEqual(
    await rows(
      world.ctx.database,
      sql`select external_id, distance, heart_rate_avg, steps_count, energy_burned, segments, zone_offset from workout`,
    ),
    [{
      external_id: "a",
      distance: 10_020,
      heart_rate_avg: 150.5,
      steps_count: 9_000,
      energy_burned: 700,
      segments: [{ kind: "lap", note: "ab" }],
      zone_offset: 60,
    }],
  );
});

Deno.test("what no workout has is left out of it: less than nothing, and more than sums can hold", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const impossible = { energy_burned: -5, distance: 1e300, average_speed: -1, steps_count: -3 };
  const below = { elev_low: -420, elev_high: -400, zone_offset: -210 };
  await send(world, user, (batch) => {
    const source = batch.addSource({ provider: "apple" });
    batch.addWorkout({ source, type: "hiking", start, end: start + hour, ...impossible, ...below });
  });
  assert.deepEqual(
    await rows(
      world.ctx.database,
      sql`
        select energy_burned, distance, average_speed, steps_count, elev_low, elev_high, zone_offset, duration_seconds
        from workout`,
    ),
    [{ energy_burned: null, distance: null, average_speed: null, steps_count: null, ...below, duration_seconds: null }],
  );
});

Deno.test("two workouts of one batch with the same span are one; numbers no column holds are left out", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const outcome = await send(world, user, (batch) => {
    const source = batch.addSource({ provider: "apple" });
    const span = { source, type: "walking" as const, start, end: start + hour, zone_offset: null };
    batch.addWorkout({ ...span, distance: 1_000 });
    batch.addWorkout({ ...span, energy_burned: 80, steps_count: 1e300, heart_rate_max: NaN });
  });
  assert.deepEqual(outcome.workouts, { inserted: 1, updated: 0, unchanged: 1 });
  assert.deepEqual(
    await rows(world.ctx.database, sql`select distance, energy_burned, steps_count, heart_rate_max from workout`),
    [{ distance: 1_000, energy_burned: 80, steps_count: null, heart_rate_max: null }],
  );
});

Deno.test("a daily total stands apart from samples, and a later one replaces it", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const total = (value: number) =>
    send(world, user, (batch) => {
      const source = batch.addSource({ provider: "garmin" });
      const series = seriesId("steps");
      batch.addSample(series, source, start, 120, 60, 60);
      batch.addDailyTotal({ series, source, day: "2026-03-13", at: start, value, zone_offset: 60 });
    });
  assert.deepEqual((await total(9_000)).daily_totals, { inserted: 1, updated: 0, unchanged: 0 });
  assert.deepEqual((await total(9_000)).daily_totals, { inserted: 0, updated: 0, unchanged: 1 });
  assert.deepEqual((await total(9_500)).daily_totals, { inserted: 0, updated: 1, unchanged: 0 });
  assert.deepEqual(await rows(world.ctx.database, sql`select day::text, value from daily_total`), [
    { day: "2026-03-13", value: 9_500 },
  ]);
  assert.deepEqual(await rows(world.ctx.database, sql`select value from sample`), [{ value: 120 }]);
});

Deno.test("scores and cycles are known again and replaced or filled in", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const deliver = (value: number, day_in_cycle: number | null) =>
    send(world, user, (batch) => {
      const source = batch.addSource({ provider: "garmin" });
      batch.addScore({
        source,
        provider: "garmin",
        category: "stress",
        value,
        at: start,
        zone_offset: null,
        components: { rest: { value: 12 } },
      });
      batch.addCycle({ source, start, end: start, zone_offset: null, detail: { day_in_cycle, cycle_length: 28 } });
    });
  const tallies = async (value: number, day: number | null) => {
    const { health_scores, menstrual_cycles } = await deliver(value, day);
    return [health_scores, menstrual_cycles].map(({ inserted, updated, unchanged }) => [inserted, updated, unchanged]);
  };
  assert.deepEqual(await tallies(35, null), [[1, 0, 0], [1, 0, 0]]);
  assert.deepEqual(await tallies(35, null), [[0, 0, 1], [0, 0, 1]]);
  assert.deepEqual(await tallies(40, 5), [[0, 1, 0], [0, 1, 0]]);
  assert.deepEqual(await tallies(40, null), [[0, 0, 1], [0, 0, 1]]);
});
