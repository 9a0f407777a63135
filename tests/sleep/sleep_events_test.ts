import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { requireUser } from "../../src/accounts/access.ts";
import { Batch, type BatchSleepStage, type SourceDescription } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { rows } from "../../src/platform/database.ts";
import { openWorld, type World } from "../support/world.ts";

const now = new Date("2026-03-20T12:00:00Z");
const watch: SourceDescription = { provider: "apple", device_model: "Watch7,1" };
const phone: SourceDescription = { provider: "apple", device_model: "iPhone15,2" };
const range = "start_date=2026-03-01&end_date=2026-03-20";

interface Session {
  readonly id: string;
  readonly start_time: string;
  readonly [field: string]: unknown;
}

interface Page {
  readonly data: Session[];
  readonly pagination: {
    readonly next_cursor: string | null;
    readonly previous_cursor: string | null;
    readonly has_more: boolean;
    readonly total_count: number;
  };
}

type Piece = readonly [source: SourceDescription, stage: BatchSleepStage["stage"], from: string, to: string];

async function sleep(world: World, user_id: string, ...pieces: readonly Piece[]) {
  const batch = new Batch(now);
  for (const [source, stage, from, to] of pieces) {
    const refused = batch.addSleepStage({
      source: batch.addSource(source),
      stage,
      start: Date.parse(`2026-03-${from}Z`),
      end: Date.parse(`2026-03-${to}Z`),
      zone_offset: 60,
    });
    assert.equal(refused, null);
  }
  return (await ingest(world.ctx.database, await requireUser(world.ctx, user_id), batch)).sleep_sessions;
}

const list = (world: World, user: string, query = range) => world.json<Page>(`/users/${user}/events/sleep?${query}`);

Deno.test("a session is shown with its stages, minutes rounded down, and the device by its name", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  await sleep(
    world,
    user,
    [watch, "in_bed", "10T21:50", "11T06:00"],
    [watch, "light", "10T22:00", "11T00:00:59"],
    [watch, "awake", "11T00:00:59", "11T00:10"],
    [watch, "deep", "11T00:10", "11T05:00"],
  );
  const { data: [session], pagination } = await list(world, user);
  const { id: _, source, ...shown } = session!;
  assert.deepEqual(shown, {
    start_time: "2026-03-10T22:00:00.000Z",
    end_time: "2026-03-11T05:00:00.000Z",
    zone_offset: "+01:00",
    duration_seconds: 25_200,
    sleep_duration_seconds: 24_659,
    efficiency_percent: 83.87,
    stages: { awake_minutes: 9, light_minutes: 120, deep_minutes: 290, rem_minutes: 0 },
    sleep_stage_intervals: [
      { stage: "light", start_time: "2026-03-10T22:00:00.000Z", end_time: "2026-03-11T00:00:59.000Z" },
      { stage: "awake", start_time: "2026-03-11T00:00:59.000Z", end_time: "2026-03-11T00:10:00.000Z" },
      { stage: "deep", start_time: "2026-03-11T00:10:00.000Z", end_time: "2026-03-11T05:00:00.000Z" },
    ],
    is_nap: false,
  });
  assert.deepEqual(
    [(source as Record<string, unknown>).provider, (source as Record<string, unknown>).device],
    ["apple", "Watch7,1"],
  );
  assert.deepEqual(pagination, { next_cursor: null, previous_cursor: null, has_more: false, total_count: 1 });
});

Deno.test("what a vendor does not tell is null, not zero", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  const batch = new Batch(now);
  const [start, end] = [Date.parse("2026-03-10T22:00:00Z"), Date.parse("2026-03-11T06:00:00Z")];
  batch.addSleepSession({
    source: batch.addSource({ provider: "whoop" }),
    start,
    end,
    zone_offset: null,
    is_nap: true,
  });
  await ingest(world.ctx.database, await requireUser(world.ctx, user), batch);
  const { data: [session] } = await list(world, user);
  const { zone_offset, sleep_duration_seconds, efficiency_percent, stages, sleep_stage_intervals, is_nap } = session ??
    { id: "" } as Session;
  assert.deepEqual(
    { zone_offset, sleep_duration_seconds, efficiency_percent, stages, sleep_stage_intervals, is_nap },
    {
      zone_offset: null,
      sleep_duration_seconds: null,
      efficiency_percent: null,
      stages: null,
      sleep_stage_intervals: null,
      is_nap: true,
    },
  );
});

Deno.test("pages go from new to old and back; the range starts with the start and ends before the end", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  const nights = ["05", "06", "07", "08", "09"];
  await sleep(world, user, ...nights.map((day): Piece => [watch, "light", `${day}T00:00`, `${day}T06:00`]));
  const days = ({ data }: Page) => data.map(({ start_time }) => start_time.slice(8, 10));
  const first = await list(world, user, `${range}&limit=2`);
  assert.deepEqual([days(first), first.pagination.total_count, first.pagination.has_more], [["09", "08"], 5, true]);
  const second = await list(world, user, `${range}&limit=2&cursor=${first.pagination.next_cursor}`);
  const third = await list(world, user, `${range}&limit=2&cursor=${second.pagination.next_cursor}`);
  assert.deepEqual([days(second), days(third), third.pagination.next_cursor], [["07", "06"], ["05"], null]);
  const back = await list(world, user, `${range}&limit=2&cursor=${third.pagination.previous_cursor}`);
  assert.deepEqual(days(back), ["07", "06"]);
  const start = await list(world, user, `${range}&limit=2&cursor=${back.pagination.previous_cursor}`);
  assert.deepEqual([days(start), start.pagination.has_more], [["09", "08"], false]);
  assert.equal(start.pagination.next_cursor, first.pagination.next_cursor);

  const between = async (from: string, to: string) =>
    days(await list(world, user, new URLSearchParams({ start_date: from, end_date: to }).toString()));
  assert.deepEqual(await between("2026-03-06T00:00:00Z", "2026-03-08T06:00:00Z"), ["07", "06"]);
  assert.deepEqual(await between("2026-03-06T00:00:01Z", "2026-03-08T06:00:01Z"), ["08", "07"]);
  assert.deepEqual(await between("20260306", String(Date.parse("2026-03-07T07:00:00Z") / 1000)), ["07", "06"]);
  assert.deepEqual(await between("2026-03-09", "2026-03-01"), []);
  for (const bad of ["nan", "inf", "soon"]) {
    await world.json(`/users/${user}/events/sleep?start_date=${bad}&end_date=2026-03-10`, {}, 400);
  }
  await world.json(`/users/${user}/events/sleep?${range}&cursor=x`, {}, 400);
  await world.json(`/users/${user}/events/sleep?${range}&limit=101`, {}, 400);
  await world.json(`/users/${user}/events/sleep?start_date=2026-03-10`, {}, 400);
});

Deno.test("by priority each local day has one source, and a nap does not push out another's night", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  await sleep(
    world,
    user,
    [phone, "sleeping", "10T22:30", "11T06:00"],
    [watch, "light", "10T22:00", "11T05:00"],
    // The next day the watch saw only the nap.
    [phone, "in_bed", "11T21:00", "12T06:00"],
    [watch, "light", "12T12:00", "12T13:00"],
    // A day of naps only.
    [watch, "light", "14T12:00", "14T13:00"],
    [phone, "sleeping", "14T12:10", "14T13:00"],
  );
  const shown = async (query: string) =>
    (await list(world, user, query)).data.map(({ start_time, source, is_nap }) =>
      `${start_time.slice(8, 16)} ${(source as { device: string }).device}${is_nap ? " nap" : ""}`
    );
  assert.equal((await shown(range)).length, 6);
  const chosen = ["14T12:00 Watch7,1 nap", "11T21:00 iPhone15,2", "10T22:00 Watch7,1"];
  assert.deepEqual(await shown(`${range}&filter_by_priority=true`), chosen);
  assert.deepEqual((await list(world, user, `${range}&filter_by_priority=true`)).pagination.total_count, 3);
  // Where the range begins and ends does not change who wins: the watch's night began before it.
  const late = "start_date=2026-03-10T22:15:00Z&end_date=2026-03-11T06:30:00Z";
  assert.deepEqual(await shown(late), ["10T22:30 iPhone15,2"]);
  assert.deepEqual(await shown(`${late}&filter_by_priority=true`), []);
  assert.deepEqual(await shown(`${range}&filter_by_priority=false`), await shown(range));
});

Deno.test("a deleted session stays away when the rest of its night comes, and comes back when it is sent again", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  const evening: Piece[] = [[watch, "in_bed", "10T21:50", "11T01:00"], [watch, "light", "10T22:00", "11T01:00"]];
  await sleep(world, user, ...evening, [watch, "light", "12T22:00", "13T05:00"], [
    phone,
    "light",
    "10T22:00",
    "11T05:00",
  ]);
  const before = await list(world, user);
  const session = before.data.find((one) =>
    one.start_time.startsWith("2026-03-10") && (one.source as { device: string }).device === "Watch7,1"
  );
  const path = `/users/${user}/events/sleep/${session?.id}`;
  await world.ctx.database.execute(sql`delete from stale_day`);
  const other = await world.createUser();
  await world.json(`/users/${other}/events/sleep/${session?.id}`, { method: "DELETE" }, 404);
  assert.equal((await world.call(path, { method: "DELETE" })).status, 204);
  await world.json(path, { method: "DELETE" }, 404);
  assert.deepEqual(
    (await list(world, user)).data,
    before.data.filter((one) => one.id !== session?.id),
  );
  assert.deepEqual(
    await rows(world.ctx.database, sql`select what, day::text as day from stale_day order by what, day`),
    ["score", "summary"].flatMap((what) => ["2026-03-11", "2026-03-12"].map((day) => ({ what, day }))),
  );
  // The morning is a session of its own now.
  await sleep(world, user, [watch, "rem", "11T02:00", "11T05:00"]);
  const rest = (await list(world, user)).data.find((one) => one.start_time === "2026-03-11T02:00:00.000Z");
  assert.deepEqual([rest?.sleep_duration_seconds, rest?.efficiency_percent], [3 * 3600, 100]);
  assert.deepEqual(await sleep(world, user, ...evening), { inserted: 0, updated: 1, unchanged: 0 });
});

Deno.test("a deleted session takes along what the phone said about lying in bed, but not from another night", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  const band: SourceDescription = { provider: "apple", device_model: "Band1,1" };
  await sleep(
    world,
    user,
    [phone, "in_bed", "10T22:00", "11T06:00"],
    [phone, "in_bed", "12T22:00", "13T06:00"],
    [watch, "light", "10T22:30", "11T05:30"],
    [watch, "light", "12T22:30", "13T05:30"],
    [band, "sleeping", "12T23:00", "13T05:00"],
  );
  const shown = async () =>
    (await list(world, user)).data.map(({ source, start_time, efficiency_percent }) => [
      (source as { device: string }).device,
      start_time.slice(8, 16),
      efficiency_percent,
    ]);
  const [bands, second, first] = [
    ["Band1,1", "12T23:00", 75],
    ["Watch7,1", "12T22:30", 87.5],
    ["Watch7,1", "10T22:30", 87.5],
  ];
  assert.deepEqual(await shown(), [bands, second, first]);
  const remove = async (place: number) => {
    const session = (await list(world, user)).data[place];
    assert.equal((await world.call(`/users/${user}/events/sleep/${session?.id}`, { method: "DELETE" })).status, 204);
  };
  const lying = async () => await rows(world.ctx.database, sql`select from sleep_stage where stage = 'in_bed'`);
  await remove(2);
  assert.deepEqual([await shown(), (await lying()).length], [[bands, second], 1]);
  // The band's night still tells it.
  await remove(1);
  assert.deepEqual([await shown(), (await lying()).length], [[bands], 1]);
  // What comes beside it does not bring it back.
  await sleep(world, user, [phone, "in_bed", "11T14:00", "11T15:00"]);
  assert.deepEqual(await shown(), [bands, ["iPhone15,2", "11T14:00", 100]]);
  await remove(0);
  assert.deepEqual([await shown(), (await lying()).length], [[["iPhone15,2", "11T14:00", 100]], 1]);
  await sleep(world, user, [phone, "in_bed", "12T14:00", "12T15:00"]);
  assert.equal((await shown()).length, 2);
});

Deno.test("what is left after a deletion is what would be built from the rest", async () => {
  await using world = await openWorld({}, () => now);
  const user = await world.createUser();
  const band: SourceDescription = { provider: "apple", device_model: "Band1,1" };
  const evening: Piece = [watch, "light", "10T21:30", "10T23:00"];
  const lying: Piece = [phone, "in_bed", "10T21:00", "11T07:00"];
  await sleep(world, user, evening, lying, [watch, "deep", "11T02:00", "11T06:00"], [
    band,
    "sleeping",
    "10T22:00",
    "11T05:00",
  ]);
  const shown = async () =>
    (await list(world, user)).data.map(({ id, start_time, efficiency_percent }) => ({
      id,
      start: start_time.slice(8, 16),
      efficiency_percent,
    }));
  const before = await shown();
  assert.deepEqual(before.map(({ start, efficiency_percent }) => [start, efficiency_percent]), [
    ["11T02:00", 40],
    ["10T22:00", 70],
    ["10T21:30", 100],
  ]);
  const [deleted] = before;
  assert.equal((await world.call(`/users/${user}/events/sleep/${deleted?.id}`, { method: "DELETE" })).status, 204);
  const after = await shown();
  assert.deepEqual(after.map(({ start, efficiency_percent }) => [start, efficiency_percent]), [
    ["10T22:00", 70],
    ["10T21:30", 15],
  ]);
  await sleep(world, user, evening, lying);
  assert.deepEqual(await shown(), after);
});
