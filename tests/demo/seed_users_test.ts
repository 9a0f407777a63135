import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { rows } from "../../src/platform/database.ts";
import { waitFor } from "../support/wait.ts";
import { openWorld } from "../support/world.ts";

interface Users {
  readonly total: number;
  readonly items: readonly { readonly id: string; readonly first_name: string }[];
}

const profile = {
  preset: "minimal",
  num_connections: 1,
  providers: ["oura"],
  workout_config: { count: 5, date_range_months: 1 },
  sleep_config: { count: 5, date_range_months: 1 },
  time_series_config: { enabled_types: ["resting_heart_rate"], date_range_months: 1 },
};

Deno.test("invented people appear in the background, once for a seed, and can all be removed", async () => {
  let now = new Date("2026-03-14T23:50:00Z");
  await using world = await openWorld({}, () => now);
  const kept = await world.createUser({ first_name: "Ada", external_user_id: "seed:mine" });
  const send = (more = {}) =>
    world.json<{ task_id: string }>(
      "/settings/seed",
      { json: { num_users: 2, random_seed: 7, profile: { ...profile, ...more } } },
      202,
    );
  const first = await send();
  assert.deepEqual(Object.keys(first), ["task_id", "status", "seed_used"]);
  await world.startWorker();
  const seeded = async () => (await world.json<Users>("/users?search=SEED")).items;
  const done = () =>
    waitFor("the people", async () => {
      const waiting = await rows(
        world.ctx.database,
        sql`select from graphile_worker.jobs where task_identifier = 'generate_seed'`,
      );
      return waiting.length === 0 ? true : undefined;
    });
  await done();
  const workouts = async () =>
    await Promise.all((await seeded()).map(async ({ id }) => {
      const path = `/users/${id}/events/workouts?start_date=2026-02-01&end_date=2026-03-16&limit=100`;
      return (await world.json<{ data: unknown[] }>(path)).data.length;
    }));
  assert.deepEqual(await workouts(), [5, 5]);
  assert.match((await seeded())[0]!.first_name, /^\[SEED:7\|minimal\] \w+$/);
  assert.equal((await send()).task_id, first.task_id);
  await done();
  assert.deepEqual(await workouts(), [5, 5]);
  // Two lives are never mixed: another profile or another day is somebody else.
  assert.notEqual((await send({ workout_config: { count: 3, date_range_months: 1 } })).task_id, first.task_id);
  now = new Date("2026-03-15T00:10:00Z");
  assert.notEqual((await send()).task_id, first.task_id);
  await done();
  assert.deepEqual((await workouts()).sort(), [3, 3, 5, 5, 5, 5]);
  assert.deepEqual(await world.json("/settings/seed", { method: "DELETE" }), { removed: 6 });
  assert.deepEqual((await world.json<Users>("/users")).items.map(({ id }) => id), [kept]);
});

Deno.test("presets and sleep profiles can be looked up, and a preset sent back as it is", async () => {
  await using world = await openWorld();
  const presets = await world.json<{ id: string; profile: unknown }[]>("/settings/seed/presets");
  assert.equal(presets.length, 9);
  assert.equal((await world.json<unknown[]>("/settings/seed/sleep-profiles")).length, 5);
  for (const { profile } of presets) await world.json("/settings/seed", { json: { profile } }, 202);
});
