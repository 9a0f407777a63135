/** Results printed as blocks, ranges over several lines, titles over two, and what looks like results and is none. */
import assert from "node:assert/strict";
import { readResults } from "../../src/labs/read_results.ts";
import { newestDate } from "../../src/labs/report_title_dates.ts";
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

Deno.test("a test as heading, its result and range labelled below", () => {
  const rows: Rows = [
    [[40, "Laboratório Exemplo"]],
    [[40, "GLICOSE"]],
    [[50, "Material: Soro"], [200, "Método: Enzimático"]],
    [[50, "Resultado:"], [170, "92 mg/dL"]],
    [[50, "Valores de referência:"], [170, "70 a 99 mg/dL"]],
    [[50, "Resultado anterior: 101 mg/dL em 03/02/2023"]],
    [[40, "HIV 1 E 2"]],
    [[50, "Resultado:"], [170, "Não reagente"]],
  ];
  assert.deepEqual(read(rows), [
    ["GLICOSE", "92", "mg/dL", "70 a 99", null],
    ["HIV 1 E 2", "Não reagente", null, null, null],
  ]);
  assert.equal(readResults([pageOfRows(rows)])[0]?.specimen, "Soro");
});

Deno.test("a range between a heading and its value is that value's, and never the one above's", () => {
  const rows: Rows = [
    [[40, "Sodium"]],
    [[40, "Normal range: 136 - 145 mmol/L"]],
    [[40, "Value"], [120, "140"]],
    [[40, "Potassium"]],
    [[40, "Normal range: 3.5 - 5.1 mmol/L"]],
    [[40, "Value"], [120, "4.4"]],
  ];
  assert.deepEqual(read(rows), [
    ["Sodium", "140", "mmol/L", "136 - 145", null],
    ["Potassium", "4.4", "mmol/L", "3.5 - 5.1", null],
  ]);
});

Deno.test("a value without a heading is nobody's", () => {
  assert.deepEqual(read([[[50, "Resultado:"], [170, "92 mg/dL"]]]), []);
});

Deno.test("a unit in the title of a column holds for its rows", () => {
  const rows = table([40, 200, 330], ["Test", "Result (mg/dL)", "Reference range"], ["Glucose", "95", "70 - 99"]);
  assert.deepEqual(read(rows), [["Glucose", "95", "mg/dL", "70 - 99", null]]);
});

Deno.test("titles may take two lines", () => {
  const rows: Rows = [
    [[40, "Test"], [230, "Patient"], [300, "Abnormal"], [370, "Reference"], [470, "Units"]],
    { step: 11, cells: [[40, "Description"], [230, "Result"], [300, "Flag"], [370, "Interval"]] },
    [[40, "Sodium"], [230, "149"], [300, "HIGH"], [370, "136 - 145"], [470, "mmol/L"]],
    // Not measured: only the range is printed.
    [[40, "LDL"], [370, "<130"], [470, "mg/dL"]],
  ];
  assert.deepEqual(read(rows), [["Sodium", "149", "mmol/L", "136 - 145", "H"]]);
});

Deno.test("a limit under other rows' ranges is a range without a result, titles or not", () => {
  const rows: Rows = [
    [[40, "Sodium"], [200, "140"], [260, "mmol/L"], [340, "<145"]],
    [[40, "Chloride"], [200, "101"], [260, "mmol/L"], [340, "<107"]],
    [[40, "Triglycerides"], [260, "mg/dL"], [340, "<150"]],
    [[40, "CRP"], [200, "<0.6"], [260, "mg/L"], [340, "<5.0"]],
  ];
  assert.deepEqual(read(rows).map(([name, value]) => [name, value]), [
    ["Sodium", "140"],
    ["Chloride", "101"],
    ["CRP", "<0.6"],
  ]);
});

Deno.test("the newest of several columns is known even where day and month are open", () => {
  const rows: Rows = [
    [[40, "Date"], [180, "10/01/23"], [260, "05/09/23"], [340, "12/03/24"]],
    [[40, "Time"], [180, "08:00"], [260, "09:20"], [340, "08:15"], [410, "Units"], [480, "Reference"]],
    [[40, "Sodium"], [180, "139"], [260, "141"], [340, "147 H"], [410, "mmol/L"], [480, "(135-145)"]],
    [[40, "Urea"], [180, "5.1"], [340, "6.0"], [410, "mmol/L"], [480, "(3.0-8.0)"]],
  ];
  assert.deepEqual(read(rows).map(([name, value, , , flag]) => [name, value, flag]), [
    ["Sodium", "147", "H"],
    ["Urea", "6.0", null],
  ]);
  assert.deepEqual(newestDate(["12.03.2024", "10.01.2024"]), { index: 0, date: "2024-03-12" });
  // 1 February and 2 January, or 2 January and 1 February: nobody knows.
  assert.equal(newestDate(["01/02/24", "02/01/24"]), null);
  // One day past the twelfth tells how the others are meant.
  assert.deepEqual(newestDate(["12/02/24", "19/06/24", "05/11/24"]), { index: 2, date: "2024-11-05" });
});

Deno.test("a range goes on below in its column, and of several groups no limits are given", () => {
  const rows: Rows = [
    ...table([40, 200, 260, 340], ["Test", "Result", "Unit", "Reference range"], [
      "Ferritin",
      "85",
      "ng/mL",
      "Male: 30 - 400",
    ]),
    { step: 11, cells: [[340, "Female: 13 - 150"]] },
    [[40, "Urea"], [200, "31"], [260, "mg/dL"], [340, "17 - 43"]],
  ];
  const [ferritin, urea] = readResults([pageOfRows(rows)]);
  assert.equal(ferritin?.reference_text, "Male: 30 - 400 Female: 13 - 150");
  assert.deepEqual([ferritin?.reference_min, ferritin?.reference_max], [null, null]);
  assert.deepEqual([urea?.reference_min, urea?.reference_max], [17, 43]);
});

Deno.test("tables of grades, stages and goals are no results, a panel of undetected allergens is one", () => {
  const stages: Rows = table(
    [40, 200, 260, 340],
    ["Untersuchung", "Ergebnis", "Einheit", "Referenzbereich"],
    ["GFR (CKD-EPI)", "72", "ml/min", "> 60"],
    ["G1", "> 90", "", ""],
    ["G2", "60 - 89", "", ""],
    ["G3a", "45 - 59", "", ""],
    ["hohes Risiko", "< 70 mg/dl", "", ""],
    ["niedriges Risiko", "< 116 mg/dl", "", ""],
  );
  assert.deepEqual(read(stages).map(([name]) => name), ["GFR (CKD-EPI)"]);
  const panel = table(
    [40, 200, 270, 350],
    ["Allergen", "Result", "Unit", "Class"],
    ["Birch pollen", "<0.10", "kU/L", "0"],
    ["Timothy grass", "12.4", "kU/L", "3"],
    ["Cat dander", "<0.10", "kU/L", "0"],
    ["House dust mite", "<0.10", "kU/L", "0"],
  );
  assert.equal(read(panel).length, 4);
});

Deno.test("a name that begins on the line above is read whole, a heading above is not part of it", () => {
  const rows: Rows = [
    { cells: [[40, "Hormones"]] },
    { step: 15, cells: [[40, "TSH"], [200, "2.1"], [300, "mU/L"], [400, "0.4-4.0"]] },
    { step: 18, cells: [[40, "Thyroid peroxidase"]] },
    { step: 10, cells: [[40, "antibodies"], [200, "12"], [300, "IU/mL"], [400, "<34"]] },
    { step: 18, cells: [[40, "Ferritin"], [200, "85"], [300, "ng/mL"], [400, "30-400"]] },
  ];
  assert.deepEqual(read(rows).map(([name]) => name), ["TSH", "Thyroid peroxidase antibodies", "Ferritin"]);
});

Deno.test("stars, brackets and running numbers around a value or a name do not change it", () => {
  const rows = table(
    [40, 200, 300],
    ["Test", "Result", "Reference"],
    ["1. Glucose", "**412** mg/dL", "70-99"],
    ["1.2 Urea", "*52 mg/dL", "15-45"],
    ["Sodium", "149mmol/L(H)", "135-145"],
  );
  assert.deepEqual(read(rows), [
    ["Glucose", "412", "mg/dL", "70-99", "A"],
    ["Urea", "52", "mg/dL", "15-45", "A"],
    ["Sodium", "149", "mmol/L", "135-145", "H"],
  ]);
});

Deno.test("numbers amid recognised words are no results", () => {
  const page = pageOfRows([
    [[40, "- Diabetes type 2"]],
    [[40, "- HDL cholesterol < 0.40 g/l (but a protective factor if HDL > 0.60 g/l)"]],
    [[40, "Glucose"], [200, "0.88"], [260, "g/l"], [330, "0.70 - 1.08"]],
  ]);
  const words = page.lines.map((line) => ({ words: line.words.map((word) => ({ ...word, confidence: 0.97 })) }));
  assert.deepEqual(readResults([{ ...page, lines: words }]).map((result) => result.test_name), ["Glucose"]);
});
