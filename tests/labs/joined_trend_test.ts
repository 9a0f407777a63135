import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { analytesByLoinc } from "../../src/labs/analyte_catalogue.ts";
import { matchAnalyte } from "../../src/labs/match_analyte.ts";
import { keepOneUnit } from "../../src/labs/one_unit.ts";
import type { LabTrend } from "../../src/labs/trend.ts";
import { rows } from "../../src/platform/database.ts";
import { openWorld, type World } from "../support/world.ts";

const now = () => new Date("2026-03-14T12:00:00Z");

type Row = readonly [test_name: string, recorded_at: string, value: number, unit?: string];

async function add(world: World, user_id: string, results: readonly Row[]): Promise<void> {
  for (const [test_name, recorded_at, value, unit = "mg/dL"] of results) {
    await world.json("/labs", { json: { user_id, test_name, recorded_at, unit, value } }, 201);
  }
}

async function trend(world: World, user_id: string, name: string): Promise<LabTrend> {
  return await world.json(`/labs/trends/${encodeURIComponent(name)}?user_id=${user_id}`);
}

Deno.test("one test is joined across laboratories and languages, and converted to the newest unit", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await add(world, user_id, [
    ["Glucose", "2026-01-01", 90, "mg/dL"],
    ["Glukose", "2026-01-15", 0.99, "g/l"],
    ["Glucosa", "2026-02-01", 5.2, "mmol/l"],
    ["Glucose", "2026-02-10", 100, "%"],
    ["Glucose (Serum)", "2026-03-01", 5.3, "mmol/L"],
    ["Glucose im Urin", "2026-03-01", 3, "mg/dL"],
  ]);
  for (const term of ["Glucose", "glucosa", "GLUKOSE", "Blutzucker", "14749-6", "2345-7"]) {
    const { test_name, loinc, unit, data_points, ...counts } = await trend(world, user_id, term);
    assert.deepEqual([test_name, loinc, unit], ["Glucose (Serum)", "14749-6", "mmol/L"], term);
    assert.deepEqual(data_points.map((point) => Number(point.value.toFixed(2))), [5, 5.5, 5.2, 5.3]);
    assert.deepEqual(data_points.map((point) => `${point.printed_value} ${point.printed_unit}`), [
      "90 mg/dL",
      "0.99 g/l",
      "5.2 mmol/l",
      "5.3 mmol/L",
    ]);
    assert.deepEqual([counts.count, counts.converted_count, counts.other_unit_count], [4, 2, 1]);
  }
  const urine = await trend(world, user_id, "Glucose im Urin");
  assert.deepEqual([urine.count, urine.data_points[0]?.value], [1, 3]);
  const names = await world.json<{ test_name: string; count: number }[]>(`/labs/test-names?user_id=${user_id}`);
  assert.deepEqual(names.map(({ test_name, count }) => [test_name, count]), [["Glucose (Serum)", 5], [
    "Glucose im Urin",
    1,
  ]]);
});

Deno.test("HbA1c in percent and in mmol/mol is one trend, with the range of the newest report", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  for (
    const fields of [
      { test_name: "HbA1c", unit: "%", recorded_at: "2025-09-01", value: 6.5, reference_max: 5.7 },
      { test_name: "HbA1c (IFCC)", unit: "mmol/mol", recorded_at: "2026-03-01", value: 44, reference_max: 39 },
      { test_name: "HbA1c", unit: "%", recorded_at: "2026-02-01", value: 6.4, reference_max: 5.7 },
    ]
  ) await world.json("/labs", { json: { user_id, ...fields } }, 201);
  const { data_points, unit, reference_max, loinc, converted_count } = await trend(world, user_id, "HbA1c");
  assert.deepEqual([unit, reference_max, loinc, converted_count], ["mmol/mol", 39, "59261-8", 2]);
  assert.deepEqual(data_points.map((point) => Math.round(point.value)), [48, 46, 44]);
});

Deno.test("a test without a unit is the same with its name in place of one", () => {
  const [inr, glucose] = [analytesByLoinc("6301-6")[0], analytesByLoinc("2345-7")[0]];
  assert.ok(inr !== undefined && glucose !== undefined);
  const point = (value: number, unit: string) => ({ day: `2026-01-0${value}`, unit, value });
  const kept = keepOneUnit([point(1, ""), point(2, "INR"), point(3, "")], inr);
  assert.deepEqual([kept.points.map(({ value }) => value), kept.converted, kept.left_out], [[1, 2, 3], 0, 0]);
  const sugar = keepOneUnit([point(4, "mmol/L"), point(5, "")], glucose);
  assert.deepEqual([sugar.unit, sugar.points.length, sugar.left_out], ["mmol/L", 1, 1]);
});

Deno.test("a share and a count of one name are two tests", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await add(world, user_id, [
    ["Neutrophile", "2026-01-01", 60, "%"],
    ["Neutrophile", "2026-01-01", 4.1, "G/l"],
    ["Neutrophils", "2026-02-01", 4300, "/µl"],
    ["Neutrophils", "2026-02-01", 61, "%"],
    ["Neutrophils", "2026-03-01", 62, "%"],
  ]);
  const values = async (term: string) =>
    (await trend(world, user_id, term)).data_points.map((point) => Math.round(point.value));
  assert.deepEqual(await values("Neutrophils %"), [60, 61, 62]);
  assert.deepEqual(await values("770-8"), [60, 61, 62]);
  assert.deepEqual(await values("Neutrophils (absolute)"), [4100, 4300]);
  assert.deepEqual(await values("751-8"), [4100, 4300]);
});

Deno.test("one name of two materials is two tests, whether the catalogue knows it or not", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  for (
    const [test_name, recorded_at, value, specimen] of [
      ["Glucose", "2026-01-01", 90, "serum"],
      ["Glucose", "2026-02-01", 95, "serum"],
      ["Glucose", "2026-03-01", 3, "urine"],
      ["Wundersubstanz", "2026-01-01", 1, null],
      ["Wundersubstanz", "2026-02-01", 2, "serum"],
      ["Wundersubstanz", "2026-03-01", 300, "urine"],
    ] as const
  ) await world.json("/labs", { json: { user_id, test_name, recorded_at, value, specimen, unit: "mg/dL" } }, 201);
  const values = async (term: string) => (await trend(world, user_id, term)).data_points.map((point) => point.value);
  assert.deepEqual(await values("Glucose"), [90, 95]);
  assert.deepEqual(await values("2345-7"), [90, 95]);
  assert.deepEqual(await values("Wundersubstanz"), [1, 2]);
});

Deno.test("a name of the catalogue never means another test of it", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await add(world, user_id, [["HDL Cholesterol", "2026-02-01", 55], ["Bilirubin direkt", "2026-02-01", 0.2]]);
  const cholesterol = await trend(world, user_id, "Cholesterol");
  assert.deepEqual([cholesterol.count, cholesterol.other_matches], [0, ["HDL Cholesterol"]]);
  const bilirubin = await trend(world, user_id, "Bilirubin");
  assert.deepEqual([bilirubin.count, bilirubin.other_matches], [0, ["Bilirubin direkt"]]);
  assert.equal((await trend(world, user_id, "2093-3")).count, 0);
});

Deno.test("the stored test counts, not its name; a value in a misread unit is left out", async () => {
  await using world = await openWorld({}, now);
  const user_id = await world.createUser();
  await add(world, user_id, [
    ["Eisen", "2026-01-01", 80, "µg/dL"],
    ["Fe+++", "2026-02-01", 14, "µmol/L"],
    ["Eisen", "2026-03-01", 90, "g/dL"],
  ]);
  const iron = matchAnalyte({ test_name: "Eisen", unit: "µg/dL" }).candidates[0]?.analyte;
  assert.ok(iron !== undefined);
  await rows(
    world.ctx.database,
    sql`
      update lab_result
      set analyte = ${iron}
      where user_id = ${user_id}
        and test_name = 'Fe+++'`,
  );
  const { unit, data_points, other_unit_count } = await trend(world, user_id, "Iron");
  assert.deepEqual([unit, other_unit_count], ["µmol/L", 1]);
  assert.deepEqual(data_points.map((point) => Math.round(point.value)), [14, 14]);
});
