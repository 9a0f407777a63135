/** How laboratories of France, Spain, Italy, Portugal and Brazil print. */
import { analytes } from "./analytes_data.ts";
import type { Random } from "./random.ts";
import { bySection, sample, some, type Style, truthOf } from "./sample.ts";
import { type PrintedReport, Sheet } from "./sheet.ts";

const comma: Style = { mark: ",", between: " - ", below: "< ", above: "> " };

/** Values in bold behind leaders, range in brackets "(4,00 à 10,00)", an earlier result with its date, methods below. */
export function frenchAnteriority(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-03-18";
  sheet.line("LABORATOIRE DE BIOLOGIE MÉDICALE DES TILLEULS", 40, { bold: true, size: 11 });
  sheet.line("24 avenue de la République 69003 LYON - Tél. 04 72 00 00 00 - FINESS 690012345", 40, { size: 8 });
  sheet.row([[40, "Dossier n° 240318-1187 du 18/03/2024"], [320, "Prélevé le 18/03/2024 à 07h50"]]);
  sheet.row([[40, "Née le 11/09/1960 (63 ans)"], [320, "Édité le 18/03/2024 à 17h02"]]);
  sheet.row([[330, "Valeurs de référence"], [470, "Antériorités"]], { bold: true, step: 20 });
  sheet.row([[470, "02/05/2023"]], { size: 8, step: 11 });
  for (const [section, group] of bySection(some(analytes("french"), 14, random))) {
    sheet.need(70);
    sheet.row([[300, section.toUpperCase(), "centre"]], { bold: true, step: 22 });
    for (const analyte of group) {
      sheet.need(40);
      const style: Style = {
        mark: ",",
        group: " ",
        between: " à ",
        below: "inf. à ",
        above: "sup. à ",
        around: ["(", ")"],
      };
      const one = sample(analyte, random, style);
      const before = sample(analyte, random, style);
      sheet.row([
        [40, `${one.name} ${".".repeat(Math.max(4, 42 - one.name.length))}`],
        [285, `${one.level === null ? "" : "* "}${one.text}`, "right"],
        [290, one.unit ?? ""],
        [345, one.rangeText],
        [480, random(2) === 0 ? before.text : ""],
      ], { step: 15 });
      if (random(3) === 0) sheet.line("(Colorimétrie - Roche Cobas 8000)", 46, { size: 7, step: 9 });
      sheet.result(truthOf(one, { flag: one.level === null ? null : "A" }));
    }
  }
  sheet.line("Validé par : Dr C. EXEMPLE      Page 1 / 1", 40, { size: 8, step: 26 });
  return sheet.report("fr-anteriority");
}

/** A plain French table: result and unit in one cell, the second unit of a glucose or creatinine in the line below. */
export function frenchTwoUnits(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-06-04";
  sheet.line("Bioréseau Exemple - Site Centre", 40, { bold: true, size: 11 });
  sheet.row([[40, "Date de prélèvement : 04/06/2024 08:12"], [320, "Compte rendu du 05/06/2024"]]);
  sheet.row([[40, "Analyses"], [250, "Résultats"], [370, "Intervalles de référence"]], { bold: true, step: 22 });
  const style: Style = { mark: ",", between: " - ", below: "< ", above: "> " };
  for (const analyte of some(analytes("french"), 12, random)) {
    const one = sample(analyte, random, style);
    sheet.row([[40, one.name], [250, `${one.text} ${one.unit ?? ""}`.trim()], [370, one.rangeText]], {
      bold: one.level !== null,
      step: 17,
    });
    sheet.result(truthOf(one, { flag: null }));
    if (analyte.name === "Glycémie à jeun" || analyte.name === "Cholestérol total") {
      const factor = analyte.name === "Glycémie à jeun" ? 5.55 : 2.586;
      const scaled = (value: number | null) => value === null ? null : Number((value * factor).toFixed(2));
      const other = sample(
        { ...analyte, unit: "mmol/L", min: scaled(analyte.min), max: scaled(analyte.max), digits: 2 },
        random,
        style,
      );
      sheet.row([[250, `${other.text} ${other.unit}`], [370, other.rangeText]], { step: 12 });
      sheet.result(truthOf(other, { flag: null }));
    }
  }
  return sheet.report("fr-two-units");
}

/** A star before the value, units in their column, wrapped long names, formula in per cent and absolute side by side. */
export function spanishStars(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-02-21";
  sheet.line("Laboratorio Clínico San Ejemplo - C/ Mayor 14, 28013 Madrid - Tel. 915 550 142", 40, { bold: true });
  sheet.row([[40, "Fecha de extracción: 21/02/2024"], [260, "Fecha de informe: 22/02/2024"], [440, "Edad: 57 años"]]);
  sheet.row([[40, "Nº petición: 20240221-0456"], [260, "Historia: 1290448"]]);
  sheet.row([[40, "Prueba"], [250, "Resultado"], [330, "Unidades"], [420, "Valores de referencia"]], {
    bold: true,
    step: 22,
  });
  for (const [section, group] of bySection(some(analytes("spanish"), 13, random))) {
    sheet.line(section.toUpperCase(), 40, { bold: true, step: 20 });
    for (const analyte of group) {
      const one = sample(analyte, random, {
        mark: ",",
        group: ".",
        between: " - ",
        below: "< ",
        above: "> ",
        around: ["[", "]"],
      });
      sheet.row([[40, one.name], [240, one.level === null ? "" : "*"], [250, one.text], [330, one.unit ?? ""], [
        420,
        one.rangeText,
      ]]);
      sheet.result(truthOf(one, { flag: one.level === null ? null : "A" }));
    }
  }
  sheet.line("FÓRMULA LEUCOCITARIA", 40, { bold: true, step: 20 });
  for (const name of ["Neutrófilos", "Linfocitos", "Monocitos"]) {
    const share = sample({ section: "", name, unit: "%", digits: 1, min: 20, max: 70, word: null }, random, comma);
    const count = sample(
      { section: "", name, unit: "10^3/µL", digits: 2, min: 1, max: 7.5, word: null },
      random,
      comma,
    );
    sheet.row([[40, name], [250, share.text], [330, "%"], [420, share.rangeText]]);
    sheet.row([[40, `${name} absolutos`], [250, count.text], [330, "10^3/µL"], [420, count.rangeText]]);
    sheet.result(truthOf(share, { flag: null }));
    sheet.result(truthOf(count, { test_name: `${name} absolutos`, flag: null }));
  }
  sheet.line("Validado por: Dra. L. Ejemplo. Este informe no puede reproducirse parcialmente. Página 1 de 1", 40, {
    size: 7,
    step: 24,
  });
  return sheet.report("es-stars");
}

/** Italian table with a star column, ranges of both sexes for one test, "fino a". */
export function italian(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-05-08";
  sheet.line("Centro Diagnostico Esempio S.r.l. - Via Garibaldi 3, 20121 Milano", 40, { bold: true, size: 11 });
  sheet.row([[40, "Data prelievo: 08/05/2024"], [240, "Data referto: 09/05/2024"], [420, "Nato il: 30/10/1972"]]);
  sheet.row([[40, "ESAME"], [250, "RISULTATO"], [335, "U.M."], [420, "VALORI DI RIFERIMENTO"]], {
    bold: true,
    step: 22,
  });
  for (const [section, group] of bySection(some(analytes("italian"), 14, random))) {
    sheet.line(section.toUpperCase(), 40, { bold: true, step: 20 });
    for (const analyte of group) {
      const one = sample(analyte, random, {
        ...comma,
        below: "fino a ",
        above: "superiore a ",
        around: random(2) === 0 ? ["[", "]"] : ["", ""],
      });
      const both = analyte.name === "Emoglobina";
      sheet.row([[40, one.name], [250, one.text], [320, one.level === null ? "" : "*"], [335, one.unit ?? ""], [
        420,
        both ? "M: 13,0 - 17,0  F: 12,0 - 16,0" : one.rangeText,
      ]]);
      const groups = { reference_min: null, reference_max: null, reference_text: "M: 13,0 - 17,0 F: 12,0 - 16,0" };
      sheet.result(truthOf(one, { flag: one.level === null ? null : "A", ...(both ? groups : {}) }));
    }
  }
  sheet.line(
    "Il Direttore Responsabile Dott. A. Bianchi - Firmato digitalmente ai sensi del D.Lgs 82/2005 - Pag. 1 di 1",
    40,
    { size: 7, step: 24 },
  );
  return sheet.report("it-star-column");
}

/** Brazilian blocks: the test as a heading, material and method, then "Resultado", then the reference values. */
export function brazilianBlocks(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-07-11";
  sheet.line("Laboratório Exemplo Medicina Diagnóstica", 40, { bold: true, size: 12 });
  sheet.row([[40, "Cliente: Maria Exemplo"], [260, "Data da coleta: 11/07/2024"], [430, "Idade: 44 anos"]]);
  sheet.row([[40, "Ficha: 1130022841"], [260, "Emissão: 12/07/2024"], [430, "CRM-SP 123456"]]);
  for (const analyte of some(analytes("portuguese"), 9, random)) {
    sheet.need(90);
    const one = sample({ ...analyte, name: analyte.name.toUpperCase() }, random, {
      mark: ",",
      group: ".",
      between: " a ",
      below: "inferior a ",
      above: "superior a ",
    });
    sheet.line(one.name, 40, { bold: true, step: 24 });
    sheet.line("Material: Soro        Método: Quimioluminescência", 52, { size: 8, step: 12 });
    sheet.row([[52, "Resultado:"], [170, `${one.text} ${one.unit ?? ""}`.trim()]], { bold: true });
    sheet.row([[52, "Valores de referência:"], [170, `${one.rangeText} ${one.unit ?? ""}`.trim()]], { step: 12 });
    sheet.result(truthOf(one, { flag: null }));
  }
  sheet.line("Responsável técnico: Dr. P. Exemplo CRBM 9876. Página 1 de 2", 40, { size: 7, step: 24 });
  return sheet.report("pt-br-blocks");
}

/** Portuguese haemogram: leaders of dots and a colon, the earlier result with its date in brackets. */
export function portugueseLeaders(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-01-17";
  sheet.line("Laboratório de Análises Clínicas Dr. Exemplo, Lda", 40, { bold: true, size: 11 });
  sheet.line("Data de colheita: 17-01-2024   Data de emissão: 18-01-2024   Utente nº 288 119 403");
  sheet.row([[250, "Resultado"], [400, "Valores de Referência"], [510, "Anterior"]], { bold: true, step: 20 });
  for (const [section, group] of bySection(some(analytes("portuguese"), 13, random))) {
    sheet.line(section.toUpperCase(), 40, { bold: true, step: 20 });
    for (const analyte of group) {
      const one = sample(analyte, random, { ...comma, group: " " });
      const before = sample(analyte, random, { ...comma, group: " " });
      sheet.row([
        [48, `${one.name}${".".repeat(Math.max(2, 34 - one.name.length))}:`],
        [250, one.text],
        [310, one.unit ?? ""],
        [400, one.rangeText],
        [510, random(2) === 0 ? before.text : ""],
      ]);
      sheet.result(truthOf(one, { flag: null }));
    }
  }
  return sheet.report("pt-leaders");
}
