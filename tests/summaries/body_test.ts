import assert from "node:assert/strict";
import { requireUser } from "../../src/accounts/access.ts";
import { storePersonalRecord } from "../../src/accounts/personal_record_queries.ts";
import { openWorld } from "../support/world.ts";
import { phone, record, ring, watch } from "./recording.ts";

/** The body summary: the latest values, averages, readings. */

const now = () => new Date("2026-03-14T12:00:00Z");
const scale = { provider: "garmin", device_model: "Index S2", source: "garmin" } as const;

interface Body {
  readonly source: { device: string | null };
  readonly slow_changing: Record<string, number | null>;
  readonly averaged: Record<string, unknown>;
  readonly latest: Record<string, unknown>;
}

Deno.test("null when nothing is known, and for a lone body mass index", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const path = `/users/${user}/summaries/body`;
  assert.equal(await world.json(path), null);
  await record(world, user, ({ sample }) => sample(scale, "body_mass_index", "2026-03-01T08:00:00Z", 22));
  assert.equal(await world.json(path), null);
  for (const query of ["average_period=8", "average_period=0", "latest_window_hours=25"]) {
    await world.json(`${path}?${query}`, {}, 400);
  }
});

Deno.test("newest values win, the better source at the same instant, and the body mass index is computed", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await storePersonalRecord(world.ctx.database, await requireUser(world.ctx, user), { birth_date: "1986-03-15" });
  await record(world, user, ({ sample }) => {
    sample(scale, "weight", "2026-03-01T08:00:00Z", 80);
    sample(scale, "weight", "2026-03-10T08:00:00Z", 79);
    sample(phone, "weight", "2026-03-10T08:00:00Z", 81);
    sample(phone, "height", "2020-03-01T08:00:00Z", 180);
    sample(scale, "lean_body_mass", "2026-03-01T08:00:00Z", 60);
    // Not yet.
    sample(scale, "weight", "2026-03-14T12:00:00Z", 50);
  });
  const body = await world.json<Body>(`/users/${user}/summaries/body`);
  assert.deepEqual(body.slow_changing, {
    weight_kg: 81,
    height_cm: 180,
    body_fat_percent: null,
    muscle_mass_kg: 60,
    bmi: 25,
    age: 39,
  });
  assert.equal(body.source.device, "iPhone15,2");
  assert.equal(body.averaged.resting_heart_rate_bpm, null);
  assert.equal(body.latest.blood_pressure, null);
});

Deno.test("averages of the last days, and readings of the last hours", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample }) => {
    sample(watch, "resting_heart_rate", "2026-03-07T11:59:00Z", 90);
    sample(watch, "resting_heart_rate", "2026-03-07T12:01:00Z", 60);
    sample(watch, "resting_heart_rate", "2026-03-13T12:01:00Z", 51);
    sample(ring, "heart_rate_variability_rmssd", "2026-03-13T12:02:00Z", 40.26);
    sample(watch, "heart_rate_variability_sdnn", "2026-03-13T12:02:00Z", 50);
    sample(ring, "body_temperature", "2026-03-14T07:59:00Z", 39);
    sample(ring, "body_temperature", "2026-03-14T08:00:00Z", 36.6);
    sample(ring, "skin_temperature", "2026-03-14T07:00:00Z", 33);
    // The newest has no partner within five seconds.
    sample(phone, "blood_pressure_systolic", "2026-03-14T11:00:00Z", 160);
    sample(phone, "blood_pressure_diastolic", "2026-03-14T11:00:06Z", 100);
    sample(phone, "blood_pressure_systolic", "2026-03-14T10:00:00Z", 121);
    sample(phone, "blood_pressure_diastolic", "2026-03-14T10:00:05Z", 81);
    sample(phone, "blood_pressure_diastolic", "2026-03-14T09:59:58Z", 79);
  });
  const path = `/users/${user}/summaries/body`;
  const body = await world.json<Body>(path);
  assert.deepEqual(body.averaged, {
    period_days: 7,
    resting_heart_rate_bpm: 56,
    avg_hrv_sdnn_ms: 50,
    avg_hrv_rmssd_ms: 40.3,
    period_start: "2026-03-07T12:00:00.000Z",
    period_end: "2026-03-14T12:00:00.000Z",
  });
  assert.deepEqual(body.latest, {
    body_temperature_celsius: 36.6,
    body_temperature_measured_at: "2026-03-14T08:00:00.000Z",
    skin_temperature_celsius: null,
    skin_temperature_measured_at: null,
    blood_pressure: {
      avg_systolic_mmhg: 121,
      avg_diastolic_mmhg: 79,
      max_systolic_mmhg: null,
      max_diastolic_mmhg: null,
      min_systolic_mmhg: null,
      min_diastolic_mmhg: null,
      reading_count: 1,
    },
    blood_pressure_measured_at: "2026-03-14T10:00:00.000Z",
  });
  const wide = await world.json<Body>(`${path}?average_period=1&latest_window_hours=24`);
  assert.equal(wide.averaged.resting_heart_rate_bpm, 51);
  assert.equal(wide.latest.skin_temperature_celsius, 33);
});
