import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { rows } from "../../src/platform/database.ts";
import { heldPriorityOrder, priorityOrder, type RankedSource } from "../../src/sources/priority.ts";
import { waitForLock } from "../support/locks.ts";
import { openWorld, type World } from "../support/world.ts";

interface Item {
  readonly provider?: string;
  readonly device_type?: string;
  readonly priority: number;
  readonly id: string;
  readonly created_at: string;
  readonly updated_at: string;
}

const list = async (world: World, path: string) => (await world.json<{ items: Item[] }>(`/priorities/${path}`)).items;
const shown = (items: readonly Item[]) => items.map((item) => `${item.provider ?? item.device_type} ${item.priority}`);

const source = (provider: string, device_type: string | null = null, device_model: string | null = null) =>
  ({ provider, device_type, device_model }) satisfies RankedSource;

Deno.test("every provider and kind of device has a place from the start, with an id that stays", async () => {
  await using world = await openWorld();
  const providers = await list(world, "providers");
  assert.deepEqual(shown(providers).slice(0, 6), [
    "apple 1",
    "garmin 2",
    "polar 3",
    "suunto 4",
    "whoop 5",
    "fitbit 99",
  ]);
  assert.equal(providers.length, 14);
  const types = await list(world, "device-types");
  assert.deepEqual(shown(types), ["watch 1", "band 2", "ring 3", "phone 4", "scale 5", "other 6", "unknown 99"]);
  assert.deepEqual(await list(world, "providers"), providers);
  assert.deepEqual(await list(world, "device-types"), types);
  const id = (name: string) => providers.find(({ provider }) => provider === name)?.id;
  const moved = await world.json<Item>("/priorities/providers/oura", { method: "PUT", json: { priority: 1 } });
  assert.deepEqual([moved.id, moved.provider, moved.priority], [id("oura"), "oura", 1]);
  assert.deepEqual(shown(await list(world, "providers")).slice(0, 3), ["apple 1", "oura 1", "garmin 2"]);
});

Deno.test("several are moved at once; the others stay, and of a name given twice the last counts", async () => {
  await using world = await openWorld();
  const put = (path: string, priorities: unknown) =>
    world.json<{ items: Item[] }>(`/priorities/${path}`, { method: "PUT", json: { priorities } });
  const { items } = await put("providers", [
    { provider: "garmin", priority: 9 },
    { provider: "oura", priority: 2 },
    { provider: "garmin", priority: 1 },
  ]);
  assert.deepEqual(shown(items).slice(0, 4), ["apple 1", "garmin 1", "oura 2", "polar 3"]);
  const types = await put("device-types", [{ device_type: "ring", priority: 1 }, {
    device_type: "watch",
    priority: 3,
  }]);
  assert.deepEqual(shown(types.items).slice(0, 3), ["ring 1", "band 2", "watch 3"]);
  const one = await world.json<Item>("/priorities/device-types/unknown", { method: "PUT", json: { priority: 100 } });
  assert.deepEqual(shown([one]), ["unknown 100"]);
  for (const priority of [0, 101, 1.5, null]) {
    await world.json("/priorities/providers/apple", { method: "PUT", json: { priority } }, 400);
  }
  await world.json("/priorities/providers/nokia", { method: "PUT", json: { priority: 1 } }, 400);
  // What does not change keeps its time.
  const before = items.find(({ provider }) => provider === "garmin");
  const same = await world.json<Item>("/priorities/providers/garmin", { method: "PUT", json: { priority: 1 } });
  assert.deepEqual(same, before);
});

Deno.test("the order goes by provider, then kind of device, then model, and is the same each time", async () => {
  await using world = await openWorld();
  const sources = [
    source("strava", "watch"),
    source("apple", null, "b"),
    source("oura", "ring"),
    source("apple", "phone", "iPhone15,2"),
    source("apple", "unknown", "a"),
    source("apple", "watch", "Watch6,2"),
    source("apple", "watch", "Watch6,10"),
    source("garmin", "other"),
    source("fitbit", "watch"),
  ];
  const sorted = async () =>
    sources.toSorted(await priorityOrder(world.ctx.database)).map((one) => one.device_model ?? one.provider);
  // "Watch6,10" before "Watch6,2": by characters. Fitbit before Strava: neither is ranked, so by name.
  assert.deepEqual(await sorted(), [
    "Watch6,10",
    "Watch6,2",
    "iPhone15,2",
    "a",
    "b",
    "garmin",
    "fitbit",
    "strava",
    "oura",
  ]);
  await world.json("/priorities/providers/oura", { method: "PUT", json: { priority: 1 } });
  await world.json("/priorities/device-types/ring", { method: "PUT", json: { priority: 1 } });
  // Rings as strong as watches: the model decides, and a ring that names none comes before them.
  assert.deepEqual((await sorted()).slice(0, 4), ["oura", "Watch6,10", "Watch6,2", "iPhone15,2"]);
});

Deno.test("a change of the order makes every summary stale, a change of nothing none", async () => {
  await using world = await openWorld();
  const { database } = world.ctx;
  for (const days of [["2026-03-13", "2026-03-14"], ["2026-03-14"]]) {
    const id = await world.createUser();
    for (const day of days) {
      for (const sourceNo of [0, 1]) {
        await database.execute(sql`
          insert into day_summary (user_no, day, source_no)
          select no, ${day}::date, ${sourceNo}
          from "user" where id = ${id}`);
      }
    }
  }
  const stale = () =>
    rows<{ what: string; day: string }>(database, sql`select what, day::text from stale_day order by day`);
  const move = (priority: number) => world.json("/priorities/providers/apple", { method: "PUT", json: { priority } });
  await move(1);
  assert.deepEqual(await stale(), []);
  await move(7);
  assert.deepEqual(await stale(), ["2026-03-13", "2026-03-14", "2026-03-14"].map((day) => ({ what: "summary", day })));
  await move(8);
  assert.equal((await stale()).length, 3);
});

Deno.test("whoever holds the order keeps it until the transaction ends, and so do others", async () => {
  await using world = await openWorld();
  const { database } = world.ctx;
  await list(world, "providers");
  const release = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const holding = database.transaction(async (tx) => {
    await heldPriorityOrder(tx);
    held.resolve();
    await release.promise;
    return (await priorityOrder(tx))(source("oura"), source("apple"));
  });
  await held.promise;
  await database.transaction(async (tx) => void await heldPriorityOrder(tx));
  const changing = world.json("/priorities/providers/apple", { method: "PUT", json: { priority: 100 } });
  await waitForLock(world);
  assert.ok((await priorityOrder(database))(source("oura"), source("apple")) > 0, "reading does not wait");
  release.resolve();
  assert.ok(await holding > 0);
  await changing;
  assert.ok((await priorityOrder(database))(source("oura"), source("apple")) < 0);
});
