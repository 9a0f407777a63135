import assert from "node:assert/strict";
import { compareResults, type ReadResult } from "./compare_results.ts";
import { parseTruth, type PrintedTruth } from "./report_truth.ts";
import { scoreOf } from "./score_table.ts";

const glucose: ReadResult = {
  test_name: "Glucose",
  value: 5.4,
  value_text: "5.4",
  comparator: null,
  unit: "mmol/L",
  reference_min: 3.9,
  reference_max: 5.8,
  reference_text: "3.9 - 5.8",
  flag: null,
  page: 1,
};

function compare(read: readonly ReadResult[], printed: readonly ReadResult[] = [glucose]) {
  const results: Partial<PrintedTruth>[] = printed.map((result) => ({ ...result }));
  return compareResults(
    read,
    "2024-03-05",
    parseTruth({ collection_date: "2024-03-05T07:40", text_layer: "good", results }),
  );
}

Deno.test("how a print is set makes no difference", () => {
  const { counts } = compare(
    [{ ...glucose, test_name: "GLUCOSE :", value_text: "5,4", unit: "mmol / l", reference_text: "(3.9-5.8)" }],
  );
  for (const { right, read, printed } of Object.values(counts)) assert.deepEqual([right, read], [printed, printed]);
  for (const [one, other] of [["10⁹/l", "10^9/L"], ["10*9/L", "10^9/l"], ["µg/L", "ug/l"], ["×10³/µL", "x10^3/uL"]]) {
    assert.equal(compare([{ ...glucose, unit: one! }], [{ ...glucose, unit: other! }]).counts.unit.right, 1, one);
  }
});

Deno.test("what a print says does", () => {
  const wrong: readonly (readonly [keyof ReturnType<typeof compare>["counts"], Partial<ReadResult>])[] = [
    ["name", { test_name: "Glucose fasting" }],
    ["value", { value: 54, value_text: "54" }],
    ["value", { value: 5400, value_text: "5.4" }],
    ["value", { comparator: "<" }],
    ["unit", { unit: "mg/dL" }],
    ["unit", { unit: null }],
    ["range", { reference_max: 58 }],
    ["range", { reference_min: null }],
  ];
  for (const [field, change] of wrong) {
    assert.equal(compare([{ ...glucose, ...change }]).counts[field].right, 0, JSON.stringify(change));
  }
  assert.equal(compare([{ ...glucose, unit: "x10^9/L" }], [{ ...glucose, unit: "10^9/L" }]).counts.unit.right, 0);
});

Deno.test("what is read twice or nowhere printed counts against precision, what is missed against recall", () => {
  const twice = compare([glucose, glucose, { ...glucose, test_name: "Urea", value: 7, value_text: "7" }]);
  assert.deepEqual(twice.counts.result, { right: 1, read: 3, printed: 1 });
  assert.deepEqual(twice.invented.map((result) => result.value_text), ["7"]);
  const missed = compare([]);
  assert.deepEqual(missed.counts.result, { right: 0, read: 0, printed: 1 });
  assert.deepEqual(scoreOf({ right: 1, read: 3, printed: 1 }), { precision: 1 / 3, recall: 1, f1: 0.5 });
});
