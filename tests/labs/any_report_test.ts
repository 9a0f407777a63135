/** Reports nobody wrote: printed from random rows, in random languages and column orders, and read back. */
import assert from "node:assert/strict";
import { readResults } from "../../src/labs/read_results.ts";
import { pageOfRows, type Print } from "./page_of_rows.ts";

interface Language {
  readonly titles: Readonly<Record<"name" | "result" | "unit" | "range", string>>;
  readonly comma: boolean;
  readonly between: string;
  readonly below: string;
}

const LANGUAGES: readonly Language[] = [
  {
    titles: { name: "Test Name", result: "Result", unit: "Units", range: "Reference Range" },
    comma: false,
    between: " - ",
    below: "< ",
  },
  {
    titles: { name: "Untersuchung", result: "Ergebnis", unit: "Einheit", range: "Referenzbereich" },
    comma: true,
    between: "-",
    below: "bis ",
  },
  {
    titles: { name: "Analyses", result: "Résultats", unit: "Unités", range: "Valeurs de référence" },
    comma: true,
    between: " à ",
    below: "< ",
  },
  {
    titles: { name: "Prueba", result: "Resultado", unit: "Unidad", range: "Intervalo de referencia" },
    comma: true,
    between: " a ",
    below: "hasta ",
  },
  {
    titles: { name: "Esame", result: "Esito", unit: "U.M.", range: "Valori di riferimento" },
    comma: true,
    between: " - ",
    below: "fino a ",
  },
  {
    titles: { name: "Bepaling", result: "Uitslag", unit: "Eenheid", range: "Referentiewaarden" },
    comma: true,
    between: " – ",
    below: "<",
  },
  {
    titles: { name: "Tetkik", result: "Sonuç", unit: "Birim", range: "Referans Aralığı" },
    comma: false,
    between: " - ",
    below: "<",
  },
]; // deno-fmt-ignore
const SYLLABLES = ["Ka", "li", "um", "Glo", "bin", "tri", "phos", "pha", "ta", "se", "chlo", "rid", "Fer", "ox", "al", "my"];
const UNITS = [
  "mg/dL",
  "mmol/l",
  "µg/l",
  "10^9/L",
  "x10³/µL",
  "%",
  "g/l",
  "U/l",
  "ng/mL",
  "mIU/L",
  "fL",
  "pg",
  "sek",
  "/nl",
];
const ORDERS = [["name", "result", "unit", "range"], ["name", "unit", "range", "result"], [
  "name",
  "range",
  "result",
  "unit",
], ["name", "result", "range", "unit"]] as const; // deno-fmt-ignore

/** The same numbers for the same seed, everywhere. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

Deno.test("what a random laboratory prints in a titled table is read back exactly", () => {
  for (let seed = 1; seed <= 120; seed++) {
    const { rows, printed } = randomReport(seed, true);
    assert.deepEqual(readBack(rows), printed, `seed ${seed}`);
  }
});

Deno.test("what a random laboratory prints without titles is read back exactly", () => {
  for (let seed = 1001; seed <= 1120; seed++) {
    const { rows, printed } = randomReport(seed, false);
    assert.deepEqual(readBack(rows), printed, `seed ${seed}`);
  }
});

function readBack(rows: readonly Print["cells"][]): unknown[] {
  return readResults([pageOfRows(rows)]).map((result) => [
    result.test_name,
    result.value,
    result.value_text,
    result.unit,
    result.reference_text,
    result.reference_min,
    result.reference_max,
  ]);
}

function randomReport(seed: number, titled: boolean): { rows: Print["cells"][]; printed: unknown[] } {
  const random = randomFrom(seed);
  const pick = <T>(of: readonly T[]): T => of[random(of.length)] as T;
  const language = pick(LANGUAGES);
  const order = titled ? pick(ORDERS) : ORDERS[0];
  const lefts = [30 + random(20), 200 + random(30), 310 + random(20), 420 + random(20)];
  const print = (value: number, digits: number) => {
    const text = value.toFixed(digits);
    return language.comma ? text.replace(".", ",") : text;
  };
  const rows: Print["cells"][] = [[[40, "Labor Muster"]]];
  if (titled) rows.push(order.map((role, at) => [lefts[at] ?? 0, language.titles[role]]));
  const printed: unknown[] = [];
  for (let row = 0; row < 6; row++) {
    const digits = random(3);
    const name = [0, 1, 2].map(() => pick(SYLLABLES)).join("").replace(/^./, (first) => first.toUpperCase()) +
      (random(3) === 0 ? " B12" : "");
    const value = Number((random(5000) / 37 + 0.1).toFixed(digits));
    const min = Number((value * 0.6).toFixed(digits));
    const max = Number((value * 1.4 + 1).toFixed(digits));
    const oneSided = random(4) === 0;
    const cells = {
      name,
      result: print(value, digits),
      unit: pick(UNITS),
      range: oneSided
        ? language.below + print(max, digits)
        : print(min, digits) + language.between + print(max, digits),
    };
    rows.push(order.map((role, at) => [lefts[at] ?? 0, cells[role]]));
    printed.push([name, value, cells.result, cells.unit, cells.range, oneSided ? null : min, max]);
  }
  return { rows, printed };
}

Deno.test("every value, unit and range is a verbatim piece of the page, whatever the page says", () => {
  const words = [
    "12,5",
    "<3",
    "mg/dl",
    "70-100",
    "H",
    "Glucose",
    "(4 - 5)",
    "+",
    "*",
    ":",
    "1:80",
    "12.03.2024",
    "negativ",
    "10^9/L",
    "bis 5",
    "N:",
    "%",
    "Result",
    "Test",
    "à",
    "Seite 2",
    "x",
    "1)",
    "[",
    "]",
  ]; // deno-fmt-ignore
  for (let seed = 1; seed <= 300; seed++) {
    const random = randomFrom(seed * 7919);
    const rows = Array.from({ length: 12 }, () => {
      let left = 20;
      return Array.from({ length: 1 + random(8) }, (): [number, string] => {
        const text = words[random(words.length)] ?? "";
        const cell: [number, string] = [left, text];
        left += 5 * text.length + (random(2) === 0 ? 5 : 40);
        return cell;
      });
    });
    const page = pageOfRows(rows);
    const text = page.lines.map((line) => line.words.map((word) => word.text).join(" ")).join("\n");
    for (const result of readResults([page])) {
      for (const piece of [result.value_text, result.unit, result.reference_text]) {
        if (piece === null || text.replace(/\s/g, "").includes(piece.replace(/\s/g, ""))) continue;
        // A range may go on in the lines below; then its words are pieces of the page.
        assert.equal(piece, result.reference_text, `${seed}`);
        assert.ok(piece.split(" ").every((word) => text.includes(word)), `${seed}: ${piece}`);
      }
    }
  }
});

Deno.test("long and hostile pages are read in the time they are long", () => {
  const report = pageOfRows(Array.from({ length: 60 }, (_, row): Print["cells"] => [
    [40, `Analyte ${row}x`],
    [200, "5,6"],
    [260, "mmol/l"],
    [330, "4,0 - 10,0"],
  ]));
  const started = performance.now();
  const results = readResults(Array.from({ length: 500 }, (_, index) => ({ ...report, number: index + 1 })));
  assert.equal(results.length, 30_000);
  const perPage = (performance.now() - started) / 500;
  // Some ten times what a busy machine needs: what grows with the square of the length takes far more.
  assert.ok(perPage < 400, `${perPage} ms a page`);
  const hostile = [
    "1 ".repeat(20_000),
    "1.".repeat(20_000),
    "(".repeat(20_000),
    "<".repeat(20_000),
    "10^".repeat(9_000),
    "a ".repeat(20_000),
    "1 234 ".repeat(8_000),
    "N : ".repeat(9_000),
    "-".repeat(30_000),
    "/".repeat(9_000),
    "mg/".repeat(9_000),
  ]; // deno-fmt-ignore
  for (const text of hostile) {
    const before = performance.now();
    readResults([pageOfRows(Array.from({ length: 20 }, (): Print["cells"] => [[20, text]]))]);
    assert.ok(performance.now() - before < 20_000, `${text.slice(0, 8)} took ${performance.now() - before} ms`);
  }
});
