import assert from "node:assert/strict";
import { readResults } from "../../src/labs/read_results.ts";
import { readReportDates } from "../../src/labs/report_dates.ts";
import { pageOfRows, type Print, table } from "./page_of_rows.ts";

type Rows = readonly (Print | Print["cells"])[];

const PATIENT: Print["cells"] = [[40, "Patient: Anna Berg, born 04/05/1970, collected 05/02/2025"]];

function read(rows: Rows): string[] {
  return readResults([pageOfRows(rows)]).map(({ test_name, value_text, unit }) =>
    [test_name, value_text, unit].filter((part) => part !== null).join(" ")
  );
}

const LABS = table(
  [40, 200, 270, 350],
  ["Test", "Result", "Units", "Reference range"],
  [
    "Sodium",
    "131",
    "mmol/L",
    "133-146",
  ],
  ["Urea", "9.1", "mmol/L", "2.5-7.8"],
  ["Creatinine", "118", "umol/L", "59-104"],
);
const LABS_READ = ["Sodium 131 mmol/L", "Urea 9.1 mmol/L", "Creatinine 118 umol/L"];

Deno.test("medicines in a letter are no results, and the results beside them stay", () => {
  const drugs = table(
    [40, 220, 350],
    ["Drug", "Dose", "Frequency"],
    ["Folic acid", "5 mg", "once daily"],
    ["Potassium chloride", "600 mg", "twice daily"],
    ["Amoxicillin", "500 mg", "3 times daily"],
  );
  assert.deepEqual(read([PATIENT, ...LABS, ...drugs]), LABS_READ);
  assert.deepEqual(read([PATIENT, ...drugs, [[40, "Blood results"]], ...LABS]), LABS_READ);
  const visit: Print["cells"] = [[40, "Vitals: blood pressure 141/88, heart rate 88, weight 92 kg, temperature 36.8"]];
  assert.deepEqual(read([PATIENT, visit, ...LABS, ...drugs]), LABS_READ);
});

Deno.test("limits, aims and ranges that are listed are nobody's results", () => {
  const at = [40, 200, 270, 350];
  assert.deepEqual(
    read([
      PATIENT,
      ...table(at, ["Analyte", "Low", "High", "Unit"], ["Sodium", "120", "155", "mmol/L"], [
        "Potassium",
        "2.5",
        "6.5",
        "mmol/L",
      ]),
    ]),
    [],
  );
  assert.deepEqual(
    read([
      PATIENT,
      ...table(at, ["Test", "Reference interval", "Units", "Specimen"], ["ALT", "<40", "U/L", "Serum"], [
        "Troponin T",
        "<14",
        "ng/L",
        "Plasma",
      ]),
    ]),
    [],
  );
  assert.deepEqual(
    read([PATIENT, ...table([40, 250], ["Measure", "Target"], ["HbA1c", "48 mmol/mol"], ["LDL", "2.0 mmol/L"])]),
    [],
  );
});

Deno.test("food, water, wine, controls and studies are no reports", () => {
  const at = [40, 200, 290, 380, 470];
  const papers: Rows[] = [
    table(
      at,
      ["Valeurs nutritionnelles", "pour 100 g", "par pot", "% AR"],
      ["Énergie", "263 kJ", "395 kJ", "5 %"],
      ["Sodium", "0,04 g", "0,06 g", "1 %"],
      ["Calcium", "150 mg", "225 mg", "28 %"],
    ),
    [
      [[40, "Analisi acqua di rete, punto di prelievo: Piazza Roma"]],
      ...table(at, ["Parametro", "Risultato", "U.M.", "Limite"], ["Sodio", "18", "mg/l", "200"], [
        "Ferro",
        "<10",
        "µg/l",
        "200",
      ]),
    ],
    [
      [[40, "Weinanalyse, Kunde: Gut Altenberg"]],
      ...table(at, ["Parameter", "Ergebnis", "Einheit"], ["pH", "3,3", ""], ["Kalium", "810", "mg/l"]),
    ],
    [
      [[40, "Internal quality control, lot 45512"]],
      ...table(at, ["Analyte", "Result", "Target", "SD", "z"], ["Sodium", "151", "150", "1.2", "0.83"]),
    ],
    [
      [[40, "Baseline characteristics of participants, mean (SD)"]],
      ...table(at, ["Characteristic", "Placebo (n = 205)", "Active (n = 207)", "P value"], [
        "HbA1c, %",
        "7.9 (0.8)",
        "8.0 (0.9)",
        "0.31",
      ]),
    ],
  ];
  for (const paper of papers) assert.deepEqual(read(paper), []);
});

Deno.test("a paper that names nobody is doubted, and is none where its names are strange", () => {
  const rows = table([40, 200, 290], ["Sodium", "141 mmol/L", "135-145"], ["Urea", "5.1 mmol/L", "2.5-7.8"]);
  const doubted = readResults([pageOfRows(rows)]);
  assert.equal(doubted.length, 2);
  assert.ok(doubted.every(({ confidence }) => confidence < 0.6));
  const known = readResults([pageOfRows([PATIENT, ...rows])]);
  assert.ok(known.every(({ confidence }) => confidence > 0.6));
  assert.deepEqual(
    read(table([40, 200], ["Messbereich", "350 mg/l"], ["Nachweisgrenze", "0,2 mg/l"], ["Wiederfindung", "98 %"])),
    [],
  );
});

Deno.test("of a sheet with one row a day the newest day is read, by the names of the catalogue", () => {
  const rows = table(
    [40, 140, 250, 350, 450],
    ["Date", "WBC (10^9/L)", "Hb (g/L)", "Mo", "Weight (kg)"],
    ["14/01/2025", "6.2", "117", "1", "71"],
    ["25/02/2025", "3.1 L", "98", "1/2", "70"],
  );
  assert.deepEqual(read([PATIENT, ...rows]), ["WBC 3.1 10^9/L", "Hb 98 g/L"]);
  const nobody = rows.slice(0);
  assert.deepEqual(read(nobody), []);
  const named: Print["cells"] = [[40, "Patient: Anna Berg"]];
  assert.equal(readReportDates([pageOfRows([named, ...rows])]).collected, "2025-02-25");
});

Deno.test("a strip of words is read with doubt, and one word is not", () => {
  const strip = table([40, 120], ["Glucose", "neg"], ["Nitrite", "pos"], ["Ketones", "trace"], ["Protein", "1+"]);
  const results = readResults([pageOfRows([[[40, "Patient: Anna Berg"]], ...strip])]);
  assert.deepEqual(results.map(({ test_name, value_text }) => `${test_name} ${value_text}`), [
    "Glucose neg",
    "Nitrite pos",
    "Ketones trace",
    "Protein 1+",
  ]);
  assert.ok(results.every(({ confidence }) => confidence < 0.6));
  assert.deepEqual(read([[[40, "Patient: Anna Berg"]], ...strip.slice(0, 1)]), []);
});

Deno.test("what was looked for and what was expected are told from the result", () => {
  const rows = table([40, 220, 350], ["Target", "Result", "Expected"], ["Influenza A RNA", "Detected", "Not detected"]);
  const [result] = readResults([pageOfRows([PATIENT, ...rows])]);
  assert.equal(result?.value_text, "Detected");
  assert.equal(result?.reference_text, "Not detected");
});

Deno.test("what is usual in men and in women is nobody's result", () => {
  const rows = table(
    [40, 200, 300, 400],
    ["Paramètre", "Homme", "Femme", "Unité"],
    ["Ferritine", "30 - 300", "15 - 150", "µg/L"],
    ["Créatinine", "< 13", "< 11", "mg/L"],
  );
  assert.deepEqual(readResults([pageOfRows(rows)]), []);
});

Deno.test("a case that is told for learning has no person, and its values are nobody's", () => {
  const rows: (head: string) => Print["cells"][] = (head) => [
    [[40, head]],
    [[40, "Haemoglobin"], [200, "88 g/L"]],
    [[40, "MCV"], [200, "71 fL"]],
    [[40, "Answers on page 42."]],
  ];
  assert.deepEqual(readResults([pageOfRows(rows("Case of the month"))]), []);
  assert.equal(readResults([pageOfRows(rows("Patient: Jane Sample, DOB 02/02/1960"))]).length, 2);
});

Deno.test("titles end where those of a table begin that is not known", () => {
  const rows: Rows = [
    PATIENT,
    ...table(
      [40, 250, 350, 450],
      ["Untersuchung", "Ergebnis", "Einheit", "Grenzwert"],
      ["Hb", "11,8", "g/dl"],
      ["oGTT", "142", "mg/dl", "<180"],
    ),
    ...table(
      [40, 110, 250, 350, 450],
      ["SSW", "Fundusstand", "Gewicht", "RR", "Ödeme"],
      ["20+1", "N-1", "66,4", "110/70", "0"],
      ["24+3", "N+1", "68,9", "115/75", "0"],
    ),
  ];
  assert.deepEqual(readResults([pageOfRows(rows)]).map(({ test_name }) => test_name), ["Hb", "oGTT"]);
});
