import assert from "node:assert/strict";
import ucum from "@lhncbc/ucum-lhc";
import type { Analyte } from "../../src/labs/analyte.ts";
import { analyteById, analytes, analytesByLoinc, namesOf } from "../../src/labs/analyte_catalogue.ts";
import { looseKey, orderedKey, readName } from "../../src/labs/analyte_name.ts";
import { isPlausible } from "../../src/labs/convert_value.ts";
import { dimensionOf, dimensionsOf } from "../../src/labs/unit_dimension.ts";

Deno.test("the catalogue has at least 400 tests, each with its own id", () => {
  assert.ok(analytes.length >= 400, `${analytes.length} tests`);
  const ids = analytes.map((analyte) => analyte.id);
  assert.deepEqual(ids.filter((id, at) => ids.indexOf(id) !== at), []);
  assert.deepEqual(ids.filter((id) => !/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(id)), []);
  for (const analyte of analytes) assert.equal(analyteById(analyte.id), analyte);
});

Deno.test("every unit is UCUM and measures something that is known here", () => {
  const units = new Set(analytes.flatMap(({ unit, codes, perUnit }) => [
    unit,
    ...codes.map((code) => code[1]),
    ...(perUnit === undefined ? [] : [perUnit[0]]),
  ]));
  const library = ucum.UcumLhcUtils.getInstance();
  const wrong = [...units].filter((unit) => library.validateUnitString(unit).status !== "valid");
  assert.deepEqual(wrong, []);
  assert.deepEqual([...units].filter((unit) => dimensionOf(unit) === null), []);
});

Deno.test("every test has well-formed LOINC codes, and one of them in its own unit's dimension", () => {
  for (const { id, codes, unit } of analytes) {
    assert.ok(codes.length > 0, id);
    for (const [loinc] of codes) assert.ok(isLoinc(loinc), `${id}: ${loinc}`);
    assert.ok(codes.some((code) => dimensionOf(code[1]) === dimensionOf(unit)), `${id}: no code in ${unit}`);
    const kinds = codes.map(([loinc, unit, specimen]) => `${loinc} ${dimensionOf(unit)} ${specimen}`);
    assert.equal(new Set(kinds).size, codes.length, `${id} has a code twice`);
  }
});

Deno.test("a code belongs to one test", () => {
  const codes = new Set(analytes.flatMap(({ codes }) => codes.map(([loinc]) => loinc)));
  const shared = [...codes].filter((loinc) => analytesByLoinc(loinc).length > 1)
    .map((loinc) => `${loinc}: ${analytesByLoinc(loinc).map((analyte) => analyte.id)}`);
  assert.deepEqual(shared, []);
});

Deno.test("what is possible is a range in the test's own unit", () => {
  for (const { plausible, id } of analytes) {
    assert.ok(plausible === undefined || plausible[0] < plausible[1], id);
  }
  const glucose = analytesByLoinc("2345-7")[0];
  assert.ok(glucose !== undefined);
  assert.ok(isPlausible(90, "mg/dL", glucose) && isPlausible(5, "mmol/L", glucose));
  assert.ok(!isPlausible(90, "g/dL", glucose));
});

Deno.test("no name leads to two tests of the same specimen and dimension", () => {
  const byName = new Map<string, Set<Analyte>>();
  for (const analyte of analytes) {
    for (const name of namesOf(analyte)) {
      const form = readName(name);
      assert.ok(form.words.length > 0 || name === "%", `${analyte.id}: "${name}" says nothing`);
      for (const key of [orderedKey(form), looseKey(form)]) {
        byName.set(key, (byName.get(key) ?? new Set()).add(analyte));
      }
    }
  }
  const clashes = new Map<string, string[]>();
  for (const [name, found] of byName) {
    const all = [...found];
    for (const [at, one] of all.entries()) {
      for (const other of all.slice(at + 1)) {
        if (!isConfusable(one, other)) continue;
        const pair = `${one.id}, ${other.id}`;
        clashes.set(pair, [...clashes.get(pair) ?? [], name]);
      }
    }
  }
  assert.deepEqual([...clashes].map(([pair, names]) => `${pair}: ${names.slice(0, 4).join(" | ")}`).sort(), []);
});

function isConfusable(one: Analyte, other: Analyte): boolean {
  return one.specimen === other.specimen && dimensionsOf(one).intersection(dimensionsOf(other)).size > 0;
}

Deno.test("names in eight languages and in Chinese are there", () => {
  for (const language of ["en", "de", "es", "fr", "it", "pt", "nl", "tr"] as const) {
    const named = analytes.filter(({ names, name }) =>
      names[language] !== undefined || language === "en" && name !== ""
    );
    assert.ok(named.length >= 150, `${language}: ${named.length}`);
  }
  assert.ok(analytes.filter(({ names }) => names.zh !== undefined).length >= 30);
});

/** The last digit is a check digit (mod 10, LOINC Users' Guide). */
function isLoinc(code: string): boolean {
  const [, digits = "", check = ""] = /^(\d{1,7})-(\d)$/.exec(code) ?? [];
  if (digits === "") return false;
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - sum % 10) % 10 === Number(check);
}
