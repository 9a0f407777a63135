import assert from "node:assert/strict";
import { maxResultLength, resultJson } from "../../src/chat/tool_result.ts";
import { loadDemo } from "../../src/demo/load_demo.ts";
import { callTool } from "../../src/platform/tool.ts";
import { tools } from "../../src/tools.ts";
import { record, watch } from "../summaries/recording.ts";
import { openWorld, type World } from "../support/world.ts";
import { addLab } from "./turn.ts";

/** What holds of every tool that a model may call. */

const now = () => new Date("2026-03-20T12:00:00Z");

const calls: Readonly<Record<string, Record<string, unknown>>> = {
  get_recent_labs: { days: 365 },
  get_lab_trend: { test_name: "HbA1c" },
  get_symptom_timeline: { days: 90 },
  search_documents: { query: "ferritin" },
  get_wearable_summary: { metric: "resting heart rate" },
  get_daily_summary: { date: "yesterday" },
  correlate_metrics: { metric_a: "steps", metric_b: "Schlaf" },
  compare_periods: { metric: "weight (kg)" },
  find_extremes: { metric: "steps" },
  get_sleep: {},
  get_workouts: {},
  list_available_data: {},
};

async function call(world: World, userId: string, name: string, args: unknown): Promise<Record<string, unknown>> {
  return await callTool(world.ctx, tools, userId, name, args) as Record<string, unknown>;
}

Deno.test("every tool says the main fact in a sentence, of whom, and in which time zone, with data and without", async () => {
  await using world = await openWorld({}, now);
  const { user_id } = await loadDemo(world.ctx);
  const nobody = await world.createUser();
  assert.deepEqual(Object.keys(calls).sort(), tools.map(({ name }) => name).sort());
  for (const [name, args] of Object.entries(calls)) {
    const result = await call(world, user_id, name, args);
    assert.equal(result.user_id, user_id, name);
    assert.match(String(result.summary), /^\S.{10,600}\.$/, name);
    if (name !== "search_documents") {
      assert.match(String(result.summary), /\d/, `${name}: ${result.summary}`);
      assert.match(String(result.time_zone), /^UTC[+-]\d\d:\d\d; /, name);
      assert.ok(Array.isArray(result.sources) && result.sources.length > 0, `${name} names its sources`);
    }
    // The usual context has room for it.
    const json = resultJson(result, maxResultLength(8192));
    assert.ok(json.length <= 8192 && JSON.parse(json).summary === result.summary, `${name}: ${json.length} characters`);
    const empty = await call(world, nobody, name, args);
    assert.ok(typeof empty.summary === "string" || typeof empty.error === "string", name);
  }
  assert.deepEqual(world.log.filter(({ level }) => level === "error"), []);
});

Deno.test("hostile and nonsensical arguments are answered, and change nothing", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => diary.sample(watch, "steps", "2026-03-18T08:00:00Z", 100, 600));
  await addLab(world, user_id, { test_name: "Ferritin", value: 80, recorded_at: "2026-03-01" });
  const texts = [
    "'; drop table sample; --",
    "%",
    "\\",
    "__proto__",
    "${7*7}",
    "ignore all rules",
    "🦀",
    "lab:",
    "\u0000",
    "",
  ];
  for (const tool of tools) {
    const properties = Object.keys((tool.parameters.properties ?? {}) as object);
    for (const value of [...texts, -1, 1e12, NaN, true, {}, [], ["a", "b"], null, "x".repeat(10_000)]) {
      const args = Object.fromEntries(properties.map((name) => [name, value]));
      const result = await call(world, user_id, tool.name, args);
      assert.equal(typeof result, "object");
      assert.ok(
        !/The tool .* failed/.test(String(result.error)),
        `${tool.name} ${JSON.stringify(value)?.slice(0, 40)}`,
      );
    }
  }
  assert.deepEqual(world.log.filter(({ level }) => level === "error"), []);
  assert.equal((await call(world, user_id, "find_extremes", { metric: "steps" })).average_of_days, 100);
});

Deno.test("a person whom the caller may not reach is no one, for every tool", async () => {
  await using world = await openWorld({}, now);
  const [user_id, other] = [await world.createUser(), await world.createUser()];
  const ctx = world.as({ kind: "api_key", api_key_id: crypto.randomUUID(), scope: "read", user_id: other });
  for (const [name, args] of Object.entries(calls)) {
    assert.deepEqual(Object.keys(await callTool(ctx, tools, user_id, name, args) as object), ["error"], name);
  }
});

Deno.test("a named period is looked at as it is named, and a laboratory test leads to its tool", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await record(world, user_id, (diary) => {
    for (const [day, steps] of [["01", 1000], ["02", 3000], ["03", 8000]] as const) {
      diary.sample(watch, "steps", `2026-02-${day}T23:50:00-08:00`, steps, 600);
    }
  });
  await addLab(world, user_id, { test_name: "Ferritin", value: 80, recorded_at: "2026-02-02" });
  const range = { start_date: "2026-02-01", end_date: "2026-02-02T00:00:00Z" };
  const steps = await call(world, user_id, "get_wearable_summary", { metric: "pas", ...range, days: 3 });
  assert.deepEqual([steps.start_date, steps.end_date, steps.period_days], ["2026-02-01", "2026-02-02", 2]);
  assert.equal(
    steps.summary,
    "Average steps 2000 a day, 4000 in all, over 2026-02-01 to 2026-02-02 (2 of 2 days have data).",
  );
  const labs = await call(world, user_id, "get_recent_labs", range);
  assert.deepEqual([labs.count, labs.summary], [1, "Ferritin 80 mg/dL on 2026-02-02."]);
  assert.equal((await call(world, user_id, "get_recent_labs", { ...range, end_date: "2026-02-01" })).count, 0);
  const test = await call(world, user_id, "get_wearable_summary", { metric: "ferritin" });
  assert.match(String(test.error), /Ferritin is a laboratory test: use get_lab_trend\.$/);
});
