/** Results as portals and apps show them, and tables headed by how long ago a sample was taken. */
import assert from "node:assert/strict";
import { readResults } from "../../src/labs/read_results.ts";
import { pageOfRows, type Print } from "./page_of_rows.ts";

type Rows = readonly (Print | Print["cells"])[];

function read(rows: Rows): (string | number | null)[][] {
  return readResults([pageOfRows(rows)]).map((result) => [
    result.test_name,
    result.value_text,
    result.unit,
    result.reference_min,
    result.reference_max,
    result.flag,
  ]);
}

const card = (name: string, ...lines: string[]): Print[] => [
  { step: 26, cells: [[40, name]] },
  ...lines.map((line): Print => ({ step: 12, cells: [[40, line]] })),
];

Deno.test("cards with the range between name and value", () => {
  const rows: Rows = [
    [[40, "Test results"]],
    ...card("HEMOGLOBIN A1C", "Normal range: 4.0 - 5.6 %"),
    { step: 12, cells: [[40, "5.9 %"], [100, "High"]] },
    ...card("ESTIMATED AVERAGE GLUCOSE", "123 mg/dL"),
    ...card("PROTEIN, URINE", "Normal value: Negative"),
    { step: 12, cells: [[40, "Trace"], [100, "Abnormal"]] },
    ...card("Comments", "Your A1c of 5.9 is above 5.7 and below 6.5 and should be repeated."),
  ];
  assert.deepEqual(read(rows), [
    ["HEMOGLOBIN A1C", "5.9", "%", 4, 5.6, "H"],
    ["ESTIMATED AVERAGE GLUCOSE", "123", "mg/dL", null, null, null],
    ["PROTEIN, URINE", "Trace", null, null, null, "A"],
  ]);
});

Deno.test("cards with the range below, and a flag in the line of the name", () => {
  const rows: Rows = [
    [[40, "Your lab results"]],
    ...card("Lipoprotein (a)", "22 nmol/L", "Reference range: <75 nmol/L"),
    ...card("Zinc Below range", "59 mcg/dL", "Reference range: 60-130 mcg/dL"),
  ];
  assert.deepEqual(read(rows), [
    ["Lipoprotein (a)", "22", "nmol/L", null, 75, null],
    ["Zinc", "59", "mcg/dL", 60, 130, "L"],
  ]);
});

Deno.test("one number under one line of text is no card", () => {
  assert.deepEqual(read([[[40, "Laboratory"]], ...card("Room of the blood collection", "12 g/dL")]), []);
});

Deno.test("a column headed by days ago holds the result, the least of several the newest", () => {
  const range: readonly [number, string] = [180, "4.0 - 11.0 10*3/uL"];
  assert.deepEqual(
    read([
      [[40, "Component"], [180, "Ref Range & Units"], [330, "3 d ago"]],
      [[40, "WBC"], range, [330, "12.1 High"]],
    ]),
    [["WBC", "12.1", "10*3/uL", 4, 11, "H"]],
  );
  assert.deepEqual(
    read([
      [[40, "Component"], [180, "Ref Range & Units"], [330, "1 yr ago"], [400, "2 mo ago"], [470, "9 d ago"]],
      [[40, "WBC"], range, [330, "7.1"], [400, "8.2"], [470, "9.3"]],
    ]),
    [["WBC", "9.3", "10*3/uL", 4, 11, null]],
  );
});

Deno.test("the share and the number of cells side by side are two results with ranges of their own", () => {
  const titles: Print["cells"] = [[150, "%"], [220, "/mm³"], [300, "Referência (%)"], [420, "Referência (/mm³)"]];
  assert.deepEqual(
    read([
      titles,
      [[40, "Neutrófilos"], [150, "55,0"], [220, "3.575"], [300, "45,0 a 70,0"], [420, "1.800 a 7.000"]],
      [[40, "Basófilos"], [150, "1,0"], [220, "65"], [300, "0,0 a 2,0"], [420, "até 200"]],
    ]),
    [
      ["Neutrófilos", "55,0", "%", 45, 70, null],
      ["Neutrófilos", "3.575", "/mm³", 1800, 7000, null],
      ["Basófilos", "1,0", "%", 0, 2, null],
      ["Basófilos", "65", "/mm³", null, 200, null],
    ],
  );
  assert.deepEqual(
    read([
      [[40, "Differentialblutbild"], [170, "rel. %"], [240, "Norm %"], [320, "abs. Gpt/l"], [420, "Norm Gpt/l"]],
      [[40, "Monozyten"], [170, "8,1"], [240, "2 - 10"], [320, "0,56"], [420, "0,2 - 0,8"]],
    ]),
    [["Monozyten", "8,1", "%", 2, 10, null], ["Monozyten", "0,56", "Gpt/l", 0.2, 0.8, null]],
  );
});

Deno.test("a range in the lines under its label is the result's, and its groups are no results", () => {
  const rows: Rows = [
    [[40, "VITAMINA D"]],
    [[40, "Resultado"], [180, "21 ng/mL"], [330, "Valor de referência:"]],
    { step: 12, cells: [[330, "Deficiência: menor que 20 ng/mL"]] },
    { step: 12, cells: [[330, "População geral: maior que 20 ng/mL"]] },
    { step: 30, cells: [[40, "VITAMINA B12"]] },
    [[40, "Resultado"], [180, "402 pg/mL"], [330, "Valor de referência:"]],
    { step: 12, cells: [[330, "211 a 911 pg/mL"]] },
  ];
  assert.deepEqual(read(rows), [
    ["VITAMINA D", "21", "ng/mL", null, null, null],
    ["VITAMINA B12", "402", "pg/mL", 211, 911, null],
  ]);
});

Deno.test("parts of a urine report stay in its section, and a line with an identity number is no section", () => {
  const titles: Print["cells"] = [[40, "TEST"], [200, "RESULT"], [300, "UNITS"], [400, "REFERENCE RANGE"]];
  const sections = (...heads: string[]) =>
    readResults([
      pageOfRows([titles, ...heads.map((head): Print["cells"] => [[40, head]]), [[40, "pH"], [200, "6.5"], [
        400,
        "5 - 8",
      ]]]),
    ]).map(({ section }) => section);
  assert.deepEqual(sections("URINE EXAMINATION", "Chemical Examination"), ["URINE EXAMINATION"]);
  assert.deepEqual(sections("Leena Example 010180-999"), [null]);
});
