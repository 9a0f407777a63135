/**
 * Values and symptoms that must not wait, each with where its limit comes from. Adults only: limits of newborns and
 * children differ, and a warning too many harms less than one too few. A limit says that somebody should look, not what
 * is wrong. `emergency`: help now. `soon`: a doctor within a day or two.
 *
 * Each limit was compared with a published copy or summary of its source. Not found in any, so that only the title is
 * known to be right: 300 mg/dL of glucose (cdc), 15 times the limit (acg), the grades of leukocytes (ctcae), lithium
 * (bnf; other publishers have the same limits). Whether exactly 12 mg/dL of bilirubin counts differs between copies.
 *
 * Left out on purpose: TSH, ferritin, D-dimer and others whose extremes need no haste or mean nothing alone.
 */

export type Urgency = "emergency" | "soon";

/** Short titles of what the limits are taken from. */
export const redFlagSources = {
  rcpath: "Royal College of Pathologists (G158, 2017): The communication of critical and unexpected pathology results",
  news2: "Royal College of Physicians (2017): National Early Warning Score (NEWS) 2, scores of a single parameter",
  ukka: "UK Kidney Association (2020): Clinical practice guidelines, treatment of acute hyperkalaemia in adults",
  hyponatraemia: "Spasovski et al. (2014): Clinical practice guideline on hyponatraemia, Eur J Endocrinol 170:G1-47",
  ada: "American Diabetes Association: Standards of Care in Diabetes, classification of hypoglycaemia",
  cdc: "Centers for Disease Control and Prevention: About diabetic ketoacidosis (300 mg/dL or more)",
  jbds: "Joint British Diabetes Societies (2023): The management of diabetic ketoacidosis in adults",
  who: "World Health Organization (2011, 2024): Haemoglobin cutoffs to define anaemia (severe: below 80 g/L)",
  aabb: "AABB (2023): Red blood cell transfusion international guidelines, JAMA 330:1892-1902 (70 g/L)",
  ash: "American Society of Hematology (2019): Guidelines for immune thrombocytopenia, Blood Adv 3:3829-66",
  bsh: "British Society for Haematology (2011): Guidelines on oral anticoagulation with warfarin, fourth edition",
  idsa: "Infectious Diseases Society of America (2010): Antimicrobial agents in neutropenic patients with cancer",
  ctcae: "National Cancer Institute (2017): Common Terminology Criteria for Adverse Events 5.0, grade 3 or 4",
  hyperleukocytosis: "Röllig and Ehninger (2015): How I treat hyperleukocytosis, Blood 125:3246-52",
  kdigo: "KDIGO (2012): Clinical practice guidelines for acute kidney injury (stage 3) and for CKD (G5)",
  endocrine: "Society for Endocrinology (2016): Emergency guidance on acute hypercalcaemia and hypocalcaemia",
  mi: "Thygesen et al. (2018): Fourth universal definition of myocardial infarction (above the 99th percentile)",
  esc: "European Society of Cardiology (2023): Guidelines for acute coronary syndromes (hs-cTnT of 52 ng/L or more)",
  sepsis: "Surviving Sepsis Campaign (2018): Hour-1 bundle (lactate 4 mmol/L or more)",
  aclf: "Moreau et al. (2013): CANONIC study, liver failure as bilirubin of 12 mg/dL or more",
  acg: "American College of Gastroenterology (2017): Evaluation of abnormal liver chemistries (above 15 × the limit)",
  atlanta: "Banks et al. (2013): Revised Atlanta classification of acute pancreatitis (3 × the upper limit)",
  nice_pneumonia: "NICE CG191 (2014): Pneumonia in adults (CRP above 100 mg/L)",
  nice_heart: "NICE NG106 (2018): Chronic heart failure in adults (NT-proBNP above 2000 ng/L)",
  bnf: "British National Formulary: Lithium, overdosage (above 1.5 and above 2 mmol/L)",
  triglycerides: "Endocrine Society (2012): Evaluation and treatment of hypertriglyceridemia (1000 mg/dL or more)",
  aha: "ACC/AHA (2017): Guideline for high blood pressure in adults, hypertensive crisis (above 180/120 mmHg)",
  bts: "British Thoracic Society (2017): Guideline for oxygen use in adults (target 94 to 98 %)",
  heatstroke: "Bouchama and Knochel (2002): Heat stroke, N Engl J Med 346:1978-88 (above 40 °C)",
  chest_pain: "AHA/ACC (2021): Guideline for the evaluation and diagnosis of chest pain",
  stroke: "AHA/ASA (2019): Guidelines for the early management of acute ischemic stroke",
  breathlessness: "National Health Service (UK): Shortness of breath, when to call 999",
  bleeding: "NICE CG141 (2012): Acute upper gastrointestinal bleeding in over 16s",
  self_harm: "NICE NG225 (2022): Self-harm, assessment, management and preventing recurrence",
  syncope: "European Society of Cardiology (2018): Guidelines for the diagnosis and management of syncope",
  anaphylaxis: "Resuscitation Council UK (2021): Emergency treatment of anaphylaxis",
} as const;

export type RedFlagSource = keyof typeof redFlagSources;

interface Limit {
  /** `above` and `below` leave the limit out, `from` and `to` take it in. */
  readonly when: "above" | "from" | "below" | "to";
  readonly limit: number;
  readonly urgency: Urgency;
  readonly source: RedFlagSource;
}

export interface LabFlag extends Limit {
  /** Ids in the catalogue. */
  readonly analytes: readonly string[];
  /** UCUM; or "reference maxima": `limit` counts multiples of the laboratory's own upper limit. */
  readonly unit: string;
}

const glucose = ["glucose", "glucose_fasting", "glucose_postprandial", "glucose_ogtt_1h", "glucose_ogtt_2h"];
const referenceMaxima = "reference maxima";

function lab(
  analytes: string | readonly string[],
  when: Limit["when"],
  limit: number,
  unit: string,
  urgency: Urgency,
  source: RedFlagSource,
): LabFlag {
  return { analytes: typeof analytes === "string" ? [analytes] : analytes, when, limit, unit, urgency, source };
}

export const labFlags: readonly LabFlag[] = [
  lab("potassium", "from", 6.5, "mmol/L", "emergency", "ukka"),
  lab("potassium", "from", 6, "mmol/L", "soon", "ukka"),
  lab("potassium", "to", 2.5, "mmol/L", "emergency", "rcpath"),
  lab("sodium", "to", 120, "mmol/L", "emergency", "rcpath"),
  lab("sodium", "below", 125, "mmol/L", "soon", "hyponatraemia"),
  lab("sodium", "from", 160, "mmol/L", "emergency", "rcpath"),
  lab(["calcium", "calcium_corrected"], "above", 3.5, "mmol/L", "emergency", "endocrine"),
  lab(["calcium", "calcium_corrected"], "from", 3, "mmol/L", "soon", "endocrine"),
  lab(["calcium", "calcium_corrected"], "to", 1.8, "mmol/L", "emergency", "rcpath"),
  lab("magnesium", "to", 0.4, "mmol/L", "soon", "rcpath"),
  lab("phosphate", "to", 0.3, "mmol/L", "soon", "rcpath"),
  lab(glucose, "to", 2.5, "mmol/L", "emergency", "rcpath"),
  lab(glucose, "below", 3, "mmol/L", "soon", "ada"),
  lab(glucose, "from", 25, "mmol/L", "emergency", "rcpath"),
  lab(glucose, "from", 300, "mg/dL", "soon", "cdc"),
  lab("beta_hydroxybutyrate", "from", 3, "mmol/L", "emergency", "jbds"),
  lab("creatinine", "from", 354, "umol/L", "soon", "kdigo"),
  lab(["egfr", "egfr_mdrd", "egfr_cystatin"], "below", 15, "mL/min/{1.73_m2}", "soon", "kdigo"),
  lab("urea", "from", 30, "mmol/L", "soon", "rcpath"),
  lab("bun", "from", 30, "mmol/L", "soon", "rcpath"),
  lab("hemoglobin", "below", 7, "g/dL", "emergency", "aabb"),
  lab("hemoglobin", "below", 8, "g/dL", "soon", "who"),
  lab("platelets", "below", 20, "10*3/uL", "emergency", "ash"),
  lab("platelets", "below", 50, "10*3/uL", "soon", "ctcae"),
  lab("wbc", "above", 100, "10*3/uL", "emergency", "hyperleukocytosis"),
  lab("wbc", "below", 1, "10*3/uL", "emergency", "ctcae"),
  lab("wbc", "below", 2, "10*3/uL", "soon", "ctcae"),
  lab("neutrophils_abs", "below", 0.5, "10*3/uL", "emergency", "idsa"),
  lab("neutrophils_abs", "below", 1, "10*3/uL", "soon", "ctcae"),
  lab("inr", "above", 8, "{INR}", "emergency", "bsh"),
  lab("inr", "above", 5, "{INR}", "soon", "bsh"),
  lab("troponin_t_hs", "from", 52, "ng/L", "emergency", "esc"),
  lab(["troponin_t_hs", "troponin_i_hs", "troponin_t", "troponin_i"], "above", 1, referenceMaxima, "emergency", "mi"),
  lab("nt_probnp", "above", 2000, "pg/mL", "soon", "nice_heart"),
  lab("ck", "from", 5000, "U/L", "soon", "rcpath"),
  lab("lactate", "from", 4, "mmol/L", "emergency", "sepsis"),
  lab("bilirubin_total", "from", 12, "mg/dL", "emergency", "aclf"),
  lab("bilirubin_total", "above", 3, referenceMaxima, "soon", "ctcae"),
  lab(["alt", "ast"], "above", 15, referenceMaxima, "soon", "acg"),
  lab(["lipase", "amylase", "amylase_pancreatic"], "from", 3, referenceMaxima, "soon", "atlanta"),
  lab("crp", "from", 300, "mg/L", "emergency", "rcpath"),
  lab("crp", "above", 100, "mg/L", "soon", "nice_pneumonia"),
  lab("triglycerides", "from", 1000, "mg/dL", "soon", "triglycerides"),
  lab("lithium", "above", 2, "mmol/L", "emergency", "bnf"),
  lab("lithium", "above", 1.5, "mmol/L", "soon", "bnf"),
];

export interface VitalFlag extends Limit {
  /** The series' code; the two of blood pressure are one metric with two fields. */
  readonly metric: string;
  /** The contract's name of the unit. */
  readonly unit: string;
  /** Of a day's numbers the one that counts; the mean where a day has no other. */
  readonly field: string;
}

function vital(
  metric: string,
  field: string,
  when: Limit["when"],
  limit: number,
  unit: string,
  urgency: Urgency,
  source: RedFlagSource,
): VitalFlag {
  return { metric, field, when, limit, unit, urgency, source };
}

/**
 * Of devices that are worn all day the day's mean counts, because single readings fail with a loose strap; of cuffs and
 * glucose meters the day's extreme. Heart rates during exercise say nothing, so only the resting one is here. A trained
 * heart at rest beats 40 times; below that somebody should look.
 */
export const vitalFlags: readonly VitalFlag[] = [
  vital("resting_heart_rate", "avg", "from", 131, "bpm", "emergency", "news2"),
  vital("resting_heart_rate", "avg", "from", 111, "bpm", "soon", "news2"),
  vital("resting_heart_rate", "avg", "below", 40, "bpm", "soon", "news2"),
  vital("oxygen_saturation", "avg", "to", 91, "percent", "emergency", "news2"),
  vital("oxygen_saturation", "avg", "below", 94, "percent", "soon", "bts"),
  vital("respiratory_rate", "avg", "from", 25, "brpm", "emergency", "news2"),
  vital("respiratory_rate", "avg", "from", 21, "brpm", "soon", "news2"),
  vital("respiratory_rate", "avg", "to", 8, "brpm", "emergency", "news2"),
  vital("body_temperature", "max", "above", 40, "celsius", "emergency", "heatstroke"),
  vital("body_temperature", "max", "from", 39.1, "celsius", "soon", "news2"),
  vital("body_temperature", "avg", "to", 35, "celsius", "soon", "news2"),
  vital("blood_glucose", "min", "to", 45, "mg_dl", "emergency", "rcpath"),
  vital("blood_glucose", "min", "below", 54, "mg_dl", "soon", "ada"),
  vital("blood_glucose", "max", "from", 450, "mg_dl", "emergency", "rcpath"),
  vital("blood_glucose", "max", "from", 300, "mg_dl", "soon", "cdc"),
  vital("blood_pressure_systolic", "max", "above", 180, "mmHg", "emergency", "aha"),
  vital("blood_pressure_systolic", "max", "from", 180, "mmHg", "soon", "aha"),
  vital("blood_pressure_diastolic", "max", "above", 120, "mmHg", "emergency", "aha"),
  vital("blood_pressure_diastolic", "max", "from", 120, "mmHg", "soon", "aha"),
  vital("blood_pressure_systolic", "avg", "to", 90, "mmHg", "soon", "news2"),
];

export interface SymptomFlag {
  readonly id: string;
  /** In nine languages, as people write it; compared without case, accents and separators. */
  readonly names: readonly string[];
  /** 0 to 10. From 7 on pain counts as severe (Serlin et al. 1995, Pain 61:277-84). */
  readonly severity: number;
  readonly urgency: Urgency;
  readonly source: RedFlagSource;
}

export const symptomFlags: readonly SymptomFlag[] = [
  {
    id: "chest_pain",
    names: [
      "chest pain",
      "chest pressure",
      "chest tightness",
      "brustschmerz",
      "brustschmerzen",
      "engegefuhl in der brust",
    ]
      .concat(["dolor de pecho", "dolor toracico", "dolor en el pecho", "douleur thoracique", "douleur poitrine"])
      .concat(["dolore toracico", "dolore al petto", "dor no peito", "dor toracica", "pijn op de borst", "borstpijn"])
      .concat(["gogus agrisi", "胸痛", "胸闷"]),
    severity: 7,
    urgency: "emergency",
    source: "chest_pain",
  },
  {
    id: "chest_pain",
    names: ["chest pain", "brustschmerz", "brustschmerzen", "dolor de pecho", "dolor toracico", "douleur thoracique"]
      .concat(["dolore toracico", "dolore al petto", "dor no peito", "pijn op de borst", "gogus agrisi", "胸痛"]),
    severity: 4,
    urgency: "soon",
    source: "chest_pain",
  },
  {
    id: "breathlessness",
    names: ["shortness of breath", "breathlessness", "dyspnea", "dyspnoea", "difficulty breathing", "atemnot"]
      .concat(["kurzatmigkeit", "disnea", "dificultad para respirar", "falta de aire", "essoufflement", "dyspnee"])
      .concat([
        "dispnea",
        "fiato corto",
        "falta de ar",
        "dispneia",
        "kortademigheid",
        "nefes darligi",
        "呼吸困难",
        "气短",
      ]),
    severity: 7,
    urgency: "emergency",
    source: "breathlessness",
  },
  {
    id: "stroke_sign",
    names: ["facial droop", "slurred speech", "sudden weakness", "one sided weakness", "stroke symptoms", "lahmung"]
      .concat(["sprachstorung", "hangender mundwinkel", "paralisis facial", "debilidad repentina", "paralysie faciale"])
      .concat([
        "trouble de la parole",
        "paralisi facciale",
        "paralisia facial",
        "scheve mond",
        "yuz felci",
        "口角歪斜",
      ]),
    severity: 1,
    urgency: "emergency",
    source: "stroke",
  },
  {
    id: "fainting",
    names: ["fainting", "syncope", "passed out", "loss of consciousness", "ohnmacht", "bewusstlosigkeit", "desmayo"]
      .concat(["sincope", "perdida de conciencia", "evanouissement", "svenimento", "desmaio", "flauwvallen", "flauwte"])
      .concat(["bayilma", "晕厥", "昏倒"]),
    severity: 1,
    urgency: "soon",
    source: "syncope",
  },
  {
    id: "bleeding",
    names: [
      "vomiting blood",
      "coughing blood",
      "black stool",
      "blood in stool",
      "bluterbrechen",
      "bluthusten",
      "teerstuhl",
    ]
      .concat(["vomito con sangre", "heces negras", "vomissement de sang", "selles noires", "vomito di sangue"])
      .concat(["feci nere", "vomito com sangue", "fezes negras", "bloed braken", "zwarte ontlasting", "kan kusma"])
      .concat(["呕血", "黑便", "咯血"]),
    severity: 1,
    urgency: "emergency",
    source: "bleeding",
  },
  {
    id: "suicidal_thoughts",
    names: ["suicidal thoughts", "suicidal ideation", "self harm", "suizidgedanken", "selbstmordgedanken"]
      .concat([
        "pensamientos suicidas",
        "ideacion suicida",
        "idees suicidaires",
        "pensieri suicidi",
        "ideazione suicidaria",
      ])
      .concat([
        "pensamentos suicidas",
        "suicidale gedachten",
        "zelfmoordgedachten",
        "intihar dusuncesi",
        "自杀念头",
        "自杀想法",
      ]),
    severity: 1,
    urgency: "emergency",
    source: "self_harm",
  },
  {
    id: "anaphylaxis",
    names: [
      "anaphylaxis",
      "throat swelling",
      "anaphylaxie",
      "anafilaxia",
      "anafilassi",
      "anafylaxie",
      "anafilaksi",
      "过敏性休克",
    ],
    severity: 1,
    urgency: "emergency",
    source: "anaphylaxis",
  },
];
