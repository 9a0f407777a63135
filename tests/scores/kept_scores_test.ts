import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { requireUser, type UserId } from "../../src/accounts/access.ts";
import { Batch, type SourceDescription } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { rows } from "../../src/platform/database.ts";
import { computeStaleScores } from "../../src/scores/compute_scores.ts";
import { archiveOldSamples } from "../../src/timeseries/archive.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { openWorld, type World } from "../support/world.ts";

/** Scores of days whose samples are archived, and scores after the order of sources has changed. */

const now = new Date("2026-03-20T12:00:00Z");
const watch: SourceDescription = { provider: "apple", device_model: "Watch7,1" };
const ring: SourceDescription = { provider: "oura", device_model: "Oura Ring 3" };
const hour = 3_600_000;

/** A night of March by one device, so many hours long. */
function night(batch: Batch, source: SourceDescription, day: number, hours: number, hrv: number): void {
  const index = batch.addSource(source);
  const start = Date.UTC(2026, 2, day) - hour;
  batch.addSleepStage({ source: index, stage: "light", start, end: start + hours * hour, zone_offset: 0 });
  batch.addSample(seriesId("heart_rate_variability_rmssd"), index, start + 2 * hour, hrv, 0, 0);
}

async function send(world: World, user: UserId, fill: (batch: Batch) => void): Promise<void> {
  const batch = new Batch(now);
  fill(batch);
  await ingest(world.ctx.database, user, batch);
  await computeStaleScores(world.ctx, user);
}

async function scores(world: World) {
  return await rows<{ category: string; at: string; value: number; source_no: number | null }>(
    world.ctx.database,
    sql`select category, recorded_at::text as at, value, source_no from health_score order by recorded_at, category`,
  );
}

Deno.test("what is sent again of archived nights leaves their scores", async () => {
  await using world = await openWorld({}, () => now);
  const user = await requireUser(world.ctx, await world.createUser());
  const nights = (batch: Batch) => {
    for (let day = 2; day <= 9; day++) night(batch, watch, day, 8, 40 + day % 3);
  };
  await send(world, user, nights);
  const before = await scores(world);
  assert.ok(before.filter(({ category }) => category === "resilience").length > 3);
  await world.json("/settings/archival", {
    method: "PUT",
    json: { archive_after_days: 5, delete_after_days: null },
  });
  await archiveOldSamples(world.ctx, new AbortController().signal);
  await send(world, user, nights);
  assert.deepEqual(await scores(world), before);
});

Deno.test("when another source comes first, its night is the one that is scored", async () => {
  await using world = await openWorld({}, () => now);
  const user = await requireUser(world.ctx, await world.createUser());
  await send(world, user, (batch) => {
    night(batch, watch, 14, 8, 40);
    night(batch, ring, 14, 6, 40);
    night(batch, watch, 15, 8, 40);
  });
  const sleep = async () =>
    (await scores(world)).filter(({ category }) => category === "sleep").map(({ source_no }) => source_no);
  assert.deepEqual(await sleep(), [1, 1]);
  await world.json("/priorities/providers/apple", { method: "PUT", json: { priority: 100 } });
  await world.json("/priorities/providers/oura", { method: "PUT", json: { priority: 1 } });
  await computeStaleScores(world.ctx, user);
  assert.deepEqual(await sleep(), [2, 1]);
});
