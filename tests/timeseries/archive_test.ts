import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import type { UserId } from "../../src/accounts/access.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { rows } from "../../src/platform/database.ts";
import { archiveOldSamples } from "../../src/timeseries/archive.ts";
import { archiveLateSamples } from "../../src/timeseries/archive_queries.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { openWorld, type World } from "../support/world.ts";
import { waitFor } from "../support/wait.ts";

const now = new Date("2026-03-20T12:00:00Z");
const at = (text: string) => Date.parse(text);
const [steps, heartRate] = [seriesId("steps"), seriesId("heart_rate")];
const never = new AbortController().signal;
const settings = (world: World, archive: number | null, remove: number | null) =>
  world.json("/settings/archival", {
    method: "PUT",
    json: { archive_after_days: archive, delete_after_days: remove },
  });

interface Sent {
  readonly at: string;
  readonly value: number;
  readonly series?: number;
  readonly zone?: number | null;
}

async function send(world: World, user: string, samples: readonly Sent[]): Promise<void> {
  const batch = new Batch(now);
  const source = batch.addSource({ provider: "apple", device_model: "Watch6,2" });
  for (const { at: text, value, series = steps, zone = 60 } of samples) {
    batch.addSample(series, source, at(text), value, 60, zone);
  }
  await ingest(world.ctx.database, user as UserId, batch);
}

interface Row {
  timestamp: string;
  type: string;
  value: number;
  is_daily_total: boolean | null;
  sample_count?: number;
  min?: number;
  max?: number;
}

async function read(world: World, user: string, query = ""): Promise<Row[]> {
  const range = "start_time=2026-01-01&end_time=2026-04-01";
  const { data } = await world.json<{ data: Row[] }>(`/users/${user}/timeseries?${range}${query}`);
  return data;
}

const counts = (world: World) =>
  rows<Record<string, unknown>>(
    world.ctx.database,
    sql`
      select series, sample_count::int as count, (select count(*)::int from sample s where s.series = r.series) as live,
        first_at = (select min(recorded_at) from sample s where s.series = r.series) as first,
        last_at = (select max(recorded_at) from sample s where s.series = r.series) as last
      from recorded_series r order by series`,
  );

const old: readonly Sent[] = [
  { at: "2026-03-01T22:30:00Z", value: 10 },
  { at: "2026-03-01T23:30:00Z", value: 20 },
  { at: "2026-03-02T08:00:00Z", value: 30 },
  { at: "2026-03-02T08:00:00Z", value: 60, series: heartRate },
  { at: "2026-03-02T09:00:00Z", value: 90, series: heartRate },
];
const recent: Sent = { at: "2026-03-19T08:00:00Z", value: 1_000 };

Deno.test("old days become one row of their local day with sum, mean, bounds and count; recent ones stay", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  await send(world, user, [...old, recent]);
  const before = await read(world, user, "&resolution=1day");
  await settings(world, 10, null);
  await archiveOldSamples(world.ctx, never);
  assert.deepEqual(
    (await read(world, user)).map((
      { timestamp, type, value, sample_count, min, max, is_daily_total },
    ) => [timestamp, type, value, sample_count, min, max, is_daily_total]),
    [
      ["2026-02-28T23:00:00.000Z", "steps", 10, 1, 10, 10, false],
      ["2026-03-01T23:00:00.000Z", "heart_rate", 75, 2, 60, 90, null],
      ["2026-03-01T23:00:00.000Z", "steps", 50, 2, 20, 30, false],
      ["2026-03-19T08:00:00.000Z", "steps", 1_000, undefined, undefined, undefined, false],
    ],
  );
  const after = await read(world, user, "&resolution=1day");
  const shown = (all: Row[]) => all.map(({ timestamp, type, value }) => [timestamp, type, value]);
  assert.deepEqual(shown(after), shown(before));
  assert.deepEqual(await counts(world), [{ series: 80, count: 1, live: 1, first: true, last: true }]);
});

Deno.test("the same sent again after archiving changes nothing, what is really late is added, in any order", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  await send(world, user, [...old, recent]);
  await settings(world, 10, null);
  await archiveOldSamples(world.ctx, never);
  const archived = await read(world, user);
  // Also with another offset, which would be another local day.
  await send(world, user, [...old, { ...old[1]!, zone: null }, { ...old[0]!, zone: 720 }]);
  await archiveOldSamples(world.ctx, never);
  assert.deepEqual(await read(world, user), archived);
  await send(world, user, [...old, { at: "2026-03-02T10:00:00Z", value: 5 }]);
  await archiveOldSamples(world.ctx, never);
  await archiveOldSamples(world.ctx, never);
  const day = (await read(world, user)).find(({ timestamp, type }) =>
    type === "steps" && timestamp.startsWith("2026-03-01")
  );
  assert.deepEqual([day?.value, day?.sample_count, day?.min], [55, 3, 5]);
  assert.deepEqual(await counts(world), [{ series: 80, count: 1, live: 1, first: true, last: true }]);
});

Deno.test("late samples go into the archive in the transaction that stored them", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  await send(world, user, [...old, recent]);
  await settings(world, 10, null);
  await archiveOldSamples(world.ctx, never);
  const [{ no } = { no: 0 }] = await rows<{ no: number }>(world.ctx.database, sql`select no from "user"`);
  const day = Date.parse("2026-03-02") / 86_400_000;
  await send(world, user, [{ at: "2026-03-02T10:00:00Z", value: 5 }, { ...old[1]!, zone: null }, recent]);
  const touched = [{ series: steps, source_no: 1, day }, { series: steps, source_no: 1, day: day + 17 }];
  const folded = await archiveLateSamples(world.ctx.database, no, touched);
  const again = await archiveLateSamples(world.ctx.database, no, touched);
  assert.deepEqual(again, { known: 0, added: 0, unchanged: new Set() });
  assert.ok(folded.added <= 1);
  const [live] = await rows<{ count: number }>(world.ctx.database, sql`select count(*)::int as count from sample`);
  assert.equal(live?.count, 1);
  const steps2 = (await read(world, user)).filter(({ type }) => type === "steps").map(({ value }) => value);
  assert.deepEqual(steps2, [10, 55, 1_000]);
});

Deno.test("a run that was stopped leaves every sample counted once, and the next goes on", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  const many = Array.from({ length: 60 }, (_, i) => ({
    at: new Date(at("2026-01-02T08:00:00Z") + i * 86_400_000 / 2).toISOString(),
    value: i,
    series: i % 2 === 0 ? steps : heartRate,
  }));
  await send(world, user, many);
  await settings(world, 5, null);
  const stopping = new AbortController();
  let transactions = 0;
  const database = new Proxy(world.ctx.database, {
    get(target, name) {
      if (name === "transaction" && ++transactions === 2) stopping.abort(new Error("stopped"));
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  await assert.rejects(archiveOldSamples({ ...world.ctx, database }, stopping.signal), /stopped/);
  const total = async () => {
    const [found] = await rows<{ live: number; archived: number }>(
      world.ctx.database,
      sql`select (select count(*)::int from sample) as live,
        (select coalesce(sum(sample_count), 0)::int from sample_archive) as archived`,
    );
    return found ?? { live: 0, archived: 0 };
  };
  const half = await total();
  assert.equal(half.live + half.archived, 60);
  assert.ok(half.live > 0 && half.archived > 0, JSON.stringify(half));
  await archiveOldSamples(world.ctx, never);
  assert.deepEqual(await total(), { live: 0, archived: 60 });
  assert.equal((await read(world, user, "&limit=100")).length, 60);
});

Deno.test("beyond the second limit everything goes; without the first, samples go unarchived", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  const batch = new Batch(now);
  const source = batch.addSource({ provider: "apple", device_model: "Watch6,2" });
  for (const day of ["2026-01-05", "2026-03-05"]) {
    batch.addDailyTotal({ series: steps, source, day, at: at(`${day}T00:00:00Z`), value: 7_000, zone_offset: 0 });
  }
  await ingest(world.ctx.database, user as UserId, batch);
  await send(world, user, [{ at: "2026-01-05T08:00:00Z", value: 1 }, ...old, recent]);
  await settings(world, 10, 30);
  await archiveOldSamples(world.ctx, never);
  const kept = await read(world, user);
  assert.ok(kept.every(({ timestamp }) => timestamp > "2026-02"), JSON.stringify(kept));
  assert.equal(kept.length, 5);
  await settings(world, 10, 10);
  await archiveOldSamples(world.ctx, never);
  assert.deepEqual((await read(world, user)).map(({ value }) => value), [1_000]);
  assert.deepEqual(await counts(world), [{ series: 80, count: 1, live: 1, first: true, last: true }]);
});

Deno.test("settings are checked, kept and shown with sizes; a run can be asked for", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  await send(world, user, [...old, recent]);
  const first = await world.json<{ settings: unknown; storage: Record<string, unknown> }>("/settings/archival");
  assert.deepEqual(first.settings, { archive_after_days: null, delete_after_days: null });
  assert.equal(first.storage.growth_class, "linear");
  assert.equal(first.storage.live_row_count, 6);
  assert.equal(first.storage.live_data_span_days, 17);
  assert.match(String(first.storage.total_pretty), /^\d+\.\d (kB|MB)$/);
  for (
    const bad of [{ archive_after_days: 0 }, { archive_after_days: 3651 }, { delete_after_days: 7301 }, {
      archive_after_days: 1.5,
    }]
  ) {
    await world.json("/settings/archival", { method: "PUT", json: bad }, 400);
  }
  const changed = await settings(world, 10, null) as typeof first;
  assert.deepEqual(changed.settings, { archive_after_days: 10, delete_after_days: null });
  assert.equal(changed.storage.growth_class, "linear_efficient");
  await world.startWorker();
  const run = await world.json<{ task_id: string; status: string }>("/settings/archival/run", { method: "POST" }, 202);
  assert.equal(run.status, "dispatched");
  await waitFor("the run", async () => (await read(world, user)).length === 4 ? true : undefined);
});

Deno.test("a day of a value a second that is sent again does not keep the person locked for minutes", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  const start = Date.parse("2026-03-02T00:00:00Z");
  const seconds = Array.from({ length: 40_000 }, (_, second): Sent => ({
    at: new Date(start + second * 1_000).toISOString(),
    value: 1,
  }));
  await settings(world, 10, null);
  await send(world, user, seconds);
  await archiveOldSamples(world.ctx, never);
  await send(world, user, seconds);
  await send(world, user, [{ at: "2026-03-02T12:00:00Z", value: 2 }]);
  await archiveOldSamples(world.ctx, never);
  const [day] = await read(world, user);
  assert.deepEqual([day?.value, day?.sample_count], [40_002, 40_001]);
});
