import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import type { UserId } from "../../src/accounts/access.ts";
import { ensureConnection, touchConnection } from "../../src/connections/connections.ts";
import { Batch, type SourceIndex } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { rows } from "../../src/platform/database.ts";
import type { Provider } from "../../src/sources/provider_table.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { openWorld, type World } from "../support/world.ts";

interface Connection {
  readonly id: string;
  readonly provider: string;
  readonly status: string;
  readonly last_synced_at: string | null;
  readonly updated_at: string;
}

const list = (world: World, userId: string) => world.json<Connection[]>(`/users/${userId}/connections`);

const at = (time: string) => Date.parse(`2026-03-${time}Z`);

/** Some of everything that can hang on a source. */
function addMeasurements(batch: Batch, provider: Provider, start: number): SourceIndex {
  const source = batch.addSource({ provider, device_model: `model of ${provider}` });
  const hour = 3_600_000;
  const span = { source, start, end: start + hour, zone_offset: 60 };
  for (let minute = 0; minute < 10; minute++) {
    batch.addSample(seriesId("heart_rate"), source, start + minute * 60_000, 60 + minute, 0, 60);
    batch.addSample(seriesId("steps"), source, start + minute * 60_000, 10, 60, 60);
  }
  const day = new Date(start).toISOString().slice(0, 10);
  batch.addDailyTotal({ series: seriesId("steps"), source, day, at: start, value: 4_711, zone_offset: 60 });
  batch.addWorkout({ ...span, type: "running" });
  batch.addSleepStage({ ...span, start: start + 10 * hour, end: start + 14 * hour, stage: "light" });
  batch.addSleepStage({ ...span, start: start + 14 * hour, end: start + 17 * hour, stage: "deep" });
  batch.addCycle({ ...span, detail: { cycle_length: 28 } });
  batch.addScore({ source, provider, category: "recovery", value: 71, at: start, zone_offset: 60 });
  batch.addScore({ provider, category: "strain", value: 12, at: start, zone_offset: 60 });
  return source;
}

const tables = [
  "data_source",
  "sample",
  "daily_total",
  "recorded_series",
  "workout",
  "sleep_stage",
  "sleep_session",
  "menstrual_cycle",
  "health_score",
] as const;

/** How many rows a person has in each table. */
async function counts(world: World, userId: string): Promise<Record<string, number>> {
  const found: [string, number][] = [];
  for (const table of tables) {
    const [row] = await rows<{ count: number }>(
      world.ctx.database,
      sql`
        select count(*)::int as count
        from ${sql.raw(table)}
        where user_no = (select no from "user" where id = ${userId})`,
    );
    found.push([table, row?.count ?? 0]);
  }
  return Object.fromEntries(found);
}

async function staleDays(world: World, userId: string, what: string): Promise<string[]> {
  const found = await rows<{ day: string }>(
    world.ctx.database,
    sql`
      select day::text as day
      from stale_day
      where user_no = (select no from "user" where id = ${userId}) and what = ${what}
      order by day`,
  );
  return found.map(({ day }) => day);
}

Deno.test("a link is made once, touched forwards only, ended, and active again when data comes", async () => {
  await using world = await openWorld();
  const userId = await world.createUser();
  const { database } = world.ctx;
  const id = await ensureConnection(database, userId, "samsung");
  assert.equal(await ensureConnection(database, userId, "samsung"), id);
  await touchConnection(database, userId, "samsung", new Date("2026-03-14T07:00:00Z"));
  await touchConnection(database, userId, "samsung", new Date("2026-03-14T06:00:00Z"));
  await ensureConnection(database, userId, "apple");
  const [apple, samsung] = await list(world, userId);
  assert.deepEqual([apple?.provider, apple?.last_synced_at, samsung?.provider], ["apple", null, "samsung"]);
  const { created_at, updated_at, ...shown } = samsung as Connection & { created_at: string };
  assert.ok(created_at <= updated_at);
  assert.deepEqual(shown as unknown, {
    id,
    user_id: userId,
    provider: "samsung",
    provider_user_id: null,
    provider_username: null,
    scope: null,
    status: "active",
    last_synced_at: "2026-03-14T07:00:00.000Z",
    icon_url: null,
    max_historical_days: null,
    rest_pull: false,
    webhook_stream: false,
    webhook_ping: false,
    webhook_callback: false,
    live_sync_mode: null,
    linked_user_ids: [],
  });
  const end = () => world.call(`/users/${userId}/connections/samsung`, { method: "DELETE" });
  assert.equal((await end()).status, 204);
  const [, revoked] = await list(world, userId);
  assert.equal(revoked?.status, "revoked");
  assert.equal((await end()).status, 204);
  assert.deepEqual((await list(world, userId))[1], revoked, "ending it twice changes nothing");
  assert.equal(await ensureConnection(database, userId, "samsung"), id);
  assert.deepEqual((await list(world, userId)).map(({ status }) => status), ["active", "active"]);
});

Deno.test("two batches at once make one link; what expired stays expired", async () => {
  await using world = await openWorld();
  const userId = await world.createUser();
  const { database } = world.ctx;
  const ids = await Promise.all(Array.from({ length: 5 }, () => ensureConnection(database, userId, "apple")));
  assert.equal(new Set(ids).size, 1);
  await database.execute(sql`update user_connection set status = 'expired'`);
  assert.equal(await ensureConnection(database, userId, "apple"), ids[0]);
  assert.equal((await list(world, userId))[0]?.status, "expired");
  await assert.rejects(ensureConnection(database, crypto.randomUUID(), "apple"));
});

Deno.test("what never was cannot be ended", async () => {
  await using world = await openWorld();
  const userId = await world.createUser();
  for (const provider of ["apple", "unknown", "internal"]) {
    for (const rest of ["", "/data"]) {
      const path = `/users/${userId}/connections/${provider}${rest}`;
      const { detail } = await world.json(path, { method: "DELETE" }, 404);
      assert.equal(detail, "Connection not found");
    }
  }
  await world.json(`/users/${userId}/connections/nokia`, { method: "DELETE" }, 400);
});

Deno.test("deleting a provider's data takes everything of it and nothing else, and marks its days", async () => {
  await using world = await openWorld();
  const { database } = world.ctx;
  const [userId, other] = [await world.createUser(), await world.createUser()];
  const store = async (id: string, provider: Provider, start: number) => {
    const batch = new Batch(new Date());
    addMeasurements(batch, provider, start);
    await ensureConnection(database, id, provider);
    await ingest(database, id as UserId, batch);
  };
  await store(userId, "samsung", at("20T12:00:00"));
  const alone = await counts(world, userId);
  assert.ok(tables.every((table) => alone[table] !== 0), JSON.stringify(alone));
  await store(userId, "apple", at("14T12:00:00"));
  await store(other, "apple", at("14T12:00:00"));
  for (const id of [userId, other]) {
    await database.execute(sql`
      insert into raw_payload (id, user_id, kind, provider, body, received_at)
      values (gen_random_uuid(), ${id}, 'sdk', 'apple', '{}', now())`);
    await database.execute(sql`
      insert into import_run (id, run_id, user_id, kind, provider, status)
      values (gen_random_uuid(), ${`xml_${id}`}, ${id}, 'apple_health', 'apple', 'running')`);
  }
  const theirs = await counts(world, other);
  await database.execute(sql`delete from stale_day`);
  await database.execute(sql`delete from graphile_worker._private_jobs`);

  const path = `/users/${userId}/connections/apple/data`;
  assert.equal((await world.call(path, { method: "DELETE" })).status, 204);
  assert.deepEqual(await counts(world, userId), alone);
  assert.deepEqual(await counts(world, other), theirs);
  assert.deepEqual((await list(world, userId)).map(({ provider, status }) => `${provider} ${status}`), [
    "apple revoked",
    "samsung active",
  ]);
  const kept = await rows<{ user_id: string; asked: boolean }>(
    database,
    sql`
      select p.user_id, r.cancel_requested_at is not null as asked
      from import_run r
      left join raw_payload p using (user_id)
      order by asked`,
  );
  assert.deepEqual(kept, [{ user_id: other, asked: false }, { user_id: null, asked: true }]);
  // From the day before, because it may have been another day there, to the day after, which the night belongs to.
  const days = ["2026-03-13", "2026-03-14", "2026-03-15", "2026-03-16", "2026-03-17"];
  assert.deepEqual(await staleDays(world, userId, "summary"), days);
  assert.deepEqual(await staleDays(world, userId, "score"), days);
  assert.deepEqual(await staleDays(world, other, "summary"), []);
  const jobs = await rows(database, sql`select key from graphile_worker.jobs where key like ${`%${userId}`}`);
  assert.equal(jobs.length, 1);
  assert.equal((await world.call(path, { method: "DELETE" })).status, 204, "once more is as good");
});

Deno.test("data that files brought can be deleted without a link", async () => {
  await using world = await openWorld();
  const userId = await world.createUser();
  const batch = new Batch(new Date());
  addMeasurements(batch, "unknown", at("14T12:00:00"));
  await ingest(world.ctx.database, userId as UserId, batch);
  const path = `/users/${userId}/connections/unknown/data`;
  assert.equal((await world.call(path, { method: "DELETE" })).status, 204);
  assert.ok(Object.values(await counts(world, userId)).every((count) => count === 0));
  await world.json(path, { method: "DELETE" }, 404);
});
