import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { rows } from "../../src/platform/database.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { openWorld, type World } from "../support/world.ts";
import { push, samples, saved, stored, upload } from "./sdk_phone.ts";

/** Real requests of phones, each with the result that their index names. */

const FOLDER = new URL("../../../shared/payloads/mobile_sdk/", import.meta.url);
const isThere = await Deno.stat(FOLDER).then(() => true, () => false);

function payloadTest(what: string, fn: () => Promise<void>) {
  Deno.test({
    name: isThere ? what : `skipped, as ../shared/payloads is absent: ${what}`,
    ignore: !isThere,
    fn,
  });
}

const body = async (name: string) => JSON.parse(await Deno.readTextFile(new URL(`${name}.json`, FOLDER)));
const now = () => new Date("2026-03-28T12:00:00Z");

/** What the index says about a workout; null where it must be empty. */
type Expected = Readonly<Record<string, unknown>>;

const workouts: Readonly<Record<string, readonly Expected[]>> = {
  apple_workout_no_hr: [{
    type: "cycling",
    heart_rate_min: null,
    heart_rate_avg: null,
    heart_rate_max: null,
    energy_burned: 96.17,
  }],
  apple_two_workouts: [{ type: "running" }, { type: "swimming" }],
  apple_workout_steps: [{ steps_count: 4500, distance: 3200 }],
  apple_workout_fractional_steps: [{ steps_count: 2981, distance: 2165.35 }],
  // The index derives energy 0 from the list being there, though empty; nothing was measured, so it is unknown.
  apple_workout_no_stats: [{ duration_seconds: 1800, energy_burned: null }],
  apple_workout_null_stats: [{ heart_rate_avg: null, distance: null, energy_burned: null, duration_seconds: 1200 }],
};

payloadTest("workouts with all, some and no statistics", async () => {
  await using world = await openWorld({}, now);
  for (const [name, expected] of Object.entries(workouts)) {
    const user = await world.createUser();
    const last = await push(world, user, await body(name));
    assert.deepEqual([last.status, ...saved(last)], ["success", 0, expected.length, 0], name);
    const found = await stored(world, user, "workout");
    assert.equal(found.length, expected.length, name);
    expected.forEach((fields, place) => {
      for (const [field, value] of Object.entries(fields)) {
        assert.equal(found[place]?.[field], value, `${name} ${field}`);
      }
    });
    assert.deepEqual(await samples(world, user), [], name);
  }
});

payloadTest("apple_full: records, a stage and a workout", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const last = await push(world, user, await body("apple_full"));
  // The index says that the spelling inBed is not recognised; that was a defect.
  assert.deepEqual([last.status, last.metadata.dropped_count, last.items_total], ["success", 0, 3]);
  const [workout] = await stored(world, user, "workout");
  const expected = {
    type: "walking",
    duration_seconds: 1683,
    heart_rate_min: 77,
    heart_rate_avg: 121.49,
    heart_rate_max: 141,
    distance: 2165.35,
    energy_burned: 180,
    total_elevation_gain: 15.57,
  };
  for (const [field, value] of Object.entries(expected)) assert.equal(workout?.[field], value, field);
  assert.deepEqual(
    (await samples(world, user)).map(({ series, value, at, seconds, device_model }) => [
      series,
      value,
      at,
      seconds,
      device_model,
    ]),
    [
      [seriesId("steps"), 66, "2022-05-28T23:56:11Z", 407, "iPhone10,5"],
      [seriesId("average_met"), 1.6, "2025-03-25T18:51:24Z", 0, "Watch7,5"],
      [seriesId("weather_temperature"), 11.19, "2025-03-25T18:51:24Z", 0, "Watch7,5"],
      [seriesId("weather_humidity"), 66, "2025-03-25T18:51:24Z", 0, "Watch7,5"],
    ],
  );
  const [stage] = await stored<{ stage: string }>(world, user, "sleep_stage");
  assert.equal(stage?.stage, "in_bed");
});

payloadTest("apple_empty: nothing saved, and nothing wrong", async () => {
  await using world = await openWorld({}, now);
  const last = await push(world, await world.createUser(), await body("apple_empty"));
  assert.deepEqual([last.stage, last.status, ...saved(last)], ["completed", "success", 0, 0, 0]);
});

payloadTest("apple_duplicate_workout: once, also under another id", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const first = await body("apple_duplicate_workout");
  const second = structuredClone(first);
  second.data.workouts[0].id = "EEEE0000-1111-2222-3333-444455556666";
  assert.deepEqual(saved(await push(world, user, first)), [0, 1, 0]);
  assert.deepEqual(saved(await push(world, user, second)), [0, 0, 0]);
  assert.equal((await stored(world, user, "workout")).length, 1);
});

payloadTest("samsung_full: the documented example", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const last = await push(world, user, await body("samsung_full"));
  assert.deepEqual([last.provider, last.status, last.metadata.dropped], ["samsung", "success", {}]);
  const [workout] = await stored(world, user, "workout");
  const expected = {
    type: "running",
    zone_offset: 60,
    duration_seconds: 2700,
    energy_burned: 345.5,
    distance: 5234,
    heart_rate_min: 95,
    heart_rate_avg: 142.3,
    heart_rate_max: 178,
    average_speed: 1.5,
    max_speed: 3.2,
    average_cadence: 165,
    total_elevation_gain: 45,
    elev_high: 185,
    elev_low: 140,
  };
  for (const [field, value] of Object.entries(expected)) assert.equal(workout?.[field], value, field);
  assert.deepEqual(
    (await samples(world, user)).map(({ series, value, at, zone_offset }) => [series, value, at, zone_offset]),
    [
      [seriesId("blood_pressure_systolic"), 122, "2026-02-24T08:30:00Z", 60],
      [seriesId("vo2_max"), 42.5, "2026-02-24T06:45:00Z", 60],
      // The index has the greatest cadence replace the mean of the same instant; the mean is what the series holds.
      [seriesId("cadence"), 165, "2026-02-24T06:45:00Z", 60],
    ],
  );
  const [stage] = await stored(world, user, "sleep_stage");
  assert.deepEqual([stage?.stage, stage?.zone_offset, stage?.external_id], ["light", 60, "slp-001-s0-0"]);
});

payloadTest("unit_conversion_cases: each as expected", async () => {
  await using world = await openWorld({}, now);
  const cases: { request: unknown; expected: string }[] = await body("unit_conversion_cases");
  assert.equal(cases.length, 10);
  for (const { request, expected } of cases) {
    const user = await world.createUser();
    assert.equal((await push(world, user, request)).status, "success");
    const [code = "", value] = expected.split(" ");
    assert.deepEqual(
      (await samples(world, user)).map((sample) => [sample.series, sample.value]),
      [[seriesId(code), Number(value)]],
      JSON.stringify(request),
    );
  }
});

interface Night {
  readonly device_type: string;
  readonly in_bed_seconds: number | null;
  readonly efficiency_percent: number | null;
  readonly asleep_seconds: number | null;
  readonly light_seconds: number | null;
  readonly deep_seconds: number | null;
  readonly rem_seconds: number | null;
  readonly awake_seconds: number | null;
  readonly stages: readonly { readonly stage: string }[];
}

/** The one night of the push: the watch's, in bed for as long as the phone says. */
async function onlyNight(world: World, user: string): Promise<Night> {
  const nights = await rows<Night>(
    world.ctx.database,
    sql`
      select s.*, d.device_type
      from sleep_session s
      join data_source d on (d.user_no, d.no) = (s.user_no, s.source_no)
      where d.user_id = ${user}`,
  );
  assert.deepEqual(nights.map(({ device_type }) => device_type), ["watch"]);
  return nights[0] as Night;
}

payloadTest("apple_sleep_old_watch: one night of 146 minutes, 160 in bed, without detailed stages", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  assert.deepEqual(saved(await push(world, user, await body("apple_sleep_old_watch"))), [0, 0, 1]);
  const night = await onlyNight(world, user);
  const { asleep_seconds, in_bed_seconds, light_seconds, deep_seconds, rem_seconds, efficiency_percent } = night;
  assert.deepEqual([asleep_seconds, in_bed_seconds, light_seconds, deep_seconds, rem_seconds, efficiency_percent], [
    8760,
    9600,
    0,
    0,
    0,
    91.25,
  ]);
  assert.deepEqual(night.stages.map(({ stage }) => stage), ["sleeping", "sleeping", "sleeping"]);
  const stages = await stored(world, user, "sleep_stage");
  assert.deepEqual(stages.map(({ stage }) => stage), ["in_bed", "sleeping", "sleeping", "sleeping"]);
});

payloadTest("apple_sleep_detailed: one night with its stages, also in single pushes backwards", async () => {
  await using world = await openWorld({}, now);
  const whole = await body("apple_sleep_detailed");
  const single = whole.data.sleep.map((stage: unknown) => ({ ...whole, data: { sleep: [stage] } })).reverse();
  for (const pushes of [[whole], single, single.toReversed()]) {
    const user = await world.createUser();
    for (const json of pushes) await push(world, user, json);
    const night = await onlyNight(world, user);
    const { light_seconds, deep_seconds, rem_seconds, awake_seconds, asleep_seconds, in_bed_seconds } = night;
    const minutes = [light_seconds, deep_seconds, rem_seconds, awake_seconds, asleep_seconds, in_bed_seconds]
      .map((seconds) => (seconds ?? 0) / 60);
    assert.deepEqual([...minutes, night.efficiency_percent], [180, 155, 105, 10, 440, 480, 91.67]);
    assert.equal(night.stages.length, 8);
  }
});

payloadTest("apple_sleep_continuation: joins the night that is stored", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const later = await body("apple_sleep_continuation");
  const earlier = structuredClone(later);
  Object.assign(earlier.data.sleep[0], {
    id: "B001",
    stage: "light",
    startDate: "2026-03-22T23:00:00Z",
    endDate: "2026-03-23T00:00:00Z",
  });
  Object.assign(earlier.data.sleep[1], {
    id: "B002",
    stage: "deep",
    startDate: "2026-03-23T00:00:00Z",
    endDate: "2026-03-23T01:00:00Z",
  });
  await push(world, user, earlier);
  await push(world, user, later);
  const nights = await stored<{ start_time: string; end_time: string }>(world, user, "sleep_session");
  assert.deepEqual(
    nights.map(({ start_time, end_time }) => [new Date(start_time).toISOString(), new Date(end_time).toISOString()]),
    [["2026-03-22T23:00:00.000Z", "2026-03-23T06:00:00.000Z"]],
  );
});

payloadTest("logs: five events are kept, two bodies refused, and without a provider it is unknown", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const events = [
    "log_sync_start",
    "log_sync_end",
    "log_device_state",
    "log_sync_start_no_start_date",
    "log_android_types",
  ];
  const answer = upload(user, "Log events stored successfully");
  for (const name of events) {
    const json = { sdkVersion: "1.0.0", provider: "apple", events: [await body(name)] };
    assert.deepEqual(await world.json(`/sdk/users/${user}/logs`, { json }, 202), answer, name);
  }
  // The index says 422; input that is not valid is 400 everywhere here.
  for (const name of ["log_empty_events", "log_no_sdk_version"]) {
    await world.json(`/sdk/users/${user}/logs`, { json: await body(name) }, 400);
  }
  assert.deepEqual(
    await world.json(`/sdk/users/${user}/logs`, { json: await body("log_without_provider") }, 202),
    answer,
  );
  const kept = await world.ctx.database.execute(
    `select provider, count(*)::int as count from raw_payload where kind = 'sdk_logs' group by 1 order by 1`,
  );
  assert.deepEqual([...kept], [{ provider: "apple", count: 5 }, { provider: "unknown", count: 1 }]);
});
