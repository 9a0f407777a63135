import assert from "node:assert/strict";
import { requireUser } from "../../src/accounts/access.ts";
import { storePersonalRecord } from "../../src/accounts/personal_record_queries.ts";
import { seriesByDay } from "../../src/summaries/series_by_day.ts";
import { openWorld } from "../support/world.ts";
import { activity, phone, record, ring, stepsByDay, watch } from "./recording.ts";

/** Which local day a measurement belongs to: clock changes, travel, leap days, missing offsets. */

const now = () => new Date("2026-12-01T12:00:00Z");

/** A sample every hour from `from` on, each as many steps as its place says. */
function hours(from: string, count: number, offset: string): string[] {
  const start = Date.parse(from);
  return Array.from({ length: count }, (_, hour) => {
    const sign = offset.startsWith("-") ? -1 : 1;
    const shift = sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))) * 60_000;
    return new Date(start + hour * 3_600_000 + shift).toISOString().slice(0, 19) + offset;
  });
}

Deno.test("days of clock changes have 23 and 25 hours", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample }) => {
    const times = [
      // Vienna, 28 to 30 March: the 29th ends an hour early.
      ...hours("2026-03-27T23:00:00Z", 26, "+01:00"),
      ...hours("2026-03-29T01:00:00Z", 21 + 24, "+02:00"),
      // 24 to 26 October: the 25th has 25 hours, two from 02:00 to 03:00.
      ...hours("2026-10-23T22:00:00Z", 24 + 3, "+02:00"),
      ...hours("2026-10-25T01:00:00Z", 22 + 24, "+01:00"),
    ];
    for (const at of times) sample(watch, "steps", at, 100, 3600);
  });
  assert.deepEqual(stepsByDay(await activity(world, user)), [
    "2026-03-28: 2400",
    "2026-03-29: 2300",
    "2026-03-30: 2400",
    "2026-10-24: 2400",
    "2026-10-25: 2500",
    "2026-10-26: 2400",
  ]);
});

Deno.test("travel makes days longer and shorter, and over the date line a day comes twice or not at all", async () => {
  await using world = await openWorld({}, now);
  const [west, east, again] = [await world.createUser(), await world.createUser(), await world.createUser()];
  await record(world, west, ({ sample }) => {
    // Vienna to New York at noon UTC: the day goes on for five hours more.
    for (const at of hours("2026-05-09T22:00:00Z", 14, "+02:00")) sample(watch, "steps", at, 100, 3600);
    for (const at of hours("2026-05-10T12:00:00Z", 16 + 24, "-04:00")) sample(watch, "steps", at, 100, 3600);
  });
  assert.deepEqual(stepsByDay(await activity(world, west)), ["2026-05-10: 3000", "2026-05-11: 2400"]);
  await record(world, east, ({ sample }) => {
    // Honolulu, 10 May at noon, to Kiritimati, where it is 11 May at noon.
    for (const at of hours("2026-05-10T10:00:00Z", 12, "-10:00")) sample(watch, "steps", at, 100, 3600);
    for (const at of hours("2026-05-10T22:00:00Z", 12, "+14:00")) sample(watch, "steps", at, 100, 3600);
  });
  assert.deepEqual(stepsByDay(await activity(world, east)), ["2026-05-10: 1200", "2026-05-11: 1200"]);
  await record(world, again, ({ sample }) => {
    // And back: 10 May in full, then its second half once more.
    for (const at of hours("2026-05-09T10:00:00Z", 24, "+14:00")) sample(watch, "steps", at, 100, 3600);
    for (const at of hours("2026-05-10T10:00:00Z", 24, "-10:00")) sample(watch, "steps", at, 100, 3600);
  });
  assert.deepEqual(stepsByDay(await activity(world, again)), ["2026-05-10: 4800"]);
});

Deno.test("an interval over midnight counts on both days, and a leap day is a day", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample }) => {
    sample(phone, "steps", "2024-02-28T23:50:00+05:30", 300, 900);
    sample(phone, "steps", "2024-02-29T23:55:00+05:30", 100, 600);
  });
  assert.deepEqual(stepsByDay(await activity(world, user, "2024-02-28", "2024-03-02")), [
    "2024-02-28: 200",
    "2024-02-29: 150",
    "2024-03-01: 50",
  ]);
  assert.deepEqual(stepsByDay(await activity(world, user, "2024-02-29T23:00:00Z", "2024-03-01")), ["2024-02-29: 150"]);
});

Deno.test("without an offset the nearest known one counts, and UTC where none is near", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample }) => {
    // 03:00 UTC is the evening before in New York.
    sample(ring, "steps", "2026-05-12T03:00:00", 700, 600);
    sample(ring, "steps", "2026-08-12T03:00:00", 50, 600);
  });
  const before = ["2026-05-12: 700", "2026-08-12: 50"];
  assert.deepEqual(stepsByDay(await activity(world, user)), before);
  await record(world, user, ({ sample }) => sample(watch, "steps", "2026-05-11T20:00:00-04:00", 100, 600));
  assert.deepEqual(stepsByDay(await activity(world, user)), ["2026-05-11: 800", "2026-08-12: 50"]);
});

Deno.test("an instant without an offset lies on the same day wherever it is shown", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  // 03:00 UTC is noon in Tokyo, 20:00 UTC the next morning; only the pulse says where the person is.
  const id = await record(world, user, ({ sample, batch }) => {
    sample(phone, "steps", "2026-05-11T03:00:00", 100, 600);
    sample(phone, "steps", "2026-05-11T20:00:00", 700, 600);
    sample(phone, "oxygen_saturation", "2026-05-11T20:00:00", 97);
    sample(watch, "heart_rate", "2026-05-11T20:00:00+09:00", 60);
    const [start, end] = ["2026-05-11T20:00:00Z", "2026-05-11T21:00:00Z"].map((at) => Date.parse(at));
    const hike = { source: batch.addSource(phone), type: "hiking", zone_offset: null } as const;
    batch.addWorkout({ ...hike, start: start ?? 0, end: end ?? 0, total_elevation_gain: 300 });
  });
  const days = await activity(world, user);
  assert.deepEqual(days.map(({ date, steps, elevation_meters }) => [date, steps, elevation_meters]), [
    ["2026-05-11", 100, null],
    ["2026-05-12", 700, 300],
  ]);
  const range = "start_time=2026-05-01&end_time=2026-05-31&resolution=1day&types=steps&types=oxygen_saturation";
  const { data } = await world.json<{ data: { type: string; timestamp: string; value: number }[] }>(
    `/users/${user}/timeseries?${range}`,
  );
  assert.deepEqual(data.map(({ type, timestamp, value }) => [type, timestamp, value]), [
    ["steps", "2026-05-10T15:00:00.000Z", 100],
    ["oxygen_saturation", "2026-05-11T15:00:00.000Z", 97],
    ["steps", "2026-05-11T15:00:00.000Z", 700],
  ]);
  for (
    const [code, told] of [["steps", ["2026-05-11", "2026-05-12"]], ["oxygen_saturation", ["2026-05-12"]]] as const
  ) {
    const found = await seriesByDay(world.ctx, id, code, "2026-05-01", "2026-06-01");
    assert.deepEqual(found.map(({ day }) => day), told);
  }
});

Deno.test("where a climb without an offset ended, other measurements say", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample, batch }) => {
    sample(watch, "heart_rate", "2026-05-12T05:00:00+09:00", 60);
    const [start, end] = ["2026-05-11T20:00:00Z", "2026-05-11T21:00:00Z"].map((at) => Date.parse(at));
    const hike = { source: batch.addSource(phone), type: "hiking", zone_offset: null } as const;
    batch.addWorkout({ ...hike, start: start ?? 0, end: end ?? 0, total_elevation_gain: 300 });
  });
  const days = await activity(world, user);
  assert.deepEqual(days.map(({ date, elevation_meters }) => [date, elevation_meters]), [["2026-05-12", 300]]);
});

Deno.test("exertion follows the age on that day", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const id = await record(world, user, ({ sample }) => {
    for (const day of ["2026-03-14", "2026-03-15"]) sample(watch, "heart_rate", `${day}T09:00:00Z`, 90);
  });
  const light = async () =>
    (await activity(world, user)).map(({ intensity_minutes }) => (intensity_minutes as { light: number }).light);
  // Half of 190 is 95.
  assert.deepEqual(await light(), [0, 0]);
  assert.equal(await requireUser(world.ctx, user), id);
  // 39, then 40: half of 181 is 90, of 180 too. A year younger, half of 182 is 91 until the birthday.
  await storePersonalRecord(world.ctx.database, id, { birth_date: "1986-03-15" });
  assert.deepEqual(await light(), [1, 1]);
  await storePersonalRecord(world.ctx.database, id, { birth_date: "1987-03-15" });
  assert.deepEqual(await light(), [0, 1]);
});

Deno.test("any series by day: amounts are summed, levels averaged, both merged", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const id = await record(world, user, ({ sample, total, batch }) => {
    sample(watch, "time_in_daylight", "2026-03-14T09:00:00Z", 10, 600);
    sample(phone, "time_in_daylight", "2026-03-14T09:00:00Z", 9, 600);
    sample(phone, "time_in_daylight", "2026-03-14T15:00:00Z", 5, 600);
    total(ring, "hydration", "2026-03-15", 1500);
    sample(watch, "oxygen_saturation", "2026-03-14T03:00:00Z", 96);
    sample(ring, "oxygen_saturation", "2026-03-14T03:01:00Z", 90);
    sample(ring, "oxygen_saturation", "2026-03-14T04:00:00Z", 98);
    const mood = batch.addCustomSeries("mood", "score");
    batch.addSample(mood, batch.addSource(phone), Date.parse("2026-03-14T20:00:00Z"), 7, 0, 0);
  });
  const days = async (code: string) => {
    const found = await seriesByDay(world.ctx, id, code, "2026-03-01", "2026-04-01");
    return found.map(({ day, value, min, max, count }) => [day, value, min, max, count]);
  };
  assert.deepEqual(await days("time_in_daylight"), [["2026-03-14", 15, null, null, null]]);
  assert.deepEqual(await days("hydration"), [["2026-03-15", 1500, null, null, null]]);
  assert.deepEqual(await days("oxygen_saturation"), [["2026-03-14", 97, 96, 98, 2]]);
  assert.deepEqual(await days("mood"), [["2026-03-14", 7, 7, 7, 1]]);
  assert.deepEqual(await days("nothing"), []);
  assert.deepEqual(await seriesByDay(world.ctx, id, "mood", "2026-03-15", "2026-04-01"), []);
});
