/** Layouts of reports: columns in any order, side by side, with earlier results, names and values over two lines. */
import assert from "node:assert/strict";
import { readReportDates } from "../../src/labs/report_dates.ts";
import { readResults } from "../../src/labs/read_results.ts";
import { pageOfRows, type Print, table } from "./page_of_rows.ts";

type Rows = readonly (Print | Print["cells"])[];

/** Name, value as printed, unit, range and flag of every result. */
function read(rows: Rows): (string | null)[][] {
  return readResults([pageOfRows(rows)]).map((result) => [
    result.test_name,
    result.value_text,
    result.unit,
    result.reference_text,
    result.flag,
  ]);
}

Deno.test("previous results are not today's, and an empty newest column is no result", () => {
  const rows = table(
    [40, 180, 240, 340, 420, 500],
    ["Parameter", "Einheit", "Referenz", "12.03.2024", "10.01.2024", "05.06.2023"],
    ["CRP", "mg/l", "< 5", "12,3 +", "3,1", ""],
    ["Ferritin", "µg/l", "30-300", "", "55", "60"],
  );
  assert.deepEqual(read(rows), [["CRP", "12,3", "mg/l", "< 5", "H"]]);
  assert.deepEqual(
    read([[[40, "Leucocytes"], [200, ": 12 500"], [260, "/mm3"], [330, "(4 000 - 10 000)"], [450, "8 200"]]]),
    [["Leucocytes", "12 500", "/mm3", "(4 000 - 10 000)", null]],
  );
});

Deno.test("result columns for in and out of range are one result column", () => {
  const rows = table([40, 160, 300, 420], ["Test Name", "In Range", "Out Of Range", "Reference Range"], [
    "IRON, TOTAL",
    "55",
    "",
    "50-180 mcg/dL",
  ], ["FERRITIN", "", "14 L", "38-380 ng/mL"]);
  assert.deepEqual(read(rows), [
    ["IRON, TOTAL", "55", "mcg/dL", "50-180", null],
    ["FERRITIN", "14", "ng/mL", "38-380", "L"],
  ]);
});

Deno.test("tables side by side are two tables, with titles and without", () => {
  const at = [30, 130, 180, 320, 420, 470];
  const titles = ["检验项目", "结果", "参考区间", "检验项目", "结果", "参考区间"];
  assert.deepEqual(read(table(at, titles, ["红细胞", "4.92", "3.8-5.1x10^12/L", "血小板", "114↓", "125-350x10^9/L"])), [
    ["红细胞", "4.92", "x10^12/L", "3.8-5.1", null],
    ["血小板", "114", "x10^9/L", "125-350", "L"],
  ]);
  assert.deepEqual(read(table(at, ["Hb", "13.2 g/dl", "12-16", "Glucose", "95 mg/dl", "70-110"])), [
    ["Hb", "13.2", "g/dl", "12-16", null],
    ["Glucose", "95", "mg/dl", "70-110", null],
  ]);
});

Deno.test("columns in another order are believed when titled", () => {
  assert.deepEqual(
    read(
      table([40, 200, 300, 400], ["Analyse", "Norm", "Einheit", "Ergebnis"], ["Kalium", "3,5-5,1", "mmol/l", "5,6 +"]),
    ),
    [["Kalium", "5,6", "mmol/l", "3,5-5,1", "H"]],
  );
  assert.deepEqual(
    read(
      table([40, 100, 200, 320], ["Value", "Unit", "Test", "Reference range"], [
        "5.4",
        "mmol/L",
        "Glucose",
        "3.9 - 5.8",
      ]),
    ),
    [["Glucose", "5.4", "mmol/L", "3.9 - 5.8", null]],
  );
  assert.deepEqual(
    read(table([40, 180, 300, 360, 430], ["Investigation", "Method", "Observed Value", "Unit", "Bio. Ref. Interval"], [
      "Uric acid",
      "Uricase",
      "5.2",
      "mg/dL",
      "3.5 - 7.2",
    ])),
    [["Uric acid", "5.2", "mg/dL", "3.5 - 7.2", null]],
  );
});

Deno.test("names and values over two lines belong together", () => {
  const wrapped: Rows = [
    { cells: [[40, "TESTOSTERONE,"], [200, "512"], [300, "250-1100"], [380, "ng/dL"]] },
    { step: 11, cells: [[40, "TOTAL, MS"]] },
    { step: 18, cells: [[40, "PSA"], [200, "0.43"], [300, "0-4"], [380, "ng/mL"]] },
  ];
  assert.deepEqual(read(wrapped).map(([name]) => name), ["TESTOSTERONE, TOTAL, MS", "PSA"]);
  const below: Rows = [[[40, "Hemoglobin A1c (HbA1c)"]], [[200, "5.9"], [300, "%"], [400, "4.8-5.6"]]];
  assert.deepEqual(read(below), [["Hemoglobin A1c (HbA1c)", "5.9", "%", "4.8-5.6", null]]);
});

Deno.test("the same result in a second unit is a second result", () => {
  const rows: Rows = [
    [[40, "Glycémie à jeun"], [213, "4.89 mmol/L"], [399, "(3.89 - 6.00)"]],
    [[213, "0.88 g/L"], [399, "(0.70 - 1.08)"]],
    [[40, "(UV Hexokinase)"]],
    [[40, "Créatinine"], [200, ": 9,5"], [260, "mg/l"]],
    [[60, "soit"], [200, ": 84"], [260, "µmol/l"]],
  ];
  assert.deepEqual(read(rows).map(([name, value, unit]) => [name, value, unit]), [
    ["Glycémie à jeun", "4.89", "mmol/L"],
    ["Glycémie à jeun", "0.88", "g/L"],
    ["Créatinine", "9,5", "mg/l"],
    ["Créatinine", "84", "µmol/l"],
  ]);
});

Deno.test("limits that may be those of the row above are left out", () => {
  const tilted: Rows = [
    [[40, "Test"], [200, "Sonuç"], [300, "Birim"], [400, "Referans Aralığı"]],
    [[40, "HGB"], [200, "8.8"], [300, "g/dL"], [400, "11.9"], [480, "15.4"]],
    { step: 11, cells: [[400, "31"], [480, "45"]] },
    { step: 11, cells: [[40, "HCT"], [200, "24.8"], [300, "%"], [400, "80"], [480, "94"]] },
    { step: 15, cells: [[40, "WBC"], [200, "5.55"], [300, "K/µL"], [400, "3.91"], [480, "11.0"]] },
  ];
  assert.deepEqual(read(tilted).map(([name, , , range]) => [name, range]), [
    ["HGB", null],
    ["HCT", null],
    ["WBC", "3.91 11.0"],
  ]);
});

Deno.test("a comment under a result is not part of its name", () => {
  const rows: Rows = [
    [[40, "TSH"], [200, "2.1"], [300, "mU/L"], [400, "0.4-4.0"]],
    [[40, "FT4"], [200, "13.8"], [300, "pmol/L"], [400, "12-22"]],
    { step: 15, cells: [[40, "Euthyroid pattern"]] },
    { step: 24, cells: [[40, "Ferritin"], [200, "85"], [300, "ng/mL"], [400, "30-400"]] },
  ];
  assert.deepEqual(read(rows).map(([name]) => name), ["TSH", "FT4", "Ferritin"]);
});

Deno.test("days in a line of their own head the columns below the hours", () => {
  const page = pageOfRows([
    [[180, "22/01/25"], [250, "15/01/25"], [320, "08/01/25"]],
    [[180, "06:10"], [250, "06:05"], [320, "06:20"], [400, "Unité"], [470, "Normales"]],
    [[40, "Hémoglobine"], [180, "8,9 -"], [250, "9,4 -"], [320, "10,1 -"], [400, "g/dL"], [470, "13,0-17,0"]],
    [[40, "Créatinine"], [180, "104"], [250, "98"], [320, "95"], [400, "µmol/L"], [470, "60-110"]],
  ]);
  assert.deepEqual(readResults([page]).map((result) => [result.test_name, result.value_text, result.flag]), [
    ["Hémoglobine", "8,9", "L"],
    ["Créatinine", "104", null],
  ]);
  assert.equal(readReportDates([page]).collected, "2025-01-22");
});

Deno.test("several columns of numbers without titles hold no result, for nobody knows the newest", () => {
  const rows: Rows = [
    [[40, "Hémoglobine"], [180, "8,9"], [250, "9,4"], [320, "10,1"], [400, "g/dL"], [470, "13,0-17,0"]],
    [[40, "Créatinine"], [180, "104"], [250, "98"], [320, "95"], [400, "µmol/L"], [470, "60-110"]],
  ];
  assert.deepEqual(read(rows), []);
});

Deno.test("criteria with limits are no results, a result below what can be measured is", () => {
  const rows: Rows = [
    [[40, "Hémoglobine ≥ 9 g/dL"]],
    [[40, "Plaquettes ≥ 100 G/L"]],
    [[40, "Albumine > 30 g/L"]],
  ];
  assert.deepEqual(read(rows), []);
  assert.deepEqual(read([[[40, "CRP"], [180, "< 1,0"], [250, "mg/L"]]]), [["CRP", "< 1,0", "mg/L", null, null]]);
});
