/** Pages on which much else stands beside the results: a second table, notes in cells, earlier values in brackets. */
import { type Analyte, analytes } from "./analytes_data.ts";
import type { Random } from "./random.ts";
import { sample, some, type Style, truthOf } from "./sample.ts";
import { type PrintedReport, Sheet } from "./sheet.ts";

const point: Style = { mark: ".", between: " - ", below: "<", above: ">" };
const comma: Style = { mark: ",", between: " - ", below: "< ", above: "> " };

function analyte(name: string, unit: string | null, digits: number, min: number | null, max: number | null): Analyte {
  return { section: "", name, unit, digits, min, max, word: null };
}

/** Two tables side by side whose lines do not meet. */
export function unevenTables(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-06-27";
  sheet.size = 7.5;
  sheet.line("Hospital Universitario Ejemplo - Laboratorio Central", 40, { bold: true, size: 11 });
  sheet.line("Fecha de extracción: 27/06/2024    Fecha de informe: 27/06/2024");
  const list = some(analytes("spanish").filter(({ unit }) => unit !== null), 14, random);
  const start = sheet.top + 20;
  for (const [shift, pitch, items] of [[0, 12, list.slice(0, 7)], [285, 15.7, list.slice(7)]] as const) {
    sheet.top = start;
    sheet.row([[30 + shift, "Prueba"], [130 + shift, "Resultado"], [175 + shift, "Unidades"], [
      232 + shift,
      "V. Referencia",
    ]], { bold: true });
    for (const item of items) {
      const one = sample(item, random, { ...comma, between: "-" });
      const name = item.name.length > 20 ? item.name.slice(0, 20).trim() : item.name;
      sheet.row([[30 + shift, name], [130 + shift, one.text], [165 + shift, one.level === null ? "" : "*"], [
        175 + shift,
        one.unit ?? "",
      ], [232 + shift, one.rangeText]], { step: pitch });
      sheet.result(truthOf(one, { test_name: name, flag: one.level === null ? null : "A" }));
    }
  }
  return sheet.report("es-uneven-tables");
}

/** Titles over two lines; cells that say why there is no value; rows nobody measured. */
export function notesInCells(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-03-05";
  sheet.line("Lakeside Clinical Laboratory", 40, { bold: true, size: 11 });
  sheet.line("Date of Collection: 05-Mar-2024   Date of Report: 06-Mar-2024   Age: 61 Y   Sex: M");
  sheet.row([[40, "Test"], [230, "Patient"], [300, "Abnormal"], [370, "Reference"], [470, "Units"]], {
    bold: true,
    step: 20,
  });
  sheet.row([[40, "Description"], [230, "Result"], [300, "Flag"], [370, "Interval"]], { bold: true, step: 11 });
  for (const [at, item] of some(analytes("english").filter(({ unit }) => unit !== null), 13, random).entries()) {
    const one = sample(item, random, point);
    if (at === 4 || at === 9) {
      // Not measured: a dash is no result.
      sheet.row([[40, one.name], [230, "---"], [370, one.rangeText], [470, one.unit ?? ""]]);
      continue;
    }
    sheet.row([
      [40, `${at + 1}. ${one.name}`.slice(random(2) === 0 ? 0 : `${at + 1}. `.length)],
      [230, one.text],
      [300, one.level === "H" ? "HIGH" : one.level === "L" ? "LOW" : ""],
      [370, one.rangeText],
      [470, one.unit ?? ""],
    ]);
    sheet.result(truthOf(one));
  }
  sheet.line("HIGH/LOW: outside the interval. Values of 1.5 - 2.0 mg/dL were repeated twice.", 40, {
    size: 7,
    step: 20,
  });
  return sheet.report("en-notes-in-cells");
}

/** Flag before the value, unit with a superscript and blanks, two units of one result in a line. */
export function flagBefore(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-10-17";
  sheet.line("Harbour Pathology Services", 40, { bold: true, size: 11 });
  sheet.line("Collected: 17/10/2024 at 07:30    Validated: 18/10/2024");
  for (const item of some(analytes("british"), 11, random)) {
    const one = sample(item, random, { ...point, around: ["(", ")"] });
    sheet.row([[40, one.name], [232, one.level ?? ""], [250, one.text], [310, one.unit ?? ""], [400, one.rangeText]]);
    sheet.result(truthOf(one));
  }
  const rate = sample(analyte("eGFR", "mL/min/1.73 m²", 0, 60, null), random, point);
  sheet.row([[40, "eGFR"], [232, rate.level ?? ""], [250, rate.text], [310, "mL/min/1.73 m²"], [
    400,
    `(${rate.rangeText})`,
  ]]);
  sheet.result(truthOf(rate));
  const share = 5 + random(30) / 10;
  const molar = Math.round((share - 2.15) * 10.929);
  sheet.row([[40, "HbA1c (IFCC)"], [250, `${molar}`], [310, "mmol/mol"], [400, "(20 - 41)"]]);
  sheet.row([[40, "HbA1c (DCCT)"], [250, share.toFixed(1)], [310, "%"], [400, "(4.0 - 5.9)"]]);
  const plain = { section: "", digits: 0, min: 20, max: 41, word: null };
  sheet.result({
    test_name: "HbA1c (IFCC)",
    value: molar,
    value_text: `${molar}`,
    comparator: null,
    unit: "mmol/mol",
    reference_min: plain.min,
    reference_max: plain.max,
    reference_text: "20 - 41",
    flag: null,
  });
  sheet.result({
    test_name: "HbA1c (DCCT)",
    value: Number(share.toFixed(1)),
    value_text: share.toFixed(1),
    comparator: null,
    unit: "%",
    reference_min: 4,
    reference_max: 5.9,
    reference_text: "4.0 - 5.9",
    flag: null,
  });
  return sheet.report("en-flag-before");
}

/** The earlier value in brackets behind the present one, and a note with its day. */
export function earlierInBrackets(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-02-29";
  sheet.line("Laborgemeinschaft Beispiel eG", 40, { bold: true, size: 11 });
  sheet.line("Entnahme: 29.02.2024 08:10  Eingang: 29.02.2024  Ausgang: 01.03.2024");
  sheet.row([[40, "Analyt"], [220, "Ergebnis"], [290, "(Vorwert)"], [360, "Einheit"], [450, "Normalbereich"]], {
    bold: true,
    step: 20,
  });
  for (const item of some(analytes("german").filter(({ unit }) => unit !== null), 12, random)) {
    const [one, before] = [sample(item, random, comma), sample(item, random, comma)];
    sheet.row([
      [40, one.name],
      [220, `${one.text}${one.level === null ? "" : one.level === "H" ? " +" : " -"}`],
      [290, random(3) === 0 ? "" : `(${before.text})`],
      [360, one.unit ?? ""],
      [450, one.rangeText],
    ]);
    sheet.result(truthOf(one));
  }
  return sheet.report("de-earlier-in-brackets");
}

/** A culture: the organism, then drugs with their concentration and S, I or R. */
export function antibiogram(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-07-22";
  sheet.line("Laboratoire de Microbiologie de l'Exemple", 40, { bold: true, size: 11 });
  sheet.line("Prélevé le 22/07/2024 à 06h45 - Édité le 24/07/2024");
  sheet.line("EXAMEN CYTOBACTÉRIOLOGIQUE DES URINES", 40, { bold: true, step: 20 });
  for (
    const [name, text, unit, range, max] of [["Leucocytes", `${20 + random(200)}`, "/mm3", "< 10", 10], [
      "Hématies",
      `${random(9)}`,
      "/mm3",
      "< 10",
      10,
    ]] as const
  ) {
    sheet.row([[40, name], [220, text], [270, unit], [340, range]]);
    sheet.result({
      test_name: name,
      value: Number(text),
      value_text: text,
      comparator: null,
      unit,
      reference_min: null,
      reference_max: max,
      reference_text: range,
      flag: null,
    });
  }
  sheet.line("ANTIBIOGRAMME", 40, { bold: true, step: 20 });
  sheet.row([[40, "Antibiotique"], [220, "CMI (mg/L)"], [320, "Interprétation"]], { bold: true });
  for (const drug of ["Amoxicilline", "Céfotaxime", "Ciprofloxacine", "Fosfomycine", "Nitrofurantoïne"]) {
    const low = random(2) === 0;
    const text = low ? "<=0,5" : `${1 << random(5)}`;
    const flag = ["S", "I", "R"][random(3)] ?? "S";
    sheet.row([[40, drug], [220, text], [320, flag]]);
    sheet.result({
      test_name: drug,
      value: low ? 0.5 : Number(text),
      value_text: text,
      comparator: low ? "<=" : null,
      unit: "mg/L",
      reference_min: null,
      reference_max: null,
      reference_text: null,
      flag,
    });
  }
  return sheet.report("fr-antibiogram");
}

/** One page of each of two laboratories in two languages, in one file. */
export function twoReports(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-09-30";
  sheet.line("Synexa Laboratories", 40, { bold: true, size: 11 });
  sheet.line("Collected: 30 September 2024   Reported: 1 October 2024");
  sheet.row([[40, "Test"], [240, "Result"], [310, "Unit"], [400, "Reference values"]], { bold: true, step: 20 });
  for (const item of some(analytes("english"), 8, random)) {
    const one = sample(item, random, point);
    sheet.row([[40, one.name], [240, one.text], [310, one.unit ?? ""], [400, one.rangeText]]);
    sheet.result(truthOf(one, { flag: null }));
  }
  sheet.nextPage();
  sheet.line("Medizinisches Labor Beispiel", 40, { bold: true, size: 11 });
  sheet.line("Entnahme: 30.09.2024   Bericht: 02.10.2024");
  sheet.row([[40, "Parameter"], [200, "Referenz"], [300, "Messwert"], [380, "Dimension"]], { bold: true, step: 20 });
  for (const item of some(analytes("german"), 8, random)) {
    const one = sample(item, random, point);
    sheet.row([[40, one.name], [200, one.rangeText], [300, one.text], [380, one.unit ?? ""]]);
    sheet.result(truthOf(one, { flag: null }));
  }
  return sheet.report("mixed-two-reports");
}

/** Everything of one result in a paragraph, the earlier value with its day behind it. */
export function paragraphs(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-08-20";
  sheet.line("Laboratório Modelo de Patologia Clínica", 40, { bold: true, size: 11 });
  sheet.line("Coletado em: 20/08/2024 07:22    Liberado em: 20/08/2024 16:10");
  for (const item of some(analytes("portuguese").filter(({ unit }) => unit !== null), 8, random)) {
    const [one, before] = [sample(item, random, { ...comma, between: " a " }), sample(item, random, comma)];
    sheet.need(80);
    sheet.row([[40, `${one.name.toUpperCase()}`], [330, "VALORES DE REFERÊNCIA"]], { bold: true, step: 26 });
    sheet.row([[52, `${one.text} ${one.unit}`], [330, `${one.rangeText} ${one.unit}`]], { step: 13 });
    sheet.line(`Resultado anterior: ${before.text} ${one.unit} em 03/02/2023`, 52, { size: 7.5, step: 12 });
    sheet.result(truthOf(one, { test_name: one.name.toUpperCase(), flag: null }));
  }
  return sheet.report("pt-br-paragraphs");
}

/** Lists without columns: name, colon, value, unit and the range in brackets, in one run of words. */
export function oneRun(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-05-05";
  sheet.line("Hospital Exemplo - Patologia Clínica", 40, { bold: true, size: 11 });
  sheet.line("Data da coleta: 05/05/2024 07:10   Liberado em: 05/05/2024 11:32");
  for (const item of some(analytes("portuguese"), 13, random)) {
    const one = sample(item, random, { mark: ",", group: ".", between: " a ", below: "até ", above: "superior a " });
    sheet.line(`${one.name}: ${one.text} ${one.unit ?? ""} (VR: ${one.rangeText})`.replace("  ", " "));
    sheet.result(truthOf(one, { flag: null }));
  }
  return sheet.report("pt-one-run");
}
