import assert from "node:assert/strict";
import type { SourceDescription } from "../../src/ingest/batch.ts";
import { openWorld, type World } from "../support/world.ts";
import { moment, phone, record, ring, watch } from "./recording.ts";

/** The sleep summary: whose night counts, naps, averages, pages. */

const now = () => new Date("2026-06-01T12:00:00Z");

interface Night {
  readonly date: string;
  readonly source: { device: string | null };
  readonly sessions: readonly { start_time: string; is_nap: boolean; duration_minutes: number }[];
  readonly [field: string]: unknown;
}

interface NightPage {
  readonly data: Night[];
  readonly pagination: { next_cursor: string | null; previous_cursor: string | null; has_more: boolean };
}

interface Slept {
  readonly nap?: boolean;
  readonly asleep?: number;
  readonly efficiency?: number;
}

async function sleep(
  world: World,
  user: string,
  source: SourceDescription,
  from: string,
  to: string,
  { nap = false, asleep, efficiency }: Slept = {},
) {
  await record(world, user, ({ batch }) => {
    batch.addSleepSession({
      source: batch.addSource(source),
      start: moment(from).instant,
      end: moment(to).instant,
      zone_offset: moment(to).offset,
      is_nap: nap,
      ...(asleep === undefined ? {} : { asleep_seconds: asleep * 60, in_bed_seconds: asleep * 60 + 1800 }),
      ...(efficiency === undefined ? {} : { efficiency_percent: efficiency }),
    });
  });
}

async function nights(world: World, user: string, range = "start_date=2026-01-01&end_date=2027-01-01") {
  return (await world.json<NightPage>(`/users/${user}/summaries/sleep?${range}`)).data;
}

Deno.test("the best-ranked source's night counts, and naps that only another noticed", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await sleep(world, user, watch, "2026-03-13T23:00:00+01:00", "2026-03-14T06:30:00+01:00", { asleep: 400 });
  await sleep(world, user, ring, "2026-03-13T22:50:00+01:00", "2026-03-14T06:40:00+01:00", { asleep: 430 });
  await sleep(world, user, ring, "2026-03-14T13:00:00+01:00", "2026-03-14T13:30:00+01:00", { nap: true });
  // The ring takes a part of the night for a nap; the watch knows better.
  await sleep(world, user, ring, "2026-03-14T05:00:00+01:00", "2026-03-14T05:20:00+01:00", { nap: true });
  const [night, ...others] = await nights(world, user);
  assert.deepEqual(others, []);
  assert.deepEqual([night?.date, night?.source.device], ["2026-03-14", "Watch6,2"]);
  assert.deepEqual(
    [night?.duration_minutes, night?.total_duration_minutes, night?.nap_count, night?.nap_duration_minutes],
    [400, 430, 1, 30],
  );
  assert.deepEqual([night?.start_time, night?.end_time, night?.zone_offset, night?.time_in_bed_minutes], [
    "2026-03-13T22:00:00.000Z",
    "2026-03-14T05:30:00.000Z",
    "+01:00",
    430,
  ]);
  assert.deepEqual(night?.sessions.map(({ is_nap, duration_minutes }) => [is_nap, duration_minutes]), [
    [false, 400],
    [true, 30],
  ]);
});

Deno.test("a day with nothing but naps has no night", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await sleep(world, user, phone, "2026-03-14T13:00:00Z", "2026-03-14T13:45:00Z", { nap: true, asleep: 40 });
  const [day] = await nights(world, user);
  const { source: _, sessions, ...fields } = day ?? { source: null, sessions: [] };
  assert.equal(sessions.length, 1);
  assert.deepEqual(fields, {
    date: "2026-03-14",
    start_time: null,
    end_time: null,
    zone_offset: null,
    duration_minutes: null,
    total_duration_minutes: 45,
    time_in_bed_minutes: null,
    efficiency_percent: null,
    stages: null,
    interruptions_count: null,
    nap_count: 1,
    nap_duration_minutes: 45,
    avg_heart_rate_bpm: null,
    avg_hrv_sdnn_ms: null,
    avg_hrv_rmssd_ms: null,
    avg_respiratory_rate: null,
    avg_spo2_percent: null,
  });
});

Deno.test("averages are of the night, each five minutes from the best source that measured", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await sleep(world, user, ring, "2026-03-14T00:00:00Z", "2026-03-14T02:00:00Z", { efficiency: 80 });
  await sleep(world, user, ring, "2026-03-14T05:00:00Z", "2026-03-14T09:00:00Z", { efficiency: 95 });
  await record(world, user, ({ sample }) => {
    sample(watch, "heart_rate", "2026-03-13T23:59:00Z", 200);
    sample(watch, "heart_rate", "2026-03-14T09:00:00Z", 200);
    sample(watch, "heart_rate", "2026-03-14T06:00:00Z", 50);
    // Between the sessions, but still in the night.
    sample(watch, "heart_rate", "2026-03-14T03:30:00Z", 60);
    sample(ring, "heart_rate", "2026-03-14T06:01:00Z", 100);
    sample(ring, "heart_rate", "2026-03-14T07:00:00Z", 40);
    sample(ring, "heart_rate_variability_rmssd", "2026-03-14T07:00:00Z", 41.25);
    sample(watch, "heart_rate_variability_sdnn", "2026-03-14T07:00:00Z", 55);
    sample(ring, "respiratory_rate", "2026-03-14T07:00:00Z", 14.5);
    sample(ring, "oxygen_saturation", "2026-03-14T07:00:00Z", 97);
  });
  const [night] = await nights(world, user);
  assert.deepEqual(
    [
      night?.avg_heart_rate_bpm,
      night?.avg_hrv_sdnn_ms,
      night?.avg_hrv_rmssd_ms,
      night?.avg_respiratory_rate,
      night?.avg_spo2_percent,
      night?.duration_minutes,
      night?.efficiency_percent,
      night?.start_time,
    ],
    [50, 55, 41.3, 14.5, 97, 360, 90, "2026-03-14T05:00:00.000Z"],
  );
});

Deno.test("five minutes that were measured every second weigh no more than others in the night", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await sleep(world, user, watch, "2026-03-14T00:00:00Z", "2026-03-14T07:00:00Z");
  await record(world, user, ({ sample }) => {
    for (let second = 0; second < 60; second++) {
      sample(watch, "heart_rate", `2026-03-14T03:00:${String(second).padStart(2, "0")}Z`, 90);
    }
    for (const minute of [10, 20, 30]) sample(watch, "heart_rate", `2026-03-14T03:${minute}:00Z`, 50);
  });
  assert.equal((await nights(world, user))[0]?.avg_heart_rate_bpm, 60);
});

Deno.test("pages hold as many days as asked for, however many sources there are", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  for (let day = 10; day < 17; day++) {
    for (const source of [watch, ring, phone]) {
      await sleep(world, user, source, `2026-03-${day}T00:00:00Z`, `2026-03-${day}T07:00:00Z`, { asleep: 400 });
    }
  }
  const path = `/users/${user}/summaries/sleep?start_date=2026-03-10&end_date=2026-03-16&limit=4`;
  const page = await world.json<NightPage>(path);
  assert.deepEqual(page.data.map(({ date }) => date), ["2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"]);
  assert.equal(page.pagination.has_more, true);
  const next = await world.json<NightPage>(`${path}&cursor=${encodeURIComponent(page.pagination.next_cursor ?? "")}`);
  assert.deepEqual(next.data.map(({ date }) => date), ["2026-03-14", "2026-03-15"]);
  assert.equal(next.pagination.has_more, false);
  const back = encodeURIComponent(next.pagination.previous_cursor ?? "");
  assert.deepEqual((await world.json<NightPage>(`${path}&cursor=${back}`)).data, page.data);
  await world.json(`${path}&cursor=${btoa("2026-03-10|nonsense")}`, {}, 400);
});

Deno.test("a night belongs to the local day on which it ends", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  // 30 March in UTC, 31 March in Auckland; 2 April in UTC, 1 April in Los Angeles.
  await sleep(world, user, watch, "2026-03-30T23:00:00+13:00", "2026-03-31T07:00:00+13:00");
  await sleep(world, user, watch, "2026-04-01T16:00:00-07:00", "2026-04-01T23:00:00-07:00");
  assert.deepEqual((await nights(world, user)).map(({ date }) => date), ["2026-03-31", "2026-04-01"]);
  const one = await nights(world, user, "start_date=2026-03-31T20:00:00Z&end_date=2026-04-01");
  assert.deepEqual(one.map(({ date }) => date), ["2026-03-31"]);
});
