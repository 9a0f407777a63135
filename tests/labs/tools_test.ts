import assert from "node:assert/strict";
import { labTools } from "../../src/labs/tools.ts";
import { callTool } from "../../src/platform/tool.ts";
import { openWorld, type World } from "../support/world.ts";

const now = () => new Date("2026-03-14T12:00:00Z");

async function record(world: World): Promise<string> {
  const user_id = await world.createUser();
  for (
    const fields of [
      { test_name: "HbA1c", value: 5.4, unit: "%", reference_max: 5.6, test_code: "4548-4", recorded_at: "2026-03-01" },
      { test_name: "HbA1c", value: 5.7, unit: "%", reference_max: 5.6, recorded_at: "2025-09-01" },
      { test_name: "CRP", value_text: "<0.41", unit: "mg/L", recorded_at: "2026-03-01" },
      { test_name: "HDL Cholesterol", value: 55, unit: "mg/dL", recorded_at: "2026-03-01" },
      { test_name: "Non-HDL Cholesterol", value: 140, unit: "mg/dL", recorded_at: "2026-03-01" },
    ]
  ) await world.json("/labs", { json: { user_id, ...fields } }, 201);
  return user_id;
}

Deno.test("get_recent_labs gives values with ranges, newest first", async () => {
  await using world = await openWorld({}, now);
  const user_id = await record(world);
  const call = (args: unknown) => callTool(world.ctx, labTools, user_id, "get_recent_labs", args);
  const common = { recorded_at: "2026-03-01", reference_min: null };
  const crp = {
    test_name: "CRP",
    value: null,
    value_text: "<0.41",
    unit: "mg/L",
    status: null,
    reference_max: null,
    test_code: "1988-5",
    ...common,
  };
  const about = {
    user_id,
    period_days: 90,
    start_date: "2025-12-14",
    end_date: "2026-03-14",
    time_zone: "UTC; days are the person's local days",
    coverage: { days_with_data: 1, days_in_period: 90, text: "results of 1 day" },
    sources: ["entered by hand"],
    count: 1,
  };
  const crpFact = "CRP <0.41 mg/L on 2026-03-01.";
  assert.deepEqual(await call({ test_name: "crp" }), { ...about, summary: crpFact, results: [crp] });
  const a1c = { test_name: "HbA1c", unit: "%", status: "normal", reference_max: 5.6, test_code: "4548-4", ...common };
  assert.deepEqual(await call({ test_name: "A1c", days: "90" }), {
    ...about,
    summary: "HbA1c 5.4 % on 2026-03-01 (normal).",
    results: [{ ...a1c, value: 5.4 }],
  });
  const all = await call({ days: 365 }) as { summary: string; results: { test_name: string }[] };
  assert.equal(
    all.summary,
    "5 results of 4 tests from 2025-09-01 to 2026-03-01; 1 outside the reference range: HbA1c 5.7 % on 2025-09-01 (high).",
  );
  assert.deepEqual(all.results.map((result) => result.test_name), [
    "CRP",
    "HDL Cholesterol",
    "HbA1c",
    "Non-HDL Cholesterol",
    "HbA1c",
  ]);
});

Deno.test("get_lab_trend gives points and statistics", async () => {
  await using world = await openWorld({}, now);
  const user_id = await record(world);
  const call = (args: unknown) => callTool(world.ctx, labTools, user_id, "get_lab_trend", args);
  assert.deepEqual(await call({ test_name: "hba1c", months: "12" }), {
    user_id,
    test_name: "HbA1c",
    unit: "%",
    period_months: 12,
    start_date: "2025-03-19",
    end_date: "2026-03-14",
    time_zone: "UTC; days are the person's local days",
    summary: "HbA1c 5.4 % on 2026-03-01 (normal), down from 5.7 % on 2025-09-01; 2 numbers over 2025-03-19 to " +
      "2026-03-14.",
    coverage: { days_with_data: 2, days_in_period: 360, text: "results of 2 days" },
    sources: ["entered by hand"],
    count: 2,
    reference_range: { min: null, max: 5.6 },
    data_points: [{ date: "2025-09-01", value: 5.7, status: "high" }, {
      date: "2026-03-01",
      value: 5.4,
      status: "normal",
    }],
    statistics: { min: 5.4, max: 5.7, avg: 5.55, latest: 5.4, trend: "decreasing" },
  });
  const hdl = await call({ test_name: "HDL-Cholesterin" }) as Record<string, unknown>;
  assert.deepEqual([hdl.test_name, hdl.count], ["HDL Cholesterol", 1]);
  // Neither of them is total cholesterol.
  const cholesterol = await call({ test_name: "cholesterol" }) as Record<string, unknown>;
  assert.equal(cholesterol.count, 0);
  assert.deepEqual(cholesterol.other_matches, ["HDL Cholesterol", "Non-HDL Cholesterol"]);
});

Deno.test("get_lab_trend converts to one unit and says what was printed", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  for (
    const fields of [
      { test_name: "Glukose", value: 90, unit: "mg/dl", recorded_at: "2026-01-01" },
      { test_name: "Glucose", value: 5.3, unit: "mmol/L", recorded_at: "2026-03-01" },
    ]
  ) await world.json("/labs", { json: { user_id, ...fields } }, 201);
  const answer = await callTool(world.ctx, labTools, user_id, "get_lab_trend", { test_name: "14749-6" }) as {
    data_points: { value: number }[];
    unit: string;
    converted_count: number;
  };
  const [first, last] = answer.data_points;
  assert.deepEqual([answer.unit, answer.converted_count, first?.value.toFixed(1)], ["mmol/L", 1, "5.0"]);
  assert.deepEqual(first, { ...first, printed_value: "90", printed_unit: "mg/dl" });
  assert.deepEqual(last, { date: "2026-03-01", value: 5.3, status: null });
});

Deno.test("a name that matches nothing gets a message and the nearest real names", async () => {
  await using world = await openWorld({}, now);
  const user_id = await record(world);
  const call = (name: string, args: unknown) =>
    callTool(world.ctx, labTools, user_id, name, args) as Promise<{ available_tests: string[] }>;
  const trend = await call("get_lab_trend", { test_name: "A1d", months: 6 });
  const { available_tests, ...rest } = trend;
  assert.deepEqual(rest, {
    user_id,
    test_name: "A1d",
    period_months: 6,
    start_date: "2025-09-15",
    end_date: "2026-03-14",
    time_zone: "UTC; days are the person's local days",
    summary: "No results found for 'A1d' in the last 6 months.",
    coverage: { days_with_data: 0, days_in_period: 180, text: "results of 0 days" },
    sources: [],
    count: 0,
    data_points: [],
    message: "No results found for 'A1d' in the last 6 months.",
  });
  assert.equal(available_tests[0], "HbA1c");
  const recent = await call("get_recent_labs", { test_name: "colesterol" });
  assert.match(recent.available_tests[0]!, /Cholesterol$/);
  // A test that exists, but not in this period, is no reason to guess another.
  const old = await call("get_lab_trend", { test_name: "CRP" });
  assert.equal(old.available_tests, undefined);
  assert.equal(Reflect.get(old, "text_only_count"), 1);
});

Deno.test("bad arguments become an error that says what is expected", async () => {
  await using world = await openWorld({}, now);
  const user_id = await record(world);
  for (
    const [name, args] of [
      ["get_recent_labs", { days: 0 }],
      ["get_recent_labs", { days: "soon" }],
      ["get_recent_labs", { days: 1.5 }],
      ["get_recent_labs", { days: 1e9 }],
      ["get_recent_labs", { test_name: 5 }],
      ["get_recent_labs", { test_name: "a\u0000b" }],
      ["get_recent_labs", "days"],
      ["get_lab_trend", {}],
      ["get_lab_trend", { test_name: "" }],
      ["get_lab_trend", { test_name: "x".repeat(256) }],
      ["get_lab_trend", { test_name: "CRP", months: 1201 }],
    ] as const
  ) {
    const answer = await callTool(world.ctx, labTools, user_id, name, args) as Record<string, unknown>;
    assert.match(String(answer.error), /^Invalid arguments: /, JSON.stringify(args));
    assert.ok(answer.expected);
  }
  const empty = await callTool(world.ctx, labTools, user_id, "get_recent_labs", { days: null, test_name: null });
  assert.equal(Reflect.get(empty as object, "count"), 4);
  assert.deepEqual(world.log.filter((line) => line.level === "error"), []);
});

Deno.test("the tools' schemas name types, bounds and what is required", () => {
  const [recent, trend] = labTools.map((tool) => tool.parameters as { properties: Record<string, { type: string }> });
  assert.deepEqual([recent?.properties.days?.type, recent?.properties.test_name?.type], ["integer", "string"]);
  assert.deepEqual(Reflect.get(recent!, "required"), undefined);
  assert.deepEqual(Reflect.get(trend!, "required"), ["test_name"]);
});

Deno.test("a tool sees only a person its actor may reach", async () => {
  await using world = await openWorld({}, now);
  const [user_id, other] = [await record(world), await world.createUser()];
  const ctx = world.as({ kind: "api_key", api_key_id: crypto.randomUUID(), scope: "read", user_id: other });
  for (const { name } of labTools) {
    const answer = await callTool(ctx, labTools, user_id, name, { test_name: "CRP" }) as Record<string, unknown>;
    assert.deepEqual(Object.keys(answer), ["error"]);
  }
});
