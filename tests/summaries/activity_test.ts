import assert from "node:assert/strict";
import { openWorld } from "../support/world.ts";
import { activity, type ActivityPage, phone, record, ring, stepsByDay, watch } from "./recording.ts";

/** The activity summary: one truth a local day, its sources, its pages. */

const now = () => new Date("2026-06-01T12:00:00Z");

Deno.test("a watch that was off for an hour does not erase the phone's steps of that hour", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample }) => {
    for (let hour = 8; hour < 12; hour++) {
      const at = `2026-03-14T${String(hour).padStart(2, "0")}:00:00+01:00`;
      sample(phone, "steps", at, 900, 900);
      if (hour !== 10) sample(watch, "steps", at, 1000, 900);
    }
  });
  const [day, ...others] = await activity(world, user);
  assert.deepEqual(others, []);
  assert.equal(day?.date, "2026-03-14");
  assert.equal(day.steps, 3900);
  assert.equal(day.source.device, "Watch6,2");
  assert.deepEqual(day.sources?.map(({ source, share, steps }) => [source.device, share, steps]), [
    ["Watch6,2", 0.7692, 3000],
    ["iPhone15,2", 0.2308, 900],
  ]);
  const alone = await activity(world, user, "2026-01-01", "2027-01-01", "&by_source=true");
  assert.deepEqual(
    alone.map((row) => [row.source.device, row.steps, row.sources]).sort(),
    [["Watch6,2", 3000, null], ["iPhone15,2", 3600, null]],
  );
});

Deno.test("the same phone through two apps counts once, and a total is never added to samples", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const again = { ...phone, source: "another.app" };
  await record(world, user, ({ sample, total }) => {
    for (const source of [phone, again]) sample(source, "steps", "2026-03-14T08:00:00+01:00", 700, 600);
    sample(ring, "steps", "2026-03-15T08:00:00+01:00", 700, 600);
    total(ring, "steps", "2026-03-15", 5000);
  });
  assert.deepEqual(stepsByDay(await activity(world, user)), ["2026-03-14: 700", "2026-03-15: 5000"]);
});

Deno.test("every field of a day, and null for what nobody reported", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample, batch }) => {
    sample(watch, "steps", "2026-03-14T08:00:00Z", 300, 300);
    sample(watch, "steps", "2026-03-14T09:00:00Z", 29, 60);
    sample(watch, "distance_walking_running", "2026-03-14T08:00:00Z", 210.5, 300);
    sample(watch, "energy", "2026-03-14T08:00:00Z", 12.25, 300);
    sample(watch, "basal_energy", "2026-03-14T00:00:00Z", 1500, 86_400);
    const end = Date.parse("2026-03-14T09:00:00Z");
    batch.addWorkout({
      source: batch.addSource(watch),
      type: "hiking",
      start: end - 600_000,
      end,
      zone_offset: 0,
      total_elevation_gain: 20,
    });
    // 190 - age unknown: light 95 to 119, moderate to 144, vigorous above, 93 % is 176.
    [94, 95, 119, 120, 144, 145, 180].forEach((bpm, minute) => {
      sample(watch, "heart_rate", `2026-03-14T10:0${minute}:00Z`, bpm);
    });
    sample(phone, "flights_climbed", "2026-03-15T08:00:00Z", 4, 60);
  });
  const [day, other] = await activity(world, user);
  const { source: _, sources: __, ...fields } = day ?? { source: null, sources: null };
  assert.deepEqual(fields, {
    date: "2026-03-14",
    steps: 329,
    distance_meters: 210.5,
    floors_climbed: 6,
    elevation_meters: 20,
    active_calories_kcal: 12.25,
    total_calories_kcal: 1512.25,
    active_minutes: 5,
    sedentary_minutes: 1,
    intensity_minutes: { light: 2, moderate: 2, vigorous: 2 },
    // The mean of two cells of five minutes, 114.4 and 162.5.
    heart_rate: { avg_bpm: 138, max_bpm: 180, min_bpm: 94 },
  });
  const { source: ___, sources: ____, ...sparse } = other ?? { source: null, sources: null };
  assert.deepEqual(sparse, {
    date: "2026-03-15",
    steps: null,
    distance_meters: null,
    floors_climbed: 4,
    elevation_meters: null,
    active_calories_kcal: null,
    total_calories_kcal: null,
    active_minutes: null,
    sedentary_minutes: null,
    intensity_minutes: null,
    heart_rate: null,
  });
});

Deno.test("pages lead through the days once, in both directions and orders", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  await record(world, user, ({ sample }) => {
    for (let day = 10; day < 17; day++) {
      sample(watch, "steps", `2026-03-${day}T08:00:00Z`, day, 60);
      sample(phone, "steps", `2026-03-${day}T18:00:00Z`, 100, 60);
    }
  });
  const path = `/users/${user}/summaries/activity?start_date=2026-03-10T15:00:00Z&end_date=2026-03-16&limit=4`;
  for (const more of ["", "&sort_order=desc", "&by_source=true", "&by_source=true&sort_order=desc"]) {
    const seen: string[] = [];
    let page = await world.json<ActivityPage>(path + more);
    const first = page;
    for (let pages = 0; pages < 9; pages++) {
      seen.push(...page.data.map((row) => `${row.date} ${more.includes("by") ? row.source.device : ""}`));
      const { next_cursor } = page.pagination;
      assert.equal(page.pagination.has_more, next_cursor !== null);
      if (next_cursor === null) break;
      page = await world.json<ActivityPage>(`${path}${more}&cursor=${encodeURIComponent(next_cursor)}`);
    }
    assert.equal(new Set(seen).size, more.includes("by") ? 12 : 6);
    const days = seen.map((text) => text.slice(0, 10));
    assert.deepEqual(days, more.includes("desc") ? [...days].sort().reverse() : [...days].sort());
    while (page.pagination.previous_cursor !== null) {
      const cursor = page.pagination.previous_cursor;
      assert.ok(cursor.startsWith("prev_"));
      page = await world.json<ActivityPage>(`${path}${more}&cursor=${encodeURIComponent(cursor)}`);
    }
    assert.deepEqual(page.data, first.data);
  }
  for (
    const query of [
      "start_date=x&end_date=2026-03-16",
      "start_date=2026-03-10",
      "start_date=2026-03-10&end_date=2026-03-16&limit=401",
      "start_date=2026-03-10&end_date=2026-03-16&sort_order=up",
      `start_date=2026-03-10&end_date=2026-03-16&cursor=${btoa("2026-02-30|a|b|0")}`,
    ]
  ) await world.json(`/users/${user}/summaries/activity?${query}`, {}, 400);
  const range = "start_date=2026-03-10&end_date=2026-03-16";
  await world.json(`/users/${crypto.randomUUID()}/summaries/activity?${range}`, {}, 404);
  const nothing = await world.json<ActivityPage>(`/users/${await world.createUser()}/summaries/activity?${range}`);
  assert.deepEqual(nothing.data, []);
});
