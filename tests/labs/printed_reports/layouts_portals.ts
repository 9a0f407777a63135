/** What portals of hospitals and apps print, and tables that give the share and the number of cells side by side. */
import { type Analyte, analytes } from "./analytes_data.ts";
import type { Random } from "./random.ts";
import { sample, some, type Style, truthOf } from "./sample.ts";
import { type PrintedReport, Sheet } from "./sheet.ts";

const point: Style = { mark: ".", between: " - ", below: "<", above: ">" };
const german: Style = { mark: ",", between: " - ", below: "< ", above: "> " };

const words = { H: "High", L: "Low" } as const;

/** Name, range and value one below the other; the flag stands behind the value. */
export function cardsWithRangeBetween(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2025-02-05";
  sheet.line("Harbour Hospital - My results", 40, { bold: true, size: 12 });
  sheet.line("Collected on Feb 5, 2025 7:55 AM");
  for (const item of some(analytes("english"), 10, random)) {
    const one = sample(item, random, point);
    sheet.need(60);
    sheet.line(one.name, 40, { bold: true, step: 26 });
    const range = `${one.rangeText} ${one.unit ?? ""}`.trim();
    if (range !== "") {
      sheet.line(`Normal ${one.value === null ? "value" : "range"}: ${range}`, 40, { size: 8, step: 11 });
    }
    const value = `${one.text} ${one.unit ?? ""}`.trim();
    sheet.row([[40, value], [180, one.level === null ? "" : words[one.level]]], { size: 11, step: 15 });
    sheet.result(truthOf(one));
  }
  sheet.line("Your doctor says: please repeat the test in 6 months, the goal is below 100.", 40, { step: 30 });
  return sheet.report("en-portal-range-between");
}

/** Name with the flag, value in large print, range below in small. */
export function cardsWithRangeBelow(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-09-12";
  sheet.line("Your laboratory results", 40, { bold: true, size: 14 });
  sheet.line("Test date: September 12, 2024");
  sheet.line("48 markers tested, 3 out of range.", 40, { size: 8 });
  for (
    const item of some(
      analytes("english").filter(({ unit, min, max }) => unit !== null && (min ?? max) !== null),
      9,
      random,
    )
  ) {
    const one = sample(item, random, point);
    sheet.need(60);
    sheet.row([[50, one.name], [300, one.level === null ? "" : `${words[one.level]}`]], { bold: true, step: 28 });
    sheet.line(`${one.text} ${one.unit}`, 50, { size: 12, step: 15 });
    sheet.line(`Reference range: ${one.rangeText} ${one.unit}`, 50, { size: 7, step: 11 });
    sheet.result(truthOf(one));
  }
  return sheet.report("en-portal-range-below");
}

const cells: readonly (readonly [name: string, share: readonly [number, number], count: readonly [number, number]])[] =
  [
    ["Neutrophile", [40, 75], [1.8, 7.7]],
    ["Lymphozyten", [20, 45], [1, 4]],
    ["Monozyten", [2, 10], [0.2, 0.8]],
    ["Eosinophile", [1, 6], [0.02, 0.5]],
    ["Basophile", [0, 2], [0, 0.2]],
  ];

/** "Neutrophile | 61,2 | 40 - 75 | 4,22 | 1,8 - 7,7": one name, two results. */
export function shareAndNumber(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-03-05";
  sheet.line("Labor Vogelsang - Blutbild", 40, { bold: true, size: 12 });
  sheet.line("Entnahme am 05.03.2024   Bericht vom 06.03.2024");
  const lefts = [40, 190, 250, 340, 410];
  const titles = ["Differentialblutbild", "rel. %", "Norm %", "abs. G/l", "Norm G/l"];
  sheet.row(titles.map((title, at) => [lefts[at] ?? 0, title]), { bold: true, step: 24 });
  const of = (name: string, unit: string, digits: number, [min, max]: readonly [number, number]): Analyte => ({
    section: "",
    name,
    unit,
    digits,
    min,
    max,
    word: null,
  });
  for (const [name, share, count] of cells) {
    const [part, number] = [of(name, "%", 1, share), of(name, "G/l", 2, count)].map((item) =>
      sample(item, random, german)
    );
    if (part === undefined || number === undefined) continue;
    const texts = [name, part.text, part.rangeText, number.text, number.rangeText];
    sheet.row(texts.map((text, at) => [lefts[at] ?? 0, text]));
    for (const one of [part, number]) sheet.result({ ...truthOf(one), flag: null });
  }
  return sheet.report("de-share-and-number");
}

/** A mark in a narrow column in front of the names. */
export function marksInFront(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-09-04";
  sheet.line("Fenland Hospital - Department of Blood Sciences", 40, { bold: true, size: 11 });
  sheet.line("Collected 04 Sep 2024 09:25   Received 04 Sep 2024 14:02   Reported 05 Sep 2024 08:40");
  for (const item of some(analytes("english"), 12, random)) {
    const one = sample(item, random, { ...point, around: ["(", ")"] });
    sheet.row([[40, one.level === null ? "" : "*"], [54, one.name], [250, one.text], [310, one.unit ?? ""], [
      400,
      one.rangeText,
    ]]);
    sheet.result({ ...truthOf(one), flag: one.level === null ? null : "A" });
  }
  sheet.line("* outside the reference range. Authorised by: Auto Authorised.", 40, { step: 24 });
  return sheet.report("en-marks-in-front");
}
