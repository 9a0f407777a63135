import assert from "node:assert/strict";
import { analytes, analytesByLoinc, namesOf } from "../../src/labs/analyte_catalogue.ts";
import { matchAnalyte } from "../../src/labs/match_analyte.ts";

Deno.test("what a person said about a name counts first, unless the unit forbids it", () => {
  const [potassium] = analytesByLoinc("2823-3");
  assert.ok(potassium !== undefined);
  const remembered = [{ name: "Labortest  XÝZ", analyte: potassium.id }];
  const found = matchAnalyte({ test_name: "labortest xyz", unit: "mmol/L", remembered });
  assert.equal(found.status, "auto_match");
  assert.deepEqual(found.candidates[0]?.reason, "remembered");
  assert.equal(matchAnalyte({ test_name: "labortest xyz", unit: "%", remembered }).status, "needs_review");
  assert.equal(matchAnalyte({ test_name: "labortest", unit: "mmol/L", remembered }).status, "no_match");
});

Deno.test("candidates are at most five, best first, and their codes come from the catalogue", () => {
  const codes = new Set(analytes.flatMap((analyte) => analyte.codes.map(([loinc]) => loinc)));
  for (const test_name of ["Protein", "Cholestrol", "Antibodies", "Vitamin", "Ig", "Globulin", "Hepatitis"]) {
    const { candidates } = matchAnalyte({ test_name, unit: null });
    assert.ok(candidates.length <= 5);
    const scores = candidates.map((candidate) => candidate.score);
    assert.deepEqual(scores, scores.toSorted((a, b) => b - a));
    for (const { loinc, score } of candidates) assert.ok(codes.has(loinc) && score > 0 && score <= 1);
  }
});

Deno.test("every name of the catalogue leads back to its own test", () => {
  const lost: string[] = [];
  for (const analyte of analytes) {
    const spoken = analyte.unit.startsWith("{") && !["{ratio}", "{INR}", "{index}"].includes(analyte.unit);
    for (const test_name of namesOf(analyte)) {
      const { candidates } = matchAnalyte({
        test_name,
        unit: spoken || analyte.unit.startsWith("{") || analyte.unit === "[pH]" ? null : analyte.unit,
        specimen: analyte.specimen,
        value: spoken ? null : undefined,
      });
      if (!candidates.some((candidate) => candidate.analyte === analyte.id)) lost.push(`${analyte.id}: ${test_name}`);
    }
  }
  assert.deepEqual(lost, []);
});

Deno.test("a name is matched in less than 0.3 ms", () => {
  const names = analytes.flatMap((analyte) => namesOf(analyte).slice(0, 4)).concat(
    Array.from({ length: 200 }, (_, at) => `Unbekannter Parameter ${at} Protein`),
  );
  for (const test_name of names.slice(0, 300)) matchAnalyte({ test_name, unit: "mg/dL" });
  const start = performance.now();
  for (const test_name of names) matchAnalyte({ test_name, unit: "mg/dL" });
  const each = (performance.now() - start) / names.length;
  // Three times the goal: tests share their processors.
  assert.ok(each < 0.9, `${each} ms`);
});
