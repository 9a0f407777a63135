import assert from "node:assert/strict";
import { phoneWorkouts } from "../../src/imports/workout_name_table.ts";
import { readPush } from "../../src/imports/sdk_batch.ts";
import type { PhoneProvider } from "../../src/imports/sdk_provider.ts";
import { ownPieces } from "../../src/timeseries/own_intervals.ts";
import { seriesById } from "../../src/timeseries/series_table.ts";
import { isWorkoutType } from "../../src/workouts/workout_type_table.ts";

const now = new Date("2026-03-14T12:00:00Z");
const REFERENCE = new URL("../../../shared/payloads/_reference/workout_type_maps.json", import.meta.url);

const workout = (fields: Record<string, unknown>) => ({
  id: "w1",
  type: "running",
  startDate: "2026-03-14T08:00:00Z",
  endDate: "2026-03-14T08:30:00Z",
  source: { name: "Apple Watch", productType: "Watch7,5" },
  ...fields,
});

async function read(fields: Record<string, unknown>, provider: PhoneProvider = "apple") {
  const { batch, dropped } = await readPush({ data: { workouts: [workout(fields)] } }, provider, now, new Map());
  const samples = batch.samples.at.map((at, place) => [
    seriesById(batch.samples.series[place] ?? 0)?.code,
    batch.samples.value[place],
    new Date(at).toISOString(),
  ]);
  return { workout: batch.workouts[0], samples, dropped, sources: batch.sources };
}

const statistic = (type: string, value: unknown, unit: unknown = "") => ({ type, value, unit });
const withValues = (...values: unknown[]) => read({ values });

Deno.test("each of the 110 workout types has its kind, in capitals too; another is other", async () => {
  assert.equal(Object.keys(phoneWorkouts).length, 110);
  for (const [name, type] of Object.entries(phoneWorkouts)) {
    assert.ok(isWorkoutType(type), type);
    assert.equal((await read({ type: name })).workout?.type, type, name);
    assert.equal((await read({ type: ` ${name.toUpperCase()} ` })).workout?.type, type, name);
  }
  for (const [name, type] of [["HKWorkoutActivityTypeYoga", "yoga"], ["trail_running", "trail_running"]]) {
    assert.equal((await read({ type: name })).workout?.type, type);
  }
  for (const name of ["UNKNOWN_12", "constructor", "", null, 5]) {
    assert.equal((await read({ type: name })).workout?.type, "other", String(name));
  }
});

const hasReference = await Deno.stat(REFERENCE).then(() => true, () => false);
Deno.test({
  name: hasReference
    ? "the kinds are those of the contract"
    : "the contract's list of workouts is skipped: ../shared/payloads is absent",
  ignore: !hasReference,
  async fn() {
    assert.deepEqual(phoneWorkouts, JSON.parse(await Deno.readTextFile(REFERENCE)).sdk);
  },
});

Deno.test("statistics become fields of the workout, in their units", async () => {
  const { workout, samples, dropped } = await withValues(
    statistic("distance", 5.234, "km"),
    statistic("stepCount", 2981.57, "count"),
    statistic("minHeartRate", 95, "bpm"),
    statistic("averageHeartRate", 142.3, "count/min"),
    statistic("maxHeartRate", 178, "bpm"),
    statistic("averageRunningPower", 251, "W"),
    statistic("averageSpeed", 10.8, "km/h"),
    statistic("maxSpeed", 4.2, "m/s"),
    statistic("elevationAscended", 45, "m"),
    statistic("maxAltitude", 185, "m"),
    statistic("minAltitude", 140, "m"),
    statistic("elevationDescended", 40, "m"),
    statistic("lapLength", 25, "m"),
    statistic("swimmingLocationType", 1, "enum"),
    statistic("indoorWorkout", false, "bool"),
    statistic("altitudeLoss", 42, "m"),
  );
  const { source: _, ...fields } = workout ?? {};
  assert.deepEqual(fields, {
    external_id: "w1",
    start: Date.parse("2026-03-14T08:00:00Z"),
    end: Date.parse("2026-03-14T08:30:00Z"),
    zone_offset: null,
    type: "running",
    name: null,
    duration_seconds: 1800,
    distance: 5234,
    steps_count: 2981,
    heart_rate_min: 95,
    heart_rate_avg: 142.3,
    heart_rate_max: 178,
    average_watts: 251,
    average_speed: 3,
    max_speed: 4.2,
    total_elevation_gain: 45,
    elev_high: 185,
    elev_low: 140,
  });
  assert.deepEqual([samples, dropped.count], [[], 0]);
  const other = await withValues(
    statistic("meanHeartRate", 130, "bpm"),
    statistic("meanSpeed", 1.5, "m/s"),
    statistic("altitudeGain", 12, "m"),
    statistic("MEAN_HEART_RATE", 1, "bpm"),
  );
  const { heart_rate_avg, average_speed, total_elevation_gain } = other.workout ?? {};
  assert.deepEqual([heart_rate_avg, average_speed, total_elevation_gain], [130, 1.5, 12]);
});

Deno.test("what has a series of its own is a sample at the workout's end", async () => {
  const end = "2026-03-14T08:30:00.000Z";
  const { workout, samples } = await withValues(
    statistic("averageRunningStrideLength", 1.21, "m"),
    statistic("averageVerticalOscillation", 8.5, "cm"),
    statistic("averageGroundContactTime", 240, "ms"),
    statistic("averageMETs", 1.6, "kcal/kg/hr"),
    statistic("weatherTemperature", 52.142, "degF"),
    statistic("weatherHumidity", 66, "%"),
    statistic("meanCadence", 165, "spm"),
    statistic("maxCadence", 182, "spm"),
    statistic("vo2Max", 42.5, "mL/kg/min"),
  );
  assert.deepEqual(samples, [
    ["running_stride_length", 121, end],
    ["running_vertical_oscillation", 8.5, end],
    ["running_ground_contact_time", 240, end],
    ["average_met", 1.6, end],
    ["weather_temperature", 11.19, end],
    ["weather_humidity", 66, end],
    // The greatest does not replace the mean of the same instant.
    ["cadence", 165, end],
    ["vo2_max", 42.5, end],
  ]);
  assert.equal(workout?.average_cadence, 165);
  const greatest = await withValues(statistic("maxCadence", 182, "spm"));
  assert.deepEqual([greatest.samples, greatest.workout?.average_cadence], [[["cadence", 182, end]], undefined]);
});

Deno.test("strokes are an amount: one sample as long as the workout, beside which details count once", async () => {
  const sent = workout({ values: [statistic("swimmingStrokeCount", 400, "count")] });
  const { batch } = await readPush({ data: { workouts: [sent] } }, "apple", now, new Map());
  const { at, value, duration_seconds, source, series, zone_offset } = batch.samples;
  assert.deepEqual([at, value, duration_seconds], [[Date.parse("2026-03-14T08:00:00Z")], [400], [1800]]);
  const detail = (minute: number, value: number) => ({
    at: Date.parse("2026-03-14T08:00:00Z") + minute * 60_000,
    value,
    duration_seconds: 60,
    source_no: source[0] ?? 0,
    zone_offset: null,
  });
  assert.deepEqual([seriesById(series[0] ?? 0)?.code, zone_offset], ["swimming_stroke_count", [null]]);
  const whole = { ...detail(0, 400), duration_seconds: duration_seconds[0] ?? 0 };
  const merged = ownPieces([whole, detail(5, 30), detail(12, 50)]);
  assert.equal(Math.round(merged.reduce((sum, piece) => sum + piece.value, 0)), 400);
});

Deno.test("totals fill what the workout lacks and never become samples beside the day's own", async () => {
  const totals = [
    statistic("totalSteps", 4600.9, "count"),
    statistic("totalDistance", 3.3, "km"),
    statistic("totalEnergyBurned", 250, "kcal"),
  ];
  const alone = await withValues(...totals);
  assert.deepEqual([alone.workout?.steps_count, alone.workout?.distance, alone.workout?.energy_burned], [
    4600,
    3300,
    250,
  ]);
  const beside = await withValues(
    ...totals,
    statistic("stepCount", 4500, "count"),
    statistic("distance", 3200, "m"),
    statistic("calories", 240, "kcal"),
  );
  assert.deepEqual([beside.workout?.steps_count, beside.workout?.distance, beside.workout?.energy_burned], [
    4500,
    3200,
    240,
  ]);
  assert.deepEqual([alone.samples, beside.samples], [[], []]);
});

Deno.test("energy is active and basal together, or a total, and unknown without either", async () => {
  const burned = async (...values: unknown[]) => (await withValues(...values)).workout?.energy_burned;
  const [active, basal] = [
    statistic("activeEnergyBurned", 131.41, "kcal"),
    statistic("basalEnergyBurned", 48.59, "kcal"),
  ];
  assert.equal(await burned(active, basal), 180);
  assert.equal(await burned(active), 131.41);
  assert.equal(await burned(statistic("calories", 1445.572, "kJ")), 345.5);
  assert.equal(await burned(active, basal, statistic("totalCalories", 200, "kcal")), 180);
  assert.equal(await burned(active, statistic("totalCalories", 200, "kcal")), 200);
  assert.equal(await burned(), undefined);
  assert.equal((await read({ values: null })).workout?.energy_burned, undefined);
});

Deno.test("the duration is what the phone says, or from start to end", async () => {
  const lasted = async (...values: unknown[]) => (await withValues(...values)).workout?.duration_seconds;
  assert.equal(await lasted(statistic("duration", 1683.27, "s")), 1683);
  assert.equal(await lasted(statistic("duration", 2700000, "ms")), 2700);
  assert.equal(await lasted(statistic("totalDuration", 45, "min")), 2700);
  assert.equal(await lasted(statistic("duration", 1200)), 1200);
  assert.equal(await lasted(), 1800);
  for (const impossible of [-5, 1e12]) assert.equal(await lasted(statistic("duration", impossible, "s")), 1800);
});

Deno.test("a statistic that cannot be read is counted and costs the workout nothing else", async () => {
  const { workout, dropped } = await withValues(
    statistic("distance", "far", "m"),
    statistic("jumps", 12, "count"),
    statistic("maxHeartRate", 178, "kg"),
    "no statistic",
    statistic("minHeartRate", 95, "bpm"),
  );
  assert.deepEqual([workout?.heart_rate_min, workout?.distance, workout?.heart_rate_max], [95, undefined, undefined]);
  assert.deepEqual(dropped.items.map(({ collection, index, field }) => [collection, index, field]), [
    ["workouts", 0, "values.0"],
    ["workouts", 0, "values.1"],
    ["workouts", 0, "values.2"],
    ["workouts", 0, "values.3"],
  ]);
  assert.deepEqual(dropped.reasons, { invalid_value: 1, unknown_statistic: 1, unknown_unit: 1, invalid_record: 1 });
  const odd = await read({ values: { type: "distance" }, title: 5, id: {}, segments: "x", zoneOffset: "+02:00" });
  assert.deepEqual([odd.workout?.name, odd.workout?.external_id, odd.workout?.zone_offset], [null, null, 120]);
  assert.deepEqual(odd.dropped.reasons, { invalid_record: 1 });
});

Deno.test("a workout without a believable span is left out with all its samples", async () => {
  for (
    const [fields, reason] of [
      [{ startDate: null }, "invalid_date"],
      [{ endDate: null }, "invalid_date"],
      [{ endDate: "2026-03-14T07:00:00Z" }, "invalid_date"],
      [{ endDate: "2027-03-14T07:00:00Z" }, "in_the_future"],
      [{ startDate: "2020-01-01T00:00:00Z" }, "invalid_date"],
    ] as const
  ) {
    const found = await read({ values: [statistic("vo2Max", 42)], ...fields });
    assert.deepEqual([found.workout, found.samples, found.sources], [undefined, [], []]);
    assert.deepEqual(found.dropped.reasons, { [reason]: 1 }, JSON.stringify(fields));
  }
});
