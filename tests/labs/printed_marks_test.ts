/** Marks around names and values: stars, arrows, notes, crosses of strips; and rows that only look like results. */
import assert from "node:assert/strict";
import type { Page, Word } from "../../src/documents/page.ts";
import { readResults } from "../../src/labs/read_results.ts";
import { pageOfRows, type Print } from "./page_of_rows.ts";

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

function read(rows: Rows): (string | null)[][] {
  return resultsOf(pageOfRows(rows));
}

function withWords(page: Page, change: (word: Word, line: number) => Word): Page {
  return {
    ...page,
    lines: page.lines.map(({ words }, line) => ({ words: words.map((word) => change(word, line)) })),
  };
}

Deno.test("a star or an arrow in front of a name flags that row and leaves the name to it", () => {
  const rows: Rows = [
    [[57, "Serum bilirubin"], [220, "9"], [260, "umol/L"], [330, "(< 21)"]],
    [[40, "*"], [57, "Serum ALT"], [220, "63"], [260, "U/L"], [330, "(10 - 49)"]],
    [[40, "▼ Serum iron"], [220, "7"], [260, "umol/L"], [330, "(10 - 30)"]],
    [[40, "* denotes a result outside the reference range"]],
  ];
  assert.deepEqual(read(rows), [
    ["Serum bilirubin", "9", "umol/L", "(< 21)", null],
    ["Serum ALT", "63", "U/L", "(10 - 49)", "A"],
    ["Serum iron", "7", "umol/L", "(10 - 30)", "L"],
  ]);
});

Deno.test("a value with other words in front of it is never the row above once more", () => {
  const rows: Rows = [
    [[40, "Serum bilirubin"], [220, "9"], [260, "umol/L"], [330, "(< 21)"]],
    [[40, "~"], [57, "Serum ALT ="], [220, "63"], [260, "U/L"], [330, "(10 - 49)"]],
  ];
  assert.ok(read(rows).every(([name, value]) => name !== "Serum bilirubin" || value === "9"));
});

Deno.test("small raised letters behind names are notes, those on the line are names", () => {
  const names = ["Leukozyten", "Natrium", "Hepatitis B"];
  const rows: Rows = names.map((name, at) => [[40, `${name} F`], [200, `${at + 5}`], [250, "U/l"], [330, "2 - 9"]]);
  const raised = withWords(pageOfRows(rows), (word) => {
    if (word.text !== "F") return word;
    const [left, top, right, bottom] = word.box;
    return { ...word, box: [left, top - 2, right, bottom - 4] };
  });
  assert.deepEqual(resultsOf(raised).map(([name]) => name), names);
  assert.deepEqual(read(rows).map(([name]) => name), names.map((name) => `${name} F`));
});

Deno.test("a mark that nearly every name of a page ends with is none of their letters", () => {
  const names = ["Cholesterin", "Harnstoff", "Kreatinin", "Bilirubin", "Albumin", "Ferritin"];
  const rows = (mark: (at: number) => string): Rows =>
    names.map((name, at) => [[40, name + mark(at)], [200, `${at + 5}`], [250, "U/l"], [330, "2 - 9"]]);
  assert.deepEqual(read(rows((at) => at % 2 === 0 ? " A" : "F")).map(([name]) => name), names);
  assert.deepEqual(read(rows((at) => at === 0 ? " D" : ""))[0]?.[0], "Cholesterin D");
});

Deno.test("what was recognised from a box over two lines is no value", () => {
  const rows: Rows = [
    [[40, "Trombocyten"], [200, "12"], [260, "10^9/L"], [340, "150 - 400"]],
    [[40, "Bezinking"], [260, "mm/uur"], [340, "1 - 20"]],
    [[40, "MCV"], [200, "91"], [260, "fL"], [340, "80 - 100"]],
  ];
  const recognised = withWords(pageOfRows(rows), (word, line) => {
    const [left, top, right, bottom] = word.box;
    return {
      ...word,
      confidence: 0.98,
      box: [left, top, right, line === 0 && word.text === "12" ? bottom + 15 : bottom],
    };
  });
  assert.deepEqual(resultsOf(recognised), [["MCV", "91", "fL", "80 - 100", null]]);
});

Deno.test("two arrows are one mark, and a mark before words is no part of them", () => {
  const titles: Print["cells"] = [[40, "Prueba"], [200, "Resultado"], [300, "Unidades"], [
    400,
    "Valores de referencia",
  ]];
  assert.deepEqual(
    read([
      titles,
      [[40, "Ferritina"], [200, "1'204 ↑ ↑"], [300, "µg/L"], [400, "30 - 400"]],
      [[40, "Sangre"], [200, "* Indicios"], [400, "[ Negativo ]"]],
    ]),
    [["Ferritina", "1'204", "µg/L", "30 - 400", "HH"], ["Sangre", "Indicios", null, "Negativo", "A"]],
  );
});

Deno.test("crosses before a range in words are the result of a strip", () => {
  const rows: Rows = [
    [[40, "pH ...........:"], [200, "6.0"], [330, "[5.0-7.5]"]],
    [[40, "Leukozyten ...:"], [200, "++"], [330, "[neg.]"]],
    [[40, "Nitrit .......:"], [200, "pos."], [330, "[neg.]"]],
  ];
  assert.deepEqual(read(rows).map(([name, value]) => [name, value]), [["pH", "6.0"], ["Leukozyten", "++"], [
    "Nitrit",
    "pos.",
  ]]);
});

Deno.test("of two ranges the one in fields of view was counted", () => {
  const rows: Rows = [
    [[40, "Densidad"], [200, "1.020"], [330, "1.005 - 1.030"]],
    [[40, "Leucocitos"], [200, "2 - 4"], [260, "x campo"], [330, "0 - 5"]],
    [[40, "Hematíes"], [200, "2 - 4"], [330, "0 - 5"]],
  ];
  assert.deepEqual(read(rows).find(([name]) => name === "Leucocitos"), [
    "Leucocitos",
    "2 - 4",
    "x campo",
    "0 - 5",
    null,
  ]);
  assert.ok(!read(rows).some(([name]) => name === "Hematíes"));
});

Deno.test("a test that was not done has no result, in any language", () => {
  const titles: Print["cells"] = [[40, "Test"], [200, "Result"], [300, "Units"], [400, "Reference Range"]];
  const words = [
    "TNP",
    "See comment",
    "Haemolysed",
    "s. Kommentar",
    "Nicht durchgeführt",
    "non effectué",
    "ver comentario",
  ];
  const rows: Rows = [
    titles,
    [[40, "Sodium"], [200, "139"], [300, "mmol/L"], [400, "133 - 146"]],
    ...words.map((word): Print["cells"] => [[40, "Ferritin"], [200, word], [400, "13 - 150"]]),
  ];
  assert.deepEqual(read(rows), [["Sodium", "139", "mmol/L", "133 - 146", null]]);
});

Deno.test("lines about the method stand inside a table, labels of a form end it and are no results", () => {
  const titles: Print["cells"] = [[40, "Test Name"], [200, "Results"], [300, "Units"], [400, "Bio. Ref. Interval"]];
  const rows: Rows = [
    [[40, "Ref By : SELF"], [200, "Report Status : Final"], [400, "Collected : 12/7/2024"]],
    titles,
    [[40, "Vitamin B12"], [200, ">2000.00"], [300, "pg/mL"], [400, "211.00 - 946.00"]],
    { step: 11, cells: [[40, "(CLIA)"]] },
    [[40, "ABO Group"], [200, "O"]],
    [[40, "Rh Factor"], [200, "Positive"]],
  ];
  assert.deepEqual(read(rows).map(([name, value]) => [name, value]), [["Vitamin B12", ">2000.00"], ["ABO Group", "O"], [
    "Rh Factor",
    "Positive",
  ]]);
});

Deno.test("a mark that lies in an empty column of earlier results is today's", () => {
  const rows: Rows = [
    [[40, "Parameter"], [180, "08.10.2024"], [300, "01.10.2024"], [400, "Einheit"], [480, "Norm"]],
    [[40, "Fibrinogen"], [180, "466"], [270, "+"], [400, "mg/dL"], [480, "200 - 400"]],
    [[40, "CRP"], [180, "3,4"], [300, "12,0 +"], [400, "mg/dL"], [480, "0,0 - 5,0"]],
  ];
  assert.deepEqual(read(rows).map(([name, value, , , flag]) => [name, value, flag]), [["Fibrinogen", "466", "H"], [
    "CRP",
    "3,4",
    null,
  ]]);
});

Deno.test("the laboratory is the name at the head of the page, not the title beside it", () => {
  const cases: [string, string | null][] = [
    [
      "Northmoor Hospitals NHS Foundation Trust - Department of Blood Sciences",
      "Northmoor Hospitals NHS Foundation Trust",
    ],
    ["Fachlabor Isartal", "Fachlabor Isartal"],
    ["Medisch Labo Kempen bv", "Medisch Labo Kempen bv"],
    ["滨海市第九人民医院检验报告单（免疫）", "滨海市第九人民医院"],
    ["Your Lab Results", null],
    ["Laborbefund", null],
  ];
  for (const [head, expected] of cases) {
    const page = pageOfRows([
      [[40, head]],
      { step: 60, cells: [[40, "Natrium"], [200, "139"], [260, "mmol/l"], [340, "135 - 145"]] },
    ]);
    assert.equal(readResults([page])[0]?.laboratory, expected, head);
  }
});

Deno.test("a lone digit recognised beside words that are no test is a speck, in a text layer it is a result", () => {
  const rows: Rows = [
    [[40, "TPHA"], [220, "1:80"], [330, "< 1:80"]],
    [[40, "Autoimmundiagnostik"], [220, "1"]],
    [[40, "Rheumafaktor"], [220, "12"], [260, "IU/ml"], [330, "< 14"]],
  ];
  const names = (page: Page) => resultsOf(page).map(([name]) => name);
  assert.deepEqual(names(pageOfRows(rows)), ["TPHA", "Autoimmundiagnostik", "Rheumafaktor"]);
  const recognised = withWords(pageOfRows(rows), (word) => ({ ...word, confidence: 0.9 }));
  assert.deepEqual(names(recognised), ["TPHA", "Rheumafaktor"]);
});
