import assert from "node:assert/strict";
import { callTool } from "../../src/platform/tool.ts";
import { tools } from "../../src/tools.ts";
import { record, watch } from "../summaries/recording.ts";
import { openWorld, type World } from "../support/world.ts";
import { addLab, addSymptom } from "./turn.ts";

/** `find_extremes`. */

const now = () => new Date("2026-03-30T12:00:00Z");

type Result = Record<string, unknown> & { readonly values: readonly { date: string; value: number }[] };

async function extremes(world: World, userId: string, args: Record<string, unknown>): Promise<Result> {
  return await callTool(world.ctx, tools, userId, "find_extremes", args) as Result;
}

const pairs = ({ values }: Result) => values.map(({ date, value }) => [date, value]);

Deno.test("the highest and lowest days are the person's own, also when the clocks change, and today is not one", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    // On 2026-03-29 clocks went forward: 00:30+01:00 and 23:30+02:00 are its first and last half hours.
    for (
      const [at, steps] of [
        ["2026-03-28T23:30:00+01:00", 5000],
        ["2026-03-29T00:30:00+01:00", 2000],
        ["2026-03-29T23:30:00+02:00", 2500],
        ["2026-03-27T12:00:00+01:00", 4600],
        ["2026-03-30T08:00:00+02:00", 10],
      ] as const
    ) diary.sample(watch, "steps", at, steps, 600);
  });
  const highest = await extremes(world, user_id, { metric: "steps", days: 30, count: 2 });
  assert.deepEqual(pairs(highest), [["2026-03-28", 5000], ["2026-03-27", 4600]]);
  assert.equal(
    highest.summary,
    "Highest steps: 5000 on 2026-03-28, then 4600 on 2026-03-27, over 2026-02-28 to 2026-03-29 (3 of 30 days have data).",
  );
  assert.deepEqual([highest.average_of_days, highest.sources], [4700, ["Apple Watch Series 6 44mm (GPS)"]]);
  const lowest = await extremes(world, user_id, { metric: "steps", order: "min", count: 1 });
  assert.deepEqual(pairs(lowest), [["2026-03-29", 4500]]);
});

Deno.test("days by their mean and by a single measurement are told apart", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    for (const [day, ...rates] of [["26", 60, 60, 180], ["27", 120, 110, 115]] as const) {
      rates.forEach((rate, hour) =>
        diary.sample(watch, "heart_rate", `2026-03-${day}T${10 + hour}:00:00Z`, Number(rate))
      );
    }
  });
  const byDay = await extremes(world, user_id, { metric: "HR" });
  assert.deepEqual(pairs(byDay), [["2026-03-27", 115], ["2026-03-26", 100]]);
  const measured = await extremes(world, user_id, { metric: "HR", of: "measurements", count: 1 });
  assert.deepEqual(measured.values, [{ date: "2026-03-26", value: 180, daily_average: 100 }]);
  const lowest = await extremes(world, user_id, { metric: "HR", of: "measurements", order: "lowest", count: 1 });
  assert.deepEqual(pairs(lowest), [["2026-03-26", 60]]);
});

Deno.test("tests and symptoms have extremes; a day without the symptom is none of them", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  for (const [day, value] of [["01", 12], ["05", 90], ["09", 40]] as const) {
    await addLab(world, user_id, { test_name: "Ferritin", value, unit: "ng/mL", recorded_at: `2026-03-${day}` });
  }
  for (
    const [day, symptom_type, severity] of [["01", "headache", 3], ["02", "nausea", 5], ["03", "headache", 7]] as const
  ) {
    await addSymptom(world, user_id, { symptom_type, severity, recorded_at: `2026-03-${day}T10:00:00Z` });
  }
  assert.deepEqual(pairs(await extremes(world, user_id, { metric: "lab:Ferritin", count: 1 })), [["2026-03-05", 90]]);
  const lowest = await extremes(world, user_id, { metric: "symptom:headache", order: "lowest" });
  assert.deepEqual(pairs(lowest), [["2026-03-01", 3], ["2026-03-03", 7]]);
});

Deno.test("nothing recorded, and what is no metric, are plain answers", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const nothing = await extremes(world, user_id, { metric: "steps", days: 7 });
  assert.deepEqual(nothing.values, []);
  assert.equal(
    nothing.summary,
    "Nothing is recorded of steps over 2026-03-23 to 2026-03-29 (0 of 7 days have data).",
  );
  for (const metric of ["happiness", "lab:", "symptom:x' or '1'='1", "__proto__", "lab:%"]) {
    assert.match(String((await extremes(world, user_id, { metric })).error), /^Unknown metric/, metric);
  }
  assert.match(String((await extremes(world, user_id, { metric: "steps", count: 21 })).error), /count must be a whole/);
  assert.deepEqual(world.log.filter(({ level }) => level === "error"), []);
});
