import assert from "node:assert/strict";
import type { UserId } from "../../src/accounts/access.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { anchorOf } from "../../src/timeseries/resolution.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { openWorld, type World } from "../support/world.ts";

interface Row {
  readonly timestamp: string;
  readonly zone_offset: string | null;
  readonly type: string;
  readonly value: number;
  readonly min?: number;
  readonly max?: number;
  readonly sample_count: number;
  readonly source: { provider: string; device_type: string };
}

interface Answer {
  readonly data: Row[];
  readonly pagination: { next_cursor: string | null; previous_cursor: string | null };
  readonly metadata: { resolution: string };
}

const now = new Date("2026-04-20T00:00:00Z");
const at = (text: string) => Date.parse(text);
const minute = 60_000;
const [steps, heartRate] = [seriesId("steps"), seriesId("heart_rate")];

async function record(world: World, fill: (batch: Batch, watch: number, phone: number) => void): Promise<string> {
  const user = await world.createUser();
  const batch = new Batch(now);
  const watch = batch.addSource({ provider: "apple", device_model: "Watch6,2" });
  const phone = batch.addSource({ provider: "apple", device_model: "iPhone15,2" });
  fill(batch, watch, phone);
  await ingest(world.ctx.database, user as UserId, batch);
  return user;
}

const read = (world: World, user: string, query: Record<string, string>) =>
  world.json<Answer>(`/users/${user}/timeseries?${new URLSearchParams(query)}`);

const amounts = ({ data }: Answer) => data.map(({ timestamp, value }) => [timestamp, Math.round(value * 1e6) / 1e6]);

Deno.test("a bucket begins where the person's clock says, also at half an hour and in the last year's winter", () => {
  assert.equal(anchorOf(at("2026-03-14T10:10:00Z"), 330, "1hour"), at("2026-03-14T09:30:00Z"));
  assert.equal(anchorOf(at("2026-03-14T10:10:00Z"), -210, "1hour"), at("2026-03-14T09:30:00Z"));
  assert.equal(anchorOf(at("2026-03-14T23:10:00Z"), 60, "1day"), at("2026-03-15T00:00:00Z"));
  assert.equal(anchorOf(at("2026-03-14T23:10:00Z"), null, "1day"), at("2026-03-14T00:00:00Z"));
  assert.equal(anchorOf(-1, 0, "15min"), -900_000);
});

Deno.test("amounts of two devices are merged by priority for each interval and split where a bucket begins", async () => {
  await using world = await openWorld();
  const user = await record(world, (batch, watch, phone) => {
    // The phone has 10:00 to 12:00, the watch only the first hour and sees fewer.
    for (let i = 0; i < 12; i++) {
      batch.addSample(steps, phone as never, at("2026-03-14T10:00:00Z") + i * 10 * minute, 100, 600, 0);
    }
    for (let i = 0; i < 6; i++) {
      batch.addSample(steps, watch as never, at("2026-03-14T10:00:00Z") + i * 10 * minute, 80, 600, 0);
    }
    // Lies across two buckets, two thirds in the second.
    batch.addSample(steps, phone as never, at("2026-03-14T14:55:00Z"), 90, 900, 0);
  });
  const hours = await read(world, user, {
    start_time: "2026-03-14T10:00:00Z",
    end_time: "2026-03-14T20:00:00Z",
    resolution: "1hour",
  });
  assert.deepEqual(amounts(hours), [
    ["2026-03-14T10:00:00.000Z", 480],
    ["2026-03-14T11:00:00.000Z", 600],
    ["2026-03-14T14:00:00.000Z", 30],
    ["2026-03-14T15:00:00.000Z", 60],
  ]);
  assert.deepEqual(hours.data.map(({ source }) => source.device_type), ["watch", "phone", "phone", "phone"]);
  assert.equal(hours.metadata.resolution, "1hour");
  const day = await read(world, user, { start_time: "2026-03-14", end_time: "2026-03-14", resolution: "1day" });
  assert.deepEqual(amounts(day), [["2026-03-14T00:00:00.000Z", 1170]]);
});

Deno.test("of a level the mean, bounds and count of the better source in each five minutes", async () => {
  await using world = await openWorld();
  const user = await record(world, (batch, watch, phone) => {
    for (const [i, value] of [60, 70, 80].entries()) {
      batch.addSample(heartRate, watch as never, at("2026-03-14T10:00:10Z") + i * minute, value, 0, 0);
    }
    for (let i = 0; i < 30; i++) {
      batch.addSample(heartRate, phone as never, at("2026-03-14T10:00:00Z") + i * minute, 200, 0, 0);
    }
  });
  const rows = await read(world, user, {
    start_time: "2026-03-14T10:01:00Z",
    end_time: "2026-03-14T10:14:00Z",
    resolution: "5min",
  });
  assert.deepEqual(rows.data.map(({ value, min, max, sample_count }) => [value, min, max, sample_count]), [
    [70, 60, 80, 3],
    [200, 200, 200, 5],
    [200, 200, 200, 5],
  ]);
  const minutes = await read(world, user, {
    start_time: "2026-03-14T10:01:00Z",
    end_time: "2026-03-14T10:06:00Z",
    resolution: "1min",
  });
  assert.deepEqual(amounts(minutes), [
    ["2026-03-14T10:01:00.000Z", 70],
    ["2026-03-14T10:02:00.000Z", 80],
    ["2026-03-14T10:05:00.000Z", 200],
  ]);
});

Deno.test("days are the local ones over a change of the clock and a flight, and a total covers its day", async () => {
  await using world = await openWorld();
  const user = await record(world, (batch, watch) => {
    // Europe's clock goes forward in the night of the 29th.
    batch.addSample(steps, watch as never, at("2026-03-28T22:30:00Z"), 10, 60, 60);
    batch.addSample(steps, watch as never, at("2026-03-28T23:30:00Z"), 20, 60, 60);
    batch.addSample(steps, watch as never, at("2026-03-29T21:30:00Z"), 40, 60, 120);
    batch.addSample(steps, watch as never, at("2026-03-29T22:30:00Z"), 80, 60, 120);
    // West over the date line: the 2nd is lived twice.
    batch.addSample(steps, watch as never, at("2026-04-02T10:00:00Z"), 100, 60, 780);
    batch.addSample(steps, watch as never, at("2026-04-02T14:00:00Z"), 200, 60, -600);
    batch.addDailyTotal({
      series: steps,
      source: watch as never,
      day: "2026-04-05",
      at: at("2026-04-05T06:00:00Z"),
      value: 5_000,
      zone_offset: 0,
    });
    batch.addSample(steps, watch as never, at("2026-04-05T08:00:00Z"), 4_000, 3_600, 0);
  });
  const days = await read(world, user, { start_time: "2026-03-28", end_time: "2026-04-30", resolution: "1day" });
  assert.deepEqual(amounts(days), [
    ["2026-03-27T23:00:00.000Z", 10],
    ["2026-03-28T23:00:00.000Z", 60],
    ["2026-03-29T22:00:00.000Z", 80],
    ["2026-04-01T11:00:00.000Z", 300],
    ["2026-04-05T00:00:00.000Z", 5000],
  ]);
  const one = await read(world, user, { start_time: "2026-03-29", end_time: "2026-03-29", resolution: "1day" });
  assert.deepEqual(amounts(one), [["2026-03-28T23:00:00.000Z", 60]]);
});

Deno.test("pages of buckets lead over years forth and back and are the same however they are cut", async () => {
  await using world = await openWorld();
  const user = await record(world, (batch, watch) => {
    for (let day = 0; day < 400; day++) {
      for (let i = 0; i < 60; i++) {
        batch.addSample(
          steps,
          watch as never,
          at("2025-03-01T06:00:00Z") + day * 86_400_000 + i * minute,
          1 + day % 7,
          60,
          60,
        );
      }
      batch.addSample(heartRate, watch as never, at("2025-03-01T06:00:00Z") + day * 86_400_000, 60 + day % 9, 0, 60);
    }
  });
  const range = { start_time: "2025-01-01", end_time: "2026-12-31", resolution: "1day" };
  const whole = await read(world, user, { ...range, limit: "10000" });
  assert.equal(whole.data.length, 800);
  assert.equal(whole.data.reduce((sum, row) => sum + (row.type === "steps" ? row.value : 0), 0), 60 * 1597);
  const walked: Row[] = [];
  const back: Row[] = [];
  let page = await read(world, user, { ...range, limit: "333" });
  for (walked.push(...page.data); page.pagination.next_cursor !== null; walked.push(...page.data)) {
    page = await read(world, user, { ...range, limit: "333", cursor: page.pagination.next_cursor });
  }
  assert.deepEqual(walked, whole.data);
  while (page.pagination.previous_cursor !== null) {
    page = await read(world, user, { ...range, limit: "333", cursor: page.pagination.previous_cursor });
    back.unshift(...page.data);
  }
  assert.deepEqual(back, whole.data.slice(0, 666));
});

Deno.test("amounts show no noise of adding up, so that pages do not differ by where they begin", async () => {
  await using world = await openWorld();
  const user = await record(world, (batch, watch) => {
    for (let i = 0; i < 400; i++) {
      const value = (i * 37 % 100) + 0.53;
      batch.addSample(steps, watch as never, at("2026-03-14T00:00:00Z") + i * 17 * minute, value, 900, 0);
    }
  });
  const range = { start_time: "2026-03-14", end_time: "2026-03-31", resolution: "1hour" };
  const { data } = await read(world, user, { ...range, limit: "10000" });
  assert.deepEqual(data.filter(({ value }) => String(value).length > 13), []);
  let page = await read(world, user, { ...range, limit: "5" });
  const walked = [...page.data];
  while (page.pagination.next_cursor !== null) {
    page = await read(world, user, { ...range, limit: "5", cursor: page.pagination.next_cursor });
    walked.push(...page.data);
  }
  assert.deepEqual(walked, data);
});
