import assert from "node:assert/strict";
import { mapAutoExport } from "../../src/imports/auto_export.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { seriesById } from "../../src/timeseries/series_table.ts";

/** What becomes of Health Auto Export's JSON. */

const now = new Date("2026-03-15T12:00:00Z");

async function map(json: unknown, receivedAt: string | null = "2026-03-15T12:00:00Z") {
  const batch = new Batch(now);
  const report = await mapAutoExport(json, batch, receivedAt === null ? null : Date.parse(receivedAt));
  return { batch, report };
}

const metrics = (...list: unknown[]) => ({ data: { metrics: list } });
const metric = (name: string, units: string, ...data: unknown[]) => ({ name, units, data });

/** `code value seconds source` of each sample, at its instant. */
function samples(batch: Batch): string[] {
  const { series, at, value, duration_seconds, source } = batch.samples;
  return series.map((key, place) => {
    const code = seriesById(key)?.code ?? batch.customSeries[-1 - key]?.code;
    const number = Math.round((value[place] ?? 0) * 1000) / 1000;
    const tag = batch.sources[source[place] ?? 0]?.source?.replace("apple_health_auto_export", "") ?? "";
    const time = new Date(at[place] ?? 0).toISOString().slice(5, 19);
    return `${time} ${code} ${number} ${duration_seconds[place]}${tag}`;
  });
}

const totals = (batch: Batch) => batch.dailyTotals.map(({ day, value }) => `${day} ${Math.round(value * 1e6) / 1e6}`);

Deno.test("levels become samples, in the unit of their series and at the local offset", async () => {
  const date = "2026-03-14 08:00:00 +0100";
  const { batch, report } = await map(metrics(
    metric("heart_rate", "count/min", { date, Min: 48, Avg: 63.5, Max: 78, source: "Watch" }),
    metric("weight_body_mass", "lb", { date, qty: 172.4 }),
    metric("blood_pressure", "mmHg", { date, systolic: 121, diastolic: 78 }),
    metric("blood_oxygen_saturation", "%", { date, qty: 97 }, { date: "2026-03-14 08:01:00 +0100", qty: 0.98 }),
    metric("heart_rate_variability", "ms", { date: "2026-03-14T08:00:00+01:00", qty: 51.6 }),
    metric("blood_glucose", "mmol/L", { date, qty: 5 }),
    metric("walking_speed", "km/hr", { date, qty: 5.4, source: "Watch|iPhone" }),
    metric("vo2_max", "ml/(kg·min)", { date, qty: 44.1 }),
    metric("physical_effort", "kcal/hr·kg", { date, qty: 1.8 }),
  ));
  assert.deepEqual(samples(batch), [
    "03-14T07:00:00 heart_rate 63.5 0",
    "03-14T07:00:00 weight 78.199 0",
    "03-14T07:00:00 blood_pressure_systolic 121 0",
    "03-14T07:00:00 blood_pressure_diastolic 78 0",
    "03-14T07:00:00 oxygen_saturation 97 0",
    "03-14T07:01:00 oxygen_saturation 98 0",
    "03-14T07:00:00 heart_rate_variability_sdnn 51.6 0",
    "03-14T07:00:00 blood_glucose 90.091 0",
    "03-14T07:00:00 walking_speed 1.5 0",
    "03-14T07:00:00 vo2_max 44.1 0",
    "03-14T07:00:00 physical_effort 1.8 0",
  ]);
  assert.deepEqual(new Set(batch.samples.zone_offset), new Set([60]));
  assert.deepEqual(report, { records: 11, workouts: 0, sleep: 0, dropped: {} });
  assert.deepEqual(batch.sources.map(({ provider, device_model }) => [provider, device_model]), [
    ["apple", "Watch"],
    ["apple", null],
  ]);
});

Deno.test("amounts summed by day are daily totals of the local day", async () => {
  const { batch } = await map(metrics(
    metric("step_count", "count", { date: "2026-03-13 00:00:00 +0100", qty: 8833, source: "Watch|iPhone" }, {
      date: "2026-03-14 00:00:00 +0100",
      qty: 400,
      source: "Watch",
    }),
    metric("active_energy", "kJ", { date: "2026-03-14 00:00:00 +0100", qty: 418.4 }),
  ));
  assert.deepEqual(totals(batch), ["2026-03-13 8833", "2026-03-14 400", "2026-03-14 100"]);
  assert.equal(batch.samples.at.length, 0);
  // The devices change from day to day; another source would hide or double the day.
  assert.equal(batch.sources.length, 1);
  assert.equal(batch.sources[0]?.device_model, null);
});

Deno.test("amounts summed by hour or minute last as long, each under a source of its own", async () => {
  const point = (time: string, qty: number) => ({ date: `2026-03-14 ${time} +0100`, qty, source: "Watch" });
  const hours = await map(metrics(metric("step_count", "count", point("00:00:00", 12), point("09:00:00", 700))));
  assert.deepEqual(samples(hours.batch), [
    "03-13T23:00:00 steps 12 3600_by_hour",
    "03-14T08:00:00 steps 700 3600_by_hour",
  ]);
  const minutes = await map(metrics(
    metric("step_count", "count", point("09:00:00", 70)),
    metric("flights_climbed", "count", point("09:17:00", 1)),
  ));
  assert.deepEqual(samples(minutes.batch), [
    "03-14T08:00:00 steps 70 60_by_minute",
    "03-14T08:17:00 flights_climbed 1 60_by_minute",
  ]);
  const loose = await map(metrics(metric("step_count", "count", point("09:03:17", 70))));
  assert.deepEqual(samples(loose.batch), ["03-14T08:03:17 steps 70 0"]);
  assert.equal(loose.batch.sources[0]?.device_model, "Watch");
});

Deno.test("a lone amount at today's midnight is not taken for the day's total, because it may be an hour's", async () => {
  const today = metrics(metric("step_count", "count", { date: "2026-03-15 00:00:00 +0100", qty: 12 }));
  const early = await map(today, "2026-03-15T06:30:00Z");
  assert.deepEqual(samples(early.batch), ["03-14T23:00:00 steps 12 27000"]);
  assert.deepEqual(totals(early.batch), []);
  assert.deepEqual(totals((await map(today, "2026-03-16T06:30:00Z")).batch), ["2026-03-15 12"]);
  assert.deepEqual(samples((await map(today, null)).batch), ["03-14T23:00:00 steps 12 86400"]);
});

Deno.test("amounts of weeks and months are left out and counted", async () => {
  const { batch, report } = await map(metrics(
    metric("step_count", "count", { date: "2026-03-02 00:00:00 +0100", qty: 60_000 }, {
      date: "2026-03-09 00:00:00 +0100",
      qty: 61_000,
    }),
  ));
  assert.equal(batch.size, 0);
  assert.deepEqual(report.dropped, { summed_over_more_than_a_day: 2 });
});

Deno.test("two metrics of one series at one time are added up, the same metric twice is not", async () => {
  const date = "2026-03-14 09:00:00 +0100";
  const { batch } = await map(metrics(
    metric("rowing_distance", "km", { date, qty: 2 }, { date: "2026-03-14 10:00:00 +0100", qty: 1 }),
    metric("skating_sports_distance", "m", { date, qty: 500 }, { date: "2026-03-14 11:00:00 +0100", qty: 3 }),
  ));
  assert.equal(samples(batch).filter((text) => text.startsWith("03-14T08")).at(-1)?.split(" ")[2], "2500");
});

Deno.test("a metric without a series becomes one of the person's own, in one unit whatever the app is set to", async () => {
  const date = "2026-03-14 09:00:00 +0100";
  const { batch } = await map(metrics(
    metric("dietary_energy", "kJ", { date, qty: 836.8 }),
    metric("sodium", "g", { date, qty: 1.5 }),
    metric("New Thing (Beta)", "oz", { date, qty: 2 }),
    metric("mindful_minutes", "min", { date, qty: 10 }),
    metric("__proto__", "constructor", { date, qty: 1 }),
  ));
  assert.deepEqual(batch.customSeries, [
    { code: "dietary_energy", unit: "kcal" },
    { code: "sodium", unit: "mg" },
    { code: "new_thing_beta", unit: "g" },
    { code: "mindful_minutes", unit: "min" },
    { code: "proto", unit: "constructor" },
  ]);
  assert.deepEqual(samples(batch).map((text) => text.split(" ")[2]), ["200", "1500", "56.699", "10", "1"]);
});

Deno.test("a series the person has named already keeps its unit", async () => {
  const batch = new Batch(now);
  const date = "2026-03-14 09:00:00 +0100";
  const json = metrics(metric("sodium", "mg", { date, qty: 1_500 }), metric("caffeine", "mg", { date, qty: 80 }));
  const units = new Map([["sodium", "g"], ["caffeine", "cups"]]);
  const report = await mapAutoExport(json, batch, null, units);
  assert.deepEqual(batch.customSeries, [{ code: "sodium", unit: "g" }]);
  assert.deepEqual(batch.samples.value, [1.5]);
  assert.deepEqual(report.dropped, { unknown_unit: 1 });
});

Deno.test("dates of a 12-hour clock are read, and what is broken is left out by reason", async () => {
  const { batch, report } = await map(metrics(
    metric(
      "heart_rate",
      "bpm",
      { date: "2026-03-14 1:05:00\u202fPM +0100", Avg: 70 },
      { date: "2026-03-14 12:05:00 am +0100", Avg: 50 },
      { date: "yesterday", Avg: 70 },
      { date: "2026-03-14 09:00:00 +0100", Avg: "none" },
      { date: "2027-03-14 09:00:00 +0100", Avg: 70 },
      "point",
    ),
    metric("weight_body_mass", "bpm", { date: "2026-03-14 09:00:00 +0100", qty: 70 }),
    { name: 12, data: "x" },
    null,
  ));
  assert.deepEqual(samples(batch), ["03-14T12:05:00 heart_rate 70 0", "03-13T23:05:00 heart_rate 50 0"]);
  assert.deepEqual(report.dropped, { invalid_date: 1, invalid_value: 1, in_the_future: 1, unknown_unit: 1 });
});

Deno.test("stages of a night are kept one by one, a summed night as a whole", async () => {
  const stages = await map(metrics(metric(
    "sleep_analysis",
    "hr",
    { startDate: "2026-03-13 23:00:00 +0100", endDate: "2026-03-13 23:30:00 +0100", value: "Core", qty: 0.5 },
    { startDate: "2026-03-13 23:30:00 +0100", endDate: "2026-03-14 00:30:00 +0100", value: "In Bed" },
    { startDate: "2026-03-13 23:30:00 +0100", endDate: "2026-03-14 00:30:00 +0100", value: "Dreaming" },
  )));
  assert.deepEqual(stages.batch.sleepStages.map(({ stage, start, end }) => [stage, (end - start) / 60_000]), [
    ["light", 30],
    ["in_bed", 60],
  ]);
  assert.deepEqual(stages.report.dropped, { unknown_sleep_stage: 1 });

  const night = {
    date: "2026-03-14",
    inBedStart: "2026-03-13 23:00:00 +0100",
    inBedEnd: "2026-03-14 07:00:00 +0100",
    sleepStart: "2026-03-13 23:20:00 +0100",
    sleepEnd: "2026-03-14 06:50:00 +0100",
  };
  const { sleepSessions: [staged] } = (await map(metrics(metric("sleep_analysis", "hr", {
    ...night,
    core: 4,
    deep: 1,
    rem: 1.5,
    awake: 0.25,
    inBed: 8,
    asleep: 0,
    totalSleep: 6.5,
  })))).batch;
  assert.deepEqual(
    { ...staged, source: 0 },
    {
      source: 0,
      start: Date.parse("2026-03-13T22:00:00Z"),
      end: Date.parse("2026-03-14T06:00:00Z"),
      zone_offset: 60,
      is_nap: false,
      in_bed_seconds: 28_800,
      asleep_seconds: 23_400,
      light_seconds: 14_400,
      deep_seconds: 3_600,
      rem_seconds: 5_400,
      awake_seconds: 900,
      efficiency_percent: 81.25,
    },
  );
  // An old phone knows no stages and says zero of each.
  const { sleepSessions: [plain] } =
    (await map(metrics(metric("sleep_analysis", "hr", { ...night, asleep: 7, inBed: 0, core: 0, deep: 0, rem: 0 }))))
      .batch;
  assert.deepEqual([plain?.asleep_seconds, plain?.in_bed_seconds, plain?.light_seconds], [25_200, 28_800, null]);
  const [sleepStart, sleepEnd] = ["2026-03-14 14:00:00 +0100", "2026-03-14 14:40:00 +0100"];
  const { sleepSessions: [nap] } =
    (await map(metrics(metric("sleep_analysis", "hr", { sleepStart, sleepEnd, totalSleep: 0.6 })))).batch;
  assert.deepEqual([plain?.is_nap, nap?.is_nap], [false, true]);
});

Deno.test("converted numbers hold nothing that floating point made up", async () => {
  const date = "2026-03-14 08:00:00 +0100";
  const { batch } = await map({
    data: {
      ...metrics(
        metric("body_temperature", "degF", { date, qty: 98.6 }),
        metric("weight_body_mass", "lb", { date, qty: 165.3 }),
        metric("dietary_energy", "kJ", { date, qty: 418.4 }),
        metric("active_energy", "kJ", { date: "2026-03-14 08:03:11 +0100", qty: 418.4 }),
      ).data,
      workouts: [{
        name: "Outdoor Run",
        start: date,
        end: "2026-03-14 09:00:00 +0100",
        activeEnergyBurned: { qty: 2510.4, units: "kJ" },
        basalEnergyBurned: { qty: 0.1 + 0.2, units: "kcal" },
      }],
    },
  });
  assert.deepEqual([...batch.samples.value], [37, 74.978818761, 100, 100]);
  assert.equal(batch.workouts[0]?.energy_burned, 600.3);
});

Deno.test("anything at all is survived", async () => {
  const deep = JSON.parse("[".repeat(2_000) + "]".repeat(2_000));
  for (const json of [null, 1, "x", [], {}, { data: null }, { data: { metrics: {}, workouts: "x" } }, { data: deep }]) {
    assert.equal((await map(json)).batch.size, 0);
  }
  const odd = [null, {}, [], "", -1, true, deep];
  for (const value of odd) {
    const point = { date: value, qty: value, Avg: value, source: value, value, startDate: value, sleepStart: value };
    const workout = { id: value, name: value, start: value, end: value, heartRateData: value, distance: value };
    const times = { ...workout, start: "2026-03-14 09:00:00 +0100", end: "2026-03-14 10:00:00 +0100" };
    await map({
      data: {
        metrics: ["step_count", "heart_rate", "sleep_analysis", "blood_pressure", value].map((name) => ({
          name,
          units: value,
          data: [point, value],
        })),
        workouts: [workout, times, value],
        ecg: value,
      },
    });
  }
});
