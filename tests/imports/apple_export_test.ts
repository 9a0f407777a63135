import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { rows } from "../../src/platform/database.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { record } from "../support/apple_batch.ts";
import { appleExportText } from "../support/apple_export.ts";
import { importEnded, importExport, type SeenImport, uploadExport, zipOf } from "../support/imports.ts";
import { openWorld, type World } from "../support/world.ts";

const xml = (elements: string) => `<?xml version="1.0"?>\n<HealthData locale="de_DE">\n${elements}</HealthData>\n`;

async function samples(world: World): Promise<number> {
  const [row] = await rows<{ count: number }>(world.ctx.database, sql`select count(*)::int as count from sample`);
  return row?.count ?? NaN;
}

async function leftFiles(world: World): Promise<number> {
  const [row] = await rows<{ count: number }>(world.ctx.database, sql`select count(*)::int as count from stored_file`);
  return row?.count ?? NaN;
}

Deno.test("an export is stored, told to the sync status, and its file goes", async () => {
  await using world = await openWorld();
  await world.startWorker();
  const user = await world.createUser();
  const run = await importExport(world, user, appleExportText({ records: 3_000 }), "export.xml");
  assert.deepEqual([run.status, run.error, run.progress], ["completed", null, 1]);
  assert.deepEqual(run.counts.skipped, {});
  // Three days: 3,000 quantities, three nights of ten stages, one workout.
  assert.equal(run.counts.read, 3_031);
  assert.deepEqual(run.counts.stored.samples, { inserted: 3_000, updated: 0, unchanged: 0 });
  assert.equal(run.counts.stored.workouts?.inserted, 1);
  assert.equal(await samples(world), 3_000);
  assert.equal(await leftFiles(world), 0);

  const told = await rows<{ stage: string; status: string; source: string; items_processed: number }>(
    world.ctx.database,
    sql`
      select stage, status, source, items_processed::int as items_processed
      from sync_event
      where run_id = ${run.run_id}
      order by no`,
  );
  const stages = told.map(({ stage }) => stage);
  assert.deepEqual([stages[0], stages[1], stages.at(-1)], ["queued", "started", "completed"]);
  assert.deepEqual(told.at(-1), {
    stage: "completed",
    status: "success",
    source: "xml_import",
    items_processed: 3_031,
  });
  assert.match(run.run_id, /^xml_[0-9a-f]{16}$/);
  const runs = await world.json<unknown[]>(`/users/${user}/sync/runs`);
  assert.equal((runs[0] as { run_id: string }).run_id, run.run_id);
});

Deno.test("the same export again changes nothing, also in a zip and under another name", async () => {
  await using world = await openWorld();
  await world.startWorker();
  const user = await world.createUser();
  const text = appleExportText({ records: 2_000 });
  await importExport(world, user, text, "export.xml");
  const zip = await zipOf({
    "apple_health_export/": "",
    "apple_health_export/export_cda.xml": "<ClinicalDocument/>",
    "apple_health_export/Exportieren.xml": text,
    "apple_health_export/workout-routes/route_1.gpx": "<gpx/>",
    "apple_health_export/electrocardiograms/ecg_1.csv": "x",
    "apple_health_export/clinical-records/a.json": "{}",
  });
  const again = await importExport(world, user, zip, "Exportieren.zip");
  assert.equal(again.status, "completed", again.error ?? "");
  assert.deepEqual(again.counts.stored.samples, { inserted: 0, updated: 0, unchanged: 2_000 });
  assert.deepEqual(again.counts.stored.workouts, { inserted: 0, updated: 0, unchanged: 1 });
  assert.deepEqual(again.counts.noticed, { workout_route_file: 1, electrocardiogram: 1, clinical_record_file: 1 });
  assert.equal(await samples(world), 2_000);
});

Deno.test("two imports for one person at once store each thing once", async () => {
  await using world = await openWorld();
  await world.startWorker();
  const user = await world.createUser();
  const text = appleExportText({ records: 2_000 });
  const accepted = await Promise.all([1, 2].map((time) => uploadExport(world, user, text, `${time}.xml`)));
  const ended = await Promise.all(accepted.map(({ task_id }) => importEnded(world, user, task_id)));
  assert.deepEqual(ended.map(({ status }) => status), ["completed", "completed"]);
  const inserted = ended.map(({ counts }) => counts.stored.samples?.inserted ?? 0);
  assert.equal((inserted[0] ?? 0) + (inserted[1] ?? 0), 2_000);
  assert.equal(await samples(world), 2_000);
});

Deno.test("birth date and sex are remembered where nobody has entered them", async () => {
  await using world = await openWorld();
  await world.startWorker();
  const user = await world.createUser();
  const other = await world.createUser();
  await world.ctx.database.execute(sql`
    insert into personal_record (user_id, birth_date)
    values (${user}, date '1990-02-02')`);
  for (const id of [user, other]) await importExport(world, id, appleExportText({ records: 10 }), "export.xml");
  const known = async (id: string) =>
    (await rows<{ birth_date: string; sex: string }>(
      world.ctx.database,
      sql`select birth_date::text as birth_date, sex from personal_record where user_id = ${id}`,
    ))[0];
  assert.deepEqual(await known(user), { birth_date: "1990-02-02", sex: "female" });
  assert.deepEqual(await known(other), { birth_date: "1984-05-17", sex: "female" });
});

const broken: Readonly<Record<string, readonly [() => Promise<BlobPart> | BlobPart, RegExp, number]>> = {
  "a truncated file": [
    () => xml(record("HeartRate", "61", { unit: "count/min" })).replace("</HealthData>\n", ` <Record type="HKQua`),
    /ends in the middle \(at byte \d+ of the XML\)/,
    1,
  ],
  "malformed XML after a good record": [
    () => xml(record("HeartRate", "61", { unit: "count/min" }) + "<Workout></Record>"),
    /not well-formed XML \(at byte \d+ of the XML\)/,
    1,
  ],
  "other XML": [() => "<?xml version='1.0'?><html/>", /not an export of Apple Health/, 0],
  "a zip of something else": [() => zipOf({ "photo.jpg": "x", "a.xml": "<a/>" }), /holds no export of Apple Health/, 0],
  "an encrypted zip": [() => zipOf({ "export.xml": xml("") }, { password: "secret" }), /encrypted/, 0],
  "a zip bomb": [() => zipOf({ "export.xml": xml(" ".repeat(80 * 1024 * 1024)) }), /more than any export/, 0],
  "a zip that was cut off": [async () => (await zipOf({ "export.xml": xml("") })).slice(0, 100), /damaged/, 0],
  "a zip whose file does not begin where its list says": [
    async () => {
      const bytes = await zipOf({ "export.xml": xml(record("HeartRate", "61", { unit: "count/min" })) });
      bytes[3] = 5;
      return bytes;
    },
    /damaged/,
    0,
  ],
  "a zip with a wrong checksum": [
    async () => {
      const bytes = await zipOf({ "export.xml": xml(record("HeartRate", "61", { unit: "count/min" })) }, { level: 0 });
      const at = new TextDecoder("latin1").decode(bytes).indexOf('value="61"');
      bytes[at + 7] = "7".charCodeAt(0);
      return bytes;
    },
    /damaged/,
    0,
  ],
};

for (const [what, [make, message, stored]] of Object.entries(broken)) {
  Deno.test(`${what} fails in words, and what was read before stays`, async () => {
    await using world = await openWorld();
    await world.startWorker();
    const user = await world.createUser();
    const run = await importExport(world, user, await make(), "export");
    assert.equal(run.status, "failed");
    assert.match(run.error ?? "", message);
    assert.equal(await samples(world), stored);
    assert.equal(await leftFiles(world), 0);
  });
}

const shared = new URL("../../../shared/", import.meta.url);
const ignore = !await Deno.stat(shared).then(() => true, () => false);

async function storedValues(world: World, code: string): Promise<{ value: number; zone_offset: number | null }[]> {
  return await rows(
    world.ctx.database,
    sql`
      select value, zone_offset
      from sample
      where series = ${seriesId(code)}
      order by recorded_at`,
  );
}

Deno.test({
  name: "the constructed export gives what a correct importer gives",
  ignore,
  async fn() {
    await using world = await openWorld();
    await world.startWorker();
    const user = await world.createUser();
    const file = await Deno.readFile(new URL("payloads/_constructed/apple_xml/export.xml", shared));
    const run = await importExport(world, user, file, "export.xml");
    assert.equal(run.status, "completed");
    assert.deepEqual(run.counts.skipped, { "invalid_value:HKQuantityTypeIdentifierHeartRate": 1 });
    const value = async (code: string) => (await storedValues(world, code))[0];
    assert.deepEqual(await value("heart_rate"), { value: 61, zone_offset: 60 });
    assert.equal((await value("steps"))?.value, 212);
    assert.equal((await value("oxygen_saturation"))?.value, 97);
    assert.equal((await value("distance_walking_running"))?.value, 154);
    assert.equal((await value("weight"))?.value.toFixed(2), "74.98");
    const [workout] = await rows(
      world.ctx.database,
      sql`select type, distance, energy_burned, heart_rate_min, heart_rate_avg, heart_rate_max from workout`,
    );
    assert.deepEqual(workout, {
      type: "running",
      distance: 5020,
      energy_burned: 366,
      heart_rate_min: 101,
      heart_rate_avg: 150.2,
      heart_rate_max: 172,
    });
    const stages = await rows<{ stage: string }>(
      world.ctx.database,
      sql`select stage from sleep_stage order by start_time`,
    );
    assert.deepEqual(stages.map(({ stage }) => stage), ["light", "deep", "awake"]);
  },
});

interface Truth {
  readonly counts: Record<string, number>;
  readonly days: readonly { hrv_sdnn: number; spo2: number; steps_watch: number; steps_phone_overlapping: number }[];
  readonly workouts: readonly { type: string; distance_km: number | null; active_kcal: number; avg_hr: number }[];
}

Deno.test({
  name: "the authored export is stored as its truth says",
  ignore,
  async fn() {
    await using world = await openWorld();
    await world.startWorker();
    const user = await world.createUser();
    const folder = new URL("data/apple-health/authored/", shared);
    const truth: Truth = JSON.parse(await Deno.readTextFile(new URL("export.truth.json", folder)));
    const run: SeenImport = await importExport(
      world,
      user,
      await Deno.readFile(new URL("export.zip", folder)),
      "export.zip",
    );
    assert.deepEqual([run.status, run.error, run.counts.skipped], ["completed", null, {}]);
    const { counts } = truth;
    const count = async (code: string) => (await storedValues(world, code)).length;
    for (
      const [type, code] of [
        ["StepCount", "steps"],
        ["HeartRate", "heart_rate"],
        ["ActiveEnergyBurned", "energy"],
        ["DistanceWalkingRunning", "distance_walking_running"],
        ["RestingHeartRate", "resting_heart_rate"],
        ["OxygenSaturation", "oxygen_saturation"],
        ["BloodGlucose", "blood_glucose"],
        ["BodyMass", "weight"],
        ["Height", "height"],
      ] as const
    ) assert.equal(await count(code), counts[`HKQuantityTypeIdentifier${type}`], type);
    assert.equal(await count("blood_pressure_systolic"), counts.BloodPressureCorrelation);
    assert.equal(await count("blood_pressure_diastolic"), counts.BloodPressureCorrelation);
    const hrv = await storedValues(world, "heart_rate_variability_sdnn");
    assert.deepEqual(hrv.map(({ value }) => value), truth.days.map((day) => day.hrv_sdnn));
    const spo2 = await storedValues(world, "oxygen_saturation");
    assert.deepEqual(spo2.map(({ value }) => value), truth.days.map((day) => day.spo2 * 100));
    const steps = (await storedValues(world, "steps")).reduce((sum, { value }) => sum + value, 0);
    const walked = truth.days.reduce((sum, day) => sum + day.steps_watch + day.steps_phone_overlapping, 0);
    assert.equal(steps, walked);
    const workouts = await rows<{ distance: number | null; energy_burned: number; heart_rate_avg: number }>(
      world.ctx.database,
      sql`select distance, energy_burned, heart_rate_avg from workout order by start_time`,
    );
    assert.deepEqual(
      workouts,
      truth.workouts.map((workout) => ({
        distance: workout.distance_km === null ? null : workout.distance_km * 1000,
        energy_burned: workout.active_kcal,
        heart_rate_avg: workout.avg_hr,
      })),
    );
    assert.deepEqual([run.counts.noticed.electrocardiogram, run.counts.noticed.workout_route_file], [2, 2]);
    assert.equal(run.counts.noticed.clinical_record_file, 5);
  },
});
