/** Columns that grade, mark or date the values in them. */
import assert from "node:assert/strict";
import { readReportDates } from "../../src/labs/report_dates.ts";
import { readResults } from "../../src/labs/read_results.ts";
import { pageOfRows, type Print, table } from "./page_of_rows.ts";

type Rows = readonly (Print | Print["cells"])[];

function read(rows: Rows): (string | null)[][] {
  return readResults([pageOfRows(rows)]).map((result) => [
    result.test_name,
    result.value_text,
    result.unit,
    result.reference_text,
    result.flag,
  ]);
}

Deno.test("a value under low, normal or high is graded by the title of its column", () => {
  const rows = table(
    [40, 180, 230, 290, 350, 420],
    ["Test", "Low", "Normal", "High", "Units", "Reference range"],
    ["Haemoglobin", "", "129", "", "g/L", "120 - 150"],
    ["Mean cell volume", "", "", "101.2", "fL", "80.0 - 100.0"],
    ["White cell count", "3.6", "", "", "10^9/L", "4.0 - 10.0"],
  );
  assert.deepEqual(read(rows), [
    ["Haemoglobin", "129", "g/L", "120 - 150", null],
    ["Mean cell volume", "101.2", "fL", "80.0 - 100.0", "H"],
    ["White cell count", "3.6", "10^9/L", "4.0 - 10.0", "L"],
  ]);
});

Deno.test("a letter heads a column of marks, and a mark is never the name of an earlier result", () => {
  const rows = table(
    [40, 180, 220, 250, 320, 420, 500],
    ["Test", "Sonuç", "D", "Birim", "Referans", "Önceki Sonuç", "Önceki Tarih"],
    ["Kreatinin", "1,41", "Y", "mg/dL", "0,7 - 1,2", "1,35", "12.03.2024"],
    ["eGFR", "58,2", "D", "mL/dk/1,73m²", "> 90", "61,4", "12.03.2024"],
  );
  assert.deepEqual(read(rows), [
    ["Kreatinin", "1,41", "mg/dL", "0,7 - 1,2", "H"],
    ["eGFR", "58,2", "mL/dk/1,73m²", "> 90", "L"],
  ]);
  const untitled: Rows = [[[40, "Kreatinin"], [180, "1,41"], [220, "Y"], [250, "1,35"], [320, "mg/dL"], [
    420,
    "0,7 - 1,2",
  ]]];
  assert.ok(read(untitled).every(([name]) => name !== "Y"));
});

Deno.test("crosses behind a result in words say how much of it, and mark nothing", () => {
  const rows = table(
    [40, 180, 280],
    ["Test", "Result", "Reference range"],
    ["Glucose", "Present (+)", "Nil"],
    ["Protein", "Nil", "Nil"],
  );
  assert.deepEqual(read(rows), [
    ["Glucose", "Present (+)", null, "Nil", null],
    ["Protein", "Nil", null, "Nil", null],
  ]);
});

Deno.test("a table of days has its units and its ranges in rows below the tests", () => {
  const days = [["07.03.2025", "14,2", "12,4", "96"], ["09.03.2025", "9,8", "11,9", "18"]];
  // Where the title of the days is as high as both lines it stands beside the units.
  const beside = table(
    [40, 140, 240, 340],
    ["Patient: Beispiel, Anna"],
    ["", "Leukozyten", "Hb", "CRP"],
    ["Datum", "[/nl]", "[g/dl]", "[mg/l]"],
    ["Norm", "4,0-10,0", "12,0-16,0", "<5"],
    ...days,
  );
  const expected = [
    ["Leukozyten", "9,8", "/nl", "4,0-10,0", null],
    ["Hb", "11,9", "g/dl", "12,0-16,0", null],
    ["CRP", "18", "mg/l", "<5", null],
  ];
  assert.deepEqual(read(beside), expected);
  assert.equal(readReportDates([pageOfRows(beside)]).collected, "2025-03-09");
});

Deno.test("a list of what a laboratory offers has ranges and no results, whatever its other columns are called", () => {
  const rows = table(
    [40, 180, 280, 380, 460],
    ["Analyt", "Material", "Referenzbereich", "Einheit", "Ansatztage"],
    ["Calprotectin", "Stuhl", "< 50", "µg/g", "Di"],
    ["Cortisol", "Serum", "6,2 - 19,4", "µg/dl", "täglich"],
  );
  assert.deepEqual(read(rows), []);
});

Deno.test("a limit alone in a column of lower or upper limits is that end of the range", () => {
  const rows = table(
    [40, 180, 230, 260, 350, 450],
    ["Analyse", "Résultat", "", "Unité", "Limite inf.", "Limite sup."],
    ["Glucose", "5.4", "", "mmol/l", "3.9", "6.1"],
    ["Cholestérol total", "5.6", "+", "mmol/l", "", "5.0"],
    ["25-OH-vitamine D", "38", "-", "nmol/l", "50", ""],
  );
  assert.deepEqual(
    readResults([pageOfRows(rows)]).map((one) => [one.value, one.reference_min, one.reference_max, one.flag]),
    [[5.4, 3.9, 6.1, null], [5.6, null, 5, "H"], [38, 50, null, "L"]],
  );
});

Deno.test("of two columns of ranges the laboratory's own counts", () => {
  const rows = table(
    [40, 180, 250, 330, 440],
    ["Biomarker", "Current", "Units", "Lab Range", "Optimal Range"],
    ["TSH", "3.20", "uIU/mL", "0.45 - 4.50", "1.0 - 2.0"],
    ["Homocysteine", "11.9", "umol/L", "0.0 - 14.5", "5.0 - 7.0"],
  );
  assert.deepEqual(read(rows), [
    ["TSH", "3.20", "uIU/mL", "0.45 - 4.50", null],
    ["Homocysteine", "11.9", "umol/L", "0.0 - 14.5", null],
  ]);
});

Deno.test("titles over one value head the test that is named above them", () => {
  const block = (name: string, value: string, range: string): Print["cells"][] => [
    [[40, name]],
    [[40, "Método: Quimioluminescência"]],
    [[40, "RESULTADO"], [240, "VALOR DE REFERÊNCIA"]],
    [[40, value], [240, range]],
  ];
  const rows: Rows = [
    [[40, "Paciente: EXEMPLO, MARINA"]],
    ...block("TOXOPLASMOSE IgM", "Não reagente", "Não reagente"),
    ...block("HEPATITE B - ANTI-HBs", "156,0 mUI/mL", "Superior a 10,0 mUI/mL"),
  ];
  assert.deepEqual(read(rows), [
    ["TOXOPLASMOSE IgM", "Não reagente", null, "Não reagente", null],
    ["HEPATITE B - ANTI-HBs", "156,0", "mUI/mL", "Superior a 10,0", null],
  ]);
});

Deno.test("a mark beside a value stays its mark where an earlier result is missing", () => {
  const rows = table(
    [40, 180, 230, 270, 350, 450, 520],
    ["Patient: TEST Albert"],
    ["Analyse", "19/02/25", "", "18/02/25", "12/02/25", "Unité", "Référence"],
    ["LDH", "301", "↑", "", "255", "UI/L", "<248"],
    ["ASAT", "33", "", "30", "", "UI/L", "<50"],
  );
  assert.deepEqual(read(rows), [["LDH", "301", "UI/L", "<248", "H"], ["ASAT", "33", "UI/L", "<50", null]]);
});
