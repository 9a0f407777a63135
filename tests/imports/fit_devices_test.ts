import assert from "node:assert/strict";
import { mapFit } from "../../src/imports/fit.ts";
import { decodeFit, fitMessages } from "../../src/imports/fit_file.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { seriesById } from "../../src/timeseries/series_table.ts";

/** FIT files of real devices, collected for this project; skipped where that folder is absent. */

interface Truth {
  readonly file: string;
  readonly errors: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly sessions: number;
  readonly hasGps: boolean;
  readonly session?: Readonly<Record<string, string | number>>;
}

const shared = new URL("../../../shared/", import.meta.url);
const present = await Deno.stat(new URL("data/fit/fit-manifest.json", shared)).then(() => true, () => false);
const named = (name: string) => present ? name : `${name}: skipped, ../shared is absent`;

function map(bytes: Uint8Array) {
  const file = decodeFit(bytes);
  const batch = new Batch(new Date("2026-03-15T12:00:00Z"));
  const report = mapFit(file, batch);
  const counts: Record<string, number> = {};
  for (const id of batch.samples.series) {
    const code = seriesById(id)?.code ?? "";
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return { file, batch, report, counts };
}

/** Their clocks were never set: the times are seconds since they were switched on. */
const clockless = new Set(["antfs-dump.63.fit", "compressed-speed-distance.fit"]);
/** The same activity twice, put together. */
const repeated = new Set(["activity-activity-filecrc.fit"]);

Deno.test({
  name: named("each of 42 device files gives what Garmin's SDK decodes from it"),
  ignore: !present,
  async fn() {
    const truths = JSON.parse(await Deno.readTextFile(new URL("data/fit/fit-manifest.json", shared))) as Truth[];
    assert.equal(truths.length, 42);
    for (const truth of truths) {
      const { file, batch, counts } = map(
        await Deno.readFile(new URL(`data/fit/python-fitparse/${truth.file}`, shared)),
      );
      for (const [name, count] of Object.entries(truth.counts)) {
        assert.equal(fitMessages(file, name).length, count, `${truth.file}: ${name}`);
      }
      assert.equal(file.damage !== null, truth.errors.length > 0, truth.file);
      const sessions = clockless.has(truth.file) ? 0 : repeated.has(truth.file) ? 1 : truth.sessions;
      assert.equal(batch.workouts.length, sessions, truth.file);
      assert.equal((counts.latitude ?? 0) > 0, truth.hasGps, truth.file);
      const [workout] = batch.workouts;
      const { session } = truth;
      if (workout === undefined || session === undefined) continue;
      assert.equal(new Date(workout.start).toISOString(), session.startTime, truth.file);
      assert.equal(workout.end - workout.start, Math.round(Number(session.totalElapsedTime) * 1000), truth.file);
      const totals = [
        [workout.distance, session.totalDistance],
        [workout.energy_burned, session.totalCalories],
        [workout.heart_rate_avg, session.avgHeartRate],
        [workout.heart_rate_max, session.maxHeartRate],
        [workout.total_elevation_gain, session.totalAscent],
      ];
      // A heart rate of zero is no heart rate.
      for (const [given, wanted] of totals) if (wanted !== undefined) assert.equal(given ?? 0, wanted, truth.file);
    }
  },
});

Deno.test({
  name: named("a monitoring file's steps are those of its days, and planned workouts and settings are none"),
  ignore: !present,
  async fn() {
    const read = async (name: string) => map(await Deno.readFile(new URL(`data/fit/python-fitparse/${name}`, shared)));
    const { batch, file } = await read("MonitoringFile.fit");
    // Counters start again each day, so that the days' last counts are the truth; a cycle has two steps.
    let wanted = 0;
    for (const kind of ["walking", "running"]) {
      let last = 0;
      for (const message of fitMessages(file, "monitoring")) {
        if (message.activityType !== kind) continue;
        const cycles = Number(message.cycles);
        if (cycles < last) wanted += last;
        last = cycles;
      }
      wanted += last;
    }
    const steps = batch.samples.value.reduce((sum, value) => sum + value, 0);
    assert.equal(steps, wanted * 2);
    assert.equal(batch.samples.zone_offset[0], -360);
    for (const name of ["Settings.fit", "WorkoutRepeatSteps.fit", "WeightScaleMultiUser.fit", "DeveloperData.fit"]) {
      assert.equal((await read(name)).batch.size, 0, name);
    }
    assert.deepEqual((await read("WeightScaleSingleUser.fit")).counts, { weight: 2, body_fat_percentage: 2 });
  },
});

Deno.test({
  name: named("the collected FIT payloads"),
  ignore: !present,
  async fn() {
    const read = async (name: string) => map(await Deno.readFile(new URL(`payloads/fit/${name}.fit`, shared)));
    const running = await read("running");
    assert.equal(Object.keys(running.counts).length, 12);
    assert.ok(Object.values(running.counts).every((count) => count === 20));
    const value = (code: string) => {
      const place = running.batch.samples.series.findIndex((id) => seriesById(id)?.code === code);
      return running.batch.samples.value[place];
    };
    assert.deepEqual(
      [
        "running_vertical_oscillation",
        "running_ground_contact_time",
        "latitude",
        "longitude",
        "heart_rate",
        "elevation",
      ]
        .map(value),
      [8.5, 240, 50, 20, 150, 200],
    );
    assert.equal(running.batch.samples.at[0], Date.parse("2025-06-01T08:00:00Z"));
    assert.deepEqual((await read("cycling")).counts, { heart_rate: 10 });
    assert.deepEqual((await read("swimming")).counts, { heart_rate: 10 });
  },
});
