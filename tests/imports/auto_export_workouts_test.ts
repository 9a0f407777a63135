import assert from "node:assert/strict";
import { mapAutoExport } from "../../src/imports/auto_export.ts";
import { autoExportWorkoutType } from "../../src/imports/auto_export_workout_name_table.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";

/** Workouts of Health Auto Export, in both versions of its format, and the samples collected for this project. */

async function map(json: unknown) {
  const batch = new Batch(new Date("2026-03-15T12:00:00Z"));
  return { batch, report: await mapAutoExport(json, batch, Date.parse("2026-03-15T12:00:00Z")) };
}

Deno.test("the app's names are mapped, with the place where it was", () => {
  const types = [
    ["Outdoor Run", null, false],
    ["Indoor Run", null, false],
    ["Running", "Indoor", false],
    ["Cycling", null, true],
    ["Pool Swim", null, false],
    ["Swimming", "Open Water", false],
    ["Traditional Strength Training", null, false],
    ["High Intensity Interval Training", null, false],
    ["Mind & Body", null, false],
    ["Outdoor Walk", "Outdoor", false],
    ["Unheard Of", null, false],
    ["__proto__", "constructor", false],
    [null, null, false],
  ] as const;
  assert.deepEqual(types.map(([name, location, indoor]) => autoExportWorkoutType(name, location, indoor)), [
    "running",
    "treadmill",
    "treadmill",
    "indoor_cycling",
    "pool_swimming",
    "open_water_swimming",
    "strength_training",
    "cardio_training",
    "stretching",
    "walking",
    "other",
    "other",
    "other",
  ]);
});

Deno.test("the second version: totals in any unit, heart rates as samples, nothing counted twice", async () => {
  const start = "2026-03-14 08:00:00 -0500";
  const { batch, report } = await map({
    data: {
      workouts: [{
        id: "A1",
        name: "Outdoor Run",
        start,
        end: "2026-03-14 08:30:00 -0500",
        duration: 1_500,
        distance: { qty: 3, units: "mi" },
        activeEnergyBurned: { qty: 1_255.2, units: "kJ" },
        avgSpeed: { qty: 10.8, units: "km/hr" },
        elevationUp: { qty: 100, units: "ft" },
        stepCount: [{ date: start, qty: 90 }, { date: start, qty: 110 }],
        heartRate: {
          min: { qty: 110, units: "bpm" },
          avg: { qty: 150.2, units: "bpm" },
          max: { qty: 170, units: "bpm" },
        },
        heartRateData: [{ date: start, Min: 120, Avg: 125, Max: 130, source: "Watch" }],
        temperature: { qty: 50, units: "degF" },
        route: [{ latitude: 1, longitude: 2 }, { latitude: 1, longitude: 2 }],
      }],
    },
  });
  const [workout] = batch.workouts;
  assert.ok(workout);
  assert.deepEqual([workout.type, workout.external_id, workout.zone_offset], ["running", "A1", -300]);
  assert.deepEqual([workout.duration_seconds, workout.moving_time_seconds, workout.steps_count], [1_800, 1_500, 200]);
  assert.deepEqual([workout.heart_rate_min, workout.heart_rate_avg, workout.heart_rate_max], [110, 150.2, 170]);
  const near = (value: number | null | undefined, wanted: number) => assert.ok(Math.abs((value ?? 0) - wanted) < 0.01);
  near(workout.distance, 4_828.03);
  near(workout.energy_burned, 300);
  near(workout.average_speed, 3);
  near(workout.total_elevation_gain, 30.48);
  assert.deepEqual(batch.samples.series, [seriesId("heart_rate"), seriesId("weather_temperature")]);
  near(batch.samples.value[1], 10);
  assert.deepEqual(report, { records: 2, workouts: 1, sleep: 0, dropped: { route_points: 2 } });
});

Deno.test("the first version: lists of energy, climbs in an object, heart rates as plain amounts", async () => {
  const at = (minute: number) => `2026-03-14T08:0${minute}:00-05:00`;
  const { batch } = await map({
    data: {
      workouts: [{
        name: "Hiking",
        start: at(0),
        end: at(9),
        activeEnergy: [{ date: at(0), qty: 20, units: "kcal" }, { date: at(1), qty: 30, units: "kcal" }],
        elevation: { ascent: 12, descent: 3, units: "m" },
        heartRateData: [{ date: at(0), qty: 120 }, { date: at(1), qty: 140 }, { date: at(2), qty: 0 }],
      }],
    },
  });
  const [workout] = batch.workouts;
  assert.deepEqual(
    [workout?.type, workout?.energy_burned, workout?.total_elevation_gain, workout?.heart_rate_avg],
    ["hiking", 50, 12, 130],
  );
  assert.equal(batch.samples.at.length, 2);
});

Deno.test("a workout that ends before it starts is left out, with everything that belongs to it", async () => {
  const { batch, report } = await map({
    data: { workouts: [{ name: "Run", start: "2026-03-14 09:00:00 +0100", end: "2026-03-14 08:00:00 +0100" }, {}] },
  });
  assert.equal(batch.size, 0);
  assert.deepEqual(report.dropped, { invalid_date: 2 });
});

const shared = new URL("../../../shared/", import.meta.url);
const present = await Deno.stat(new URL("payloads", shared)).then(() => true, () => false);
const read = async (path: string) => JSON.parse(await Deno.readTextFile(new URL(path, shared)));

Deno.test({
  name: present ? "the collected exports of the app" : "exports of the app are skipped: ../shared is absent",
  ignore: !present,
  async fn() {
    const built = await map(await read("payloads/_constructed/apple_auto_export/workouts_app_style.json"));
    const [run] = built.batch.workouts;
    assert.deepEqual([run?.start, run?.duration_seconds], [Date.parse("2024-01-15T13:00:00Z"), 3600]);
    assert.deepEqual([run?.heart_rate_min, run?.heart_rate_max, run?.heart_rate_avg], [118, 150, 131]);
    assert.deepEqual([run?.type, run?.distance, run?.energy_burned], ["running", 10_000, 650]);
    // The predecessor kept the recovery alone.
    assert.deepEqual(built.batch.samples.value, [120.5, 141.5, 110]);

    const one = await map({ data: { workouts: [await read("payloads/apple_auto_export/workout.json")] } });
    const [workout] = one.batch.workouts;
    assert.deepEqual([workout?.duration_seconds, workout?.distance, workout?.steps_count], [3600, 10_000, 195]);
    assert.deepEqual([workout?.heart_rate_min, workout?.heart_rate_max], [120, 145]);

    const empty = await map(await read("payloads/apple_auto_export/empty_body.json"));
    assert.deepEqual(empty.report, { records: 0, workouts: 0, sleep: 0, dropped: {} });

    const sample = await map(await read("data/apple-health/health-auto-export-sample.json"));
    assert.deepEqual(sample.batch.dailyTotals.map(({ day, value }) => [day, value]), [
      ["2024-01-08", 8833],
      ["2024-01-09", 8869],
      ["2024-01-10", 10_157],
    ]);
    assert.equal(sample.batch.sleepSessions.length, 3);
    assert.equal(sample.batch.sleepSessions[0]?.deep_seconds, 4_440);
    assert.deepEqual(sample.batch.workouts.map(({ type, distance }) => [type, distance]), [["running", 7_310]]);
    assert.deepEqual(sample.report.dropped, { route_points: 1 });
  },
});
