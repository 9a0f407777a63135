/** Print that only its neighbours explain: methods below names, signs in cells of their own, codes, numbers of names. */
import assert from "node:assert/strict";
import type { Page } from "../../src/documents/page.ts";
import { readResults } from "../../src/labs/read_results.ts";
import { pageOfRows, type Print, table } from "./page_of_rows.ts";

type Rows = readonly (Print | Print["cells"])[];

/** Name, value as printed, unit, range and flag of every result. */
function resultsOf(page: Page): (string | null)[][] {
  return readResults([page]).map((result) => [
    result.test_name,
    result.value_text,
    result.unit,
    result.reference_text,
    result.flag,
  ]);
}

const read = (rows: Rows) => resultsOf(pageOfRows(rows));

/** The rows at these places set in smaller print. */
function withSmall(page: Page, ...small: number[]): Page {
  return {
    ...page,
    lines: page.lines.map(({ words }, line) => ({
      words: small.includes(line)
        ? words.map(({ text, box: [left, top, right, bottom] }) => ({
          text,
          box: [left, top + 2, right, bottom - 1] as const,
        }))
        : words,
    })),
  };
}

Deno.test("the method below a name is part of no name, neither of the one above nor of the one below", () => {
  const close = (cells: Print["cells"]): Print => ({ step: 10, cells });
  const rows: Rows = [
    [[40, "Laboratoire"]],
    [[40, "Leucocytes"], [220, "6,84"], [260, "G/L"], [330, "4,00 à 10,00"]],
    close([[40, "Cytométrie en flux - Sysmex"]]),
    close([[40, "Hématies"], [220, "4,31"], [260, "T/L"], [330, "3,80 à 5,90"]]),
    [[40, "Lipoprotein (a)"], [220, "12"], [260, "nmol/l"], [330, "< 75"]],
    close([[40, "Turbidimetrie"]]),
    [[40, "Glycémie à jeun"], [220, "1,12"], [260, "g/L"], [330, "0,74 à 1,06"]],
    close([[40, "Hexokinase - Cobas"]]),
    close([[60, "soit"], [220, "6,22"], [260, "mmol/L"], [330, "4,11 à 5,89"]]),
  ];
  assert.deepEqual(read(rows).map(([name, value]) => [name, value]), [
    ["Leucocytes", "6,84"],
    ["Hématies", "4,31"],
    ["Lipoprotein (a)", "12"],
    ["Glycémie à jeun", "1,12"],
    ["Glycémie à jeun", "6,22"],
  ]);
});

Deno.test("smaller print below a name is a remark, print of its size the rest of it", () => {
  const rows: Rows = [
    [[40, "Clinical laboratory"]],
    [[40, "Active"], [220, "71"], [260, "pmol/L"], [330, "38 - 188"]],
    { step: 10, cells: [[40, "Vitamin B12"]] },
    { step: 20, cells: [[40, "Folate"], [220, "7.9"], [260, "ug/L"], [330, "3.9 - 26.8"]] },
    { step: 20, cells: [[40, "Ferritin"], [220, "21"], [260, "ug/L"], [330, "13 - 150"]] },
  ];
  assert.equal(read(rows)[0]![0], "Active Vitamin B12");
  const small = withSmall(pageOfRows(rows), 2);
  assert.equal(resultsOf(small)[0]![0], "Active");
  // Letters without ascenders are recognised in boxes that are lower.
  const lines = small.lines.map(({ words }, line) => ({
    words: words.map((word) => {
      const [left, top, right, bottom] = word.box;
      return { ...word, confidence: 0.99, box: [left, top, right, line === 2 ? bottom + 1 : bottom] as const };
    }),
  }));
  assert.equal(resultsOf({ ...small, lines })[0]![0], "Active Vitamin B12");
});

Deno.test("a sign in a cell of its own marks a value outside its range, and belongs to any other", () => {
  const rows: Rows = [
    [[40, "Labor"]],
    [[40, "Leukozyten"], [190, "<"], [220, "3.2"], [260, "G/l"], [330, "3.5 - 10.0"]],
    [[40, "Kreatinin"], [190, ">"], [220, "118"], [260, "µmol/l"], [330, "62 - 106"]],
    [[40, "CRP"], [190, "<"], [220, "1"], [260, "mg/l"], [330, "< 5"]],
    [[40, "Anti-HBs"], [190, ">"], [220, "1000"], [260, "IU/l"]],
  ];
  assert.deepEqual(read(rows), [
    ["Leukozyten", "3.2", "G/l", "3.5 - 10.0", "L"],
    ["Kreatinin", "118", "µmol/l", "62 - 106", "H"],
    ["CRP", "< 1", "mg/l", "< 5", null],
    ["Anti-HBs", "> 1000", "IU/l", null, null],
  ]);
});

Deno.test("the number of a fraction is part of its name, a material behind a comma too", () => {
  const rows = table(
    [40, 200, 260, 330],
    ["Frazione", "Risultato", "Unità", "Valori di riferimento"],
    ["Alfa 1", "4,1", "%", "2,9 - 4,9"],
    ["Alfa 2", "12,3", "%", "7,1 - 11,8"],
    ["Sodium, S", "139", "mmol/L", "135 - 145"],
    ["Chloride, S", "101", "mmol/L", "98 - 107"],
    ["Creatinine, S", "0,9", "mg/dL", "0,7 - 1,3"],
    ["Glucose, S", "99", "mg/dL", "70 - 140"],
    ["Calcium, S", "9,2", "mg/dL", "8,8 - 10,2"],
    ["Albumin, S", "4,2", "g/dL", "3,5 - 5,0"],
    ["eGFR (CKD-EPI 2009)", "67", "ml/min/BSA", "> 60"],
  );
  assert.deepEqual(read(rows).map(([name, value, unit]) => [name, value, unit]), [
    ["Alfa 1", "4,1", "%"],
    ["Alfa 2", "12,3", "%"],
    ["Sodium, S", "139", "mmol/L"],
    ["Chloride, S", "101", "mmol/L"],
    ["Creatinine, S", "0,9", "mg/dL"],
    ["Glucose, S", "99", "mg/dL"],
    ["Calcium, S", "9,2", "mg/dL"],
    ["Albumin, S", "4,2", "g/dL"],
    ["eGFR (CKD-EPI 2009)", "67", "ml/min/BSA"],
  ]);
});

Deno.test("codes in brackets behind many names belong to none of them, one bracket to its name", () => {
  const coded = (...names: string[]): Rows => [
    [[40, "Pathology results"]],
    ...names.map((name, at): Print["cells"] => [[40, name], [260, `${at + 4}`], [300, "mmol/L"], [360, "[3.0 - 9.0]"]]),
  ];
  const names = (rows: Rows) => read(rows).map(([name]) => name);
  assert.deepEqual(names(coded("Serum sodium (XE2q0)", "Serum folate (42U5.)", "Serum urea level (XM0lt)")), [
    "Serum sodium",
    "Serum folate",
    "Serum urea level",
  ]);
  assert.deepEqual(names(coded("Sodium [2951-2]", "Potassium [2823-3]", "Urea [3094-0]")), [
    "Sodium",
    "Potassium",
    "Urea",
  ]);
  assert.deepEqual(names(coded("Serum sodium (XE2q0)", "Serum urea")), ["Serum sodium (XE2q0)", "Serum urea"]);
});

Deno.test("limits that an analyser sets apart inside brackets are one range, and their dash is no mark", () => {
  const rows: Rows = [
    [[10, "Patient ID"], [120, "0099123"]],
    [[10, "FO2(I)"], [100, "0.28"]],
    [[10, "pH"], [100, "7.31"], [160, "["], [180, "7.350 -"], [230, "7.450 ]"]],
    [[10, "cNa+"], [100, "137 mmol/L ["], [190, "136 -"], [230, "146 ]"]],
    [[10, "cCl-"], [100, "99 mmol/L ["], [190, "98 -"], [230, "106 ]"]],
    [[10, "Metabolite values"]],
  ];
  assert.deepEqual(
    readResults([pageOfRows(rows)]).map((result) => [
      result.test_name,
      result.value,
      result.reference_min,
      result.reference_max,
      result.flag,
    ]),
    [
      ["pH", 7.31, 7.35, 7.45, null],
      ["cNa+", 137, 136, 146, null],
      ["cCl-", 99, 98, 106, null],
    ],
  );
});

Deno.test("a range of several groups is kept with all of them, and its grades are neither marks nor results", () => {
  const rows: Rows = [
    [[40, "LIPID PROFILE"]],
    [[40, "HDL Cholesterol"], [220, "41"], [270, "mg/dL"], [340, "Low : < 40"]],
    [[40, "(Serum, Direct)"], [340, "High : >= 60"]],
    [[40, "Total Cholesterol"], [220, "212"], [270, "mg/dL"], [340, "Desirable : < 200"]],
    [[40, "Sérum - Turbidimétrie"], [340, "Borderline High : 200 - 239"]],
    [[340, "High : >= 240"]],
    [[40, "FSH"], [220, "6,1"], [270, "UI/L"], [340, "Phase folliculaire : 3,5 - 12,5"]],
    [[340, "Phase lutéale : 1,7 - 7,7"]],
  ];
  assert.deepEqual(read(rows), [
    ["HDL Cholesterol", "41", "mg/dL", "Low : < 40 High : >= 60", null],
    ["Total Cholesterol", "212", "mg/dL", "Desirable : < 200 Borderline High : 200 - 239 High : >= 240", null],
    ["FSH", "6,1", "UI/L", "Phase folliculaire : 3,5 - 12,5 Phase lutéale : 1,7 - 7,7", null],
  ]);
});
