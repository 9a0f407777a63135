/** What makes reading hard wherever it is printed: ranges over several lines, names full of numbers, odd columns. */
import { type Analyte, analytes } from "./analytes_data.ts";
import type { Random } from "./random.ts";
import { type Sample, sample, some, type Style, truthOf } from "./sample.ts";
import { type PrintedReport, Sheet } from "./sheet.ts";

const point: Style = { mark: ".", between: " - ", below: "<", above: ">" };
const comma: Style = { mark: ",", between: " - ", below: "< ", above: "> " };

function analyte(name: string, unit: string | null, digits: number, min: number | null, max: number | null): Analyte {
  return { section: "", name, unit, digits, min, max, word: null };
}

const numbered = [
  analyte("CA 125", "U/mL", 1, null, 35),
  analyte("CA 15-3", "U/mL", 1, null, 31.3),
  analyte("Protein C", "%", 0, 70, 140),
  analyte("Complement C3", "g/L", 2, 0.9, 1.8),
  analyte("Calcium (Ca2+)", "mmol/L", 2, 2.2, 2.55),
  analyte("IgG Subclass 4", "g/L", 2, 0.08, 1.4),
  analyte("T3, Free", "pg/mL", 1, 2.3, 4.2),
  analyte("17-OH-Progesterone", "ng/mL", 2, 0.2, 1.3),
  analyte("1,25-Dihydroxyvitamin D", "pg/mL", 0, 18, 72),
  analyte("Vitamin B6", "ng/mL", 1, 2.1, 21.7),
  analyte("Factor II Activity", "%", 0, 70, 150),
  analyte("Omega-6/Omega-3 Ratio", null, 1, 5, 10),
  analyte("Apolipoprotein A-1", "mg/dL", 0, 115, 200),
  analyte("Alpha-2-Macroglobulin", "mg/dL", 0, 100, 280),
  analyte("Interleukin 6", "pg/mL", 1, null, 7),
  analyte("IGF-1", "ng/mL", 0, 83, 456),
  analyte("Beta-2-Microglobulin", "mg/L", 1, 0.8, 2.2),
  analyte("S-100B", "ug/L", 3, null, 0.105),
];

/** Names that hold numbers, with titles above and without. */
export function numberedNames(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-02-19";
  sheet.line("Riverbend Reference Laboratory", 40, { bold: true, size: 11 });
  sheet.line("Date collected: February 19, 2024    Date reported: February 21, 2024");
  const print = (one: Sample) => {
    sheet.row([[40, one.name], [240, one.text], [300, one.level ?? ""], [330, one.unit ?? ""], [430, one.rangeText]]);
    sheet.result(truthOf(one));
  };
  const items = some(numbered, 14, random);
  sheet.row([[40, "Test"], [240, "Result"], [300, "Flag"], [330, "Units"], [430, "Reference Range"]], {
    bold: true,
    step: 20,
  });
  for (const item of items.slice(0, 7)) print(sample(item, random, point));
  sheet.nextPage();
  sheet.line("Riverbend Reference Laboratory - continued", 40, { bold: true });
  for (const item of items.slice(7)) print(sample(item, random, point));
  return sheet.report("en-numbered-names");
}

/** The range takes several lines in its column: grades, phases, both sexes. The first line stands beside the result. */
export function rangesBelow(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-09-23";
  sheet.line("Apex Diagnostics Centre", 40, { bold: true, size: 11 });
  sheet.line("Sample Collected On: 23-Sep-2024 08:10 AM   Reported On: 23-Sep-2024 06:40 PM");
  sheet.row([[40, "Investigation"], [230, "Observed Value"], [320, "Unit"], [400, "Biological Reference Interval"]], {
    bold: true,
    step: 20,
  });
  const grouped: [Analyte, string[]][] = [
    [analyte("FSH", "mIU/mL", 2, 3, 12), [
      "Follicular: 3.5 - 12.5",
      "Ovulatory: 4.7 - 21.5",
      "Luteal: 1.7 - 7.7",
      "Postmenopausal: 25.8 - 134.8",
    ]],
    [analyte("Total Cholesterol", "mg/dL", 0, 100, 250), [
      "Desirable: < 200",
      "Borderline high: 200 - 239",
      "High: >= 240",
    ]],
    [analyte("Ferritin", "ng/mL", 0, 20, 300), ["Male: 30 - 400", "Female: 13 - 150"]],
    [analyte("25-OH Vitamin D", "ng/mL", 1, 12, 60), [
      "Deficiency: < 20",
      "Insufficiency: 20 - 30",
      "Sufficiency: 30 - 100",
    ]],
    [analyte("HbA1c", "%", 1, 4.5, 8), ["Non-diabetic: < 5.7", "Pre-diabetic: 5.7 - 6.4", "Diabetic: >= 6.5"]],
  ];
  for (const [item, lines] of grouped) {
    const single = sample(
      analyte(
        ["Urea", "Uric Acid", "Albumin", "Calcium", "Phosphorus"][grouped.findIndex(([other]) => other === item)] ?? "",
        "mg/dL",
        1,
        2,
        9,
      ),
      random,
      point,
    );
    const one = sample(item, random, point);
    sheet.row([[40, one.name], [230, one.text], [320, one.unit ?? ""], [400, lines[0] ?? ""]], { step: 18 });
    for (const line of lines.slice(1)) sheet.row([[400, line]], { step: 11 });
    sheet.result(
      truthOf(one, { flag: null, reference_text: lines.join(" "), reference_min: null, reference_max: null }),
    );
    sheet.row([[40, single.name], [230, single.text], [320, single.unit ?? ""], [400, single.rangeText]], { step: 18 });
    sheet.result(truthOf(single, { flag: null }));
  }
  return sheet.report("en-ranges-below");
}

/** A portal's print: component, value with its unit, the standard range with its unit, the flag as a word. */
export function portal(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-11-18";
  sheet.line("Comprehensive Metabolic Panel - Details", 40, { bold: true, size: 12 });
  sheet.line("Collected on November 18, 2024 8:12 AM   Resulted on November 18, 2024 3:40 PM");
  sheet.row([[40, "Component"], [220, "Your Value"], [330, "Standard Range"], [460, "Flag"]], { bold: true, step: 20 });
  for (const item of some(analytes("english").filter(({ unit }) => unit !== null), 12, random)) {
    const one = sample(item, random, point);
    sheet.row([[40, one.name], [220, `${one.text} ${one.unit}`], [330, `${one.rangeText} ${one.unit}`], [
      460,
      one.level ?? "",
    ]], { step: 16 });
    sheet.result(truthOf(one));
  }
  sheet.line("MyPortal® licensed from Example Systems Corporation © 1999 - 2024", 40, { size: 7, step: 30 });
  return sheet.report("en-portal");
}

/** A portal's details: the name as heading, "Normal range" below it, then the value under its own label. */
export function portalDetails(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-07-02";
  sheet.line("CBC WITH DIFFERENTIAL - Details", 40, { bold: true, size: 12 });
  sheet.line("Collected on July 2, 2024 9:05 AM");
  for (const item of some(analytes("english").filter(({ unit }) => unit !== null), 7, random)) {
    const one = sample(item, random, point);
    sheet.need(90);
    sheet.line(one.name, 40, { bold: true, step: 24 });
    sheet.line(`Normal range: ${one.rangeText.replace("<", "below ").replace(">", "above ")} ${one.unit}`, 40, {
      step: 13,
    });
    sheet.row([[40, "Value"], [120, one.text]], { step: 14 });
    sheet.result(
      truthOf(one, { flag: null, reference_text: one.rangeText.replace("<", "below ").replace(">", "above ") }),
    );
  }
  return sheet.report("en-portal-details");
}

/** Percent and absolute count of one name in one row, each with its own range. */
export function twoValuesInRow(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-01-09";
  sheet.line("Laboratoire d'Analyses Médicales du Port", 40, { bold: true, size: 11 });
  sheet.line("Prélèvement du 09/01/2024 à 08h00 - Édition du 09/01/2024");
  sheet.line("HÉMOGRAMME", 40, { bold: true, step: 20 });
  for (const item of some(analytes("french").filter(({ section }) => section === "Hématologie"), 4, random)) {
    const one = sample(item, random, { ...comma, between: " à ", around: ["(", ")"] });
    sheet.row([[40, one.name], [220, one.text], [265, one.unit ?? ""], [420, one.rangeText]]);
    sheet.result(truthOf(one, { flag: null }));
  }
  sheet.line("FORMULE LEUCOCYTAIRE", 40, { bold: true, step: 20 });
  for (const name of ["Neutrophiles", "Lymphocytes", "Monocytes", "Éosinophiles"]) {
    const share = sample(analyte(name, "%", 1, 20, 60), random, comma);
    const count = sample(analyte(name, "G/L", 2, 1, 7), random, { ...comma, between: " à ", around: ["(", ")"] });
    sheet.row([[40, name], [220, share.text], [265, "%"], [305, "soit"], [335, count.text], [372, "G/L"], [
      420,
      count.rangeText,
    ]]);
    sheet.result(truthOf(share, { flag: null, reference_text: null, reference_min: null, reference_max: null }));
    sheet.result(truthOf(count, { flag: null }));
  }
  return sheet.report("fr-two-values-in-row");
}

/** Unit before the value, range before the unit, no titles: a Belgian print. */
export function unitBeforeValue(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-12-16";
  sheet.line("Medisch Laboratorium Voorbeeld", 40, { bold: true, size: 11 });
  sheet.line("Afname: 16/12/2024 08:20   Ontvangst: 16/12/2024   Verslag: 17/12/2024");
  sheet.row([[40, "Onderzoek"], [220, "Eenheid"], [300, "Resultaat"], [380, "Referentiewaarden"], [500, "Vorig"]], {
    bold: true,
    step: 20,
  });
  for (const item of some(analytes("dutch"), 12, random)) {
    const one = sample(item, random, comma);
    const text = one.level === null ? one.text : `${one.text} ${one.level === "H" ? "++" : "--"}`;
    sheet.row([[40, one.name], [220, one.unit ?? ""], [300, text], [380, one.rangeText], [
      500,
      random(2) === 0 ? sample(item, random, comma).text : "",
    ]]);
    sheet.result(truthOf(one, { flag: one.level === null ? null : one.level.repeat(2) }));
  }
  return sheet.report("nl-be-unit-before-value");
}

/** Codes left of names, methods between name and value, a time in every row. */
export function codesAndMethods(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-04-11";
  sheet.line("Instituto de Análisis Ejemplo", 40, { bold: true, size: 11 });
  sheet.line("Fecha toma de muestra: 11-04-2024   Fecha informe: 12-04-2024");
  sheet.row([[40, "Código"], [90, "Determinación"], [235, "Método"], [330, "Resultado"], [390, "Unidades"], [
    465,
    "Rango de referencia",
  ]], { bold: true, step: 20, size: 8 });
  for (const [at, item] of some(analytes("spanish"), 12, random).entries()) {
    const one = sample(item, random, comma);
    sheet.row([
      [40, `${1200 + at * 7}`],
      [90, one.name],
      [235, ["Enzimático", "Quimioluminiscencia", "Citometría", "Hexoquinasa"][at % 4] ?? ""],
      [330, `${one.text}${one.level === null ? "" : " !"}`],
      [390, one.unit ?? ""],
      [465, one.rangeText],
    ], { size: 8 });
    sheet.result(truthOf(one, { flag: one.level === null ? null : "A" }));
  }
  return sheet.report("es-codes-and-methods");
}

/** A bar of characters shows where the value lies; results that could not be measured say why. */
export function characterBars(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-08-28";
  sheet.line("Labor Hauptstadt GmbH", 40, { bold: true, size: 11 });
  sheet.line("Abnahme: 28.08.2024 07:30   Befunddatum: 28.08.2024   Seite 1/1");
  sheet.row([[40, "Messgröße"], [210, "Ergebnis"], [270, "Einheit"], [350, "Grafik"], [440, "Referenzbereich"]], {
    bold: true,
    step: 20,
  });
  for (const [at, item] of some(analytes("german"), 13, random).entries()) {
    const one = sample(item, random, comma);
    const bar = one.level === "H" ? "[-----]*" : one.level === "L" ? "*[-----]" : "[--*--]";
    if (at % 6 === 5) {
      sheet.row([[40, one.name], [210, "folgt"], [270, one.unit ?? ""], [440, one.rangeText]]);
      sheet.result(truthOf({ ...one, text: "folgt", value: null, comparator: null }, { flag: null }));
      continue;
    }
    sheet.row([
      [40, one.name],
      [210, `${one.text}${one.level === null ? "" : one.level === "H" ? " ↑" : " ↓"}`],
      [270, one.unit ?? ""],
      [350, one.unit === null ? "" : bar],
      [440, one.rangeText],
    ]);
    sheet.result(truthOf(one));
  }
  return sheet.report("de-character-bars");
}

/** Long names wrapped, the value on the first line, on the last line, or between both. */
export function wrappedNames(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-10-24";
  sheet.line("Laboratorio Analisi Esempio", 40, { bold: true, size: 11 });
  sheet.line("Data prelievo 24/10/2024   Data referto 25/10/2024");
  sheet.row([[40, "Esame"], [230, "Esito"], [300, "U.M."], [390, "Intervallo di riferimento"]], {
    bold: true,
    step: 20,
  });
  const place = random(3);
  for (
    const [first, second, unit, low, high] of [
      ["Concentrazione emoglobinica", "corpuscolare media (MCHC)", "g/dL", 31, 37],
      ["Alanina aminotransferasi", "sierica ALT", "U/L", 10, 41],
      ["Ormone tireostimolante", "ultrasensibile (TSH)", "mUI/L", 1, 4],
      ["Velocità di filtrazione", "glomerulare stimata", "mL/min", 60, 120],
      ["Anticorpi anti-tireoglobulina", "Ab anti-Tg", "UI/mL", 10, 115],
    ] as const
  ) {
    const one = sample(analyte(`${first} ${second}`, unit, 1, low, high), random, comma);
    const cells: [number, string][] = [[230, one.text], [300, unit], [390, one.rangeText]];
    if (place === 0) {
      sheet.row([[40, first], ...cells], { step: 18 });
      sheet.line(second, 40, { step: 10 });
    } else if (place === 1) {
      sheet.line(first, 40, { step: 18 });
      sheet.row([[40, second], ...cells], { step: 10 });
    } else {
      sheet.line(first, 40, { step: 18 });
      sheet.row(cells, { step: 5 });
      sheet.line(second, 40, { step: 5 });
    }
    sheet.result(truthOf(one, { flag: null }));
  }
  return sheet.report("it-wrapped-names");
}
