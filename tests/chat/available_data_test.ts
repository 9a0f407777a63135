import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { loadDemo } from "../../src/demo/load_demo.ts";
import { rows } from "../../src/platform/database.ts";
import { callTool } from "../../src/platform/tool.ts";
import { tools } from "../../src/tools.ts";
import { storeDocument } from "../labs/stored_report.ts";
import { record, ring, watch } from "../summaries/recording.ts";
import { openWorld, type World } from "../support/world.ts";
import { addLab, addSymptom } from "./turn.ts";

/** `list_available_data`. */

const now = () => new Date("2026-03-20T12:00:00Z");

type Result = Record<string, unknown> & {
  readonly metrics: readonly { metric: string; unit: string; first: string; last: string; days_with_data: number }[];
};

async function available(world: World, userId: string): Promise<Result> {
  return await callTool(world.ctx, tools, userId, "list_available_data", {}) as Result;
}

Deno.test("what there is of samples, totals, events, tests, symptoms and documents, with days on the person's clock", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  assert.equal((await available(world, user_id)).summary, "Nothing is recorded for this person yet.");
  await record(world, user_id, (diary) => {
    // One local day, two of UTC; and the same day from another source.
    for (const at of ["2026-03-18T08:00:00-05:00", "2026-03-18T23:30:00-05:00", "2026-03-19T08:00:00-05:00"]) {
      diary.sample(watch, "steps", at, 100, 600);
      diary.sample(ring, "steps", at, 100, 600);
    }
    diary.sample(watch, "steps", "2024-01-01T08:00:00-05:00", 100, 600);
    diary.total(ring, "energy", "2026-03-17", 500);
    const start = Date.parse("2026-03-18T18:00:00Z");
    const place = { source: diary.batch.addSource(watch), zone_offset: -300, start, end: start + 3_600_000 };
    diary.batch.addWorkout({ ...place, type: "running" });
    diary.batch.addSleepSession({ ...place, is_nap: true, asleep_seconds: 3600 });
  });
  await addLab(world, user_id, { test_name: "Ferritin", value: 80, recorded_at: "2026-02-01" });
  await addSymptom(world, user_id, { recorded_at: "2026-03-01T10:00:00Z" });
  await storeDocument(world, ["text"], { user_id, document_date: "2025-12-24" });
  const result = await available(world, user_id);
  assert.deepEqual(result.metrics, [
    { metric: "steps", unit: "count", first: "2024-01-01", last: "2026-03-19", days_with_data: 2 },
    { metric: "energy", unit: "kcal", first: "2026-03-17", last: "2026-03-17", days_with_data: 1 },
  ]);
  assert.deepEqual([result.workouts, result.lab_results, result.documents], [
    { count: 1, first: "2026-03-18", last: "2026-03-18", by_name: { running: 1 } },
    { count: 1, first: "2026-02-01", last: "2026-02-01", by_name: { Ferritin: 1 } },
    { count: 1, first: "2025-12-24", last: "2025-12-24", by_name: { lab_report: 1 } },
  ]);
  assert.equal(
    result.summary,
    "There is data from 2024-01-01 to 2026-03-19: 2 metrics of devices, 1 nap, 1 workout, 1 laboratory result, 1 symptom " +
      "entry, 1 document.",
  );
  assert.deepEqual([result.today, result.time_zone], ["2026-03-20", "UTC-05:00; days are the person's local days"]);
  const other = await available(world, await world.createUser());
  assert.deepEqual(other.metrics, []);
});

Deno.test("two years of a record are told in what a small context has room for, as the database counts them", async () => {
  await using world = await openWorld({}, now);
  const { user_id } = await loadDemo(world.ctx);
  const result = await available(world, user_id);
  assert.ok(JSON.stringify(result).length < 4000, `${JSON.stringify(result).length} characters`);
  const truth = await rows<{ series: number; days: number }>(
    world.ctx.database,
    sql`
      select series, count(distinct (recorded_at at time zone 'UTC' + make_interval(mins => ${await offset(
      world,
    )}))::date)::int as days
      from sample
      where series in (2, 80)
        and (recorded_at at time zone 'UTC' + make_interval(mins => ${await offset(world)}))::date >= ${
      String(result.days_are_counted_since)
    }::date
      group by 1 order by 1`,
  );
  const days = (code: string) => result.metrics.find(({ metric }) => metric === code)?.days_with_data;
  assert.deepEqual(truth.map((row) => row.days), [days("resting_heart_rate"), days("steps")]);
  assert.ok((days("steps") ?? 0) > 300);
});

async function offset(world: World): Promise<number> {
  const [row] = await rows<{ zone_offset: number }>(
    world.ctx.database,
    sql`select zone_offset from sample where zone_offset is not null order by recorded_at desc limit 1`,
  );
  return row?.zone_offset ?? 0;
}
