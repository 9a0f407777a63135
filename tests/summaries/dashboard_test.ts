import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import type { UserId } from "../../src/accounts/access.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { openWorld } from "../support/world.ts";

const now = new Date("2026-03-20T12:00:00Z");

Deno.test("the dashboard counts people, active connections, measurements and events", async () => {
  await using world = await openWorld();
  const empty = {
    total_users: { count: 0 },
    active_conn: { count: 0 },
    data_points: { count: 0, archived: 0 },
    event_records: { count: 0, workouts: 0, sleep: 0, menstrual_cycles: 0 },
    connections_coverage: { users_with_active: 0, users_with_multi_active: 0, top_providers: [] },
  };
  assert.deepEqual(await world.json("/dashboard/stats"), empty);
  const users = [await world.createUser(), await world.createUser(), await world.createUser()];
  const connections = [
    [users[0], "garmin", "active"],
    [users[0], "apple", "active"],
    [users[1], "garmin", "active"],
    [users[2], "oura", "revoked"],
  ];
  for (const [user, provider, status] of connections) {
    await world.ctx.database.execute(sql`
      insert into user_connection (id, user_id, provider, status)
      values (${crypto.randomUUID()}, ${user}, ${provider}, ${status})`);
  }
  for (const user of users.slice(0, 2)) {
    const batch = new Batch(now);
    const source = batch.addSource({ provider: "garmin" });
    const start = Date.parse("2026-03-02T17:00:00Z");
    batch.addSample(seriesId("steps"), source, start, 5, 60, 0);
    batch.addDailyTotal({ series: seriesId("steps"), source, day: "2026-03-02", at: start, value: 9, zone_offset: 0 });
    batch.addWorkout({ source, type: "running", start, end: start + 1_000, zone_offset: 0 });
    await ingest(world.ctx.database, user as UserId, batch);
  }
  assert.deepEqual(await world.json("/dashboard/stats"), {
    total_users: { count: 3 },
    active_conn: { count: 3 },
    data_points: { count: 4, archived: 0 },
    event_records: { count: 2, workouts: 2, sleep: 0, menstrual_cycles: 0 },
    connections_coverage: {
      users_with_active: 2,
      users_with_multi_active: 1,
      top_providers: [{ provider: "garmin", count: 2 }, { provider: "apple", count: 1 }],
    },
  });
  await world.json("/dashboard/stats", { token: null, key: await world.createKey() }, 401);
});

Deno.test("the configuration says that nothing is sent out", async () => {
  await using world = await openWorld();
  assert.deepEqual(await world.json("/config"), { outgoing_webhooks_enabled: false });
});
