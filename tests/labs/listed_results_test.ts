/** Results outside of tables: in the sentences of letters, and letters for what germs are sensitive to. */
import assert from "node:assert/strict";
import { readResults } from "../../src/labs/read_results.ts";
import { pageOfRows, type Print } from "./page_of_rows.ts";

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

const letter = (...lines: string[]): Rows => [
  [[40, "Sehr geehrte Frau Kollegin, wir berichten über Erika Probe, geb. 01.01.1941."]],
  { step: 40, cells: [[40, lines[0]!]] },
  ...lines.slice(1).map((line): Print["cells"] => [[40, line]]),
];

Deno.test("a list of results in a letter is read where ranges or a day say that they are results", () => {
  assert.deepEqual(
    read(letter(
      "Labor: Hb 10,4 g/dl (12-16), Leukozyten 12,3 /nl (4-10), CRP 64,2",
      "mg/l (<5), NT-proBNP 2.310 pg/ml (<125) und Kalium 3,4 mmol/l.",
    )),
    [
      ["Hb", "10,4", "g/dl", "(12-16)", null],
      ["Leukozyten", "12,3", "/nl", "(4-10)", null],
      ["CRP", "64,2", "mg/l", "(<5)", null],
      ["NT-proBNP", "2.310", "pg/ml", "(<125)", null],
      ["Kalium", "3,4", "mmol/l", null, null],
    ],
  );
  assert.deepEqual(
    read(letter("Labs from 3/12: Na 134, K 4.1, creatinine 1.3, glucose 104.")).map(([name, value]) => [name, value]),
    [["Na", "134"], ["K", "4.1"], ["creatinine", "1.3"], ["glucose", "104"]],
  );
});

Deno.test("doses, goals and what a letter tells are no results", () => {
  assert.deepEqual(read(letter("Labor: Leukozyten 14,1 /nl, CRP 112 mg/l, Kreatinin 1,32 mg/dl, HbA1c 7,2 %.")), []);
  assert.deepEqual(
    read(letter("Medikation: Ramipril 5 mg, Kalium 600 mg, Eisen 100 mg, Folsäure 5 mg, Magnesium 300 mg.")),
    [],
  );
  assert.deepEqual(
    read(letter("Ziele ab 5.11.: Ziel LDL 55 mg/dl (<55), Ziel HbA1c 7 % (<7), Ziel Kalium 4,5 mmol/l (4-5).")),
    [],
  );
});

Deno.test("letters below each other on a page about germs are what they are sensitive to", () => {
  const letters = (...rows: [string, string][]): Rows => [
    [[40, "Urine culture"]],
    ...rows.map(([name, letter]): Print["cells"] => [[40, name], [220, letter]]),
    [[40, "S = sensitive, R = resistant"]],
  ];
  assert.deepEqual(read(letters(["Amoxicillin", "R"], ["Co-amoxiclav", "S"], ["Nitrofurantoin", "S"])), [
    ["Amoxicillin", "R", null, null, "R"],
    ["Co-amoxiclav", "S", null, null, "S"],
    ["Nitrofurantoin", "S", null, null, "S"],
  ]);
  assert.deepEqual(
    read(letters(["Fosfomycin", "sensibel"], ["Trimethoprim", "resistent"], ["Pivmecillinam", "sensibel"])).map((row) =>
      row[4]
    ),
    ["S", "R", "S"],
  );
  assert.deepEqual(read(letters(["Amoxicillin", "R"], ["Nitrofurantoin", "S"])), []);
  const elsewhere = letters(["Amoxicillin", "R"], ["Co-amoxiclav", "S"], ["Nitrofurantoin", "S"]).slice(1, -1);
  assert.deepEqual(read(elsewhere), []);
});
