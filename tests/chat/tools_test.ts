import assert from "node:assert/strict";
import { callTool } from "../../src/platform/tool.ts";
import { tools } from "../../src/tools.ts";
import { moment, phone, record, ring, watch } from "../summaries/recording.ts";
import { openWorld, type World } from "../support/world.ts";
import { addLab, addSymptom } from "./turn.ts";

const now = () => new Date("2026-03-20T12:00:00Z");

function caller(world: World, userId: string) {
  return async (name: string, args: unknown) =>
    await callTool(world.ctx, tools, userId, name, args) as Record<string, unknown>;
}

Deno.test("the summary of a day has its labs and symptoms by the person's own clock", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const call = caller(world, user_id);
  await addLab(world, user_id, {
    test_name: "Ferritin",
    value: 12,
    unit: "ng/mL",
    reference_min: 20,
    recorded_at: "2026-03-14",
  });
  await addLab(world, user_id, { test_name: "Nitrite", value_text: "negative", unit: "", recorded_at: "2026-03-14" });
  await addLab(world, user_id, { test_name: "HDL", value: 50, recorded_at: "2026-03-15" });
  // 23:30 UTC is already the next day where the person is.
  await addSymptom(world, user_id, { severity: 6, notes: "after lunch", recorded_at: "2026-03-14T00:30:00+01:00" });
  await addSymptom(world, user_id, { severity: 2, recorded_at: "2026-03-15T00:30:00+01:00" });
  assert.deepEqual(await call("get_daily_summary", { date: "2026-03-14" }), {
    user_id,
    date: "2026-03-14",
    time_zone: "UTC+01:00; the day is the person's local day",
    summary: "On 2026-03-14: headache of severity 6; Ferritin 12 ng/mL (low); Nitrite negative.",
    sources: ["the person's own notes", "laboratory results"],
    lab_results: [
      { test_name: "Ferritin", value: 12, unit: "ng/mL", status: "low" },
      { test_name: "Nitrite", value: null, value_text: "negative", unit: "", status: null },
    ],
    symptoms: [{ type: "headache", severity: 6, notes: "after lunch" }],
  });
  const empty = await call("get_daily_summary", { date: "2026-01-01" });
  const message = "Nothing is recorded for 2026-01-01.";
  const time_zone = "UTC+01:00; the day is the person's local day";
  assert.deepEqual(empty, { user_id, date: "2026-01-01", time_zone, summary: message, message });
  assert.equal((await call("get_daily_summary", { date: "2026-03-14T08:00:00Z" })).date, "2026-03-14");
  assert.equal((await call("get_daily_summary", { date: "yesterday" })).date, "2026-03-19");
  for (const date of ["14.03.2026", "2026-02-30"]) {
    assert.deepEqual(await call("get_daily_summary", { date }), {
      error: `Invalid date format: ${date}. Use YYYY-MM-DD.`,
    });
  }
  assert.match(String((await call("get_daily_summary", {})).error), /date/);
});

Deno.test("the summary of a day has what devices measured, merged, on the person's local day", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const call = caller(world, user_id);
  await record(world, user_id, (diary) => {
    const { batch } = diary;
    for (const source of [watch, phone]) {
      diary.sample(source, "steps", "2026-03-14T08:00:00+01:00", 3000, 3600);
      // The next day in UTC, and the day before.
      diary.sample(source, "steps", "2026-03-14T22:30:00-05:00", 400, 600);
      diary.sample(source, "steps", "2026-03-13T23:30:00+01:00", 7, 600);
    }
    diary.total(ring, "energy", "2026-03-14", 480.2);
    diary.sample(watch, "heart_rate", "2026-03-14T08:00:00+01:00", 60);
    diary.sample(watch, "heart_rate", "2026-03-14T09:00:00+01:00", 101);
    diary.sample(watch, "resting_heart_rate", "2026-03-14T09:00:00+01:00", 54);
    diary.sample(watch, "weight", "2026-03-13T09:00:00+01:00", 80);
    diary.sample(watch, "latitude", "2026-03-14T09:00:00+01:00", 48);
    const place = { source: batch.addSource(watch), zone_offset: 60 };
    const at = (time: string) => moment(`2026-03-${time}:00+01:00`).instant;
    batch.addSleepStage({ ...place, stage: "deep", start: at("13T23:00"), end: at("14T06:00") });
    batch.addSleepStage({ ...place, stage: "deep", start: at("14T23:00"), end: at("15T06:00") });
    batch.addWorkout({ ...place, type: "running", start: at("14T18:00"), end: at("14T18:40"), heart_rate_avg: 149.6 });
    batch.addWorkout({ ...place, type: "walking", start: at("13T18:00"), end: at("13T18:40") });
  });
  assert.deepEqual(await call("get_daily_summary", { date: "2026-03-14" }), {
    user_id,
    date: "2026-03-14",
    time_zone: "UTC+01:00; the day is the person's local day",
    summary: "On 2026-03-14: sleep 420 minutes (7 h 0 min); steps 3400; average resting heart rate 54 bpm; average " +
      "heart rate 80.5 bpm; energy 480 kcal; running 40 minutes.",
    sources: ["Apple Watch Series 6 44mm (GPS)", "Oura Ring 3"],
    sleep: [{
      start: "2026-03-13T23:00+01:00",
      end: "2026-03-14T06:00+01:00",
      duration_minutes: 420,
      time_in_bed_minutes: 420,
      efficiency_percent: 100,
      deep_minutes: 420,
      rem_minutes: 0,
      light_minutes: 0,
      awake_minutes: 0,
    }],
    workouts: [{
      type: "running",
      duration_minutes: 40,
      start: "2026-03-14T18:00+01:00",
      end: "2026-03-14T18:40+01:00",
      avg_heart_rate_bpm: 150,
    }],
    wearable_metrics: {
      heart_rate: { unit: "bpm", data_points: 2, avg: 80.5, min: 60, max: 101 },
      resting_heart_rate: { unit: "bpm", data_points: 1, avg: 54 },
      steps: { unit: "count", total: 3400 },
      energy: { unit: "kcal", total: 480 },
    },
  });
});

Deno.test("a day that is not over says so", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => diary.sample(watch, "steps", "2026-03-20T08:00:00Z", 300, 600));
  const result = await caller(world, user_id)("get_daily_summary", { date: "2026-03-20" });
  assert.match(String(result.note), /not over/);
  assert.deepEqual(result.wearable_metrics, { steps: { unit: "count", total: 300 } });
});
