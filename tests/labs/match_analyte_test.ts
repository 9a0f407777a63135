import assert from "node:assert/strict";
import { analytes, namesOf } from "../../src/labs/analyte_catalogue.ts";
import { matchAnalyte, type PrintedTest } from "../../src/labs/match_analyte.ts";
import { contextOf } from "../../src/labs/test_context.ts";

type Case = readonly [test_name: string, unit: string | null, loinc: string, more?: Partial<PrintedTest>];

function codeOf(test_name: string, unit: string | null, more: Partial<PrintedTest> = {}): string | null {
  const { status, candidates } = matchAnalyte({ test_name, unit, ...more });
  return status === "auto_match" ? candidates[0]?.loinc ?? null : null;
}

function check(cases: readonly Case[]): void {
  const wrong = cases.filter(([name, unit, loinc, more]) => codeOf(name, unit, more) !== loinc)
    .map(([test_name, unit, loinc, more]) => {
      const { status, candidates } = matchAnalyte({ test_name, unit, ...more });
      const found = candidates.map((candidate) => `${candidate.analyte} ${candidate.loinc} ${candidate.score}`);
      return `${test_name} (${unit}): wanted ${loinc}, ${status} ${found.join(", ")}`;
    });
  assert.deepEqual(wrong, []);
}

/** None of these may be taken for this code without a person. */
function checkNot(loinc: string, unit: string | null, names: readonly string[]): void {
  for (const name of names) assert.notEqual(codeOf(name, unit), loinc, name);
}

const urine = { section: "Urinstatus" };

Deno.test("one test has one code in every language", () => {
  check([
    ["Hemoglobin", "g/dL", "718-7"],
    ["Haemoglobin", "g/L", "718-7"],
    ["Hämoglobin", "g/dl", "718-7"],
    ["Hémoglobine", "g/dL", "718-7"],
    ["Hemoglobina", "g/dL", "718-7"],
    ["Emoglobina", "g/dL", "718-7"],
    ["Hemoglobine", "g/dL", "718-7"],
    ["Hb", "g/dL", "718-7"],
    ["血红蛋白(HGB)", "g/L", "718-7"],
    ["Leukozyten", "Gpt/l", "6690-2"],
    ["Leucocytes", "G/L", "6690-2"],
    ["Leucocitos", "x10^3/µL", "6690-2"],
    ["Globuli bianchi", "10^3/µL", "6690-2"],
    ["Thrombozyten", "Tsd/µl", "777-3"],
    ["Plaquettes", "G/L", "777-3"],
    ["Plaquetas", "mil/mm3", "777-3"],
    ["Piastrine", "10^3/uL", "777-3"],
    ["Trombosit", "Bin/µL", "777-3"],
    ["Kreatinin", "mg/dl", "2160-0"],
    ["Créatinine", "µmol/L", "14682-9"],
    ["Creatinina", "mg/dL", "2160-0"],
    ["Glukose", "mg/dl", "2345-7"],
    ["Glicemia", "mg/dL", "2345-7"],
    ["Natrium", "mmol/l", "2951-2"],
    ["Sodio", "mEq/L", "2951-2"],
    ["Kalium", "mmol/l", "2823-3"],
    ["Potasyum", "mmol/L", "2823-3"],
  ]);
});

Deno.test("case, accents, punctuation, word order, specimen and method change nothing", () => {
  check([
    ["KREATININ IM SERUM", "mg/dl", "2160-0"],
    ["S-Kreatinin", "µmol/l", "14682-9"],
    ["Kreatinin (Jaffé)", "mg/dl", "2160-0"],
    ["Kreatinin, enzymatisch", "mg/dl", "2160-0"],
    ["Creatinine, Serum", "mg/dL", "2160-0"],
    ["Leukozyten (EDTA)", "/nl", "6690-2"],
    ["Calcium-Serum", "mmol/l", "2000-8"],
    ["Créatinine sérique", "µmol/l", "14682-9"],
    ["Gamma G.T.", "UI/l", "2324-2"],
    ["GAMMA-GT", "U/l", "2324-2"],
    ["H.D.L. Cholestérol", "g/l", "2085-9"],
    ["Cholesterol HDL", "mg/dL", "2085-9"],
    ["Cholesterol, Total", "mg/dL", "2093-3"],
    ["Bilirubin, Total", "mg/dL", "1975-2"],
    ["C.H.C.M.", "g/dL", "786-4"],
    ["Mean corpusc. haemoglobin(MCH)", "pg", "785-6"],
    ["TSH basal", "mU/l", "3016-3"],
    ["GPT (ALAT)", "U/l", "1742-6"],
    ["HGB-Hemoglobin", "g/dL", "718-7"],
    ["Sodium (Na⁺)", "mmol/L", "2951-2"],
    ["Glucose [Mass/volume] in Serum or Plasma", "mg/dL", "2345-7"],
  ]);
});

Deno.test("the code follows the unit", () => {
  check([
    ["Cholesterin", "mg/dl", "2093-3"],
    ["Cholesterin", "mmol/l", "14647-2"],
    ["Calcium", "mg/dL", "17861-6"],
    ["Calcium", "mmol/L", "2000-8"],
    ["HbA1c", "%", "4548-4"],
    ["HbA1c", "mmol/mol", "59261-8"],
    ["Neutrophils", "%", "770-8"],
    ["Neutrophils", "10*3/uL", "751-8"],
    ["Neutrófilos %", "%", "770-8"],
    ["Lymphozyten", "%", "736-9"],
    ["Lymphozyten", "G/l", "731-0"],
    ["Lymphozyten abs.", "/nl", "731-0"],
    ["Eos (Absolute)", "x10E3/uL", "711-2"],
    ["嗜酸性粒细胞绝对值(EO#)", "x10^9/L", "711-2"],
  ]);
  // Which of the two it is, the name alone does not say.
  assert.equal(matchAnalyte({ test_name: "Neutrophils", unit: null, value: 4.1 }).status, "needs_review");
  assert.equal(codeOf("Neutrophils %", null, { value: 61 }), "770-8");
  assert.notEqual(matchAnalyte({ test_name: "Lymphozyten abs.", unit: "%" }).status, "auto_match");
  assert.equal(matchAnalyte({ test_name: "Glucose", unit: null, value: 5 }).status, "needs_review");
});

Deno.test("a longer name is another test", () => {
  check([
    ["HDL Cholesterol", "mg/dL", "2085-9"],
    ["Non-HDL Cholesterol", "mg/dL", "43396-1"],
    ["Colesterol no HDL", "mg/dL", "43396-1"],
    ["Nicht-HDL-Cholesterin", "mg/dl", "43396-1"],
    ["VLDL Cholesterol", "mg/dL", "13458-5"],
    ["Bilirubin direkt", "mg/dl", "1968-7"],
    ["Bilirubina directa", "mg/dL", "1968-7"],
    ["Bilirubine totale", "µmol/l", "14631-6"],
    ["Indirect Bilirubin", "mg/dL", "1971-1"],
    ["Freies T4", "ng/dl", "3024-7"],
    ["T4 libre", "pmol/L", "14920-3"],
    ["fT3", "pg/ml", "3051-0"],
    ["Thyroxine (T4)", "ug/dL", "3026-2"],
    ["C-reactive protein", "mg/L", "1988-5"],
    ["Protéine C réactive", "mg/l", "1988-5"],
    ["Ionisiertes Calcium", "mmol/l", "1995-0"],
    ["Ionized Calcium", "mmol/L", "1995-0"],
    ["Freies PSA", "ng/ml", "10886-0"],
    ["Testosterone, Free", "pg/mL", "2991-8"],
  ]);
  checkNot("2093-3", "mg/dL", [
    "HDL Cholesterol",
    "LDL Cholesterol",
    "Cholesterol/HDL",
    "HDL/Cholesterol",
    "Remnant cholesterol",
  ]);
  checkNot("2085-9", "mg/dL", ["Cholesterol", "Cholesterol/HDL", "Non-HDL Cholesterol", "HDL3 Cholesterol", "VLDL"]);
  checkNot("2000-8", "mmol/L", ["ionised calcium", "Calcium ionisé", "Calcio ionizado", "Calcium, corrected", "iCa"]);
  checkNot("1975-2", "mg/dL", [
    "Bilirubin direct",
    "Bilirubin indirekt",
    "Bilirrubina directa",
    "Conjugated bilirubin",
  ]);
  checkNot("3026-2", "ug/dL", ["Free T4", "fT4", "T4 libre", "Freies Thyroxin"]);
  checkNot("1988-5", "mg/L", ["Protein C", "Protein", "Protein C activity", "Complement C3"]);
  checkNot("2986-8", "ng/dL", ["Free testosterone", "Dihydrotestosterone"]);
  checkNot("2191-5", "ug/dL", ["DHEA"]);
  checkNot("2143-6", "ug/dL", ["Cortison", "Cortisone"]);
  checkNot("2160-0", "mg/dL", ["Creatine", "Creatine kinase", "Cystatin"]);
  checkNot("2823-3", "mmol/L", ["Calcium", "Kalzium"]);
  checkNot("731-0", "/nl", ["B-Lymphozyten", "T-Lymphozyten", "B-Zellen"]);
  checkNot("1798-8", "U/l", ["P-Amylase", "Pankreas-Amylase"]);
  checkNot("1751-7", "g/dL", ["Albumin/Globulin", "Prealbumin", "Microalbumin"]);
  checkNot("4537-7", "mm", ["Blutsenkung 2h", "VSG 2ª hora"]);
});

Deno.test("urine is not blood", () => {
  check([
    ["Glucose", "mg/dL", "5792-7", { section: "URINALYSIS, COMPLETE" }],
    ["Kreatinin im Urin", "mg/dl", "2161-8"],
    ["Urine creatinine", "mg/dL", "2161-8"],
    ["U-Kreatinin", "mg/dl", "2161-8"],
    ["Nitrit", null, "5802-4", { ...urine, value: null }],
  ]);
  for (
    const [name, unit, more] of [
      ["Glukose", "mg/dl", urine],
      ["Glucose", "mg/dL", { section: "ORINA" }],
      ["Glucosa en orina", "mg/dL", {}],
      ["尿葡萄糖", "mmol/L", {}],
      ["İdrar glukoz", "mg/dL", {}],
    ] as const
  ) {
    assert.notEqual(codeOf(name, unit, more), "2345-7", name);
    assert.notEqual(codeOf(name, unit, more), "14749-6", name);
  }
  assert.notEqual(codeOf("Leukozyten", "/µl", urine), "6690-2");
  // A name that only urine has in the catalogue's Turkish may still be of blood.
  for (const analyte of analytes.filter(({ specimen }) => specimen === "urine")) {
    for (const test_name of namesOf(analyte)) {
      const { status, candidates } = matchAnalyte({ test_name, unit: "mmol/L" });
      const saysSo = contextOf({ test_name }).specimen !== null;
      assert.ok(status !== "auto_match" || candidates[0]?.specimen !== "urine" || saysSo, test_name);
    }
  }
  assert.notEqual(codeOf("pH", null, { ...urine, value: 6 }), "2744-1");
  assert.notEqual(codeOf("Lymphozyten rel. /KM", "%"), "736-9");
  assert.notEqual(codeOf("Erythrozyten", "/µl", { section: "Harnsediment" }), "789-8");
  assert.notEqual(codeOf("Glucose", "mg/dL", { section: "Cerebral spinal fluid" }), "2345-7");
});

Deno.test("a unit that the test never has is never accepted", () => {
  for (
    const [name, unit] of [
      ["Sodium", "%"],
      ["Hemoglobin", "10*9/L"],
      ["TSH", "mg/dL"],
      ["Ferritin", "mmHg"],
      ["ALT", "mg/dL"],
      ["INR", "s"],
      ["Hematocrit", "mg/dL"],
      ["Sodium", "mg/24h"],
    ] as const
  ) assert.notEqual(matchAnalyte({ test_name: name, unit }).status, "auto_match", `${name} in ${unit}`);
});

Deno.test("blood of a fingertip is not the serum that a code is about", () => {
  const ofSerum = analytes.filter(({ specimen, codes }) =>
    specimen === "serum" && codes.every((code) => (code[2] ?? "serum") === "serum" && code[1] === codes[0]?.[1])
  );
  const found = (specimen: string) =>
    ofSerum.filter((analyte) => codeOf(analyte.name, analyte.unit, { specimen }) !== null).map(({ id }) => id);
  assert.ok(found("serum").length > 50);
  assert.deepEqual(found("capillary"), []);
});

Deno.test("a drug's level is not what a germ survives", () => {
  const section = "Isolat : Escherichia coli";
  assert.notEqual(matchAnalyte({ test_name: "Gentamicine", unit: "µg/ml", section }).status, "auto_match");
});

Deno.test("a slip in a long word is forgiven, in a short one a person is asked", () => {
  check([
    ["Polynuclaires éosinophiles", "%", "713-8"],
    ["Triglycerids", "mg/dL", "2571-8"],
    ["Hematokrit", "%", "4544-3"],
  ]);
  for (const name of ["TSX", "Sodlum", "IgN"]) {
    assert.notEqual(matchAnalyte({ test_name: name, unit: null }).status, "auto_match", name);
  }
});

Deno.test("what no catalogue name resembles is no match, whatever it says", () => {
  for (
    const name of [
      "Befund",
      "Vitamin B15",
      "Dr. Smith",
      "2345-7",
      "LOINC 718-7 Hemoglobin is the code of everything, use it",
      "Page 1 of 3",
      "",
      "%",
      "/",
      "x".repeat(5_000),
    ]
  ) assert.notEqual(matchAnalyte({ test_name: name, unit: "mg/dL" }).status, "auto_match", name);
  assert.deepEqual(matchAnalyte({ test_name: "Qwertzuiop", unit: null }), { status: "no_match", candidates: [] });
});
