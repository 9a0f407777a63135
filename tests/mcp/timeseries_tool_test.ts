import assert from "node:assert/strict";
import { requireUser } from "../../src/accounts/access.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { openWorld } from "../support/world.ts";
import { connectProgram } from "./program.ts";

const start = Date.UTC(2025, 0, 6);

Deno.test("get_timeseries gives up to 10,000 samples with count, mean, smallest and largest, and says when it was cut", async () => {
  await using world = await openWorld();
  await using program = await connectProgram(world, { scope: "read" });
  const user_id = await world.createUser({ first_name: "Ada" });
  const batch = new Batch(new Date());
  const source = batch.addSource({ provider: "polar", source: null, device_model: null });
  for (let n = 0; n < 10_001; n++) {
    batch.addSample(seriesId("heart_rate"), source, start + n * 30_000, 50 + n % 4, 0, -90);
  }
  batch.addSample(seriesId("weight"), source, start, 70.5, 0, null);
  await ingest(world.ctx.database, await requireUser(world.ctx, user_id), batch);

  interface Timeseries {
    records: Record<string, unknown>[];
    [key: string]: unknown;
  }
  const asked = { user_id, start_time: "2025-01-06T00:00:00Z", end_time: "2025-01-20T00:00:00Z" };
  const { records, ...rest } = await program.call<Timeseries>("get_timeseries", { ...asked, types: ["heart_rate"] });
  assert.deepEqual(rest, {
    user: { id: user_id, first_name: "Ada", last_name: null },
    period: { start: asked.start_time, end: asked.end_time, resolution: "raw" },
    summary: { total_samples: 10_000, by_type: { heart_rate: { count: 10_000, avg: 51.5, min: 50, max: 53 } } },
    truncated: true,
  });
  assert.deepEqual(records[1], {
    timestamp: "2025-01-05T22:30:30-01:30",
    type: "heart_rate",
    value: 51,
    unit: "bpm",
    source: "polar",
  });

  const hours = await program.call<Timeseries>("get_timeseries", {
    ...asked,
    types: ["heart_rate", "weight"],
    resolution: "1hour",
  });
  assert.equal(hours.truncated, false);
  const { total_samples, by_type } = hours.summary as { total_samples: number; by_type: Record<string, unknown> };
  assert.deepEqual(Object.keys(by_type).sort(), ["heart_rate", "weight"]);
  assert.deepEqual(by_type.weight, { count: 1, avg: 70.5, min: 70.5, max: 70.5 });
  assert.equal(total_samples, Math.ceil(10_000 / 120 + 0.5) + 1, "hours from half past ten on, and the weight");

  const end_time = "2025-01-06";
  const day = await program.call<Timeseries>("get_timeseries", { ...asked, end_time, types: [] });
  assert.equal((day.summary as { total_samples: number }).total_samples, 2_881, "an end at midnight includes that day");
});
