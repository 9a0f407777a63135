import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { rows } from "../../src/platform/database.ts";
import { seriesId } from "../../src/timeseries/series_table.ts";
import { openWorld, type World } from "../support/world.ts";

/** `POST /users/{user_id}/samples`: what a script sends is stored once, and what is refused is said. */

const now = () => new Date("2026-03-14T12:00:00Z");
const at = "2026-03-14T07:30:00+01:00";

interface Stored {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: readonly { readonly index: number; readonly field: string; readonly message: string }[];
  readonly refused_count: number;
}

const send = (world: World, user: string, json: unknown, status = 200) =>
  world.json<Stored>(`/users/${user}/samples`, { json }, status);

const tally = (
  { inserted, updated, unchanged, refused_count }: Stored,
) => [inserted, updated, unchanged, refused_count];

Deno.test("the same again changes nothing, a changed value updates, a refused sample spares the others", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const body = (weight: number) => ({
    source: { source: "garage-script", device_model: "Withings Body+" },
    samples: [
      { type: "weight", value: weight, unit: "lb", timestamp: at },
      { type: "steps", value: 8421, daily_total: true, date: "2026-03-13" },
      { type: "coffee_cups", value: 1, unit: "cups", timestamp: at },
      { type: "weight", value: 80, unit: "bpm", timestamp: at },
    ],
  });
  assert.deepEqual(tally(await send(world, user, body(172.4))), [3, 0, 0, 1]);
  assert.deepEqual(tally(await send(world, user, body(172.4))), [0, 0, 3, 1]);
  const changed = await send(world, user, body(170));
  assert.deepEqual(tally(changed), [0, 1, 2, 1]);
  assert.deepEqual(changed.refused, [
    { index: 3, field: "unit", message: 'Unit "bpm" cannot be converted to kg of weight' },
  ]);
  const stored = await rows<
    { series: number; value: number; zone_offset: number; source: string; device_type: string }
  >(
    world.ctx.database,
    sql`
      select series, value, zone_offset, source, device_type
      from sample s
      join data_source d on (d.user_no, d.no) = (s.user_no, s.source_no)
      where d.user_id = ${user}
      order by series`,
  );
  assert.deepEqual(stored.map(({ series, zone_offset, source }) => [series, zone_offset, source]), [
    [seriesId("weight"), 60, "garage-script"],
    [1000, 60, "garage-script"],
  ]);
  assert.equal(Math.round((stored[0]?.value ?? 0) * 100) / 100, 77.11);
});

Deno.test("a series of one's own keeps its unit, also when it was made by an earlier request", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const cup = (unit: string | null) => ({ samples: [{ type: "tea", value: 1, unit, timestamp: at }] });
  assert.deepEqual(tally(await send(world, user, cup("mL"))), [1, 0, 0, 0]);
  const { refused } = await send(world, user, cup("cups"));
  assert.deepEqual(refused, [
    { index: 0, field: "unit", message: 'Series tea is kept in "mL"; "cups" is another unit, convert it first' },
  ]);
  assert.deepEqual(tally(await send(world, user, cup(null))), [0, 0, 1, 0]);
  // Two at once that disagree: one of them is told, whichever it is.
  const both = await Promise.all(
    ["g", "oz"].map((unit) => send(world, user, { samples: [{ type: "nuts", value: 1, unit, timestamp: at }] })),
  );
  assert.deepEqual(both.map(({ refused_count }) => refused_count).sort(), [0, 1]);
});

Deno.test("NDJSON is read line by line, and a hundred refusals are listed", async () => {
  await using world = await openWorld({}, now);
  const user = await world.createUser();
  const line = JSON.stringify({ type: "heart_rate", value: 61, timestamp: at, source: { source: "strap" } });
  const stored = await world.json<Stored>(`/users/${user}/samples`, {
    body: [line, ...Array.from({ length: 150 }, () => '{"type":"weight"')].join("\n"),
    headers: { "content-type": "application/x-ndjson" },
  });
  assert.deepEqual(tally(stored), [1, 0, 0, 150]);
  assert.equal(stored.refused.length, 100);
  assert.deepEqual(stored.refused[99], { index: 100, field: "sample", message: "The line is not JSON" });
});

Deno.test("a read-only key and a stranger's person are refused, and a body beyond the limit is", async () => {
  await using world = await openWorld({}, now);
  const [user, other] = [await world.createUser(), await world.createUser()];
  const json = { samples: [] };
  const expect = async (status: number, id: string, options: Parameters<World["createKey"]>[0]) =>
    await world.json(`/users/${id}/samples`, { json, key: await world.createKey(options) }, status);
  await expect(403, user, { scope: "read" });
  await expect(404, other, { user_id: user });
  await expect(200, user, { user_id: user });
  const body = `{"samples":["${"x".repeat(16 * 1024 * 1024)}"]}`;
  await world.json(`/users/${user}/samples`, { body, headers: { "content-type": "application/json" } }, 413);
});
