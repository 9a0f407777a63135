import assert from "node:assert/strict";
import type { Box, Page } from "../../src/documents/page.ts";
import { groundResults } from "../../src/labs/ground_results.ts";
import { withoutSettled } from "../../src/labs/kept_results.ts";
import { mergeResults } from "../../src/labs/merge_results.ts";
import { doubtsOf } from "../../src/labs/plausibility.ts";
import { printedDigits } from "../../src/labs/printed_digits.ts";
import { qualitativeOf, titreOf } from "../../src/labs/qualitative.ts";
import { noLimits, readLimits } from "../../src/labs/range_limits.ts";
import { chooseVariant, type Person } from "../../src/labs/range_variants.ts";
import type { PrintedResult } from "../../src/labs/read_results.ts";
import { resultStatus } from "../../src/labs/result_value.ts";
import { specimenOf } from "../../src/labs/specimen.ts";
import type { LabRejection, LabResult } from "../../src/labs/table.ts";
import { lines } from "./stored_report.ts";

/** A result in the row with this number. */
function result(row: number, test_name: string, value_text: string, more: Partial<PrintedResult> = {}): PrintedResult {
  return {
    test_name,
    value: Number(value_text),
    value_text,
    comparator: null,
    unit: "mg/dL",
    reference_min: null,
    reference_max: null,
    reference_text: null,
    flag: null,
    section: null,
    page: 1,
    box: [50, row * 20, 400, row * 20 + 12],
    confidence: 0.8,
    ...more,
  };
}

function merged(rules: PrintedResult[], model: PrintedResult[]) {
  return mergeResults(rules, model)
    .map(({ test_name, value_text, found_by, review_reasons }) => [test_name, value_text, found_by, ...review_reasons]);
}

Deno.test("the model confirms what it read the same, and makes it surer", () => {
  const rules = [result(1, "Ferritin (serum)", "85"), result(2, "CRP", "3.1", { unit: "mg/l" })];
  const model = [result(1, "FERRITIN", "85", { unit: null }), result(2, "CRP", "3.1", { unit: "mg/L" })];
  assert.deepEqual(merged(rules, model), [["Ferritin (serum)", "85", "rules+model"], ["CRP", "3.1", "rules+model"]]);
  assert.deepEqual(mergeResults(rules, model).map(({ confidence }) => confidence), [0.9, 0.9]);
  assert.deepEqual(mergeResults(rules, []).map(({ found_by, confidence }) => [found_by, confidence]), [
    ["rules", 0.8],
    ["rules", 0.8],
  ]);
});

Deno.test("where the readers disagree the rules stand, and a person decides", () => {
  assert.deepEqual(merged([result(1, "Ferritin", "85")], [result(1, "Ferritin", "58")]), [
    ["Ferritin", "85", "rules", "readers_disagree"],
  ]);
  assert.deepEqual(merged([result(1, "Ferritin", "85")], [result(1, "Ferritin", "85", { unit: "g/L" })]), [
    ["Ferritin", "85", "rules", "readers_disagree"],
  ]);
  // The same test in another row, such as an earlier result, is not added.
  assert.deepEqual(merged([result(1, "Ferritin", "85")], [result(7, "Ferritin", "58")]), [
    ["Ferritin", "85", "rules", "readers_disagree"],
  ]);
  // One reading answers for one result: the second is neither confirmed nor doubted by the first's.
  assert.deepEqual(
    merged([result(1, "Glucose", "92"), result(5, "Glucose", "140")], [result(5, "Glucose", "140")]),
    [["Glucose", "92", "rules"], ["Glucose", "140", "rules+model"]],
  );
});

Deno.test("the same print twice needs two readings to be confirmed twice", () => {
  const rules = [result(1, "Glucose", "92"), result(5, "Glucose", "92")];
  const found = (model: PrintedResult[]) => mergeResults(rules, model).map(({ found_by }) => found_by);
  // A reading is held against the first row that prints it.
  assert.deepEqual(found([result(1, "Glucose", "92"), result(1, "Glucose", "92")]), ["rules+model", "rules+model"]);
  assert.deepEqual(found([result(1, "Glucose", "92")]), ["rules+model", "rules"]);
});

Deno.test("a test whose name lies within another's is not taken for it", () => {
  const rules = [result(1, "HDL Cholesterol", "55"), result(2, "Cholesterol", "190")];
  assert.deepEqual(merged(rules, [result(2, "Cholesterol", "190"), result(1, "HDL Cholesterol", "55")]), [
    ["HDL Cholesterol", "55", "rules+model"],
    ["Cholesterol", "190", "rules+model"],
  ]);
  assert.deepEqual(merged([rules[0]!], [result(2, "Cholesterol", "190")]), [
    ["HDL Cholesterol", "55", "rules"],
    ["Cholesterol", "190", "model"],
  ]);
});

Deno.test("the model adds what the rules left out, once, and never the same print under another name", () => {
  const rules = [result(1, "Ferritin", "85")];
  const model = [result(3, "Sodium", "140"), result(3, "Sodium", "140"), result(1, "Iron store", "85")];
  assert.deepEqual(merged(rules, model), [["Ferritin", "85", "rules"], ["Sodium", "140", "model"]]);
  // On another page it is another result.
  assert.deepEqual(merged(rules, [result(1, "Ferritin", "60", { page: 2 })]).length, 2);
});

async function grounded(print: string[], results: PrintedResult[]) {
  const page: Page = { number: 1, width: 595, height: 842, source: "text_layer", lines: lines(...print) };
  async function* pages() {
    yield await Promise.resolve(page);
  }
  const { results: kept, refused } = await groundResults(results.map((r) => ({ ...r, review_reasons: [] })), pages());
  return { refused, kept: kept.map((r) => [r.test_name, r.value_text, r.unit, r.reference_text, ...r.review_reasons]) };
}

Deno.test("what is not in the page's text is refused, whoever read it", async () => {
  const print = ["Ferritin\t85\tng/mL\t20 -\t250", "Leukocytes\t6.110^9/L", "10\t85.5\t1 250"];
  const range = { reference_text: "20 - 250", reference_min: 20, reference_max: 250 };
  assert.deepEqual(await grounded(print, [result(0, "Ferritin", "85", { unit: "ng/mL", ...range })]), {
    refused: 0,
    kept: [["Ferritin", "85", "ng/mL", "20 - 250"]],
  });
  assert.deepEqual((await grounded(print, [result(1, "Leukocytes", "6.1", { unit: "10^9/L" })])).refused, 0);
  assert.deepEqual((await grounded(print, [result(1, "Ferritin", "1250", { unit: null })])).refused, 0);
  for (const value of ["8", "5", "5.5", "85.0", "185", "6.11"]) {
    const { refused, kept } = await grounded(print, [result(0, "Ferritin", value, { unit: null })]);
    assert.deepEqual([refused, kept], [1, []], value);
  }
  assert.deepEqual((await grounded(print, [result(0, "Transferrin", "85")])).kept, []);
  assert.deepEqual((await grounded(print, [result(0, "Ferritin", "85", { page: 2 })])).kept, []);
  assert.deepEqual(await grounded(print, [result(0, "Ferritin", "85", { unit: "ug/L" })]), {
    refused: 1,
    kept: [["Ferritin", "85", null, null, "refused_unit"]],
  });
  assert.deepEqual(await grounded(print, [result(0, "Ferritin", "85", { unit: null, reference_text: "30 - 400" })]), {
    refused: 1,
    kept: [["Ferritin", "85", null, null, "refused_range"]],
  });
});

Deno.test("what a person has settled is left out of a new reading, each answering for one result", () => {
  const box: Box = [50, 20, 400, 32];
  const kept = (test_name: string, value_text: string, more = {}) =>
    ({ page: 1, box, test_name, value_text, unit: "mg/dL", printed: null, ...more }) as LabResult;
  const rejected = (test_name: string, value_text: string, more = {}) =>
    ({ page: 1, box, test_name, value_text, unit: "mg/dL", ...more }) as LabRejection;
  const names = (found: PrintedResult[], k: LabResult[], r: LabRejection[] = []) =>
    withoutSettled(found, k, r).map(({ test_name, value_text }) => `${test_name} ${value_text}`);

  const twoUnits = [result(1, "Glucose", "5.5", { unit: "mmol/L" }), result(1, "Glucose", "99")];
  assert.deepEqual(names(twoUnits, [kept("Glucose", "99")]), ["Glucose 5.5"]);
  assert.deepEqual(names(twoUnits, [kept("Glucose", "99")], [rejected("Glucose", "5.5", { unit: "mmol/L" })]), []);
  // Corrected: the print is what counts, and the place where the reader has become better.
  assert.deepEqual(
    names([result(1, "Ferritin", "85")], [kept("Ferritin", "58", {
      printed: { test_name: "Ferritin", value_text: "85", unit: "mg/dL", reference_text: null },
    })]),
    [],
  );
  assert.deepEqual(names([result(1, "Ferritin", "86")], [kept("Iron", "58")]), []);
  assert.deepEqual(names([result(1, "Ferritin", "86")], [], [rejected("Ferritin", "85")]), []);
  assert.deepEqual(names([result(1, "Ferritin", "86")], [], [rejected("Page", "1")]), ["Ferritin 86"]);
  // The same print elsewhere on the page: the reader places its boxes in another way.
  assert.deepEqual(names([result(9, "Ferritin", "85")], [], [rejected("FERRITIN", "85")]), []);
  assert.deepEqual(names([result(9, "Ferritin", "85", { page: 2 })], [], [rejected("Ferritin", "85")]), [
    "Ferritin 85",
  ]);
});

const woman: Person = { sex: "female", age: 40 };
const man: Person = { sex: "male", age: 70 };

Deno.test("of the ranges that a report prints for several people, the one that is this person's counts", () => {
  const limits = (text: string, person: Person, unit: string | null = null) => {
    const found = chooseVariant(text, unit, null, person);
    return found === null ? null : [found.reference_min, found.reference_max];
  };
  for (
    const [text, hers, his] of [
      ["M: 13-17 F: 12-15", [12, 15], [13, 17]],
      ["Männer: 14,0 - 18,0 g/dL Frauen: 12,0 - 16,0 g/dL", [12, 16], [14, 18]],
      ["♂ 13–17 ♀ 12–15", [12, 15], [13, 17]],
      ["H: 13-17 M: 12-16", [12, 16], [13, 17]],
      ["13-17 (M) 12-15 (F)", [12, 15], [13, 17]],
      ["E: 13-17 K: 12-15", [12, 15], [13, 17]],
      ["男 130-175 女 115-150", [115, 150], [130, 175]],
      ["Männer < 50, Frauen < 35", [null, 35], [null, 50]],
      ["> 18 Jahre: 0-5", [0, 5], [0, 5]],
      ["Men: 18-60 years: 3-5, > 60 years: 4-6; Women: 18-60 years: 2-4, > 60 years: 3-5", [2, 4], [4, 6]],
      ["Homme : 13,0 à 17,0", null, [13, 17]],
      // One letter may be anybody's; what is not understood may say anything; no labels, no variants.
      ["M: 13-17", null, null],
      ["Follicular: 3-8 Luteal: 5-9", null, null],
      ["Female: 3-8, pregnant: 5-9", null, null],
      ["13-17 12-15", null, null],
      // Who fits two of them has none.
      ["18-40 years: 3-5, 30-60 years: 4-6", null, null],
    ] as const
  ) assert.deepEqual([limits(text, woman, "g/dL"), limits(text, man, "g/dL")], [hers, his], text);
  assert.equal(limits("M: 13-17 F: 12-15", { sex: null, age: 40 }), null);
  assert.equal(limits("> 18 Jahre: 0-5", { sex: "male", age: null }), null);
  assert.equal(limits("> 18 Jahre: 0-5", { sex: "male", age: 12 }), null);
});

Deno.test("whether a limit belongs to its range is what the print says", () => {
  const read = (text: string) => {
    const limits = readLimits(text, null);
    return [limits?.reference_min_inclusive, limits?.reference_max_inclusive];
  };
  assert.deepEqual(read("3-5"), [true, true]);
  assert.deepEqual(["maior que 20", "igual ou superior a 6,5", "superior a 6"].map(read), [
    [false, null],
    [true, null],
    [false, null],
  ]);
  assert.deepEqual([read("< 5"), read("<= 5"), read("≤5"), read("bis 5"), read("unter 5")], [
    [null, false],
    [null, true],
    [null, true],
    [null, true],
    [null, false],
  ]);
  assert.deepEqual([read("> 60"), read("≥ 60"), read("mindestens 60")], [[false, null], [true, null], [true, null]]);
  const five = { value: 5, value_text: "5", comparator: null };
  assert.equal(resultStatus(five, readLimits("< 5", null)!), "high");
  assert.equal(resultStatus(five, readLimits("≤ 5", null)!), "normal");
  assert.equal(resultStatus(five, readLimits("> 5", null)!), "low");
});

Deno.test("doubts are told and nothing is corrected", () => {
  const doubts = (more: Partial<Parameters<typeof doubtsOf>[0]>) =>
    doubtsOf({
      value: 40,
      value_text: "40",
      comparator: null,
      unit: "%",
      limits: { ...noLimits, reference_min: 36, reference_max: 46 },
      flag: null,
      recorded_at: "2026-03-14",
      confidence: 0.9,
      ...more,
    });
  assert.deepEqual(doubts({}), []);
  assert.deepEqual(doubts({ recorded_at: null, confidence: 0.5 }), ["no_date", "low_confidence"]);
  assert.deepEqual(doubts({ value: 0.375 }), ["implausible_value"]);
  assert.deepEqual(doubts({ value: 20 }), []);
  assert.deepEqual(doubts({ value: 37.5, limits: { ...noLimits, reference_min: 0.36, reference_max: 0.46 } }), [
    "implausible_value",
  ]);
  assert.deepEqual(
    doubts({ value: 0.01, unit: "mU/L", limits: { ...noLimits, reference_min: 0.4, reference_max: 4 } }),
    [],
  );
  assert.deepEqual(doubts({ flag: "H" }), ["flag_contradicts_range"]);
  assert.deepEqual([
    doubts({ flag: "H", value: 50 }),
    doubts({ flag: "A", value: 40 }),
    doubts({ flag: "H", value: 46 }),
  ], [
    [],
    [],
    [],
  ]);
});

Deno.test("words, titres, specimens and digits are what the print says, and nothing else", () => {
  assert.deepEqual(
    ["negativ", "NEGATIVE", "Négatif", "阴性", "+++", "Spuren", "nicht nachweisbar"].map(qualitativeOf),
    [
      "negative",
      "negative",
      "negative",
      "negative",
      "3+",
      "trace",
      "not_detected",
    ],
  );
  assert.deepEqual(["5.4", "negative control failed", "yellow"].map(qualitativeOf), [null, null, null]);
  assert.deepEqual(["1:80", "1/160", "<1:40", "1:0", "80"].map(titreOf), [80, 160, 40, null, null]);
  const specimen = (test_name: string, section: string | null = null) => specimenOf({ test_name, section });
  assert.deepEqual([specimen("Glucose", "URINALYSIS"), specimen("Protein (24h urine)"), specimen("Glucose, serum")], [
    "urine",
    "urine_24h",
    "serum",
  ]);
  assert.deepEqual([
    specimen("Eiweiß", "Sammelurin"),
    specimen("Glucose", "Chemistry"),
    specimen("P-LCR"),
    specimen("LCR"),
  ], [
    "urine_24h",
    null,
    null,
    "csf",
  ]);
  assert.deepEqual(
    [printedDigits(5.4, "5,40 mg"), printedDigits(1250, "1.250"), printedDigits(5.4, "5.4"), printedDigits(2, "1.50")],
    ["5.40", "1250", "5.4", "2"],
  );
});
