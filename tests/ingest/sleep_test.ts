import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import type { UserId } from "../../src/accounts/access.ts";
import { Batch, type BatchSleepSession } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { rows } from "../../src/platform/database.ts";
import { openWorld, type World } from "../support/world.ts";
import { day, minute, now, person, send, span, spans, stored, watch } from "./sleep_pieces.ts";

async function deliver(world: World, user: UserId, sessions: readonly Partial<BatchSleepSession>[]) {
  const batch = new Batch(now);
  const source = batch.addSource({ provider: "oura" });
  for (const session of sessions) {
    batch.addSleepSession({ source, start: 0, end: 0, zone_offset: 60, is_nap: false, ...session });
  }
  return (await ingest(world.ctx.database, user, batch)).sleep_sessions;
}

Deno.test("a night that comes in two deliveries is one session with the same id, and coming again changes nothing", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const evening = [span("light", "10T22:00", "10T23:00"), span("deep", "10T23:00", "11T00:30")];
  const morning = [span("rem", "11T02:00", "11T03:00"), span("light", "11T03:00", "11T06:00")];
  assert.deepEqual(await send(world, user, evening), { inserted: 1, updated: 0, unchanged: 0 });
  const [first] = await stored(world);
  assert.deepEqual(await send(world, user, morning), { inserted: 0, updated: 1, unchanged: 0 });
  const [whole, ...more] = await stored(world);
  assert.deepEqual([whole?.id, whole?.span, whole?.asleep, more], [first?.id, "03-10 22:00 03-11 06:00", 390, []]);
  assert.deepEqual(await send(world, user, [...morning, ...evening]), { inserted: 0, updated: 0, unchanged: 1 });
  assert.deepEqual(await stored(world), [whole]);
});

Deno.test("a piece in the middle joins two sessions, of which the earlier one stays", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const ends = [span("light", "10T22:00", "10T23:00"), span("light", "11T04:00", "11T06:00")];
  assert.deepEqual(await send(world, user, ends), { inserted: 2, updated: 0, unchanged: 0 });
  const before = await stored(world);
  const other = [span("deep", "13T22:00", "13T23:00")];
  await send(world, user, other);
  assert.deepEqual(await send(world, user, [span("rem", "11T00:30", "11T02:30")]), {
    inserted: 0,
    updated: 1,
    unchanged: 0,
  });
  const after = await stored(world);
  assert.deepEqual(spans(after), ["03-10 22:00 03-11 06:00", "03-13 22:00 03-13 23:00"]);
  assert.equal(after[0]?.id, before[0]?.id);
});

Deno.test("in bed first and the stages later keep the session although its window changes", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  await send(world, user, [span("in_bed", "10T22:00", "10T23:00")]);
  const [before] = await stored(world);
  assert.deepEqual([before?.span, before?.asleep], ["03-10 22:00 03-10 23:00", 60]);
  await send(world, user, [span("deep", "11T00:00", "11T05:00")]);
  const [after, ...more] = await stored(world);
  assert.deepEqual([after?.id, after?.span, after?.asleep, more], [before?.id, "03-11 00:00 03-11 05:00", 300, []]);
});

Deno.test("the night in which the clock changes is as long as it was, and counts on the local day it ended", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  // Berlin, 29 March 2026: 23:00+01:00 to 07:00+02:00 are seven hours.
  await send(world, user, [
    { ...span("light", "28T22:00", "29T01:00"), zone_offset: 60 },
    { ...span("deep", "29T01:00", "29T05:00"), zone_offset: 120 },
  ]);
  const [session] = await stored(world);
  assert.deepEqual([session?.asleep, session?.zone_offset], [420, 60]);
  const days = await rows<{ day: string }>(
    world.ctx.database,
    sql`select day::text as day from stale_day where what = 'score' order by day`,
  );
  assert.deepEqual(days.map(({ day }) => day), ["2026-03-29", "2026-03-30"]);
});

Deno.test("a vendor's session delivered again replaces itself; parts of a night are joined and never added twice", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const part = (external_id: string, from: string, to: string, minutes: number) => ({
    external_id,
    start: day(from),
    end: day(to),
    asleep_seconds: minutes * 60,
    in_bed_seconds: minutes * 60,
  });
  const evening = part("a", "10T22:00", "11T01:00", 150);
  const morning = part("b", "11T02:00", "11T06:00", 200);
  assert.deepEqual(await deliver(world, user, [evening]), { inserted: 1, updated: 0, unchanged: 0 });
  const [first] = await stored(world);
  assert.deepEqual(await deliver(world, user, [morning]), { inserted: 0, updated: 1, unchanged: 0 });
  const joined = await stored(world);
  assert.deepEqual([joined[0]?.id, joined[0]?.asleep], [first?.id, 350]);
  for (const again of [[evening], [morning], [morning, evening]]) {
    assert.deepEqual(await deliver(world, user, again), { inserted: 0, updated: 0, unchanged: 1 });
    assert.deepEqual(await stored(world), joined);
  }
  // Corrected: a shorter evening, so that the two are no longer one night.
  const shorter = part("a", "10T22:00", "10T23:30", 80);
  assert.deepEqual(await deliver(world, user, [shorter]), { inserted: 1, updated: 1, unchanged: 0 });
  assert.deepEqual((await stored(world)).map(({ span, asleep }) => [span, asleep]), [
    ["03-10 22:00 03-10 23:30", 80],
    ["03-11 02:00 03-11 06:00", 200],
  ]);
});

Deno.test("a vendor's session with another window under the same id moves", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  await deliver(world, user, [{ external_id: "a", start: day("10T22:00"), end: day("11T06:00"), asleep_seconds: 60 }]);
  const [before] = await stored(world);
  await deliver(world, user, [{ external_id: "a", start: day("12T22:00"), end: day("13T06:00"), asleep_seconds: 60 }]);
  const [after, ...more] = await stored(world);
  assert.deepEqual([after?.id, after?.span, more], [before?.id, "03-12 22:00 03-13 06:00", []]);
});

Deno.test("a part of a joined night that moves far away leaves the night", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const part = (external_id: string, from: string, to: string) => ({
    external_id,
    start: day(from),
    end: day(to),
    asleep_seconds: 7200,
  });
  await deliver(world, user, [part("a", "10T22:00", "11T01:00"), part("b", "11T02:00", "11T06:00")]);
  assert.equal((await stored(world)).length, 1);
  await deliver(world, user, [part("b", "20T02:00", "20T06:00")]);
  assert.deepEqual((await stored(world)).map(({ span, asleep }) => [span, asleep]), [
    ["03-10 22:00 03-11 01:00", 120],
    ["03-20 02:00 03-20 06:00", 120],
  ]);
});

Deno.test("a source that tells a night in stages and as a whole is believed once, the fuller account", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const both = async (asleep_seconds: number) => {
    const batch = new Batch(now);
    const source = batch.addSource(watch);
    const [start, end] = [day("10T22:00"), day("11T06:00")];
    batch.addSleepSession({ source, start, end, zone_offset: null, is_nap: false, asleep_seconds });
    batch.addSleepStage({ source, start, end: end - 60 * minute, zone_offset: null, stage: "light" });
    return (await ingest(world.ctx.database, user, batch)).sleep_sessions;
  };
  await both(420 * 60);
  assert.deepEqual((await stored(world)).map(({ built, asleep }) => [built, asleep]), [[true, 420]]);
  await both(421 * 60);
  assert.deepEqual((await stored(world)).map(({ built, asleep }) => [built, asleep]), [[false, 421]]);
});
