/** Reports that explain themselves: behind each result stand tables of grades, ages, weeks and goals that are no results. */
import type { Analyte } from "./analytes_data.ts";
import type { Random } from "./random.ts";
import { sample, type Style, truthOf } from "./sample.ts";
import { type PrintedReport, Sheet } from "./sheet.ts";

const point: Style = { mark: ".", between: " - ", below: "< ", above: "> " };

function analyte(name: string, unit: string | null, digits: number, min: number | null, max: number | null): Analyte {
  return { section: "", name, unit, digits, min, max, word: null };
}

const explained: readonly (readonly [Analyte, readonly string[]])[] = [
  [analyte("LDL Cholesterol", "mg/dL", 0, null, 100), [
    "RISK CATEGORY|LDL-C GOAL (mg/dL)|NON-HDL GOAL (mg/dL)",
    "Extreme Risk Group A|<50 (Optional goal <=30)|<80 (Optional goal <=60)",
    "Very High Risk|<50|<80",
    "Moderate|<100|<130",
    "REMARKS|TOTAL CHOLESTEROL in mg/dL|TRIGLYCERIDE in mg/dL",
    "Optimal|<200|<150",
    "Borderline High|200-239|150-199",
    "Very High|-|>=500",
  ]],
  [analyte("HbA1c", "%", 1, 4, 5.6), [
    "REFERENCE GROUP|HbA1c in %",
    "Non diabetic adults >=18 years|<5.7",
    "At risk (Prediabetes)|5.7 - 6.4",
    "Diagnosing Diabetes|>= 6.5",
    "Therapeutic goals for glycemic control|. Goal of therapy: < 7.0",
    "|. Action suggested: > 8.0",
    "HbA1c (%)|Mean Plasma Glucose (mg/dL)",
    "6|126",
    "7|154",
    "8|183",
  ]],
  [analyte("TSH", "uIU/mL", 3, 0.55, 4.78), [
    "PREGNANCY|REFERENCE RANGE in uIU/mL",
    "1st Trimester|0.100 - 2.500",
    "2nd Trimester|0.200 - 3.000",
    "3rd Trimester|0.300 - 3.000",
    "1. TSH levels are subject to circadian variation, reaching peak levels between 2 - 4 a.m.",
    "2. Values <0.03 uIU/mL need to be clinically correlated due to presence of rare TSH variant.",
  ]],
  [analyte("Beta hCG", "mIU/mL", 1, null, 5), [
    "WEEKS OF GESTATION|hCG in mIU/mL",
    "3 weeks|5.8 - 71.2",
    "4 weeks|9.5 - 750",
    "5 weeks|217 - 7138",
    "12 to 14 weeks|13950 - 63548",
  ]],
  [analyte("PSA, Total", "ng/mL", 2, null, 4), [
    "AGE GROUP|UPPER LIMIT (ng/mL)",
    "40 - 49 years|2.5",
    "50 - 59 years|3.5",
    "60 - 69 years|4.5",
    "False negative / positive results are observed in patients receiving mouse antibodies, in 2 of 100 samples.",
  ]],
  [analyte("Urine Albumin/Creatinine", "mg/g", 1, null, 30), [
    "CATEGORY|ACR (mg/g)|TERMS",
    "A1|<30|Normal to mildly increased",
    "A2|30 - 300|Moderately increased",
    "A3|>300|Severely increased",
  ]],
  [analyte("25-OH Vitamin D", "nmol/L", 1, 75, 250), [
    "LEVEL|REFERENCE RANGE (nmol/L)|COMMENTS",
    "Deficient|< 50|High risk for developing bone disease",
    "Insufficient|50 - 74|Vitamin D concentration which normalizes parathormone",
    "Sufficient|75 - 250|Optimal concentration for maximal health benefit",
    "Potential intoxication|> 250|High risk for toxic effects",
  ]],
  [analyte("Troponin I", "ng/L", 1, null, 19.8), [
    "Rule out: < 5 ng/L. Observe: 5 - 52 ng/L. Rule in: > 52 ng/L or change > 6 ng/L within 1 h.",
    "Method: CLIA. LOD 1.6 ng/L, CV 10 % at 4.7 ng/L.",
  ]],
];

export function interpretiveTables(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-01-22";
  const head = () => {
    sheet.line("National Reference Diagnostics Laboratory", 40, { bold: true, size: 11 });
    sheet.row([[40, "Collected: 22-Jan-2024 07:40"], [300, "Reported: 22-Jan-2024 18:05"], [480, "Age: 47 Years"]]);
  };
  const titles = () =>
    sheet.row([[40, "Test Name"], [240, "Results"], [320, "Units"], [410, "Bio. Ref. Interval"]], {
      bold: true,
      step: 20,
    });
  sheet.onNewPage = () => {
    head();
    titles();
  };
  head();
  titles();
  for (const [item, lines] of explained) {
    sheet.need(40 + 12 * lines.length);
    const one = sample(item, random, point);
    sheet.row([[40, one.name], [240, one.text], [320, one.unit ?? ""], [410, one.rangeText]], {
      step: 20,
      bold: one.level !== null,
    });
    sheet.line("(Chemiluminescence)", 40, { size: 7, step: 9 });
    sheet.result(truthOf(one, { flag: null }));
    sheet.line(random(2) === 0 ? "Interpretation" : "Comment", 40, { bold: true, step: 16 });
    for (const line of lines) {
      const [first = "", second = "", third = ""] = line.split("|");
      const shift = random(2) * 20;
      sheet.row([[40, first], [230 + shift, second], [400 + shift, third]], { size: 8, step: 11 });
    }
  }
  return sheet.report("en-in-interpretive-tables");
}

/** The same in German: classes, stages and goals in tables and sentences. */
export function germanComments(random: Random): PrintedReport {
  const sheet = new Sheet();
  sheet.collected = "2024-06-11";
  const style: Style = { mark: ",", between: " - ", below: "< ", above: "> " };
  sheet.line("Labor Beispiel MVZ - Endbefund", 40, { bold: true, size: 11 });
  sheet.line("Entnahme: 11.06.2024   Eingang: 11.06.2024   Ausgang: 12.06.2024");
  sheet.row([[40, "Untersuchung"], [230, "Ergebnis"], [310, "Einheit"], [400, "Referenzbereich"]], {
    bold: true,
    step: 20,
  });
  const blocks: readonly (readonly [Analyte, readonly string[]])[] = [
    [analyte("GFR (CKD-EPI)", "ml/min", 0, 60, null), [
      "Stadium|GFR (ml/min)|Bedeutung",
      "G1|> 90|Normal",
      "G2|60 - 89|leichte Einschränkung",
      "G3a|45 - 59|leicht bis moderat",
      "G4|15 - 29|schwer",
    ]],
    [analyte("HbA1c", "%", 1, 4.0, 5.7), [
      "< 5,7 % : kein Diabetes",
      "5,7 - 6,4 % : erhöhtes Diabetesrisiko",
      ">= 6,5 % : Diabetes mellitus",
      "Zielkorridor bei Typ-2-Diabetes 6,5 bis 7,5 %",
    ]],
    [analyte("LDL-Cholesterin", "mg/dl", 0, null, 116), [
      "Zielwerte nach ESC/EAS 2019:",
      "sehr hohes Risiko|< 55 mg/dl",
      "hohes Risiko|< 70 mg/dl",
      "niedriges Risiko|< 116 mg/dl",
    ]],
    [analyte("Gesamt-IgE", "IU/ml", 0, null, 100), [
      "CAP-Klassen:|0: < 0,35|1: 0,35 - 0,69",
      "Klasse 2|0,70 - 3,49 kU/l|mäßig",
      "Klasse 3|3,50 - 17,49 kU/l|deutlich",
    ]],
    [analyte("Progesteron", "ng/ml", 2, 0.2, 25), [
      "Follikelphase|0,2 - 1,4 ng/ml",
      "Lutealphase|3,3 - 25,6 ng/ml",
      "Postmenopause|< 0,7 ng/ml",
      "Schwangerschaft 1. Trimenon|11,2 - 90,0 ng/ml",
    ]],
  ];
  for (const [item, lines] of blocks) {
    const one = sample(item, random, style);
    sheet.row([[40, one.name], [230, `${one.text}${one.level === null ? "" : one.level === "H" ? " +" : " -"}`], [
      310,
      one.unit ?? "",
    ], [400, one.rangeText]], { step: 20 });
    sheet.result(truthOf(one));
    for (const line of lines) {
      const [first = "", second = "", third = ""] = line.split("|");
      sheet.row([[56, first], [210, second], [330, third]], { size: 8, step: 11 });
    }
  }
  return sheet.report("de-comments");
}
