import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { requireUser } from "../../src/accounts/access.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { rows } from "../../src/platform/database.ts";
import { computeStaleScores } from "../../src/scores/compute_scores.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { openWorld, type World } from "../support/world.ts";

const now = new Date("2026-03-20T12:00:00Z");
const hour = 3_600_000;

Deno.test("a history of years is computed part by part, and the nights between two parts are scored as all others", async () => {
  await using world = await openWorld({}, () => now);
  const user = await requireUser(world.ctx, await world.createUser());
  const batch = new Batch(now);
  const source = batch.addSource({ provider: "apple", device_model: "Watch7,1" });
  for (let day = -400; day < 0; day++) {
    const start = Date.UTC(2026, 2, day) - hour;
    const end = start + 8 * hour;
    batch.addSleepStage({ source, stage: "light", start, end, zone_offset: 0 });
    batch.addSample(seriesId("heart_rate_variability_rmssd"), source, start + hour, 40 + day % 7, 0, 0);
  }
  await ingest(world.ctx.database, user, batch);
  await computeStaleScores(world.ctx, user);
  const [sleep, resilience] = [await stored(world, "sleep"), await stored(world, "resilience")];
  assert.equal(sleep.length, 400);
  // The first nights have nothing to be compared with.
  const settled = sleep.slice(15).map(({ value, components }) => ({ value, components }));
  assert.deepEqual(settled, settled.map(() => settled[0]));
  const values = resilience.slice(7, -7).map(({ value }) => value);
  assert.ok(values.length > 380, `${values.length}`);
  assert.equal(new Set(values).size, 1);
  const left = await rows(world.ctx.database, sql`select 1 from stale_day where what = 'score'`);
  assert.equal(left.length, 0);
});

async function stored(world: World, category: string) {
  return await rows<{ value: number; components: unknown }>(
    world.ctx.database,
    sql`select value, components from health_score where category = ${category} order by recorded_at`,
  );
}
