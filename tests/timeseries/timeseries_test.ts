import assert from "node:assert/strict";
import type { UserId } from "../../src/accounts/access.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { openWorld, type World } from "../support/world.ts";

interface Item {
  readonly timestamp: string;
  readonly zone_offset: string | null;
  readonly type: string;
  readonly value: number;
  readonly unit: string;
  readonly source: { provider: string; device: string | null; device_name: string | null; device_type: string } | null;
  readonly is_daily_total: boolean | null;
}

interface Answer {
  readonly data: Item[];
  readonly pagination: {
    next_cursor: string | null;
    previous_cursor: string | null;
    has_more: boolean;
    total_count: number | null;
  };
  readonly metadata: Record<string, unknown>;
}

const now = new Date("2026-03-20T00:00:00Z");
const at = (text: string) => Date.parse(text);
const read = (world: World, user: string, query: string) => world.json<Answer>(`/users/${user}/timeseries?${query}`);

/** Heart rate and steps of a watch, steps and a total of a phone, and a series of the person's own. */
async function someone(world: World): Promise<string> {
  const user = await world.createUser();
  const batch = new Batch(now);
  const watch = batch.addSource({ provider: "apple", device_model: "Watch6,2", source: "com.apple.health" });
  const phone = batch.addSource({ provider: "garmin", device_model: "SM-X1" });
  const own = batch.addCustomSeries("grip_strength", "kg");
  for (let minute = 0; minute < 10; minute++) {
    batch.addSample(seriesId("heart_rate"), watch, at("2026-03-14T22:55:00Z") + minute * 60_000, 60 + minute, 0, 60);
  }
  batch.addSample(seriesId("steps"), watch, at("2026-03-14T22:55:00Z"), 12, 60, 60);
  batch.addSample(seriesId("steps"), phone, at("2026-03-14T22:55:00Z"), 11, 60, null);
  batch.addSample(own, phone, at("2026-03-15T08:00:00Z"), 41.5, 0, -210);
  batch.addDailyTotal({
    series: seriesId("steps"),
    source: phone,
    day: "2026-03-14",
    at: at("2026-03-13T23:00:00Z"),
    value: 9_000,
    zone_offset: 60,
  });
  await ingest(world.ctx.database, user as UserId, batch);
  return user;
}

Deno.test("a page holds samples, own series and daily totals side by side, oldest first, with all their facts", async () => {
  await using world = await openWorld();
  const user = await someone(world);
  const { data, pagination, metadata } = await read(world, user, "start_time=2026-03-13&end_time=2026-03-15");
  assert.equal(data.length, 14);
  assert.deepEqual(data[0], {
    timestamp: "2026-03-13T23:00:00.000Z",
    zone_offset: "+01:00",
    type: "steps",
    value: 9000,
    unit: "count",
    source: { provider: "garmin", source: null, device: "SM-X1", device_type: "phone", device_name: "SM-X1" },
    is_daily_total: true,
  });
  assert.deepEqual(
    data.slice(1, 4).map(({ type, value, zone_offset, is_daily_total, source }) => [
      type,
      value,
      zone_offset,
      is_daily_total,
      source?.provider,
    ]),
    [
      ["heart_rate", 60, "+01:00", null, "apple"],
      ["steps", 12, "+01:00", false, "apple"],
      ["steps", 11, null, false, "garmin"],
    ],
  );
  assert.deepEqual(
    [data.at(-1)?.type, data.at(-1)?.value, data.at(-1)?.unit, data.at(-1)?.zone_offset],
    ["grip_strength", 41.5, "kg", "-03:30"],
  );
  assert.deepEqual(pagination, { next_cursor: null, previous_cursor: null, has_more: false, total_count: 14 });
  assert.deepEqual(metadata, {
    resolution: "raw",
    sample_count: 14,
    start_time: "2026-03-13T00:00:00.000Z",
    end_time: "2026-03-16T00:00:00.000Z",
  });
});

Deno.test("the end is exclusive, except that midnight includes the day", async () => {
  await using world = await openWorld();
  const user = await someone(world);
  const count = async (start: string, end: string) =>
    (await read(world, user, new URLSearchParams({ start_time: start, end_time: end }).toString())).pagination
      .total_count;
  assert.equal(await count("2026-03-14T22:55:00Z", "2026-03-14T22:56:00Z"), 3);
  assert.equal(await count("2026-03-14T22:55:01Z", "2026-03-14T22:57:00Z"), 1);
  assert.equal(await count("2026-03-14", "2026-03-14"), 12);
  assert.equal(await count("2026-03-14", "2026-03-14T00:00:00+00:00"), 12);
  assert.equal(await count("1773528900", "1773529020.5"), 5, "Unix seconds, with fractions");
  assert.equal(await count("0001-01-01", "9999-12-31"), 14, "everything there is");
  assert.equal(await count("20260314", "2026-03-14"), 12, "a day without dashes is a day, not a second of 1970");
  assert.equal(await count("2026-03-15", "2026-03-13"), 0);
});

Deno.test("walking over the pages forth and back shows every row once, in one order", async () => {
  await using world = await openWorld();
  const user = await someone(world);
  const range = "start_time=2026-03-13&end_time=2026-03-15";
  const all = (await read(world, user, range)).data;
  for (const limit of [1, 3, 13]) {
    const walked: Item[] = [];
    let cursor: string | null = null;
    let back: string | null = null;
    do {
      const page: Answer = await read(
        world,
        user,
        `${range}&limit=${limit}${cursor === null ? "" : `&cursor=${cursor}`}`,
      );
      assert.equal(page.pagination.total_count, 14);
      assert.equal(page.pagination.previous_cursor === null, cursor === null);
      walked.push(...page.data);
      cursor = page.pagination.next_cursor;
      back = page.pagination.previous_cursor;
    } while (cursor !== null);
    assert.deepEqual(walked, all, `limit ${limit}`);
    const lastPage = walked.length % limit === 0 ? limit : walked.length % limit;
    const returned: Item[] = [];
    while (back !== null) {
      const page: Answer = await read(world, user, `${range}&limit=${limit}&cursor=${back}`);
      returned.unshift(...page.data);
      back = page.pagination.previous_cursor;
    }
    assert.deepEqual(returned, all.slice(0, -lastPage), `back, limit ${limit}`);
  }
});

Deno.test("rows behind a long silence are found, though a page first looks only near", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const batch = new Batch(now);
  const source = batch.addSource({ provider: "apple", device_model: "Watch6,2" });
  const series = seriesId("heart_rate");
  for (let i = 0; i < 500; i++) batch.addSample(series, source, at("2020-01-01T00:00:00Z") + i * 1000, i, 0, null);
  batch.addSample(series, source, at("2025-01-01T00:00:00Z"), 777, 0, null);
  await ingest(world.ctx.database, user as UserId, batch);
  const { data, pagination } = await read(world, user, "start_time=2020-01-02&end_time=2026-01-01&limit=2");
  assert.deepEqual(data.map(({ value }) => value), [777]);
  assert.equal(pagination.has_more, false);
  const first = await read(world, user, "start_time=2019-01-01&end_time=2026-01-01&limit=499");
  const second = await read(
    world,
    user,
    `start_time=2019-01-01&end_time=2026-01-01&cursor=${first.pagination.next_cursor}`,
  );
  assert.deepEqual(second.data.map(({ value }) => value), [499, 777]);
  const third = await read(
    world,
    user,
    `start_time=2019-01-01&end_time=2026-01-01&limit=3&cursor=${second.pagination.previous_cursor}`,
  );
  assert.deepEqual(third.data.map(({ value }) => value), [496, 497, 498]);
});

Deno.test("types narrow the answer; one that nobody knows is named", async () => {
  await using world = await openWorld();
  const user = await someone(world);
  const stranger = await world.createUser();
  const range = "start_time=2026-03-13&end_time=2026-03-15";
  const two = await read(world, user, `${range}&types=grip_strength&types=steps`);
  assert.deepEqual(new Set(two.data.map(({ type }) => type)), new Set(["steps", "grip_strength"]));
  assert.equal(two.pagination.total_count, 4);
  const wrong = await world.json<{ detail: string }>(
    `/users/${user}/timeseries?${range}&types=steps&types=stepz`,
    {},
    400,
  );
  assert.match(wrong.detail, /'stepz'/);
  await world.json(`/users/${stranger}/timeseries?${range}&types=grip_strength`, {}, 400);
  assert.deepEqual((await read(world, stranger, range)).data, []);
});

Deno.test("the count is right on every side of what is recorded", async () => {
  await using world = await openWorld();
  const user = await world.createUser();
  const batch = new Batch(now);
  const source = batch.addSource({ provider: "apple" });
  for (let i = 0; i < 100; i++) {
    batch.addSample(seriesId("heart_rate"), source, at("2026-01-01T00:00:00Z") + i * 3600e3, i, 0, 0);
  }
  await ingest(world.ctx.database, user as UserId, batch);
  const hour = (n: number) => new Date(at("2026-01-01T00:00:00Z") + n * 3600e3).toISOString();
  for (
    const [from, to] of [[-5, 300], [0, 100], [1, 99], [10, 95], [-5, 30], [40, 45], [90, 200], [-9, -2], [
      0,
      99,
    ]] as const
  ) {
    const { pagination } = await read(world, user, `start_time=${hour(from)}&end_time=${hour(to - 0.5)}`);
    assert.equal(pagination.total_count, Math.max(0, Math.min(100, to) - Math.max(0, from)), `${from} to ${to}`);
  }
});

Deno.test("bad dates, limits and cursors are refused, and a stranger's record does not exist", async () => {
  await using world = await openWorld();
  const user = await someone(world);
  for (const time of ["", "nan", "inf", "2026", "2026-02-30", "1767225600000", "yesterday", "1e9"]) {
    const query = new URLSearchParams({ start_time: time, end_time: "2026-03-15" });
    const { detail } = await world.json<{ detail: string }>(`/users/${user}/timeseries?${query}`, {}, 400);
    assert.equal(detail, `Invalid datetime format: '${time}'. Expected ISO 8601 format or Unix timestamp.`);
  }
  const range = "start_time=2026-03-13&end_time=2026-03-15";
  const cursor = (text: string) => btoa(text);
  for (
    const bad of [
      "x",
      cursor("2026-03-14T00:00:00.000Z|99999.1.0.5"),
      cursor("2026-13-14T00:00:00.000Z|1.1.0.5"),
      cursor("|"),
    ]
  ) {
    await world.json(`/users/${user}/timeseries?${range}&cursor=${encodeURIComponent(bad)}`, {}, 400);
    await world.json(`/users/${user}/timeseries?${range}&resolution=1hour&cursor=${encodeURIComponent(bad)}`, {}, 400);
  }
  for (const limit of ["0", "10001", "a"]) {
    await world.json(`/users/${user}/timeseries?${range}&limit=${limit}`, {}, 400);
  }
  await world.json(`/users/${user}/timeseries?start_time=2026-03-13`, {}, 400);
  const key = await world.createKey({ user_id: await world.createUser() });
  await world.json(`/users/${user}/timeseries?${range}`, { key }, 404);
  for (const more of ["", "&types=stepz", "&cursor=x", "&resolution=1hour"]) {
    await world.json(`/users/${crypto.randomUUID()}/timeseries?${range}${more}`, {}, 404);
  }
});
