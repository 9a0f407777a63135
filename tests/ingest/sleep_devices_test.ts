import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import type { SourceDescription } from "../../src/ingest/batch.ts";
import type { SleepStageName } from "../../src/sleep/sleep_stage.ts";
import { rows } from "../../src/platform/database.ts";
import { openWorld } from "../support/world.ts";
import {
  day,
  minute,
  now,
  person,
  phone,
  type Piece,
  send,
  span,
  type Stored,
  stored,
  watch,
  without,
} from "./sleep_pieces.ts";

/** One night from several devices. */

Deno.test("watch and phone that both notice sleep in the same night are two sessions", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const outcome = await send(world, user, [
    { ...span("in_bed", "10T22:00", "11T06:00"), source: phone },
    span("light", "10T22:15", "11T01:00"),
    { ...span("sleeping", "11T06:30", "11T07:00"), source: phone },
    span("rem", "11T01:00", "11T05:45"),
  ]);
  assert.deepEqual(outcome, { inserted: 2, updated: 0, unchanged: 0 });
  assert.deepEqual((await stored(world)).map(({ device, span, asleep }) => [device, span, asleep]), [
    ["Watch7,1", "03-10 22:15 03-11 05:45", 450],
    ["iPhone15,2", "03-11 06:30 03-11 07:00", 30],
  ]);
});

const lying = { ...span("in_bed", "10T22:00", "11T06:00"), source: phone };
const told = (sessions: readonly Stored[]) =>
  sessions.map(({ device, span, asleep, in_bed_seconds, efficiency_percent }) => [
    device,
    span,
    asleep,
    Number(in_bed_seconds) / 60,
    efficiency_percent,
  ]);

Deno.test("the phone's time in bed is the watch's, whichever comes first, and coming again changes nothing", async () => {
  const slept = [span("light", "10T22:30", "11T01:00"), span("deep", "11T01:00", "11T05:30")];
  const night = ["Watch7,1", "03-10 22:30 03-11 05:30", 420, 480, 87.5];
  const alone = ["iPhone15,2", "03-10 22:00 03-11 06:00", 480, 480, 100];
  const outcomes = [
    [[lying], [alone], { inserted: 1, updated: 0, unchanged: 0 }],
    // The phone's session goes, the watch's comes.
    [slept, [night], { inserted: 1, updated: 0, unchanged: 0 }],
    [[lying], [night], { inserted: 0, updated: 0, unchanged: 1 }],
    [slept, [night], { inserted: 0, updated: 0, unchanged: 1 }],
  ] as const;
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  for (const [pieces, expected, outcome] of outcomes) {
    assert.deepEqual(await send(world, user, pieces), outcome);
    assert.deepEqual(told(await stored(world)), expected);
  }
  await using other = await openWorld({}, () => now);
  const second = await person(other);
  await send(other, second, slept);
  const [before] = await stored(other);
  await other.ctx.database.execute(sql`delete from stale_day`);
  assert.deepEqual(await send(other, second, [lying]), { inserted: 0, updated: 1, unchanged: 0 });
  const after = await stored(other);
  assert.deepEqual([told(after), after[0]?.id], [[night], before?.id]);
  assert.equal((await rows(other.ctx.database, sql`select from stale_day where what = 'summary'`)).length, 2);
  assert.deepEqual(without(after), without(await stored(world)));
  // Now the phone noticed sleep: its night is its own, and the watch's time in bed what it was.
  await send(other, second, [{ ...span("sleeping", "10T23:00", "11T05:00"), source: phone }]);
  assert.deepEqual(told(await stored(other)), [
    ["Watch7,1", "03-10 22:30 03-11 05:30", 420, 420, 100],
    ["iPhone15,2", "03-10 23:00 03-11 05:00", 360, 480, 75],
  ]);
});

Deno.test("time in bed is shared within a provider and a person only", async () => {
  await using world = await openWorld({}, () => now);
  const user = await person(world);
  const samsung: SourceDescription = { provider: "samsung", device_model: "SM-R960" };
  await send(world, user, [lying, { ...span("light", "10T22:30", "11T05:30"), source: samsung }]);
  await send(world, await person(world), [span("light", "10T22:30", "11T05:30")]);
  assert.deepEqual(told(await stored(world)), [
    ["iPhone15,2", "03-10 22:00 03-11 06:00", 480, 480, 100],
    ["SM-R960", "03-10 22:30 03-11 05:30", 420, 420, 100],
    ["Watch7,1", "03-10 22:30 03-11 05:30", 420, 420, 100],
  ]);
});

/** Small, repeatable, good enough to shuffle. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
}

Deno.test("in whatever order and batches the pieces come, the same sessions are stored", async () => {
  const random = randomNumbers(7);
  const stages: SleepStageName[] = ["in_bed", "sleeping", "awake", "light", "deep", "rem"];
  // A watch that notices everything, and a phone that mostly knows about lying in bed.
  const pieces = Array.from({ length: 150 }, (_, index): Piece => {
    const start = day("10T18:00") + Math.floor(random() * 14 * 144) * 10 * minute;
    const end = start + (1 + Math.floor(random() * 12)) * 10 * minute;
    const source = random() < 0.5 ? watch : phone;
    const any = source === watch || random() < 0.1;
    const stage = any ? stages[Math.floor(random() * 6)] ?? "rem" : "in_bed";
    return { stage, start, end, zone_offset: 60, external_id: `${index}`, source };
  });
  const distinct = [
    ...new Map(pieces.map((piece) => [JSON.stringify({ ...piece, external_id: "" }), piece])).values(),
  ];
  await using world = await openWorld({}, () => now);
  const first = await person(world);
  await send(world, first, distinct);
  const expected = without(await stored(world));
  assert.ok(expected.length >= 20, `${expected.length} sessions`);
  await send(world, await person(world), distinct.filter(({ source }) => source === phone));
  const ofPhone = (sessions: readonly Partial<Stored>[]) => sessions.filter(({ device }) => device === "iPhone15,2");
  const alone = ofPhone(await stored(world)).length - ofPhone(expected).length;
  assert.ok(alone > ofPhone(expected).length + 5, "most of what the phone says is told by the watch, not all");
  assert.ok(ofPhone(expected).length > 2);
  for (let round = 0; round < 6; round++) {
    await world.ctx.database.execute(sql`delete from sleep_session`);
    await world.ctx.database.execute(sql`delete from sleep_stage`);
    const shuffled = distinct.map((one) => [random(), one] as const).sort(([a], [b]) => a - b).map(([, one]) => one);
    while (shuffled.length > 0) {
      // By turns large pushes of both devices and small ones of either.
      const most = round % 2 === 0 ? 30 : 2;
      const next = shuffled.splice(0, 1 + Math.floor(random() * most));
      const some = round % 2 === 0 ? next : next.filter(({ source }) => source === next[0]?.source);
      shuffled.push(...next.filter((piece) => !some.includes(piece)));
      // Some of it comes twice.
      await send(world, first, [...some, ...some.slice(0, 3)]);
    }
    assert.deepEqual(without(await stored(world)), expected);
  }
});
