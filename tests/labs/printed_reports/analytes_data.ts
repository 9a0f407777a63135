/** What invented laboratories measure: "section|name|unit|digits|lower limit|upper limit", or "section|name|=word|=normal". */
const english = `
Hematology|White Blood Cell Count|10^3/uL|1|4.0|11.0
Hematology|Hemoglobin|g/dL|1|13.5|17.5
Hematology|Hematocrit|%|1|38.5|50.0
Hematology|MCV|fL|0|80|100
Hematology|Platelet Count|x10E3/uL|0|150|400
Hematology|Absolute Neutrophils|cells/uL|0|1500|7800
Hematology|Neutrophils|%|1|40|70
Chemistry|Glucose|mg/dL|0|65|99
Chemistry|Sodium|mmol/L|0|135|146
Chemistry|Creatinine|mg/dL|2|0.60|1.35
Chemistry|eGFR|mL/min/1.73m2|0|60|
Chemistry|ALT (SGPT)|U/L|0|9|46
Chemistry|Bilirubin, Total|mg/dL|1|0.2|1.2
Lipids|Cholesterol, Total|mg/dL|0||200
Lipids|HDL Cholesterol|mg/dL|0|40|
Endocrine|TSH|mIU/L|2|0.40|4.50
Endocrine|T4, Free|ng/dL|1|0.8|1.8
Endocrine|Vitamin D, 25-OH, Total|ng/mL|0|30|100
Endocrine|Vitamin B12|pg/mL|0|200|1100
Tumor markers|CA 19-9|U/mL|1||34
Tumor markers|PSA, Total|ng/mL|2||4.00
Inflammation|C-Reactive Protein, Cardiac|mg/L|2||3.00
Infection|Hepatitis B Surface Antigen|=Non-Reactive|=Non-Reactive
Infection|HIV 1/2 Ag/Ab|=Negative|=Negative`;

const british = `
Full blood count|Haemoglobin concentration|g/L|0|130|170
Full blood count|Total white cell count|10*9/L|1|4.0|11.0
Full blood count|Platelet count|10*9/L|0|150|400
Full blood count|Mean corpuscular volume|fL|1|80.0|100.0
Full blood count|Neutrophil count|10*9/L|2|1.80|7.50
Bone profile|Serum albumin level|g/L|0|35|50
Bone profile|Serum adjusted calcium conc|mmol/L|2|2.20|2.60
Urea and electrolytes|Serum sodium level|mmol/L|0|133|146
Urea and electrolytes|Serum potassium level|mmol/L|1|3.5|5.3
Urea and electrolytes|Serum creatinine level|umol/L|0|59|104
Liver function test|Serum ALT level|U/L|0||41
Liver function test|Serum total bilirubin level|umol/L|0||21
Haematinics|Serum ferritin level|ug/L|0|30|400
Haematinics|Serum folate level|ug/L|1|3.9|
Thyroid|Serum TSH level|mU/L|2|0.27|4.20
Thyroid|Serum free T4 level|pmol/L|1|12.0|22.0`;

const german = `
Blutbild|Leukozyten|/nl|1|3,9|10,2
Blutbild|Erythrozyten|/pl|2|4,30|5,75
Blutbild|Hämoglobin|g/dl|1|13,5|17,2
Blutbild|Hämatokrit|%|1|39,5|50,5
Blutbild|MCHC|g/dl|1|31,5|36,3
Blutbild|Thrombozyten|Tsd/µl|0|150|370
Klinische Chemie|Natrium im Serum|mmol/l|0|136|145
Klinische Chemie|Kreatinin|mg/dl|2|0,67|1,17
Klinische Chemie|GFR (CKD-EPI)|ml/min/1,73m²|0|60|
Klinische Chemie|GOT (AST)|U/l|0||50
Klinische Chemie|Gamma-GT|U/l|0||60
Klinische Chemie|Harnsäure|mg/dl|1|3,4|7,0
Klinische Chemie|Ferritin|µg/l|0|30|400
Klinische Chemie|CRP|mg/l|1||5,0
Lipide|LDL-Cholesterin|mg/dl|0||116
Lipide|Lipoprotein (a)|nmol/l|0||75
Schilddrüse|TSH basal|mU/l|2|0,27|4,20
Schilddrüse|fT3|pg/ml|2|2,00|4,40
Schilddrüse|Anti-TPO|IU/ml|0||34
Vitamine|25-OH-Vitamin D|ng/ml|1|30,0|100,0
Vitamine|Vitamin B12|pg/ml|0|197|771
Vitamine|Selen im Vollblut|µg/l|0|100|140
Gerinnung|Quick|%|0|70|130
Gerinnung|Faktor VIII|%|0|60|150
Infektionsserologie|HBs-Antigen|=negativ|=negativ
Infektionsserologie|Borrelien-IgG|=negativ|=negativ`;

const french = `
Hématologie|Leucocytes|giga/L|2|4,00|10,00
Hématologie|Hématies|T/L|2|4,28|5,79
Hématologie|Hémoglobine|g/dL|1|13,4|16,7
Hématologie|Hématocrite|%|1|39,2|48,6
Hématologie|V.G.M.|fL|1|78,0|97,0
Hématologie|Plaquettes|G/L|0|150|400
Hématologie|Polynucléaires neutrophiles|G/L|2|1,50|7,00
Biochimie|Glycémie à jeun|g/L|2|0,70|1,05
Biochimie|Créatinine|mg/L|1|6,7|11,7
Biochimie|Sodium|mmol/L|0|136|145
Biochimie|Acide urique|mg/L|0|35|72
Biochimie|ASAT (TGO)|UI/L|0||40
Biochimie|Gamma GT|UI/L|0||55
Biochimie|Protéine C réactive|mg/L|1||5,0
Biochimie|Ferritine|µg/L|0|30|300
Lipides|Cholestérol total|g/L|2||2,00
Lipides|Cholestérol HDL|g/L|2|0,40|
Hormonologie|T.S.H. 3ème génération|mUI/L|2|0,27|4,20
Hormonologie|T4 libre|pmol/L|1|12,0|22,0
Vitamines|25-OH Vitamine D (D2 + D3)|ng/mL|1|30,0|60,0
Sérologie|Antigène HBs|=Négatif|=Négatif`;

const spanish = `
Hematología|Leucocitos|10^3/µL|2|4,00|11,00
Hematología|Hematíes|10^6/µL|2|4,50|5,90
Hematología|Hemoglobina|g/dL|1|13,0|17,5
Hematología|Hematocrito|%|1|40,0|52,0
Hematología|VCM|fL|1|80,0|100,0
Hematología|Plaquetas|10^3/µL|0|140|400
Hematología|VSG 1ª hora|mm/h|0||20
Bioquímica|Glucosa basal|mg/dL|0|70|110
Bioquímica|Urea|mg/dL|0|17|43
Bioquímica|Creatinina|mg/dL|2|0,70|1,20
Bioquímica|Filtrado glomerular (CKD-EPI)|mL/min/1,73m2|0|60|
Bioquímica|Ácido úrico|mg/dL|1|3,4|7,0
Bioquímica|Colesterol total|mg/dL|0||200
Bioquímica|Triglicéridos|mg/dL|0||150
Bioquímica|GOT/AST|U/L|0||40
Bioquímica|Bilirrubina total|mg/dL|2||1,20
Bioquímica|Hierro|µg/dL|0|65|175
Hormonas|TSH (Tirotropina)|µUI/mL|2|0,35|4,95
Hormonas|Vitamina B12|pg/mL|0|187|883
Hormonas|25-OH-Vitamina D|ng/mL|1|30,0|100,0
Serología|HBsAg|=Negativo|=Negativo`;

const italian = `
Emocromo|Globuli bianchi|10^3/µL|2|4,00|10,00
Emocromo|Globuli rossi|10^6/µL|2|4,50|5,80
Emocromo|Emoglobina|g/dL|1|13,0|17,0
Emocromo|Ematocrito|%|1|40,0|51,0
Emocromo|Piastrine|10^3/µL|0|150|400
Emocromo|Volume globulare medio|fL|1|80,0|98,0
Chimica clinica|S-Glucosio|mg/dL|0|70|100
Chimica clinica|S-Urea|mg/dL|0|15|50
Chimica clinica|S-Creatinina|mg/dL|2|0,70|1,20
Chimica clinica|S-Colesterolo totale|mg/dL|0||200
Chimica clinica|S-Colesterolo HDL|mg/dL|0|40|
Chimica clinica|S-Alanina aminotransferasi (ALT)|U/L|0||41
Chimica clinica|S-Gamma-GT|U/L|0|8|61
Chimica clinica|Sideremia|µg/dL|0|60|170
Chimica clinica|Proteina C reattiva|mg/dL|2||0,50
Immunometria|TSH|mUI/L|2|0,27|4,20
Immunometria|Ferritina|ng/mL|0|30|400
Immunometria|Vitamina D (25-OH)|ng/mL|1|30,0|100,0
Immunometria|PSA totale|ng/mL|2||4,00
Sierologia|HCV anticorpi|=Negativo|=Negativo`;

const portuguese = `
Hemograma|Eritrócitos|milhões/mm³|2|4,50|6,00
Hemograma|Hemoglobina|g/dL|1|13,0|17,5
Hemograma|Hematócrito|%|1|40,0|52,0
Hemograma|VCM|fL|1|80,0|98,0
Hemograma|Leucócitos|/mm³|0|3500|10500
Hemograma|Plaquetas|mil/mm³|0|150|450
Bioquímica|Glicose|mg/dL|0|70|99
Bioquímica|Creatinina|mg/dL|2|0,70|1,30
Bioquímica|Ureia|mg/dL|0|13|43
Bioquímica|Colesterol total|mg/dL|0||190
Bioquímica|Triglicerídeos|mg/dL|0||150
Bioquímica|TGO (AST)|U/L|0||40
Bioquímica|Ferritina|ng/mL|0|26|446
Hormônios|TSH ultrassensível|µUI/mL|2|0,45|4,50
Hormônios|T4 livre|ng/dL|2|0,93|1,70
Vitaminas|Vitamina B12|pg/mL|0|197|771
Sorologia|HIV 1 e 2|=Não reagente|=Não reagente`;

const dutch = `
Hematologie|Hemoglobine|mmol/l|1|8,5|11,0
Hematologie|Hematocriet|l/l|2|0,40|0,50
Hematologie|Leukocyten|10^9/l|1|4,0|10,0
Hematologie|Trombocyten|10^9/l|0|150|400
Hematologie|BSE|mm/uur|0||15
Klinische chemie|Natrium|mmol/l|0|135|145
Klinische chemie|Kalium|mmol/l|1|3,5|5,0
Klinische chemie|Kreatinine|µmol/l|0|60|110
Klinische chemie|eGFR (CKD-EPI)|ml/min/1,73m2|0|60|
Klinische chemie|ALAT|U/l|0||45
Klinische chemie|Glucose nuchter|mmol/l|1|4,0|6,1
Klinische chemie|HbA1c|mmol/mol|0|20|42
Klinische chemie|LDL-cholesterol|mmol/l|1||3,0
Schildklier|TSH|mU/l|2|0,40|4,00
Schildklier|Vrij T4|pmol/l|1|10,0|24,0
Vitaminen|Vitamine B12|pmol/l|0|140|640
Vitaminen|25-OH vitamine D|nmol/l|0|50|
Urine|Nitriet|=negatief|=negatief`;

const turkish = `
Hemogram|Lökosit (WBC)|10^3/µL|2|4,00|10,00
Hemogram|Hemoglobin (HGB)|g/dL|1|13,5|17,5
Hemogram|Hematokrit (HCT)|%|1|40,0|52,0
Hemogram|Trombosit (PLT)|10^3/µL|0|150|400
Biyokimya|Glukoz (Açlık)|mg/dL|0|74|106
Biyokimya|Üre|mg/dL|0|17|43
Biyokimya|Kreatinin|mg/dL|2|0,67|1,17
Biyokimya|Alanin aminotransferaz (ALT)|U/L|0||41
Biyokimya|LDL Kolesterol|mg/dL|0||130
Biyokimya|Trigliserit|mg/dL|0||150
Biyokimya|Demir|µg/dL|0|33|193
Hormon|TSH|mIU/L|2|0,27|4,20
Hormon|Serbest T4|ng/dL|2|0,93|1,70
Hormon|Vitamin B12|pg/mL|0|197|771
Hormon|25-Hidroksi Vitamin D|ng/mL|1|20,0|50,0
Seroloji|HBsAg|=Negatif|=Negatif`;

const chinese = `
血常规|白细胞计数|10^9/L|2|3.50|9.50
血常规|红细胞计数|10^12/L|2|4.30|5.80
血常规|血红蛋白|g/L|0|130|175
血常规|血小板计数|10^9/L|0|125|350
血常规|中性粒细胞百分比|%|1|40.0|75.0
生化|丙氨酸氨基转移酶|U/L|0|9|50
生化|总胆红素|μmol/L|1|0.0|26.0
生化|葡萄糖|mmol/L|2|3.90|6.10
生化|肌酐|μmol/L|0|57|97
生化|总胆固醇|mmol/L|2||5.18
生化|尿酸|μmol/L|0|208|428
免疫|乙肝表面抗原|=阴性|=阴性`;

const tables = { english, british, german, french, spanish, italian, portuguese, dutch, turkish, chinese };

export type Language = keyof typeof tables;

export interface Analyte {
  readonly section: string;
  readonly name: string;
  /** Null for results in words. */
  readonly unit: string | null;
  readonly digits: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly word: string | null;
}

export function analytes(language: Language): Analyte[] {
  const limit = (text: string | undefined) => text === undefined || text === "" ? null : Number(text.replace(",", "."));
  return tables[language].trim().split("\n").map((row) => {
    const [section = "", name = "", unit = "", digits, min, max] = row.split("|");
    if (unit.startsWith("=")) {
      return { section, name, unit: null, digits: 0, min: null, max: null, word: unit.slice(1) };
    }
    return { section, name, unit, digits: Number(digits), min: limit(min), max: limit(max), word: null };
  });
}
