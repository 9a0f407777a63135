import assert from "node:assert/strict";
import { readComparator, readRange } from "../../src/labs/printed_range.ts";

Deno.test("two limits are read from every way of printing them", () => {
  const cases: [string, number, number][] = [
    ["70-100", 70, 100],
    ["70 – 100", 70, 100],
    ["[70;100]", 70, 100],
    ["(4,0 - 10,0)", 4, 10],
    ["70 à 100", 70, 100],
    ["de 70 a 100", 70, 100],
    ["entre 3,5 et 5,1", 3.5, 5.1],
    ["von 1,5 bis 4,5", 1.5, 4.5],
    ["3.9 to 6.1", 3.9, 6.1],
    ["-2 - +2", -2, 2],
    ["N: 80 à 100", 80, 100],
    ["(N: 26 à 33)", 26, 33],
    ["150 000 - 400 000", 150_000, 400_000],
    ["3.5~9.5", 3.5, 9.5],
    [">= 0.4 - <= 4.0", 0.4, 4],
  ];
  for (const [text, min, max] of cases) assert.deepEqual(readRange(text, null), { min, max }, text);
});

Deno.test("one limit is a maximum or a minimum by its sign or its word", () => {
  for (const text of ["< 5", "<5", "≤ 5", "< OR = 5", "bis 5", "up to 5", "hasta 5", "fino a 5", "Inf. 5", "(<5)"]) {
    assert.deepEqual(readRange(text, null), { min: null, max: 5 }, text);
  }
  for (const text of ["> 60", ">=60", "> OR = 60", "über 60", "mayor de 60", "at least 60", "大于60"]) {
    assert.deepEqual(readRange(text, null), { min: 60, max: null }, text);
  }
});

Deno.test("limits in more words are limits", () => {
  for (const text of ["inferior ou igual a 5", "menor o igual a 5", "inférieur ou égal à 5", "igual ou inferior a 5"]) {
    assert.deepEqual(readRange(text, null), { min: null, max: 5 }, text);
  }
  for (const text of ["maior que 60", "igual ou superior a 60", "mayor o igual a 60", "supérieur ou égal à 60"]) {
    assert.deepEqual(readRange(text, null), { min: 60, max: null }, text);
  }
});

Deno.test("falling pairs, codes and words are no range", () => {
  for (const text of ["19-9", "718-7", "15-3", "Negative", "5", "", "see note 3"]) {
    assert.equal(readRange(text, null), null, text);
  }
});

Deno.test("comparators have one spelling", () => {
  assert.equal(readComparator("< OR ="), "<=");
  assert.equal(readComparator("≥"), ">=");
  assert.equal(readComparator(">"), ">");
  assert.equal(readComparator("-"), null);
});
