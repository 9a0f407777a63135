import assert from "node:assert/strict";
import { matchAnalyte } from "../../src/labs/match_analyte.ts";
import { keepOneUnit } from "../../src/labs/one_unit.ts";
import { chooseTest, groupTests, nearestNames } from "../../src/labs/test_name.ts";
import type { LabTrend } from "../../src/labs/trend.ts";
import { openWorld, type World } from "../support/world.ts";

const now = () => new Date("2026-03-14T12:00:00Z");

type Row = readonly [test_name: string, recorded_at: string | null, value: number | string, unit?: string];

async function add(world: World, user_id: string, rows: readonly Row[]): Promise<void> {
  for (const [test_name, recorded_at, value, unit = "mg/dL"] of rows) {
    const said = typeof value === "number" ? { value } : { value_text: value };
    await world.json("/labs", { json: { user_id, test_name, recorded_at, unit, ...said } }, 201);
  }
}

async function trend(world: World, user_id: string, name: string, query = ""): Promise<LabTrend> {
  return await world.json(`/labs/trends/${encodeURIComponent(name)}?user_id=${user_id}${query}`);
}

const ldlCode = matchAnalyte({ test_name: "LDL Cholesterol", unit: "mg/dL" }).candidates[0]?.loinc;

const tests = (...names: string[]) =>
  groupTests(names.map((test_name) => ({ test_name, count: 1, latest: null, unit: "" })));

Deno.test("a trend has its points oldest first, with statistics and the newest range", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  const json = { user_id, test_name: "LDL Cholesterol", unit: "mg/dL" };
  for (
    const fields of [
      { recorded_at: "2026-03-01", value: 118.004, reference_max: 116 },
      { recorded_at: "2025-06-01", value: 130, reference_max: 130 },
      { recorded_at: "2026-03-10", value: 112 },
    ]
  ) await world.json("/labs", { json: { ...json, ...fields } }, 201);
  assert.deepEqual(await trend(world, user_id, "LDL Cholesterol"), {
    test_name: "LDL Cholesterol",
    loinc: ldlCode,
    unit: "mg/dL",
    reference_min: null,
    reference_max: 116,
    period_months: 12,
    count: 3,
    data_points: [
      { date: "2025-06-01", value: 130, status: "normal", printed_value: "130", printed_unit: "mg/dL" },
      { date: "2026-03-01", value: 118.004, status: "high", printed_value: "118.004", printed_unit: "mg/dL" },
      { date: "2026-03-10", value: 112, status: null, printed_value: "112", printed_unit: "mg/dL" },
    ],
    statistics: { min: 112, max: 130, avg: 120, latest: 112, trend: "decreasing" },
    other_matches: [],
    converted_count: 0,
    other_unit_count: 0,
    text_only_count: 0,
  });
});

Deno.test("the trend compares last with first value", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await add(world, user_id, [
    ["Up", "2026-01-01", 1],
    ["Up", "2026-02-01", 2],
    ["Same", "2026-01-01", 1],
    ["Same", "2026-02-01", 9],
    ["Same", "2026-03-01", 1],
    ["Once", "2026-01-01", 1],
  ]);
  const of = async (name: string) => (await trend(world, user_id, name)).statistics?.trend;
  assert.deepEqual([await of("Up"), await of("Same"), await of("Once")], ["increasing", "stable", "stable"]);
});

Deno.test("no hit answers 200 with no points", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  assert.deepEqual(await trend(world, user_id, "HbA1c"), {
    test_name: "HbA1c",
    loinc: null,
    unit: "",
    reference_min: null,
    reference_max: null,
    period_months: 12,
    count: 0,
    data_points: [],
    statistics: null,
    other_matches: [],
    converted_count: 0,
    other_unit_count: 0,
    text_only_count: 0,
  });
});

Deno.test("tests are never mixed, spellings of one name are", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await add(world, user_id, [
    ["Cholesterol", "2026-01-01", 190],
    ["CHOLESTEROL", "2026-02-01", 195],
    ["HDL Cholesterol", "2026-02-01", 55],
    ["Non-HDL Cholesterol", "2026-02-01", 140],
  ]);
  const exact = await trend(world, user_id, "cholesterol");
  assert.equal(exact.test_name, "CHOLESTEROL");
  assert.deepEqual(exact.data_points.map((point) => point.value), [190, 195]);
  assert.deepEqual(exact.other_matches, ["HDL Cholesterol", "Non-HDL Cholesterol"]);
  const hdl = await trend(world, user_id, "HDL");
  assert.deepEqual([hdl.test_name, hdl.count, hdl.other_matches], ["HDL Cholesterol", 1, ["Non-HDL Cholesterol"]]);
  assert.equal((await trend(world, user_id, "%")).count, 0);
});

Deno.test("a term finds whole words only, and the shortest name of several", () => {
  const chosen = (term: string, ...names: string[]) => chooseTest(tests(...names), term)?.group.test_name;
  assert.equal(chosen("ALT", "Cobalt"), undefined);
  assert.equal(chosen("ALT", "Cobalt", "ALT (GPT)"), "ALT (GPT)");
  assert.equal(chosen("gpt", "ALT (GPT)"), "ALT (GPT)");
  assert.equal(chosen("vitamin  d", "Vitamin D 25-OH", "Vitamin D3 total", "Vitamin D, total"), "Vitamin D 25-OH");
  assert.equal(chosen("hba 1c", "HbA1c", "HbA1c IFCC"), "HbA1c");
  assert.equal(chosen("Eisen", "Eisenbindungskapazität"), undefined);
  assert.equal(chosen("Hämatokrit", "Hämatokrit (Hct)"), "Hämatokrit (Hct)");
  assert.equal(chosen("a.b", "axb"), undefined);
  assert.equal(chosen("(GPT)", "ALT (GPT)"), "ALT (GPT)");
  assert.equal(chosen("[", "ALT"), undefined);
  assert.equal(chosen("non-hdl", "Non-HDL Cholesterol (1/2)"), "Non-HDL Cholesterol (1/2)");
  assert.equal(chosen("(1/2)", "Non-HDL Cholesterol (1/2)"), "Non-HDL Cholesterol (1/2)");
  assert.equal(chosen(" ", "ALT"), undefined);
});

Deno.test("near names come first", () => {
  assert.deepEqual(nearestNames(tests("Ferritin", "HbA1c", "Cholesterol"), "A1c", 2)[0], "HbA1c");
  assert.equal(nearestNames(tests("Ferritin", "HbA1c", "Cholesterol"), "colesterol", 9)[0], "Cholesterol");
  assert.equal(nearestNames(tests("A", "B", "C"), "", 2).length, 2);
});

Deno.test("a test that the catalogue does not know keeps the unit of its newest value, others are counted", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await add(world, user_id, [
    ["Wundersubstanz", "2026-01-01", 90, "mg/dL"],
    ["Wundersubstanz", "2026-01-15", 5.1, "mmol/L"],
    ["Wundersubstanz", "2026-02-01", 5.2, "mmol/l"],
    ["Wundersubstanz", "2026-03-01", 5.3, "mmol/L"],
  ]);
  const { unit, data_points, converted_count, other_unit_count, loinc } = await trend(world, user_id, "wundersubstanz");
  assert.deepEqual([unit, converted_count, other_unit_count, loinc], ["mmol/L", 0, 1, null]);
  assert.deepEqual(data_points.map((point) => point.value), [5.1, 5.2, 5.3]);
});

Deno.test("of two units on the newest day the more frequent one is kept", () => {
  const point = (day: string, unit: string) => ({ day, unit, value: 1 });
  const kept = keepOneUnit([point("2026-01-01", "µg/dL"), point("2026-02-01", "ug/dl"), point("2026-02-01", "nmol/L")]);
  assert.deepEqual([kept.unit, kept.points.length, kept.left_out], ["ug/dl", 2, 1]);
  assert.deepEqual(keepOneUnit([]), { unit: "", points: [], converted: 0, left_out: 0 });
});

Deno.test("results without a number or a date are no points", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await add(world, user_id, [["CRP", "2026-01-01", 1], ["CRP", "2026-02-01", "<0.4"], ["CRP", null, 3]]);
  const { count, statistics, text_only_count } = await trend(world, user_id, "CRP");
  assert.deepEqual([count, statistics?.latest, text_only_count], [1, 1, 1]);
  await add(world, user_id, [["ANA", null, 80]]);
  assert.equal((await trend(world, user_id, "ANA")).count, 0);
});

Deno.test("the period is months of 30 days, or a range of days", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await add(world, user_id, [["A", "2026-02-11", 1], ["A", "2026-02-12", 2], ["A", "2026-03-14", 3]]);
  const values = async (query: string) => {
    const { period_months, data_points } = await trend(world, user_id, "A", query);
    return [period_months, ...data_points.map((point) => point.value)];
  };
  assert.deepEqual(await values("&months=1"), [1, 2, 3]);
  assert.deepEqual(await values("&start_date=2026-02-11&end_date=2026-02-12&months=5"), [1, 1, 2]);
  assert.deepEqual(await values("&start_date=2025-12-13"), [4, 1, 2, 3]);
  assert.deepEqual(await values("&end_date=2026-02-11&months=5"), [1, 1]);
  for (const query of ["&months=0", "&months=1201", "&months=x", "&start_date=2026-03-02&end_date=2026-03-01"]) {
    await world.json(`/labs/trends/A?user_id=${user_id}${query}`, {}, 400);
  }
});

Deno.test("names with slashes, percent signs and other letters can be asked for", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  for (const name of ["Chol/HDL ratio", "Neutrophils %", "Hämoglobin?", "血糖", "test-names"]) {
    await add(world, user_id, [[name, "2026-02-11", 1]]);
    const { test_name, count } = await trend(world, user_id, name);
    assert.deepEqual([test_name, count], [name, 1]);
  }
  await world.json(`/labs/trends/%00?user_id=${user_id}`, {}, 400);
  await world.json(`/labs/trends/%20?user_id=${user_id}`, {}, 400);
  await world.json(`/labs/trends/${"x".repeat(256)}?user_id=${user_id}`, {}, 400);
  await world.json(`/labs/trends/%E0%A4%A?user_id=${user_id}`);
});
