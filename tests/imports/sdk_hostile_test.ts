import assert from "node:assert/strict";
import { openWorld } from "../support/world.ts";
import { push, samples, saved, stored } from "./sdk_phone.ts";

/** Requests that no phone would send: nothing breaks, and what is good among them is stored. */

const now = () => new Date("2026-03-14T12:00:00Z");

const odd: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  12345678901234567890,
  "",
  "\u0000",
  "\ud800",
  "constructor",
  "__proto__",
  "x".repeat(10_000),
  [],
  [null],
  {},
  { constructor: { prototype: {} } },
  { a: { a: { a: {} } } },
];

const source = { name: "App", deviceModel: "SM-R960", deviceType: "watch", appId: "a", operatingSystemVersion: {} };
const good = {
  records: {
    id: "r",
    type: "HEART_RATE",
    startDate: "2026-03-14T08:00:00Z",
    endDate: "2026-03-14T08:00:00Z",
    zoneOffset: "+01:00",
    value: 61,
    unit: "bpm",
    source,
  },
  sleep: {
    id: "s",
    stage: "deep",
    startDate: "2026-03-14T01:00:00Z",
    endDate: "2026-03-14T02:00:00Z",
    zoneOffset: "+01:00",
    source,
    values: null,
  },
  workouts: {
    id: "w",
    type: "RUNNING",
    startDate: "2026-03-14T06:00:00Z",
    endDate: "2026-03-14T07:00:00Z",
    zoneOffset: "+01:00",
    source,
    title: "Run",
    values: [{ type: "distance", unit: "m", value: 5000 }],
  },
} as const;

/** The item with something odd in one place, places inside of objects included. */
function* spoiled(item: Record<string, unknown>): Generator<unknown> {
  for (const [field, value] of Object.entries(item)) {
    for (const instead of odd) yield { ...item, [field]: instead };
    if (Array.isArray(value)) {
      for (const inner of spoiled(value[0])) yield { ...item, [field]: [inner] };
    } else if (typeof value === "object" && value !== null) {
      for (const inner of spoiled(value as Record<string, unknown>)) yield { ...item, [field]: inner };
    }
  }
}

Deno.test("wrong types everywhere cost no more than the item they are in", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const data = Object.fromEntries(
    Object.entries(good).map(([collection, item]) => [collection, [...odd, ...spoiled({ ...item }), item]]),
  );
  const last = await push(world, user, { provider: "samsung", data });
  assert.deepEqual([last.stage, last.status], ["completed", "partial"]);
  assert.ok(last.metadata.dropped_count > 100, String(last.metadata.dropped_count));
  const heartRates = (await samples(world, user)).filter(({ series }) => series === 1);
  assert.ok(heartRates.some(({ value, source }) => value === 61 && source === "App"));
  const workouts = await stored(world, user, "workout");
  assert.ok(workouts.some(({ distance, type, name }) => distance === 5000 && type === "running" && name === "Run"));
  assert.ok((await stored(world, user, "sleep_stage")).some(({ stage }) => stage === "deep"));
  assert.deepEqual(world.log.filter(({ level }) => level === "error"), []);
  // The same once more is the same.
  assert.deepEqual(saved(await push(world, user, { provider: "samsung", data })), [0, 0, 0]);
});

Deno.test("odd things around the data are no error of ours", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  for (const data of odd) await push(world, user, { provider: "apple", data });
  for (const sdkVersion of odd) await push(world, user, { provider: "apple", sdkVersion, data: {} });
  for (const provider of odd) {
    const response = await world.call(`/sdk/users/${user}/sync`, { json: { provider, data: {} } });
    assert.equal(response.status, 400, await response.text());
  }
  const deep = `{"provider":"apple","data":${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}}`;
  const items = `{"provider":"apple","data":{"records":${"[".repeat(20_000)}${"]".repeat(20_000)}}}`;
  for (const body of [deep, items]) {
    const response = await world.call(`/sdk/users/${user}/sync`, {
      body,
      headers: { "content-type": "application/json" },
    });
    assert.equal(response.status, 202, await response.text());
  }
  assert.deepEqual(world.log.filter(({ level }) => level === "error"), []);
});

Deno.test("every truncation of a push is refused or read, never an error of ours", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const whole = JSON.stringify({ provider: "samsung", data: { records: [good.records], sleep: [good.sleep] } });
  const headers = { "content-type": "application/json" };
  for (let length = 0; length < whole.length; length += 7) {
    const response = await world.call(`/sdk/users/${user}/sync`, { body: whole.slice(0, length), headers });
    assert.equal(response.status, 400, `${length}: ${await response.text()}`);
  }
});
