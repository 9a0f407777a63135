import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { requireUser } from "../../src/accounts/access.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { rows } from "../../src/platform/database.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { archiveOldSamples } from "../../src/timeseries/archive.ts";
import { openWorld, type World } from "../support/world.ts";

const now = new Date("2026-03-14T12:00:00Z");
const at = Date.parse("2026-03-14T08:00:00Z");
const steps = seriesId("steps");

async function person(world: World) {
  return await requireUser(world.ctx, await world.createUser());
}

function watchSteps(values: readonly number[], zone: number | null = 60): Batch {
  const batch = new Batch(now);
  const watch = batch.addSource({ provider: "apple", source: "Watch of Ada", device_model: "Watch7,5" });
  values.forEach((value, minute) => {
    assert.equal(batch.addSample(steps, watch, at + minute * 60_000, value, 60, zone), null);
  });
  return batch;
}

async function stored(world: World) {
  return await rows<{ value: number; duration_seconds: number; zone_offset: number | null }>(
    world.ctx.database,
    sql`select value, duration_seconds, zone_offset from sample order by recorded_at`,
  );
}

Deno.test("the same batch again changes nothing; a changed value updates; each is counted", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const first = await ingest(world.ctx.database, user, watchSteps([10, 20, 30]));
  assert.deepEqual(first.samples, { inserted: 3, updated: 0, unchanged: 0 });
  const again = await ingest(world.ctx.database, user, watchSteps([10, 20, 30]));
  assert.deepEqual(again.samples, { inserted: 0, updated: 0, unchanged: 3 });
  const changed = await ingest(world.ctx.database, user, watchSteps([10, 25, 30, 40]));
  assert.deepEqual(changed.samples, { inserted: 1, updated: 1, unchanged: 2 });
  assert.deepEqual((await stored(world)).map((row) => row.value), [10, 25, 30, 40]);
});

Deno.test("a known offset is not lost to a delivery that names none", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  await ingest(world.ctx.database, user, watchSteps([10]));
  const again = await ingest(world.ctx.database, user, watchSteps([10], null));
  assert.deepEqual(again.samples, { inserted: 0, updated: 0, unchanged: 1 });
  assert.deepEqual(await stored(world), [{ value: 10, duration_seconds: 60, zone_offset: 60 }]);
});

Deno.test("of duplicates in one batch the last one counts, whatever the order", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const batch = watchSteps([10, 20]);
  const watch = batch.addSource({ provider: "apple", source: "Watch of Ada", device_model: "Watch7,5" });
  batch.addSample(steps, watch, at, 11, 60, 60);
  const outcome = await ingest(world.ctx.database, user, batch);
  assert.deepEqual(outcome.samples, { inserted: 2, updated: 0, unchanged: 1 });
  assert.deepEqual((await stored(world)).map((row) => row.value), [11, 20]);
});

Deno.test("two names of one source are one, and of their duplicates the last one counts", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const batch = watchSteps([10, 20]);
  const spaced = batch.addSource({ provider: "apple", source: "Watch of Ada ", device_model: "Watch7,5" });
  batch.addSample(steps, spaced, at + 60_000, 21, 60, 60);
  batch.addSample(steps, spaced, at - 60_000, 9, 60, 60);
  assert.deepEqual((await ingest(world.ctx.database, user, batch)).samples, { inserted: 3, updated: 0, unchanged: 1 });
  assert.deepEqual((await stored(world)).map((row) => row.value), [9, 10, 21]);
});

Deno.test("a batch larger than a statement, out of order and of many series, is stored whole and known again", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const send = async () => {
    const batch = new Batch(now);
    const sources = ["a", "b"].map((source) => batch.addSource({ provider: "unknown", source }));
    for (let i = 120_000; i > 0; i--) {
      const series = i % 3 === 0 ? batch.addCustomSeries("fibre", "g") : steps;
      batch.addSample(series, sources[i % 2]!, at - i * 500, i, i % 5, i % 7 === 0 ? null : 60);
    }
    return (await ingest(world.ctx.database, user, batch)).samples;
  };
  assert.deepEqual(await send(), { inserted: 120_000, updated: 0, unchanged: 0 });
  assert.deepEqual(await send(), { inserted: 0, updated: 0, unchanged: 120_000 });
  const [sums] = await rows(
    world.ctx.database,
    sql`
      select
        count(*)::int as samples,
        bool_and(value = date_part('epoch', ${new Date(at).toISOString()}::timestamptz - recorded_at) * 2) as timely,
        bool_and(duration_seconds = value::int % 5) as lasting,
        bool_and((zone_offset is null) = (value::int % 7 = 0)) as zoned,
        bool_and((series = ${steps}) = (value::int % 3 <> 0)) as named,
        count(distinct source_no)::int as sources
      from sample`,
  );
  assert.deepEqual(sums, { samples: 120_000, timely: true, lasting: true, zoned: true, named: true, sources: 2 });
});

Deno.test("what cannot be believed is refused with its reason", () => {
  const batch = new Batch(now);
  const source = batch.addSource({ provider: "unknown" });
  const add = (instant: number, value: number) => batch.addSample(steps, source, instant, value, 0, null);
  assert.equal(add(at, NaN), "invalid_value");
  assert.equal(add(at, Infinity), "invalid_value");
  assert.equal(add(NaN, 1), "invalid_date");
  assert.equal(add(Date.parse("1850-01-01"), 1), "invalid_date");
  assert.equal(add(now.getTime() + 86_400_001, 1), "in_the_future");
  assert.equal(add(now.getTime() + 86_400_000, 1), null);
  const span = { source, zone_offset: null };
  assert.equal(batch.addWorkout({ ...span, type: "running", start: at, end: at - 1 }), "invalid_date");
  assert.equal(batch.addSleepStage({ ...span, stage: "deep", start: at, end: at }), "invalid_date");
  assert.equal(batch.size, 1);
});

Deno.test("a source is known again by provider, model and app; a newer version is kept", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const send = async (software_version: string, device_model: string | null) => {
    const batch = new Batch(now);
    const source = batch.addSource({ provider: "apple", source: "Health", device_model, software_version });
    batch.addSample(steps, source, at, 1, 0, null);
    await ingest(world.ctx.database, user, batch);
  };
  await send("26.1", "iPhone15,2");
  await send("26.2", "iPhone15,2");
  await send("26.2", null);
  await send("26.3", "");
  const sources = await rows(
    world.ctx.database,
    sql`select no, device_model, software_version, device_type from data_source order by no`,
  );
  assert.deepEqual(sources, [
    { no: 1, device_model: "iPhone15,2", software_version: "26.2", device_type: "phone" },
    { no: 2, device_model: null, software_version: "26.3", device_type: "unknown" },
  ]);
});

Deno.test("a person's own series are theirs alone", async () => {
  await using world = await openWorld({}, () => now);
  const [one, two] = [await person(world), await person(world)];
  const send = async (user: typeof one, ...codes: string[]) => {
    const batch = new Batch(now);
    const source = batch.addSource({ provider: "unknown", source: "api" });
    for (const code of codes) batch.addSample(batch.addCustomSeries(code, "g"), source, at, 1, 0, null);
    await ingest(world.ctx.database, user, batch);
  };
  await send(one, "fibre", "protein");
  await send(one, "protein", "salt");
  await send(two, "salt");
  const series = await rows(
    world.ctx.database,
    sql`
      select c.code, c.id, (u.id = ${one}) as of_one, r.sample_count::int
      from custom_series c
      join "user" u on u.no = c.user_no
      join recorded_series r on r.user_no = c.user_no and r.series = c.id
      order by 3 desc, 2`,
  );
  assert.deepEqual(series, [
    { code: "fibre", id: 1000, of_one: true, sample_count: 1 },
    { code: "protein", id: 1001, of_one: true, sample_count: 1 },
    { code: "salt", id: 1002, of_one: true, sample_count: 1 },
    { code: "salt", id: 1000, of_one: false, sample_count: 1 },
  ]);
});

Deno.test("days that changed are marked by the local day, with the one after; days that did not change are not", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const send = async (value: number) => {
    const batch = new Batch(now);
    const source = batch.addSource({ provider: "unknown" });
    batch.addSample(steps, source, Date.parse("2026-03-10T23:30:00Z"), value, 0, 60);
    batch.addSample(
      seriesId("heart_rate_variability_rmssd"),
      source,
      Date.parse("2026-03-01T03:00:00Z"),
      value,
      0,
      -300,
    );
    await ingest(world.ctx.database, user, batch);
    return await rows(world.ctx.database, sql`select what, day::text from stale_day order by what, day`);
  };
  assert.deepEqual(await send(1), [
    { what: "score", day: "2026-02-28" },
    { what: "score", day: "2026-03-01" },
    { what: "score", day: "2026-03-11" },
    { what: "score", day: "2026-03-12" },
    { what: "summary", day: "2026-02-28" },
    { what: "summary", day: "2026-03-01" },
    { what: "summary", day: "2026-03-11" },
    { what: "summary", day: "2026-03-12" },
  ]);
  await world.ctx.database.execute(sql`delete from stale_day`);
  assert.deepEqual(await send(1), []);
});

Deno.test("what runs alongside commits with the rows or not at all", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  await assert.rejects(
    ingest(world.ctx.database, user, watchSteps([1]), () => Promise.reject(new Error("no"))),
    /no/,
  );
  assert.deepEqual(await stored(world), []);
  assert.deepEqual(await rows(world.ctx.database, sql`select from data_source`), []);
});

Deno.test("batches of one person at once neither lose nor double anything, also in opposite order", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const values = Array.from({ length: 2_000 }, (_, index) => index);
  const outcomes = await Promise.all([0, 1, 2].map(async (turn) => {
    const batch = new Batch(now);
    const source = batch.addSource({ provider: "apple", source: "Phone", device_model: "iPhone15,2" });
    for (const index of turn % 2 === 0 ? values : values.toReversed()) {
      batch.addSample(steps, source, at - index * 60_000, index, 60, 0);
    }
    return (await ingest(world.ctx.database, user, batch)).samples;
  }));
  assert.equal(outcomes.reduce((sum, { inserted }) => sum + inserted, 0), 2_000);
  assert.equal(outcomes.reduce((sum, { unchanged }) => sum + unchanged, 0), 4_000);
  const [recorded] = await rows<{ sample_count: number }>(
    world.ctx.database,
    sql`select sample_count::int from recorded_series`,
  );
  assert.equal(recorded?.sample_count, 2_000);
});

Deno.test("a person or a source that is deleted takes the samples along", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const other = await person(world);
  await ingest(world.ctx.database, user, watchSteps([1, 2]));
  await ingest(world.ctx.database, other, watchSteps([3]));
  await world.json(`/users/${user}`, { method: "DELETE" });
  assert.deepEqual((await stored(world)).map((row) => row.value), [3]);
  assert.equal((await rows(world.ctx.database, sql`select from recorded_series`)).length, 1);
  await assert.rejects(ingest(world.ctx.database, user, watchSteps([1])), /not found/);
});

Deno.test("a delivery that is partly new, partly known and partly older than everything is told apart exactly", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const send = async (minutes: readonly number[], value: number) => {
    const batch = new Batch(now);
    const watch = batch.addSource({ provider: "apple", source: "Watch" });
    for (const minute of minutes) batch.addSample(steps, watch, at + minute * 60_000 + 123, value, 60, 0);
    return (await ingest(world.ctx.database, user, batch)).samples;
  };
  assert.deepEqual(await send([10, 12], 1), { inserted: 2, updated: 0, unchanged: 0 });
  assert.deepEqual(await send([13, 14], 1), { inserted: 2, updated: 0, unchanged: 0 });
  assert.deepEqual(await send([14], 1), { inserted: 0, updated: 0, unchanged: 1 });
  assert.deepEqual(await send([8, 9], 1), { inserted: 2, updated: 0, unchanged: 0 });
  assert.deepEqual(await send([8], 2), { inserted: 0, updated: 1, unchanged: 0 });
  assert.deepEqual(await send([7, 11, 12, 15], 1), { inserted: 3, updated: 0, unchanged: 1 });
  const [recorded] = await rows(
    world.ctx.database,
    sql`select sample_count::int, first_at = min(recorded_at) as first, last_at = max(recorded_at) as last, count(*)::int
      from recorded_series, sample group by 1, first_at, last_at`,
  );
  assert.deepEqual(recorded, { sample_count: 9, first: true, last: true, count: 9 });
});

Deno.test("what is sent again of an archived day is known, and what is late joins it", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  await ingest(world.ctx.database, user, watchSteps([10, 20]));
  await world.json("/settings/archival", { method: "PUT", json: { archive_after_days: 1, delete_after_days: null } });
  await archiveOldSamples(
    { ...world.ctx, clock: () => new Date("2026-04-14T12:00:00Z") },
    new AbortController().signal,
  );
  assert.deepEqual(await stored(world), []);
  const again = await ingest(world.ctx.database, user, watchSteps([10, 20, 30]));
  assert.deepEqual(again.samples, { inserted: 1, updated: 0, unchanged: 2 });
  assert.deepEqual(await stored(world), []);
  assert.deepEqual(
    await rows(world.ctx.database, sql`select value_sum, sample_count::int from sample_archive`),
    [{ value_sum: 60, sample_count: 3 }],
  );
});
