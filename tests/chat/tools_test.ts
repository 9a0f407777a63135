import assert from "node:assert/strict";
import { callTool } from "../../src/platform/tool.ts";
import { tools } from "../../src/tools.ts";
import { openWorld, type World } from "../support/world.ts";
import { addLab, addSymptom } from "./turn.ts";

const now = () => new Date("2026-03-20T12:00:00Z");

function caller(world: World, userId: string) {
  return async (name: string, args: unknown) =>
    await callTool(world.ctx, tools, userId, name, args) as Record<string, unknown>;
}

Deno.test("the summary of a day has its labs and symptoms by the person's own clock", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const call = caller(world, user_id);
  await addLab(world, user_id, {
    test_name: "Ferritin",
    value: 12,
    unit: "ng/mL",
    reference_min: 20,
    recorded_at: "2026-03-14",
  });
  await addLab(world, user_id, { test_name: "Nitrite", value_text: "negative", unit: "", recorded_at: "2026-03-14" });
  await addLab(world, user_id, { test_name: "HDL", value: 50, recorded_at: "2026-03-15" });
  // 23:30 UTC is already the next day where the person is.
  await addSymptom(world, user_id, { severity: 6, notes: "after lunch", recorded_at: "2026-03-14T00:30:00+01:00" });
  await addSymptom(world, user_id, { severity: 2, recorded_at: "2026-03-15T00:30:00+01:00" });
  assert.deepEqual(await call("get_daily_summary", { date: "2026-03-14" }), {
    user_id,
    date: "2026-03-14",
    lab_results: [
      { test_name: "Ferritin", value: 12, unit: "ng/mL", status: "low" },
      { test_name: "Nitrite", value: null, value_text: "negative", unit: "", status: null },
    ],
    symptoms: [{ type: "headache", severity: 6, notes: "after lunch" }],
  });
  const empty = await call("get_daily_summary", { date: "2026-01-01" });
  assert.deepEqual(empty, { user_id, date: "2026-01-01", message: "Nothing is recorded for 2026-01-01." });
  for (const date of ["14.03.2026", "2026-02-30"]) {
    assert.deepEqual(await call("get_daily_summary", { date }), {
      error: `Invalid date format: ${date}. Use YYYY-MM-DD.`,
    });
  }
  assert.match(String((await call("get_daily_summary", {})).error), /date/);
});

Deno.test("a symptom and a test are correlated over the days that have both", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const call = caller(world, user_id);
  const values = [[1, 90], [2, 70], [3, 50], [4, 20]] as const;
  for (const [day, ferritin] of values) {
    await addLab(world, user_id, {
      test_name: "Ferritin",
      value: ferritin,
      unit: "ng/mL",
      recorded_at: `2026-03-0${day}`,
    });
    for (const severity of [day, day + 2]) {
      await addSymptom(world, user_id, { severity, recorded_at: `2026-03-0${day}T1${severity}:00:00Z` });
    }
  }
  // A symptom alone, a test of a similar name, and a pair out of the window.
  await addSymptom(world, user_id, { severity: 9, recorded_at: "2026-03-09T10:00:00Z" });
  await addLab(world, user_id, { test_name: "Ferritin Index", value: 1, unit: "", recorded_at: "2026-03-09" });
  await addLab(world, user_id, { test_name: "Ferritin", value: 1, unit: "ng/mL", recorded_at: "2025-01-01" });
  await addSymptom(world, user_id, { severity: 0, recorded_at: "2025-01-01T10:00:00Z" });
  const result = await call("correlate_metrics", { metric_a: "symptom:headache", metric_b: "lab:Ferritin", days: 60 });
  assert.deepEqual(result, {
    user_id,
    metric_a: "symptom:headache",
    metric_b: "lab:Ferritin",
    period_days: 60,
    overlapping_days: 4,
    n: 4,
    correlation: -0.994,
    interpretation: "strong negative",
    paired_data: values.map(([day, ferritin]) => ({
      date: `2026-03-0${day}`,
      "symptom:headache": day + 1,
      "lab:Ferritin": ferritin,
    })),
  });
});

Deno.test("a correlation without enough data, or of something unknown, says what there is", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const call = caller(world, user_id);
  const other = await world.createUser();
  await addSymptom(world, other, { symptom_type: "mood", recorded_at: "2026-03-01T10:00:00Z" });
  for (const day of ["01", "02"]) {
    await addLab(world, user_id, { test_name: "Ferritin", value: 50, unit: "ng/mL", recorded_at: `2026-03-${day}` });
    await addSymptom(world, user_id, { recorded_at: `2026-03-${day}T10:00:00Z` });
  }
  const available_metrics = ["symptom:headache", "lab:Ferritin"];
  const asked = { metric_a: "symptom:headache", metric_b: "lab:Ferritin", days: 90 };
  const echoed = { user_id, metric_a: asked.metric_a, period_days: 90 };
  assert.deepEqual(await call("correlate_metrics", asked), {
    ...echoed,
    metric_b: asked.metric_b,
    overlapping_days: 2,
    message: "Not enough overlapping data points for meaningful correlation (need at least 3).",
  });
  assert.deepEqual(await call("correlate_metrics", { ...asked, metric_b: "lab:Zinc" }), {
    ...echoed,
    metric_b: "lab:Zinc",
    error: "Insufficient data for one or both metrics.",
    data_a_count: 2,
    data_b_count: 0,
    available_metrics,
  });
  assert.deepEqual(await call("correlate_metrics", { ...asked, metric_b: "heart_rate" }), {
    user_id,
    metric: "heart_rate",
    error: "Unknown metric 'heart_rate'.",
    available_metrics,
  });
  assert.match(String((await call("correlate_metrics", { ...asked, days: -1 })).error), /days/);
});

Deno.test("available metrics are bounded and leave room for both kinds", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await world.ctx.database.execute(`
    insert into symptom_entry (id, user_id, symptom_type, severity, recorded_at)
    select gen_random_uuid(), '${user_id}', 'type ' || number, 1, now() from generate_series(1, 40) as number`);
  await world.ctx.database.execute(`
    insert into lab_result (id, user_id, test_name, value_text, found_by)
    select gen_random_uuid(), '${user_id}', 'test ' || number, '1', 'person' from generate_series(1, 5) as number`);
  const result = await caller(world, user_id)("correlate_metrics", { metric_a: "steps", metric_b: "steps" });
  const available = result.available_metrics as string[];
  assert.equal(available.length, 30);
  assert.equal(available.filter((metric) => metric.startsWith("lab:")).length, 5);
});
