import assert from "node:assert/strict";
import { openWorld, type World } from "../support/world.ts";
import { moment, record, ring, watch } from "./recording.ts";

/** The recovery summary: vendors' scores, and what was measured where they say nothing. */

const now = () => new Date("2026-06-01T12:00:00Z");
const whoop = { provider: "whoop", device_model: "Whoop 4.0", source: "whoop" } as const;
const polar = { provider: "polar", device_model: null, source: "polar" } as const;

interface Page {
  readonly data: { date: string; [field: string]: unknown }[];
  readonly pagination: { next_cursor: string | null; previous_cursor: string | null };
}

async function recovery(world: World, user: string, more = "") {
  return await world.json<Page>(`/users/${user}/summaries/recovery?start_date=2026-01-01&end_date=2027-01-01${more}`);
}

Deno.test("a vendor's score with its components comes before what was measured", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample, batch }) => {
    const night = { zone_offset: 60, is_nap: false, asleep_seconds: 25_000, efficiency_percent: 91.5 };
    const [start, end] = [moment("2026-03-13T23:00:00+01:00").instant, moment("2026-03-14T06:30:00+01:00").instant];
    batch.addSleepSession({ source: batch.addSource(whoop), start, end, ...night });
    batch.addScore({
      source: batch.addSource(whoop),
      provider: "whoop",
      category: "recovery",
      value: 66,
      at: moment("2026-03-14T00:30:00+01:00").instant,
      zone_offset: 60,
      components: {
        resting_heart_rate: { value: 51 },
        hrv_rmssd_milli: { value: 60.5 },
        spo2_percentage: { value: 96 },
      },
    });
    // Another vendor's score of the same day, with a device that ranks lower.
    const grade = { category: "recovery", value: 2, at: end, zone_offset: 60 } as const;
    batch.addScore({ source: batch.addSource(ring), provider: "oura", ...grade });
    sample(watch, "resting_heart_rate", "2026-03-14T09:00:00+01:00", 55);
    sample(watch, "heart_rate_variability_sdnn", "2026-03-14T09:00:00+01:00", 48);
  });
  const { data } = await recovery(world, user);
  assert.equal(data.length, 1);
  const { source, ...fields } = data[0] ?? { source: null };
  assert.equal((source as { provider: string }).provider, "whoop");
  assert.deepEqual(fields, {
    date: "2026-03-14",
    sleep_duration_seconds: 25_000,
    sleep_efficiency_percent: 91.5,
    resting_heart_rate_bpm: 51,
    avg_hrv_sdnn_ms: 48,
    avg_hrv_rmssd_ms: 60.5,
    avg_spo2_percent: 96,
    recovery_score: 66,
  });
});

Deno.test("without a score there are the measured values, and no score is made up", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample, batch }) => {
    sample(watch, "resting_heart_rate", "2026-03-14T09:00:00+01:00", 55);
    sample(ring, "heart_rate_variability_rmssd", "2026-03-14T03:00:00+01:00", 40);
    sample(ring, "oxygen_saturation", "2026-03-14T03:00:00+01:00", 97.4);
    sample(ring, "oxygen_saturation", "2026-03-16T03:00:00+01:00", 97.4);
    const at = moment("2026-03-15T08:00:00+01:00").instant;
    const grade = { provider: "polar", category: "recovery", value: 4, at, zone_offset: 60 } as const;
    batch.addScore({ source: batch.addSource(polar), ...grade });
  });
  const { data } = await recovery(world, user);
  assert.deepEqual(
    data.map((row) => [
      row.date,
      row.resting_heart_rate_bpm,
      row.avg_hrv_rmssd_ms,
      row.avg_hrv_sdnn_ms,
      row.avg_spo2_percent,
      row.recovery_score,
      row.sleep_duration_seconds,
    ]),
    [
      ["2026-03-14", 55, 40, null, 97.4, null, null],
      // Polar's grades go from 1 to 6.
      ["2026-03-15", null, null, null, null, 60, null],
    ],
  );
});

Deno.test("pages lead through days that lie years apart, forth and back", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const days = ["2001-01-01", "2015-06-01", "2015-06-02", "2026-02-28", "2026-03-01"];
  await record(world, user, ({ sample }) => {
    for (const day of days) sample(watch, "resting_heart_rate", `${day}T09:00:00Z`, 55);
  });
  const path = `/users/${user}/summaries/recovery?start_date=0001-01-01&end_date=9999-12-31&limit=2`;
  const seen: string[] = [];
  let page = await world.json<Page>(path);
  const first = page.data;
  for (let pages = 0; pages < 4; pages++) {
    seen.push(...page.data.map(({ date }) => date));
    if (page.pagination.next_cursor === null) break;
    page = await world.json<Page>(`${path}&cursor=${encodeURIComponent(page.pagination.next_cursor)}`);
  }
  assert.deepEqual(seen, days);
  while (page.pagination.previous_cursor !== null) {
    page = await world.json<Page>(`${path}&cursor=${encodeURIComponent(page.pagination.previous_cursor)}`);
  }
  assert.deepEqual(page.data, first);
});

Deno.test("what was measured without an offset has its row on the day that other measurements tell", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample }) => {
    // 20:00 UTC is the next morning in Tokyo.
    for (const day of ["2026-03-10", "2026-03-11", "2026-03-12"]) {
      sample(watch, "resting_heart_rate", `${day}T20:00:00`, Number(day.slice(-2)));
      sample(watch, "heart_rate", `${day}T20:00:00+09:00`, 60);
    }
  });
  const path = `/users/${user}/summaries/recovery?start_date=2026-03-11&end_date=2026-03-14&limit=2`;
  const page = await world.json<Page>(path);
  const next = await world.json<Page>(`${path}&cursor=${encodeURIComponent(page.pagination.next_cursor ?? "")}`);
  assert.deepEqual([...page.data, ...next.data].map((row) => [row.date, row.resting_heart_rate_bpm]), [
    ["2026-03-11", 10],
    ["2026-03-12", 11],
    ["2026-03-13", 12],
  ]);
});
