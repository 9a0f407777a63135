/** How laboratories of Germany, Austria, Switzerland and the Netherlands print. */
import { analytes } from "./analytes_data.ts";
import type { Random } from "./random.ts";
import { bySection, sample, some, type Style, truthOf } from "./sample.ts";
import { type PrintedReport, Sheet } from "./sheet.ts";

const german: Style = { mark: ",", group: ".", between: " - ", below: "< ", above: "> " };

/** Flags + and - between value and unit, the earlier value at the right, methods and comments below. */
export function plusMinus(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-11-07";
  sheet.line("MVZ Labor am Stadtwald GmbH · Ärztliche Leitung: Dr. med. B. Muster", 40, { bold: true, size: 11 });
  sheet.line("Musterallee 17 · 60311 Frankfurt · Tel. 069 / 555 01-0 · Fax 069 / 555 01-99", 40, { size: 8 });
  sheet.row([[40, "Patient: Beispiel, Erika"], [240, "geb. 04.02.1968 (W)"], [400, "Auftragsnr. 2411070815"]], {
    step: 20,
  });
  sheet.row([[40, "Entnahme: 07.11.2024 08:05"], [240, "Eingang: 07.11.2024 13:20"], [400, "Befund: 08.11.2024"]]);
  sheet.row([[40, "Untersuchung"], [230, "Ergebnis"], [300, "Einheit"], [385, "Referenzbereich"], [495, "Vorwert"]], {
    bold: true,
    step: 22,
  });
  for (const [section, group] of bySection(some(analytes("german"), 17, random))) {
    sheet.need(60);
    sheet.line(section, 40, { bold: true, step: 20 });
    for (const analyte of group) {
      sheet.need(40);
      const one = sample(analyte, random, { ...german, below: "bis " });
      const before = sample(analyte, random, german);
      const flag = one.level === "H" ? "+" : one.level === "L" ? "-" : "";
      sheet.row([[40, one.name], [230, one.text], [275, flag], [300, one.unit ?? ""], [385, one.rangeText], [
        495,
        random(2) === 0 ? before.text : "",
      ]], { bold: one.level !== null });
      sheet.result(truthOf(one));
      if (analyte.name === "LDL-Cholesterin") {
        sheet.line(
          "Zielwerte nach ESC 2019: sehr hohes Risiko < 55 mg/dl, hohes Risiko < 70 mg/dl, moderates Risiko < 100 mg/dl",
          52,
          { size: 7.5, step: 11 },
        );
      }
      if (analyte.name === "Ferritin") {
        sheet.line("Ferritin < 30 µg/l beweist einen Eisenmangel.", 52, { size: 7.5, step: 11 });
      }
    }
  }
  sheet.line("Dieser Befund wurde elektronisch erstellt und ist ohne Unterschrift gültig. Seite 1 von 1", 40, {
    size: 7,
    step: 28,
  });
  return sheet.report("de-plus-minus");
}

/** Dotted leaders, range in brackets, no titles, the value bold; two reports in one file. */
export function dottedLeaders(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-09-03";
  const one = (group: ReturnType<typeof some<ReturnType<typeof analytes>[number]>>) => {
    sheet.line("Labor Dr. Beispiel & Kollegen, Ringstraße 5, 1010 Wien", 40, { bold: true, size: 11 });
    sheet.line("Abnahmedatum: 03.09.2024   Druckdatum: 05.09.2024   SVNR: 4711 040268");
    for (const [section, items] of bySection(group)) {
      sheet.line(section.toUpperCase(), 40, { bold: true, step: 20 });
      for (const analyte of items) {
        const result = sample(analyte, random, { ...german, around: ["(", ")"], between: "-" });
        const dots = ".".repeat(Math.max(3, 45 - analyte.name.length));
        sheet.row([
          [40, `${result.name} ${dots}`],
          [280, `${result.text}${result.level === null ? "" : " *"}`, "right"],
          [292, result.unit ?? ""],
          [380, result.rangeText],
        ]);
        sheet.result(truthOf(result, { flag: result.level === null ? null : "A" }));
      }
    }
  };
  const all = some(analytes("german"), 16, random);
  one(all.slice(0, 8));
  sheet.nextPage();
  one(all.slice(8));
  return sheet.report("de-dotted-leaders");
}

/** Range before unit, previous result left of the present one, a printed bar between them. */
export function rangeBeforeUnit(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-04-22";
  sheet.line("Biolabor Süd · Justus-Beispiel-Straße 2 · 88317 Aichstetten", 40, { bold: true, size: 11 });
  sheet.row([[40, "Probenentnahme: 22.04.2024"], [300, "Berichtsdatum: 25.04.2024"]]);
  sheet.row([[40, "Parameter"], [215, "Vorbefund"], [285, "Ergebnis"], [350, "Normbereich"], [450, "Einheit"], [
    510,
    "Bewertung",
  ]], { bold: true, step: 22 });
  for (const analyte of some(analytes("german"), 14, random)) {
    const one = sample(analyte, random, german);
    const before = sample(analyte, random, german);
    sheet.row([[40, one.name], [215, random(3) === 0 ? "" : before.text], [285, one.text], [350, one.rangeText], [
      450,
      one.unit ?? "",
    ], [510, one.level === "H" ? "erhöht" : one.level === "L" ? "erniedrigt" : ""]]);
    sheet.result(truthOf(one));
  }
  sheet.line(
    "Beurteilung: Der Selenspiegel sollte über 100 µg/l liegen; Substitution mit 100 µg täglich über 8 Wochen.",
    40,
    { size: 8, step: 22 },
  );
  return sheet.report("de-range-before-unit");
}

/** Thousands set off by an apostrophe, unit in brackets behind the name, range in square brackets, arrows. */
export function swissUnitInName(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-01-30";
  sheet.line("Unilab Beispiel AG, Bahnhofstrasse 8, 8001 Zürich", 40, { bold: true, size: 11 });
  sheet.line("Entnahmedatum 30.01.2024 07:45   Auftrag 30.01.2024   Fall 778 120");
  sheet.row([[40, "Analyse"], [290, "Resultat"], [380, "Referenz"], [480, "Vorwerte"]], { bold: true, step: 22 });
  const list = analytes("german").filter(({ unit }) => unit !== null && unit !== "%");
  for (const analyte of some(list, 13, random)) {
    const one = sample(analyte, random, {
      mark: ".",
      group: "'",
      between: " - ",
      below: "< ",
      above: "> ",
      around: ["[", "]"],
    });
    const text = `${one.text}${one.level === null ? "" : one.level === "H" ? " ↑" : " ↓"}`;
    sheet.row([[40, `${one.name} [${one.unit}]`], [290, text], [380, one.rangeText], [
      480,
      random(2) === 0 ? sample(analyte, random, { mark: ".", between: "-", below: "<", above: ">" }).text : "",
    ]]);
    sheet.result(truthOf(one));
  }
  return sheet.report("de-ch-unit-in-name");
}

/** Dutch general practitioner's print: flag before the value, range behind the unit, wrapped titles. */
export function dutch(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-10-09";
  sheet.line("Stichting Artsenlaboratorium Voorbeeld", 40, { bold: true, size: 12 });
  sheet.row([[40, "Afnamedatum: 09-10-2024"], [240, "Rapportdatum: 10-10-2024"], [420, "Geb.datum: 12-05-1959"]]);
  sheet.row([[40, "Bepaling"], [250, "Uitslag"], [320, "Eenheid"], [410, "Referentiewaarden"], [510, "Vorige"]], {
    bold: true,
    step: 22,
  });
  for (const [section, group] of bySection(some(analytes("dutch"), 13, random))) {
    sheet.line(section, 40, { bold: true, step: 19 });
    for (const analyte of group) {
      const one = sample(analyte, random, { mark: ",", between: " - ", below: "< ", above: "> " });
      const before = sample(analyte, random, german);
      sheet.row([
        [48, one.name],
        [238, one.level === null ? "" : one.level === "H" ? "H" : "L"],
        [250, one.text],
        [320, one.unit ?? ""],
        [410, one.rangeText],
        [510, random(2) === 0 ? before.text : ""],
      ]);
      sheet.result(truthOf(one));
    }
  }
  sheet.line("Toelichting: eGFR > 90 ml/min/1,73m2 wordt niet exact gerapporteerd.", 40, { size: 8, step: 22 });
  return sheet.report("nl-flag-before");
}
