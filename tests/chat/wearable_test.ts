import assert from "node:assert/strict";
import type { SourceDescription } from "../../src/ingest/batch.ts";
import { callTool } from "../../src/platform/tool.ts";
import { tools } from "../../src/tools.ts";
import { type Diary, phone, record, ring, watch } from "../summaries/recording.ts";
import { openWorld, type World } from "../support/world.ts";

/** `get_wearable_summary`, with data that came in the way all data does. */

const now = () => new Date("2026-03-20T12:00:00Z");

type Result = Record<string, unknown> & {
  readonly statistics: Record<string, unknown>;
  readonly daily_values: Record<string, unknown>[];
  readonly records: Record<string, unknown>[];
};

async function summary(world: World, userId: string, metric: string, days = 30): Promise<Result> {
  return await callTool(world.ctx, tools, userId, "get_wearable_summary", { metric, days }) as Result;
}

function hour(diary: Diary, source: SourceDescription, from: string, steps: number) {
  diary.sample(source, "steps", from, steps, 3600);
}

Deno.test("steps are daily totals of watch and phone, each hour counted once, on the person's own days", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    for (const source of [watch, phone]) {
      hour(diary, source, "2026-03-18T08:00:00+01:00", 3000);
      hour(diary, source, "2026-03-19T08:00:00+01:00", 4000);
    }
    // The watch was charging; and half past eleven in the evening is the next day in UTC where the person is west of it.
    hour(diary, phone, "2026-03-18T20:00:00+01:00", 1000);
    hour(diary, watch, "2026-03-20T08:00:00+01:00", 500);
    hour(diary, phone, "2026-03-17T22:00:00-08:00", 250);
  });
  const result = await summary(world, user_id, "Step Count", 7);
  assert.deepEqual(result, {
    user_id,
    metric: "steps",
    period_days: 7,
    from: "2026-03-13",
    today: "2026-03-20",
    unit: "count",
    count: 4,
    start_date: "2026-03-13",
    end_date: "2026-03-20",
    time_zone: "UTC+01:00; days are the person's local days",
    summary: "Average steps 2750 a day, 8250 in all, over 2026-03-13 to 2026-03-19 (3 of 7 days have data, and today).",
    coverage: { days_with_data: 3, days_in_period: 7, text: "3 of 7 days have data, and today" },
    sources: ["Apple Watch Series 6 44mm (GPS)", "iPhone 14 Pro"],
    statistics: {
      overall_total: 8250,
      daily_average: 2750,
      lowest_day: { date: "2026-03-17", total: 250 },
      highest_day: { date: "2026-03-18", total: 4000 },
      days_with_data: 3,
    },
    statistics_are_of: "full days, without today",
    daily_values: [
      { date: "2026-03-20", total: 500, so_far: true },
      { date: "2026-03-19", total: 4000 },
      { date: "2026-03-18", total: 4000 },
      { date: "2026-03-17", total: 250 },
    ],
  });
  const yesterday = await summary(world, user_id, "steps", 1);
  assert.deepEqual(yesterday.daily_values[1], { date: "2026-03-19", total: 4000 });
  assert.equal(yesterday.statistics.overall_total, 4000);
});

Deno.test("today is the person's own: they may be in tomorrow already", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    // 2026-03-21T00:30 and 2026-03-20T23:00 local time; the clock of UTC shows the 20th.
    diary.sample(watch, "steps", "2026-03-21T00:30:00+13:00", 100, 600);
    diary.sample(watch, "steps", "2026-03-20T23:00:00+13:00", 900, 600);
  });
  const result = await summary(world, user_id, "steps", 1);
  assert.equal(result.today, "2026-03-21");
  assert.deepEqual(result.daily_values, [
    { date: "2026-03-21", total: 100, so_far: true },
    { date: "2026-03-20", total: 900 },
  ]);
});

Deno.test("a vendor's total of a day is no sample: both are one day's steps", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    diary.total(ring, "steps", "2026-03-18", 7000);
    hour(diary, ring, "2026-03-18T08:00:00+00:00", 3000);
    diary.total(ring, "energy", "2026-03-18", 512.34);
  });
  assert.deepEqual((await summary(world, user_id, "steps")).daily_values, [{ date: "2026-03-18", total: 7000 }]);
  for (const name of ["energy", "active_energy_burned", "calories"]) {
    const energy = await summary(world, user_id, name);
    assert.deepEqual([energy.metric, energy.unit, energy.daily_values], [
      "energy",
      "kcal",
      [{ date: "2026-03-18", total: 512 }],
    ]);
  }
});

Deno.test("levels are daily means with their range; of two devices at once the better one counts", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    for (const [at, bpm] of [["08:00:00", 60], ["09:00:00", 100], ["23:30:00", 80]] as const) {
      diary.sample(watch, "heart_rate", `2026-03-18T${at}-05:00`, bpm);
      diary.sample(ring, "heart_rate", `2026-03-18T${at}-05:00`, 200);
    }
    diary.sample(watch, "oxygen_saturation", "2026-03-18T08:00:00-05:00", 97);
  });
  const result = await summary(world, user_id, "hr");
  assert.deepEqual([result.metric, result.unit, result.sources], ["heart_rate", "bpm", [
    "Apple Watch Series 6 44mm (GPS)",
  ]]);
  assert.deepEqual(result.daily_values, [{ date: "2026-03-18", avg: 80, min: 60, max: 100, data_points: 3 }]);
  for (const name of ["spo2", "blood_oxygen_saturation", "oxygen_saturation"]) {
    const { metric, statistics } = await summary(world, user_id, name);
    assert.deepEqual([metric, statistics.overall_avg], ["oxygen_saturation", 97]);
  }
});

Deno.test("hrv is whichever of the two the person has and still records", async () => {
  await using world = await openWorld({}, now);
  const [one, two] = [await world.createUser(), await world.createUser()];
  await record(world, one, (diary) => {
    diary.sample(watch, "heart_rate_variability_sdnn", "2026-03-18T08:00:00Z", 55);
    diary.sample(ring, "heart_rate_variability_rmssd", "2025-03-18T08:00:00Z", 30);
  });
  await record(world, two, (diary) => {
    diary.sample(watch, "heart_rate_variability_sdnn", "2026-03-18T08:00:00Z", 55);
    diary.sample(ring, "heart_rate_variability_rmssd", "2026-03-17T08:00:00Z", 30);
  });
  assert.equal((await summary(world, one, "HRV")).metric, "heart_rate_variability_sdnn");
  assert.equal((await summary(world, two, "HRV")).metric, "heart_rate_variability_rmssd");
});

Deno.test("blood pressure is both its values", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    for (const [hour, systolic, diastolic] of [["07", 140, 90], ["19", 120, 80]] as const) {
      diary.sample(phone, "blood_pressure_systolic", `2026-03-18T${hour}:00:00Z`, systolic);
      diary.sample(phone, "blood_pressure_diastolic", `2026-03-18T${hour}:00:00Z`, diastolic);
    }
  });
  for (const name of ["bp", "blood pressure"]) {
    const { metric, daily_values } = await summary(world, user_id, name);
    assert.equal(metric, "blood_pressure");
    assert.deepEqual(daily_values, [{
      date: "2026-03-18",
      systolic_avg: 130,
      diastolic_avg: 85,
      systolic_max: 140,
      diastolic_max: 90,
      data_points: 2,
    }]);
  }
});

Deno.test("a series of the person's own is found by its code, as means and as sums", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, ({ batch }) => {
    const cups = batch.addCustomSeries("coffee_cups", "cups");
    const source = batch.addSource({ provider: "unknown", source: "kitchen" });
    for (const hour of [8, 10, 15]) {
      batch.addSample(cups, source, Date.parse("2026-03-18T00:00:00Z") + hour * 3_600_000, 1, 0, 0);
    }
  });
  const mean = await summary(world, user_id, "coffee_cups");
  assert.deepEqual([mean.unit, mean.daily_values], ["cups", [{
    date: "2026-03-18",
    avg: 1,
    min: 1,
    max: 1,
    data_points: 3,
  }]]);
  assert.match(String(mean.hint), /"coffee_cups:total"/);
  const sum = await summary(world, user_id, "coffee_cups:total");
  assert.deepEqual([sum.metric, sum.daily_values], ["coffee_cups:total", [{ date: "2026-03-18", total: 3 }]]);
  // Somebody else has no such series.
  const other = await summary(world, await world.createUser(), "coffee_cups");
  assert.equal(other.error, "Unknown metric 'coffee_cups'.");
});

Deno.test("an unknown metric is answered with the nearest of those the person has", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    hour(diary, watch, "2026-03-18T08:00:00Z", 100);
    diary.total(ring, "energy", "2026-03-18", 500);
    diary.sample(watch, "oxygen_saturation", "2026-03-18T08:00:00Z", 97);
    const place = { source: diary.batch.addSource(watch), zone_offset: 0 };
    diary.batch.addWorkout({ ...place, type: "running", start: +now() - 3_600_000, end: +now() });
    diary.batch.addScore({ provider: "oura", category: "readiness", value: 80, at: +now(), zone_offset: 0 });
  });
  assert.deepEqual(await summary(world, user_id, "stepz"), {
    user_id,
    metric: "stepz",
    error: "Unknown metric 'stepz'. Did you mean steps?",
    available_metrics: ["steps", "oxygen_saturation", "energy", "workouts", "workout_minutes", "readiness_score"],
  });
  assert.equal((await summary(world, user_id, "readiness_score")).statistics.overall_avg, 80);
});

Deno.test("what is known but not recorded says so, with its last day and with what there is", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const nobody = await summary(world, user_id, "steps");
  assert.equal(nobody.message, "No connected data sources found for this user.");
  assert.deepEqual([nobody.count, nobody.daily_values], [0, []]);
  await record(world, user_id, (diary) => diary.sample(phone, "weight", "2025-11-02T08:00:00Z", 80));
  const weight = await summary(world, user_id, "body_weight");
  const message = "Nothing is recorded of weight in the last 30 days. The last of it is of 2025-11-02.";
  assert.deepEqual([weight.metric, weight.message, weight.available_metrics], ["weight", message, ["weight"]]);
  const sleep = await summary(world, user_id, "sleep");
  assert.match(String(sleep.message), /Nothing is recorded of sleep in the last 30 days\.$/);
  assert.match(String((await summary(world, user_id, "sleep", 0)).error), /days/);
});

Deno.test("a year of a metric stays small enough for a small model's context", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    for (let ago = 0; ago < 400; ago++) {
      const day = new Date(+now() - ago * 86_400_000).toISOString().slice(0, 10);
      diary.sample(watch, "heart_rate", `${day}T08:00:00Z`, 60 + ago % 7);
    }
  });
  for (const days of [60, 90, 365, 3650]) {
    const result = await summary(world, user_id, "heart_rate", days);
    assert.ok(JSON.stringify(result).length < 6000, `${days} days take ${JSON.stringify(result).length} characters`);
  }
});
