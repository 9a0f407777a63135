import assert from "node:assert/strict";
import type { UserId } from "../../src/accounts/access.ts";
import { ensureConnection } from "../../src/connections/connections.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { openWorld } from "../support/world.ts";

Deno.test("a person's sources are listed with what to call them", async () => {
  await using world = await openWorld();
  const userId = await world.createUser();
  const connection = await ensureConnection(world.ctx.database, userId, "apple");
  const batch = new Batch(new Date());
  const sources = [
    batch.addSource({ provider: "apple", source: "com.example", device_model: "Watch6,2", software_version: "11.1" }),
    batch.addSource({ provider: "apple", source: "com.scale", original_source_name: "My scale" }),
    batch.addSource({ provider: "sensorbio" }),
  ];
  for (const source of sources) {
    batch.addSample(seriesId("heart_rate"), source, Date.parse("2026-03-14T06:00:00Z"), 60, 0, 60);
  }
  await ingest(world.ctx.database, userId as UserId, batch);
  const { items, total } = await world.json<{ items: Record<string, unknown>[]; total: number }>(
    `/users/${userId}/data-sources`,
  );
  assert.equal(total, 3);
  const { id, ...first } = items[0] ?? {};
  assert.match(String(id), /^[0-9a-f-]{36}$/);
  assert.deepEqual(first, {
    user_id: userId,
    provider: "apple",
    user_connection_id: connection,
    device_model: "Watch6,2",
    software_version: "11.1",
    source: "com.example",
    device_type: "watch",
    original_source_name: null,
    display_name: "Apple Watch Series 6 44mm (GPS)",
  });
  assert.deepEqual(
    items.slice(1).map(({ display_name, device_type, user_connection_id }) => [
      display_name,
      device_type,
      user_connection_id,
    ]),
    [["My scale", "unknown", connection], ["Sensor Bio", "unknown", null]],
  );
  const other = await world.createUser();
  assert.deepEqual(await world.json(`/users/${other}/data-sources`), { items: [], total: 0 });
});
