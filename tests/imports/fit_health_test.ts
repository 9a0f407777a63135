import assert from "node:assert/strict";
import { at, type Fields, fileId, fit, fitSeconds, map, samples } from "./fit_made.ts";

/** All-day and scale files in FIT. */

Deno.test("an all-day file gives the steps between its messages, and no guess about what came before", () => {
  const info = (local: Date): readonly [string, Fields] => ["MONITORING_INFO", {
    timestamp: at(0),
    localTimestamp: fitSeconds(local),
  }];
  const cycles = (seconds: number, kind: string, value: number): readonly [string, Fields] => ["MONITORING", {
    timestamp16: fitSeconds(at(seconds)) % 65_536,
    activityType: kind,
    cycles: value,
  }];
  const day = [
    cycles(600, "walking", 50),
    cycles(900, "running", 100),
    cycles(1_200, "walking", 80),
    ["MONITORING", { timestamp16: fitSeconds(at(1_260)) % 65_536, heartRate: 88 }] as const,
    cycles(60_000, "walking", 100),
    ["MONITORING", { timestamp: at(86_400), activityType: "walking", cycles: 100, durationMin: 1_440 }] as const,
    // The next day, with more than the last.
    cycles(90_000, "walking", 300),
    // Switched off and on again.
    cycles(93_600, "walking", 20),
  ];
  // Local midnight: all counters were zero.
  const whole = map(fit(fileId, info(new Date("2026-03-14T00:00:00Z")), ...day));
  assert.deepEqual(samples(whole.batch), [
    "1260 heart_rate 88 0",
    "0 steps 300 900",
    "600 steps 60 600",
    "1200 steps 40 58800",
    "86400 steps 600 3600",
    "90000 steps 40 3600",
  ]);
  assert.deepEqual(new Set(whole.batch.samples.zone_offset), new Set([-480]));
  const part = map(fit(fileId, info(new Date("2026-03-14T09:00:00Z")), ...day));
  assert.deepEqual(samples(part.batch), [
    "1260 heart_rate 88 0",
    "600 steps 60 600",
    "1200 steps 40 58800",
    "86400 steps 600 3600",
    "90000 steps 40 3600",
  ]);
});

Deno.test("a scale gives weight; one that several people use gives nothing, because nobody knows whose it is", () => {
  const scale = (seconds: number, fields: Fields): readonly [string, Fields] => ["WEIGHT_SCALE", {
    timestamp: at(seconds),
    weight: 75.8,
    percentFat: 22.3,
    ...fields,
  }];
  assert.deepEqual(samples(map(fit(fileId, scale(0, {}))).batch), [
    "0 weight 75.8 0",
    "0 body_fat_percentage 22.3 0",
  ]);
  const several = map(fit(fileId, scale(0, { userProfileIndex: 0 }), scale(60, { userProfileIndex: 1 })));
  assert.equal(several.batch.size, 0);
  assert.deepEqual(several.skipped, { several_people: 2 });
});
