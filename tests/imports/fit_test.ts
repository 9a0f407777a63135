import assert from "node:assert/strict";
import { fitWorkoutType } from "../../src/imports/fit_sport_table.ts";
import { at, type Fields, fileId, fit, fitNumbers, fitSeconds, map, samples, start } from "./fit_made.ts";

/** Rides and runs in FIT files, and files that are damaged. */

Deno.test("records become samples in the units of their series", () => {
  const { batch } = map(fit(fileId, ["RECORD", {
    timestamp: at(0),
    positionLat: 596523235,
    positionLong: -238609294,
    heartRate: 150,
    cadence: 85,
    enhancedSpeed: 3.2,
    power: 250,
    temperature: 18,
    verticalOscillation: 85,
    stanceTime: 240,
    stepLength: 1100,
    enhancedAltitude: 200.2,
  }], ["RECORD", { timestamp: at(1), heartRate: 0, altitude: 201 }]));
  assert.deepEqual(samples(batch), [
    "0 heart_rate 150 0",
    "0 speed 3.2 0",
    "0 cadence 85 0",
    "0 power 250 0",
    "0 running_vertical_oscillation 8.5 0",
    "0 running_ground_contact_time 240 0",
    "0 running_stride_length 110 0",
    "0 elevation 200.2 0",
    "0 latitude 50 0",
    "0 longitude -20 0",
    "0 air_temperature 18 0",
    "1 elevation 201 0",
  ]);
  const [source] = batch.sources;
  assert.deepEqual([source?.provider, source?.source, source?.device_model], ["garmin", "fit_file", "Fenix 5"]);
});

const session = (from: number, seconds: number, fields: Fields = {}): readonly [string, Fields] => ["SESSION", {
  timestamp: at(from + seconds),
  startTime: at(from),
  totalElapsedTime: seconds,
  totalTimerTime: seconds - 10,
  sport: "running",
  subSport: "trail",
  ...fields,
}];

Deno.test("a session is a workout with its totals, laps and zones, at the offset of the watch", () => {
  const { batch } = map(fit(
    fileId,
    ["RECORD", { timestamp: at(5), heartRate: 120, enhancedAltitude: 300 }],
    ["RECORD", { timestamp: at(10), heartRate: 140, enhancedAltitude: 310 }],
    ["LAP", {
      timestamp: at(60),
      startTime: at(0),
      totalElapsedTime: 60,
      totalDistance: 200,
      avgVerticalOscillation: 85,
    }],
    ["LAP", { timestamp: at(100), startTime: at(60), totalElapsedTime: 40.127, maxHeartRate: 170 }],
    ["LENGTH", {
      timestamp: at(60),
      startTime: at(0),
      totalElapsedTime: 60,
      totalStrokes: 12,
      swimStroke: "freestyle",
    }],
    ["TIME_IN_ZONE", {
      referenceMesg: fitNumbers.SESSION,
      referenceIndex: 0,
      timeInHrZone: [10, 80.04, 10, 0],
      hrZoneHighBoundary: [120, 150],
      maxHeartRate: 190,
      thresholdHeartRate: 170,
    }],
    session(0, 100, {
      totalDistance: 350,
      totalCalories: 40,
      avgCadence: 80,
      totalCycles: 70,
      totalAscent: 10,
      maxPower: 0,
    }),
    ["ACTIVITY", { timestamp: at(100), localTimestamp: fitSeconds(at(103 + 5.5 * 3600 + 60)), numSessions: 1 }],
  ));
  const [workout] = batch.workouts;
  assert.deepEqual({ ...workout, segments: null, hr_zones: null }, {
    source: 0 as never,
    type: "trail_running",
    name: null,
    start,
    end: start + 100_000,
    zone_offset: 330,
    duration_seconds: 100,
    moving_time_seconds: 90,
    heart_rate_min: 120,
    heart_rate_max: 140,
    heart_rate_avg: 130,
    energy_burned: 40,
    distance: 350,
    steps_count: 140,
    average_speed: null,
    max_speed: null,
    average_watts: null,
    max_watts: null,
    average_cadence: 160,
    total_elevation_gain: 10,
    elev_high: 310,
    elev_low: 300,
    segments: null,
    hr_zones: null,
    power_zones: null,
  });
  assert.deepEqual(workout?.segments, [
    {
      kind: "lap",
      index: 0,
      start_time: at(0).toISOString(),
      elapsed_seconds: 60,
      distance_meters: 200,
      avg_vertical_oscillation: 8.5,
    },
    { kind: "lap", index: 1, start_time: at(60).toISOString(), elapsed_seconds: 40.13, max_heart_rate: 170 },
    {
      kind: "length",
      index: 0,
      start_time: at(0).toISOString(),
      elapsed_seconds: 60,
      total_strokes: 12,
      swim_stroke: "freestyle",
    },
  ]);
  assert.deepEqual(workout?.hr_zones, {
    zones: [
      { zone: 0, seconds: 10, max_bpm: 120 },
      { zone: 1, seconds: 80, max_bpm: 150 },
      { zone: 2, seconds: 10, max_bpm: null },
    ],
    max_hr: 190,
    threshold_hr: 170,
  });
  assert.deepEqual(new Set(batch.samples.zone_offset), new Set([330]));
});

Deno.test("each part of a multisport file is a workout with its own laps; the same part twice is one", () => {
  const laps = [0, 100].map((from): readonly [string, Fields] => ["LAP", {
    timestamp: at(from + 100),
    startTime: at(from),
    totalElapsedTime: 100,
  }]);
  const parts = [
    session(0, 100, { sport: "swimming", subSport: "openWater" }),
    session(100, 100, { sport: "cycling", subSport: "road" }),
  ];
  const once = fit(fileId, ...laps, ...parts);
  const { batch, skipped } = map(new Uint8Array([...once, ...once]));
  assert.deepEqual(batch.workouts.map(({ type, segments }) => [type, segments?.length]), [
    ["open_water_swimming", 1],
    ["cycling", 1],
  ]);
  assert.deepEqual(skipped, { repeated_session: 2 });
});

Deno.test("a time since the device was switched on is no date", () => {
  const unset = new Date(Date.UTC(1989, 11, 31) + 20_000_000 * 1000);
  const { batch, skipped } = map(
    fit(fileId, ["RECORD", { timestamp: unset, heartRate: 150 }], ["RECORD", { heartRate: 1 }]),
  );
  assert.equal(batch.size, 0);
  assert.deepEqual(skipped, { clock_not_set: 1, no_time: 1 });
});

Deno.test("what comes before a damage is kept, and garbage is none", () => {
  const whole = fit(fileId, ["RECORD", { timestamp: at(0), heartRate: 150 }], ["RECORD", {
    timestamp: at(1),
    heartRate: 151,
  }]);
  const cut = map(whole.slice(0, -3));
  assert.equal(cut.damage, "cut_off");
  assert.equal(cut.batch.samples.at.length, 1);
  const flipped = whole.slice();
  flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 0xff;
  assert.equal(map(flipped).damage, "wrong_checksum");
  assert.equal(map(flipped).batch.samples.at.length, 2);
  // Any byte may be anything: no file takes the reader down or keeps it busy.
  for (let place = 0; place < whole.length; place++) {
    for (const value of [0, 0x7f, 0x80, 0xff]) {
      const broken = whole.slice();
      broken[place] = value;
      map(broken);
    }
  }
  assert.equal(map(new Uint8Array()).batch.size, 0);
  assert.notEqual(map(new TextEncoder().encode("not a FIT file at all")).damage, null);
});

Deno.test("a sub-sport that says more than its sport names the workout", () => {
  const types = [["running", "treadmill"], ["cycling", "virtualActivity"], ["alpineSkiing", "backcountry"], [
    "golf",
    null,
  ], [
    "constructor",
    "__proto__",
  ], [null, null]] as const;
  assert.deepEqual(types.map(([sport, sub]) => fitWorkoutType(sport, sub)), [
    "treadmill",
    "indoor_cycling",
    "backcountry_skiing",
    "golf",
    "other",
    "other",
  ]);
});
