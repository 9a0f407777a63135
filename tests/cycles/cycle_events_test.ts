import assert from "node:assert/strict";
import { requireUser } from "../../src/accounts/access.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { openWorld } from "../support/world.ts";

const now = new Date("2026-03-20T12:00:00Z");

Deno.test("a cycle is listed with what its vendor tells, within the range, and can be deleted", async () => {
  await using world = await openWorld({}, () => now);
  const [user, other] = [await world.createUser(), await world.createUser()];
  const batch = new Batch(now);
  const source = batch.addSource({ provider: "garmin" });
  const cycle = (start: string, end: string, detail: Record<string, unknown> = {}) =>
    batch.addCycle({ source, start: Date.parse(start), end: Date.parse(end), zone_offset: 60, detail });
  cycle("2026-02-01T00:00:00Z", "2026-02-28T00:00:00Z", {
    current_phase: 2,
    current_phase_type: "FOLLICULAR",
    day_in_cycle: 9,
    cycle_length: 27,
    is_predicted_cycle: false,
    fertile_window_start: 0,
    last_updated_at: "2026-02-10T08:00:00Z",
    pregnancy_snapshot: [{ title: "none" }],
  });
  cycle("2026-02-28T00:00:00Z", "2026-03-19T00:00:00Z");
  await ingest(world.ctx.database, await requireUser(world.ctx, user), batch);

  const list = async (query: string) =>
    (await world.json<{ data: Record<string, unknown>[] }>(`/users/${user}/events/menstrual-cycles?${query}`)).data;
  const all = await list("start_date=2026-01-01&end_date=2026-03-20");
  assert.deepEqual(all.map(({ start_time }) => start_time), ["2026-02-28T00:00:00.000Z", "2026-02-01T00:00:00.000Z"]);
  const { id, source: _, ...shown } = all[1] ?? {};
  assert.deepEqual(shown, {
    start_time: "2026-02-01T00:00:00.000Z",
    end_time: "2026-02-28T00:00:00.000Z",
    zone_offset: "+01:00",
    current_phase: 2,
    current_phase_type: "FOLLICULAR",
    day_in_cycle: 9,
    cycle_length: 27,
    predicted_cycle_length: null,
    is_predicted_cycle: false,
    period_length: null,
    length_of_current_phase: null,
    days_until_next_phase: null,
    fertile_window_start: 0,
    length_of_fertile_window: null,
    last_updated_at: "2026-02-10T08:00:00.000Z",
    has_specified_cycle_length: null,
    has_specified_period_length: null,
    pregnancy_snapshot: [{ title: "none" }],
  });
  assert.equal((await list("start_date=2026-01-01&end_date=2026-03-19")).length, 1);
  assert.equal((await list("start_date=2026-02-02&end_date=2026-03-20")).length, 1);

  await world.json(`/users/${other}/events/menstrual-cycles/${id}`, { method: "DELETE" }, 404);
  const path = `/users/${user}/events/menstrual-cycles/${id}`;
  assert.equal((await world.call(path, { method: "DELETE" })).status, 204);
  await world.json(path, { method: "DELETE" }, 404);
  assert.equal((await list("start_date=2026-01-01&end_date=2026-03-20")).length, 1);
});
