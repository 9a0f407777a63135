import assert from "node:assert/strict";
import type { UserId } from "../../src/accounts/access.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { archiveOldSamples } from "../../src/timeseries/archive.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { openWorld, type World } from "../support/world.ts";

const now = new Date("2026-03-20T12:00:00Z");
const at = (text: string) => Date.parse(text);

async function someone(world: World): Promise<string> {
  const user = await world.createUser();
  const batch = new Batch(now);
  const watch = batch.addSource({ provider: "apple", device_model: "Watch6,2" });
  const band = batch.addSource({ provider: "garmin", device_model: "vivosmart 4" });
  const own = batch.addCustomSeries("grip_strength", "kg");
  for (let day = 1; day <= 4; day++) {
    batch.addSample(seriesId("heart_rate"), watch, at(`2026-03-0${day}T08:00:00Z`), 60, 0, 0);
    batch.addSample(seriesId("heart_rate"), watch, at(`2026-03-0${day}T09:00:00Z`), 70, 0, 0);
    batch.addSample(seriesId("steps"), band, at(`2026-03-0${day}T08:00:00Z`), 70, 60, 0);
  }
  batch.addSample(own, band, at("2026-03-04T08:00:00Z"), 40, 0, 0);
  batch.addDailyTotal({
    series: seriesId("steps"),
    source: band,
    day: "2026-03-02",
    at: at("2026-03-02T00:00:00Z"),
    value: 9_000,
    zone_offset: 0,
  });
  for (const [type, day] of [["running", 1], ["running", 2], ["yoga", 2]] as const) {
    const start = at(`2026-03-0${day}T17:00:00Z`);
    batch.addWorkout({
      source: watch,
      type,
      start: start + (type === "yoga" ? 7_200_000 : 0),
      end: start + 9_000_000,
      zone_offset: 0,
    });
  }
  batch.addSleepSession({
    source: band,
    start: at("2026-03-02T22:00:00Z"),
    end: at("2026-03-03T06:00:00Z"),
    zone_offset: 0,
    is_nap: false,
    asleep_seconds: 27_000,
    in_bed_seconds: 28_800,
  });
  await ingest(world.ctx.database, user as UserId, batch);
  return user;
}

const expected = (user: string) => ({
  user_id: user,
  total_data_points: 14,
  total_workouts: 3,
  total_sleep_events: 1,
  series_type_counts: { heart_rate: 8, steps: 5, grip_strength: 1 },
  workout_type_counts: { running: 2, yoga: 1 },
  by_provider: [
    { provider: "apple", data_points: 8, series_counts: { heart_rate: 8 }, workout_count: 3, sleep_count: 0 },
    {
      provider: "garmin",
      data_points: 6,
      series_counts: { steps: 5, grip_strength: 1 },
      workout_count: 0,
      sleep_count: 1,
    },
  ],
  has_womens_health_data: false,
});

Deno.test("everything that is kept is counted by series, type and provider, also after archiving", async () => {
  await using world = await openWorld({}, () => now);
  const user = await someone(world);
  await someone(world);
  assert.deepEqual(await world.json(`/users/${user}/summaries/data`), expected(user));
  await world.json("/settings/archival", { method: "PUT", json: { archive_after_days: 17, delete_after_days: null } });
  await archiveOldSamples(world.ctx, new AbortController().signal);
  assert.deepEqual(await world.json(`/users/${user}/summaries/data`), expected(user));
  const stats = await world.json<{ data_points: Record<string, number> }>("/dashboard/stats");
  assert.deepEqual(stats.data_points, { count: 16, archived: 8 });
});

Deno.test("a range counts instants from its start to before its end, events by their start", async () => {
  await using world = await openWorld({}, () => now);
  const user = await someone(world);
  const range = new URLSearchParams({ start_date: "2026-03-02T08:30:00Z", end_date: "2026-03-04" });
  const summary = await world.json<ReturnType<typeof expected>>(`/users/${user}/summaries/data?${range}`);
  assert.deepEqual(summary.series_type_counts, { heart_rate: 3, steps: 1 });
  assert.deepEqual(summary.workout_type_counts, { running: 1, yoga: 1 });
  assert.equal(summary.total_sleep_events, 1);
  const later = await world.json<ReturnType<typeof expected>>(
    `/users/${user}/summaries/data?start_date=2026-03-02T22:00:01Z`,
  );
  assert.deepEqual([later.total_data_points, later.total_workouts, later.total_sleep_events], [7, 0, 0]);
  await world.json(`/users/${user}/summaries/data?start_date=soon`, {}, 400);
});
