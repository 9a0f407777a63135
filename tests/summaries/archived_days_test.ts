import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { rows } from "../../src/platform/database.ts";
import { archiveOldSamples } from "../../src/timeseries/archive.ts";
import { archiveSamplesTask } from "../../tasks/archive_samples.ts";
import { openWorld, type World } from "../support/world.ts";
import { activity, phone, record, ring, stepsByDay, watch } from "./recording.ts";

/** Summaries of days whose samples became one row a series and source. */

const now = () => new Date("2026-06-01T12:00:00Z");

async function archive(world: World): Promise<void> {
  const limits = { archive_after_days: 30, delete_after_days: null };
  await world.json("/settings/archival", { method: "PUT", json: limits });
  await archiveOldSamples(world.ctx, new AbortController().signal);
  const [kept] = await rows<{ live: number; archived: number }>(
    world.ctx.database,
    sql`select (select count(*)::int from sample) as live, (select count(*)::int from sample_archive) as archived`,
  );
  assert.equal(kept?.live, 0);
  assert.ok((kept?.archived ?? 0) > 0);
}

/** As after a change that touches every day. */
async function computeAgain(world: World): Promise<void> {
  await world.ctx.database.execute(sql`
    insert into stale_day (user_no, what, day)
    select distinct user_no, 'summary', day from day_summary
    on conflict do nothing`);
  await world.ctx.database.execute(sql`delete from day_summary`);
}

Deno.test("an archived day stays as it was; computed again, it says what its sums, bounds and counts still tell", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample }) => {
    // Before midnight where it was recorded, though not in UTC; then after it.
    sample(watch, "steps", "2026-03-14T23:30:00+01:00", 250, 600);
    sample(watch, "steps", "2026-03-15T00:30:00+01:00", 40, 600);
    sample(watch, "steps", "2026-03-15T08:00:00+01:00", 900, 900);
    sample(watch, "energy", "2026-03-15T08:00:00+01:00", 52.5, 900);
    sample(watch, "distance_walking_running", "2026-03-15T08:00:00+01:00", 700, 900);
    [60, 70, 110].forEach((bpm, hour) => sample(watch, "heart_rate", `2026-03-15T1${hour}:00:00+01:00`, bpm));
  });
  const before = await activity(world, user);
  assert.deepEqual(stepsByDay(before), ["2026-03-14: 250", "2026-03-15: 940"]);
  assert.notEqual(before[1]?.active_minutes, null);
  await archive(world);
  assert.deepEqual(await activity(world, user), before);
  await computeAgain(world);
  // When in the day something happened is gone, so that nothing is said about minutes.
  const unknown = { active_minutes: null, sedentary_minutes: null, intensity_minutes: null };
  assert.notEqual(before[1]?.intensity_minutes, null);
  const again = await activity(world, user);
  const expected: unknown[] = before.map((day) => ({ ...day, ...unknown }));
  assert.deepEqual(again, expected);
  assert.deepEqual(again[1]?.heart_rate, { avg_bpm: 80, max_bpm: 110, min_bpm: 60 });
});

Deno.test("of an archived day several sources are not added up, and what comes late counts once", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample, total }) => {
    for (let hour = 8; hour < 12; hour++) {
      const at = `2026-03-14T${String(hour).padStart(2, "0")}:00:00Z`;
      sample(watch, "steps", at, 1000, 900);
      sample(phone, "steps", at, 1100, 900);
    }
    sample(ring, "steps", "2026-03-15T08:00:00Z", 700, 600);
    total(ring, "steps", "2026-03-15", 5000);
  });
  await archive(world);
  assert.deepEqual(stepsByDay(await activity(world, user)), ["2026-03-14: 4000", "2026-03-15: 5000"]);
  const alone = await activity(world, user, "2026-03-14", "2026-03-15", "&by_source=true");
  assert.deepEqual(alone.map(({ source, steps }) => `${source.device}: ${steps}`).sort(), [
    "Watch6,2: 4000",
    "iPhone15,2: 4400",
  ]);
  const late = () =>
    record(world, user, ({ sample }) => {
      sample(watch, "steps", "2026-03-14T08:00:00Z", 1000, 900);
      sample(watch, "steps", "2026-03-14T15:00:00Z", 300, 900);
    });
  await late();
  await archiveOldSamples(world.ctx, new AbortController().signal);
  await late();
  await archiveOldSamples(world.ctx, new AbortController().signal);
  assert.deepEqual(stepsByDay(await activity(world, user)), ["2026-03-14: 4300", "2026-03-15: 5000"]);
});

Deno.test("days that nobody has read are merged before they are archived", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample }) => {
    // The watch is on its charger at ten, the phone is at home at eight.
    sample(watch, "steps", "2026-03-14T08:00:00Z", 500, 900);
    for (const device of [watch, phone]) sample(device, "steps", "2026-03-14T09:00:00Z", 1000, 900);
    sample(phone, "steps", "2026-03-14T10:00:00Z", 700, 900);
  });
  await world.json("/settings/archival", {
    method: "PUT",
    json: { archive_after_days: 30, delete_after_days: null },
  });
  await archiveSamplesTask.run(world.ctx, {}, new AbortController().signal);
  assert.deepEqual(stepsByDay(await activity(world, user)), ["2026-03-14: 2200"]);
});

Deno.test("what was last known of the body stays known", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample }) => {
    sample(phone, "height", "2020-03-14T08:00:00Z", 180);
    sample(ring, "weight", "2026-03-14T08:00:00Z", 79);
    sample(phone, "weight", "2026-03-14T07:00:00Z", 90);
    sample(phone, "weight", "2026-03-13T20:00:00Z", 91);
  });
  const body = () => world.json<{ source: { device: string }; slow_changing: object }>(`/users/${user}/summaries/body`);
  const before = await body();
  await archive(world);
  assert.deepEqual(await body(), before);
  assert.equal(before.source.device, "Oura Ring 3");
  await record(world, user, ({ sample }) => sample(phone, "weight", "2026-05-30T08:00:00Z", 77));
  const { slow_changing } = await body();
  assert.deepEqual(slow_changing, { ...before.slow_changing, weight_kg: 77, bmi: 23.8 });
});

Deno.test("the same again leaves the summary of an archived day as it was", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const export_ = () =>
    record(world, user, ({ sample }) => {
      // The watch is on its charger at ten, the phone is at home at eight.
      sample(watch, "steps", "2026-03-14T08:00:00Z", 500, 900);
      for (const device of [watch, phone]) sample(device, "steps", "2026-03-14T09:00:00Z", 1000, 900);
      sample(phone, "steps", "2026-03-14T10:00:00Z", 700, 900);
      sample(watch, "heart_rate", "2026-03-14T10:00:00Z", 130);
    });
  await export_();
  const before = await activity(world, user);
  assert.deepEqual(stepsByDay(before), ["2026-03-14: 2200"]);
  await archive(world);
  await export_();
  assert.deepEqual(await activity(world, user), before);
});
