import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { differenceOf } from "../../src/chat/period_difference.ts";
import { addDays } from "../../src/platform/day_range.ts";
import { rows } from "../../src/platform/database.ts";
import { callTool } from "../../src/platform/tool.ts";
import { tools } from "../../src/tools.ts";
import { record, watch } from "../summaries/recording.ts";
import { openWorld, type World } from "../support/world.ts";
import { addLab, addSymptom } from "./turn.ts";

/** `compare_periods`. */

const today = "2026-03-20";
const now = () => new Date(`${today}T12:00:00Z`);

type Side = Record<string, unknown> & { readonly average: number; readonly coverage: { readonly text: string } };
type Result = Record<string, unknown> & {
  readonly period: Side;
  readonly compared_with: Side;
  readonly difference: Record<string, unknown> | null;
};

async function compare(world: World, userId: string, args: Record<string, unknown>): Promise<Result> {
  return await callTool(world.ctx, tools, userId, "compare_periods", args) as Result;
}

/** Twenty days of steps before today, and some of today. */
async function walker(world: World): Promise<string> {
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    for (let ago = 1; ago <= 20; ago++) {
      if (ago === 3) continue;
      const steps = (ago <= 10 ? 9000 : 6000) + 100 * (ago % 4);
      diary.sample(watch, "steps", `${addDays(today, -ago)}T23:30:00-05:00`, steps, 600);
      diary.sample(watch, "resting_heart_rate", `${addDays(today, -ago)}T05:00:00-05:00`, 60 + ago % 3);
    }
    diary.sample(watch, "steps", `${today}T06:00:00-05:00`, 50_000, 600);
  });
  return user_id;
}

Deno.test("the last days against as many before: averages, totals, difference and coverage as the database has them", async () => {
  await using world = await openWorld({}, now);
  const user_id = await walker(world);
  const result = await compare(world, user_id, { metric: "Schritte", days: "10" });
  const truth = await rows<{ near: number; count: number; average: number; total: number }>(
    world.ctx.database,
    sql`
      select day >= '2026-03-10' as near, count(*)::int as count, avg(value)::float8 as average, sum(value) as total
      from (
        select (recorded_at - interval '5 hours')::date as day, sum(value) as value
        from sample where series = 80 group by 1
      ) days
      where day < ${today}
      group by 1 order by 1`,
  );
  const [before, near] = truth;
  assert.deepEqual([near?.count, before?.count], [9, 10]);
  assert.deepEqual(
    [result.period.average, result.period.total, result.compared_with.average, result.compared_with.total],
    [near, before].flatMap((side) => [Math.round(side?.average ?? NaN), side?.total]),
  );
  assert.deepEqual([result.metric, result.unit, result.time_zone], [
    "steps",
    "count",
    "UTC-05:00; days are the person's local days",
  ]);
  assert.deepEqual([result.period.start_date, result.period.end_date], ["2026-03-10", "2026-03-19"]);
  assert.deepEqual([result.compared_with.start_date, result.compared_with.end_date], ["2026-02-28", "2026-03-09"]);
  assert.equal(result.period.coverage.text, "9 of 10 days have data");
  assert.equal(result.difference?.average, result.period.average - result.compared_with.average);
  assert.equal(result.difference?.more_than_day_to_day_noise, true);
  assert.match(
    String(result.summary),
    /^Average steps 91\d\d a day over 2026-03-10 to 2026-03-19 \(9 of 10 days have data\), \d+ \(\d\d(\.\d)? %\) higher than 61\d\d a day .*; that is more than the day-to-day noise\.$/,
  );
});

Deno.test("two named periods; a month alone is all of it", async () => {
  await using world = await openWorld({}, now);
  const user_id = await walker(world);
  const result = await compare(world, user_id, {
    metric: "resting heart rate",
    start_date: "2026-03-01",
    end_date: "2026-03-07",
    compare_start_date: "2026-02",
  });
  assert.deepEqual([result.compared_with.start_date, result.compared_with.end_date], ["2026-02-01", "2026-02-28"]);
  assert.equal(result.compared_with.coverage.text, "1 of 28 days have data");
  assert.equal(result.difference?.more_than_day_to_day_noise, null);
  assert.match(String(result.summary), /too few days to tell/);
  const week = await compare(world, user_id, {
    metric: "steps",
    start_date: "2026-03-01",
    end_date: "2026-03-07",
    compare_start_date: "2026-03-08T00:00:00Z",
  });
  assert.deepEqual([week.compared_with.start_date, week.compared_with.end_date], ["2026-03-08", "2026-03-14"]);
});

Deno.test("symptoms and laboratory tests are compared, too, with and without their prefix", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await addLab(world, user_id, { test_name: "HbA1c", value: 5.4, unit: "%", recorded_at: "2026-03-10" });
  await addLab(world, user_id, { test_name: "HbA1c", value: 6, unit: "%", recorded_at: "2026-02-10" });
  await addSymptom(world, user_id, { severity: 6, recorded_at: "2026-03-18T10:00:00Z" });
  await addSymptom(world, user_id, { severity: 2, recorded_at: "2026-02-10T10:00:00Z" });
  for (const metric of ["lab:HbA1c", "hba1c"]) {
    const result = await compare(world, user_id, { metric });
    assert.deepEqual([result.metric, result.difference?.average, result.difference?.percent], ["lab:HbA1c", -0.6, -10]);
  }
  const headache = await compare(world, user_id, { metric: "headache" });
  assert.deepEqual([headache.metric, headache.period.average, headache.compared_with.average], [
    "symptom:headache",
    6,
    2,
  ]);
  assert.deepEqual(headache.sources, ["the person's own notes"]);
});

Deno.test("nothing to compare says which period is empty; an unknown metric gets the nearest", async () => {
  await using world = await openWorld({}, now);
  const user_id = await walker(world);
  const empty = await compare(world, user_id, { metric: "steps", start_date: "2025-01-01", end_date: "2025-01-31" });
  assert.deepEqual([empty.difference, empty.period.average], [null, null]);
  assert.match(String(empty.summary), /^Steps cannot be compared: nothing is recorded over 2025-01-01 to 2025-01-31/);
  const unknown = await compare(world, user_id, { metric: "stepz" });
  assert.equal(unknown.error, "Unknown metric 'stepz'. Did you mean steps?");
  const hostile = await compare(world, user_id, { metric: "lab:'; drop table lab_result; --" });
  assert.match(String(hostile.error), /^Unknown metric/);
  assert.match(
    String((await compare(world, user_id, { metric: "steps", compare_start_date: "spring" })).error),
    /compare_start_date must be a day/,
  );
  assert.deepEqual(world.log.filter(({ level }) => level === "error"), []);
});

Deno.test("the noise limit is two standard errors of the difference of the means", () => {
  // Both have the squares 9 + 4 + 1 + 0 + 1 + 4 + 9 around their mean.
  const one = { values: [11, 12, 13, 14, 15, 16, 17], average: 14 };
  const other = { values: [1, 2, 3, 4, 5, 6, 7], average: 4 };
  const variance = 28 / 6;
  assert.deepEqual(differenceOf(one, other, (value) => Number(value.toFixed(6))), {
    absolute: 10,
    percent: 250,
    noise: Number((2 * Math.sqrt(2 * variance / 7)).toFixed(6)),
    beyondNoise: true,
  });
  assert.equal(differenceOf({ ...other, average: 4.5 }, other, (value) => value).beyondNoise, false);
  assert.deepEqual(differenceOf({ values: [1], average: 1 }, { values: [0], average: 0 }, (value) => value), {
    absolute: 1,
    percent: null,
    noise: null,
    beyondNoise: null,
  });
});
