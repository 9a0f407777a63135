import assert from "node:assert/strict";
import { type PrintedResult, readResults } from "../../src/labs/read_results.ts";
import { pageOfRows, type Print, table } from "./page_of_rows.ts";

type Rows = readonly (Print | Print["cells"])[];

/** Name, value as printed, unit, range and flag of every result, the way the tests compare them. */
function read(rows: Rows): (string | null)[][] {
  return readResults([pageOfRows(rows)]).map(summary);
}

function summary(result: PrintedResult): (string | null)[] {
  return [result.test_name, result.value_text, result.unit, result.reference_text, result.flag];
}

function lines(...texts: string[]): Print["cells"][] {
  return texts.map((text): Print["cells"] => [[40, text]]);
}

Deno.test("tables are read in nine languages, with their decimal marks and flags", () => {
  const at = [40, 200, 270, 350, 470];
  const reports: [Rows, (string | null)[][]][] = [
    [
      table(at, ["Test", "Result", "Units", "Reference Range", "Flag"], ["Glucose", "104", "mg/dL", "70-99", "HIGH"]),
      [["Glucose", "104", "mg/dL", "70-99", "H"]],
    ],
    [
      table(at, ["Untersuchung", "Ergebnis", "Einheit", "Referenzbereich", ""], [
        "Hämoglobin",
        "11,2 -",
        "g/dl",
        "12,0 - 16,0",
      ]),
      [["Hämoglobin", "11,2", "g/dl", "12,0 - 16,0", "L"]],
    ],
    [
      table(at, ["Prueba", "Resultado", "Unidades", "Valores de referencia"], [
        "Colesterol total",
        "221 *",
        "mg/dL",
        "Hasta 200",
      ]),
      [["Colesterol total", "221", "mg/dL", "Hasta 200", "A"]],
    ],
    [
      table(at, ["Analyse", "Résultat", "Unité", "Valeurs de référence"], ["Potassium", "4,1", "mmol/L", "3,5 à 5,1"]),
      [["Potassium", "4,1", "mmol/L", "3,5 à 5,1", null]],
    ],
    [
      table(at, ["Esame", "Risultato", "U.M.", "Valori di riferimento"], [
        "Globuli bianchi",
        "7,45",
        "10^3/µL",
        "4,00 - 10,00",
      ]),
      [["Globuli bianchi", "7,45", "10^3/µL", "4,00 - 10,00", null]],
    ],
    [
      table([40, 220, 350], ["Exame", "Resultado", "Valores de Referência"], [
        "Plaquetas",
        "245.000 /mm³",
        "150.000 a 450.000",
      ], ["HIV 1 e 2", "Não reagente", "Não reagente"]),
      [["Plaquetas", "245.000", "/mm³", "150.000 a 450.000", null], [
        "HIV 1 e 2",
        "Não reagente",
        null,
        "Não reagente",
        null,
      ]],
    ],
    [
      table(at, ["Bepaling", "Uitslag", "Eenheid", "Referentiewaarden", "Vorige"], [
        "TSH",
        "6,2 H",
        "mU/L",
        "0,4 - 4,0",
        "5,1",
      ]),
      [["TSH", "6,2", "mU/L", "0,4 - 4,0", "H"]],
    ],
    [
      table(at, ["Tetkik", "Sonuç", "Birim", "Referans Aralığı", "Durum"], [
        "Glukoz (Açlık)",
        "104",
        "mg/dL",
        "74 - 100",
        "Yüksek",
      ]),
      [["Glukoz (Açlık)", "104", "mg/dL", "74 - 100", "H"]],
    ],
    [
      table([30, 60, 230, 300, 340, 420], ["序号", "项目名称", "结果", "提示", "单位", "参考范围"], [
        "1",
        "葡萄糖(GLU)",
        "6.8",
        "↑",
        "mmol/L",
        "3.9-6.1",
      ], ["2", "乙肝表面抗原", "阴性(-)", "", "", "阴性"]),
      [["葡萄糖(GLU)", "6.8", "mmol/L", "3.9-6.1", "H"], ["乙肝表面抗原", "阴性(-)", null, "阴性", null]],
    ],
  ]; // deno-fmt-ignore
  for (const [rows, expected] of reports) assert.deepEqual(read(rows), expected);
});

Deno.test("lines without a table are read by the order of name, value, unit and range", () => {
  assert.deepEqual(
    read(lines(
      "Leukozyten 5,6 G/l 4,0 - 10,0",
      "CA 19-9 25,3 U/ml <37",
      "25-OH-Vitamin D 18,4 - ng/ml 30 - 100",
      "Vitamin B12 322 pg/ml 197-771",
      "Faktor VIII 112 % 60 - 150",
      "HBs-Antigen negativ",
      "ANA-Titer 1:320 < 1:80",
    )),
    [
      ["Leukozyten", "5,6", "G/l", "4,0 - 10,0", null],
      ["CA 19-9", "25,3", "U/ml", "<37", null],
      ["25-OH-Vitamin D", "18,4", "ng/ml", "30 - 100", "L"],
      ["Vitamin B12", "322", "pg/ml", "197-771", null],
      ["Faktor VIII", "112", "%", "60 - 150", null],
      ["HBs-Antigen", "negativ", null, null, null],
      ["ANA-Titer", "1:320", null, "< 1:80", null],
    ],
  );
});

Deno.test("limits, comparators and numbers are given beside the print", () => {
  const [result] = readResults([pageOfRows(lines("Name: Anna Berg", "Troponin T <0,003 ng/ml (0,000 - 0,014)"))]);
  assert.ok(result);
  assert.equal(result.value, 0.003);
  assert.equal(result.comparator, "<");
  assert.equal(result.value_text, "<0,003");
  assert.equal(result.reference_min, 0);
  assert.equal(result.reference_max, 0.014);
  assert.equal(result.page, 1);
  assert.deepEqual(result.box, [40, 70, 235, 80]);
  assert.ok(result.confidence > 0.8 && result.confidence <= 1);
});

Deno.test("ranges for several groups stay text", () => {
  const rows = table([40, 200, 260, 330], ["Test", "Result", "Units", "Reference Range"], [
    "Ferritin",
    "85",
    "ng/mL",
    "M: 30-400 F: 13-150",
  ]);
  const [result] = readResults([pageOfRows(rows)]);
  assert.equal(result?.reference_text, "M: 30-400 F: 13-150");
  assert.equal(result?.reference_min, null);
  assert.equal(result?.reference_max, null);
});

Deno.test("glued print is taken apart without changing it", () => {
  assert.deepEqual(
    read(
      lines(
        "Neutrophils\u0009",
        "WBC 5.910*9/L 4.0-10.0x10^9/L",
        "Hemoglobin 13.5g/dL 12.0-16.0g/dL",
        "Kalium 5.6↑ mmol/L",
      ),
    ),
    [
      ["WBC", "5.9", "10*9/L", "4.0-10.0", null],
      ["Hemoglobin", "13.5", "g/dL", "12.0-16.0", null],
      ["Kalium", "5.6", "mmol/L", null, "H"],
    ],
  );
});

Deno.test("the administrative part of a report has no results", () => {
  const rows: Rows = [
    [[40, "Laboratory Dr. Example"], [300, "123 Medical Avenue, Healthcare City - 500001"]],
    [[40, "Patient ID"], [200, "4456"], [300, "Age / Gender:"], [400, "35 Years / Male"]],
    [[40, "Matricule INS"], [200, "279035121518989 [INS-NIR de test]"]],
    [[40, "Tel"], [200, "Domicile : 0144534551"]],
    [[40, "Né(e) le"], [200, "16/06/1965"], [300, "57 rue du chat 75018 PARIS"]],
    [[40, "81675 München, Musterstr. 12"]],
    [[40, "Sample Collected:"], [200, "27-Feb-2026, 02:25 PM"]],
    [[40, "Height: 175 cm"], [200, "Weight: 72 kg"], [300, "BMI 23.5 kg/m2"]],
    [[40, "Version"], [200, "2.1"]],
    [[40, "Room 12, Floor 3"], [200, "IBAN DE12 5001 0517 0648 4898 90"]],
    [[40, "CLIA 05D0642827"], [200, "Page 1 of 3"]],
  ];
  assert.deepEqual(read(rows), []);
});

Deno.test("interpretive tables, methods and prose have no results", () => {
  const rows: Rows = [
    [[40, "Desirable"], [200, "< 200 mg/dL"]],
    [[40, "Borderline high"], [200, "200 - 239 mg/dL"]],
    [[40, "Deficiency: < 20 ng/mL"]],
    [[40, "Prediabetes: 5.7 - 6.4. Diabetes: >6.4"]],
    [[40, "Women (pregnant)"], [200, "11.0 - 14.0 g/dL"]],
    [[40, "Method: HPLC 2.1"]],
    [[40, "Recommend iron-rich diet and follow-up testing in 4 weeks."]],
    [[40, "The laboratory recommends a repeat test within 3 months if the value is above 6.5 %."]],
    [[40, "Der Patient ist 45 Jahre alt und wiegt 80 kg."]],
    [[40, "HbA1c of 5.7-6.4 % indicates prediabetes according to ADA 2023."]],
    [[40, "Reference: Clin Chem 2019; 65: 112-118"]],
  ];
  assert.deepEqual(read(rows), []);
});

Deno.test("sentences below a table are not rows of it", () => {
  const titled = table([40, 190, 280, 370], ["Test", "Result", "Unit", "Reference range"], [
    "Hemoglobin",
    "13.2",
    "g/dL",
    "13.5 - 17.5",
  ]);
  for (
    const sentence of ["Your sodium has come back at 140 mmol/L as we hoped.", "140 mmol/L sodium", "Take 20 mg daily"]
  ) {
    const results = read([...titled, [[40, sentence]]]);
    assert.deepEqual(results.map(([name]) => name), ["Hemoglobin"], sentence);
  }
});

Deno.test("units in names, footnote marks and leaders are not part of the name", () => {
  assert.deepEqual(
    read(
      table([40, 200, 300], ["Protéines totales (g/L)", "75,0", "63,00 - 83,00"], [
        "Monocytes......%:",
        "20,0",
        "N : 3-10%",
      ]),
    ),
    [
      ["Protéines totales", "75,0", "g/L", "63,00 - 83,00", null],
      ["Monocytes", "20,0", "%", "N : 3-10", null],
    ],
  );
  const noted = table([40, 200, 300], ["INR", "1.11)", "2.0-3.5"], ["1)INR nur gültig bei Antikoagulation"]);
  assert.deepEqual(read(noted), [["INR", "1.1", null, "2.0-3.5", null]]);
  // Without the note on the page the digit might be the value's own.
  assert.deepEqual(read(noted.slice(0, 1)), []);
});

Deno.test("a range printed under its result is its range", () => {
  const rows: Rows = [
    [[40, "LDL-CHOLESTEROL"], [200, "114 H"], [300, "mg/dL"]],
    [[60, "Reference range: <100. Desirable range <100 mg/dL for primary prevention"]],
  ];
  assert.deepEqual(read(rows), [["LDL-CHOLESTEROL", "114", "mg/dL", "<100", "H"]]);
});

Deno.test("results carry the heading above them", () => {
  const rows: Rows = [
    ...lines("Hämatologie", "Leukozyten 5,6 G/l 4,0 - 10,0", "Klinische Chemie", "Natrium 140 mmol/l 135 - 145"),
  ];
  assert.deepEqual(readResults([pageOfRows(rows)]).map((result) => result.section), [
    "Hämatologie",
    "Klinische Chemie",
  ]);
});

Deno.test("the same print twice under one heading is one result", () => {
  assert.equal(read(lines("Natrium 140 mmol/l 135 - 145", "Natrium 140 mmol/l 135 - 145")).length, 1);
});

Deno.test("titles of one page hold for the next one", () => {
  const first = pageOfRows(table([40, 200, 300], ["Analyse", "Referenz", "Ergebnis"], ["Kalium", "3,5-5,1", "5,6"]));
  const second = pageOfRows(table([40, 200, 300], ["Natrium", "135-145", "141"]), 2);
  assert.deepEqual(readResults([first, second]).map((result) => [result.page, result.test_name, result.value]), [
    [1, "Kalium", 5.6],
    [2, "Natrium", 141],
  ]);
});

Deno.test("an uncertain character from a picture lowers the confidence and changes nothing", () => {
  const page = pageOfRows(lines("Ferritin 1O4 ng/ml 30 - 400", "Kalium 4,1 mmol/l 3,5 - 5,1"));
  const blurred = {
    ...page,
    lines: page.lines.map((line) => ({ words: line.words.map((word) => ({ ...word, confidence: 0.6 })) })),
  };
  const results = readResults([blurred]);
  assert.deepEqual(results.map(summary), [["Kalium", "4,1", "mmol/l", "3,5 - 5,1", null]]);
  assert.ok((results[0]?.confidence ?? 1) < 0.6);
});
