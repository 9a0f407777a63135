/** Printed lines of nine languages, each with what is read from it: "line => name|value|unit|range|flag". */
import assert from "node:assert/strict";
import { readResults } from "../../src/labs/read_results.ts";
import { pageOfRows, type Print } from "./page_of_rows.ts";

/** The first line of each is the head of the report. */
const reports = {
  english: `
CLINICAL LABORATORY REPORT
WBC 6.4 x10^3/uL 4.0-11.0 => WBC|6.4|x10^3/uL|4.0-11.0|
Hemoglobin A1c 5.6 % (4.0-5.6) => Hemoglobin A1c|5.6|%|(4.0-5.6)|
Glucose, Fasting: 98 mg/dL [70-99] => Glucose, Fasting|98|mg/dL|70-99|
Vitamin D, 25-Hydroxy 22.4 L ng/mL 30.0-100.0 => Vitamin D, 25-Hydroxy|22.4|ng/mL|30.0-100.0|L
eGFR (non-African American) >60 mL/min/1.73m2 >59 => eGFR (non-African American)|>60|mL/min/1.73m2|>59|
Troponin I, hs <3 ng/L 0-14 => Troponin I, hs|<3|ng/L|0-14|
Iron Saturation 24 % (calc) 20-48 => Iron Saturation|24|%|20-48|
LDL/HDL Ratio 2.1 0.0-3.6 => LDL/HDL Ratio|2.1||0.0-3.6|
BUN/Creatinine Ratio 18 (calc) 6-22 => BUN/Creatinine Ratio|18||6-22|
Sed Rate (Westergren) 12 mm/hr 0-20 => Sed Rate (Westergren)|12|mm/hr|0-20|
Lipase 1,250 U/L 13-60 H => Lipase|1,250|U/L|13-60|H
Testosterone, Total 412.5 ng/dL 264-916 => Testosterone, Total|412.5|ng/dL|264-916|
Urine pH 6.0 5.0-8.0 => Urine pH|6.0||5.0-8.0|
Rheumatoid Factor <10.0 IU/mL <14.0 => Rheumatoid Factor|<10.0|IU/mL|<14.0|
ANA Titer 1:160 <1:40 => ANA Titer|1:160||<1:40|
INR 1.1 0.9-1.2 => INR|1.1||0.9-1.2|
aPTT 29.8 sec 25.0-37.0 => aPTT|29.8|sec|25.0-37.0|
Platelets 1,050 x10E3/uL 150-450 HH => Platelets|1,050|x10E3/uL|150-450|HH
MPV 10.2 fL 7.5-12.5 => MPV|10.2|fL|7.5-12.5|
Influenza A RNA Not Detected Not Detected => Influenza A RNA|Not Detected||Not Detected|
Anion gap 11 mmol/L(calc) 7-17 => Anion gap|11|mmol/L|7-17|
Albumin/Globulin Ratio 1.5 (calc) 1.0-2.5 => Albumin/Globulin Ratio|1.5||1.0-2.5|
HDL 45 mg/dL > OR = 40 => HDL|45|mg/dL|> OR = 40|
Cortisol, AM 14.2 mcg/dL 6.2-19.4 => Cortisol, AM|14.2|mcg/dL|6.2-19.4|
Osmolality 288 mOsm/kg 275-295 => Osmolality|288|mOsm/kg|275-295|
`,
  german: `
Laborbefund
Leukozyten 6,4 Tsd/µl 4,0-10,0 => Leukozyten|6,4|Tsd/µl|4,0-10,0|
Hb 14,2 g/dl 13,5 - 17,5 => Hb|14,2|g/dl|13,5 - 17,5|
HbA1c (IFCC) 38 mmol/mol 20 - 42 => HbA1c (IFCC)|38|mmol/mol|20 - 42|
GOT 25 U/l < 50 => GOT|25|U/l|< 50|
Gamma-GT 112 + U/l bis 60 => Gamma-GT|112|U/l|bis 60|H
Kreatinin i.S. 0,92 mg/dl 0,70 - 1,20 => Kreatinin i.S.|0,92|mg/dl|0,70 - 1,20|
Kalium 5,6 ↑ mmol/l 3,5 - 5,1 => Kalium|5,6|mmol/l|3,5 - 5,1|H
25-OH-Vitamin-D3 18,4 (-) µg/l 30 - 100 => 25-OH-Vitamin-D3|18,4|µg/l|30 - 100|L
Quick 102 % 70 - 130 => Quick|102|%|70 - 130|
BSG 1h 12 mm 0 - 15 => BSG 1h|12|mm|0 - 15|
PSA gesamt 0,85 ng/ml < 4,0 => PSA gesamt|0,85|ng/ml|< 4,0|
Eisen 68 µg/dl 59 - 158 => Eisen|68|µg/dl|59 - 158|
Transferrinsättigung 18 % 16 - 45 => Transferrinsättigung|18|%|16 - 45|
fT4 1,21 ng/dl 0,93 - 1,70 => fT4|1,21|ng/dl|0,93 - 1,70|
TSH basal 2,45 mU/l 0,27 - 4,20 => TSH basal|2,45|mU/l|0,27 - 4,20|
Lipase 38,0 U/l 13 - 60 => Lipase|38,0|U/l|13 - 60|
NT-proBNP 125 pg/ml < 125 => NT-proBNP|125|pg/ml|< 125|
D-Dimere 0,35 mg/l FEU < 0,50 => D-Dimere|0,35|mg/l FEU|< 0,50|
Eosinophile 2,1 % 0,5 - 5,5 => Eosinophile|2,1|%|0,5 - 5,5|
Eosinophile abs. 0,13 /nl 0,02 - 0,50 => Eosinophile abs.|0,13|/nl|0,02 - 0,50|
CK-MB 12 U/l < 25 => CK-MB|12|U/l|< 25|
HBs-Ag negativ => HBs-Ag|negativ|||
Anti-HBs > 1000 IU/l > 10 => Anti-HBs|> 1000|IU/l|> 10|
Urin-pH 6,0 5,0 - 7,5 => Urin-pH|6,0||5,0 - 7,5|
spez. Gewicht 1,015 g/ml 1,005 - 1,030 => spez. Gewicht|1,015|g/ml|1,005 - 1,030|
Folsäure 8,2 ng/ml > 3,9 => Folsäure|8,2|ng/ml|> 3,9|
`,
  french: `
LABORATOIRE - Résultats
Hématies 4,85 T/L 4,28 à 6,00 => Hématies|4,85|T/L|4,28 à 6,00|
Hémoglobine 14,5 g/dL 13,4 à 16,7 => Hémoglobine|14,5|g/dL|13,4 à 16,7|
Plaquettes 245 000 /mm3 150 000 à 400 000 => Plaquettes|245 000|/mm3|150 000 à 400 000|
V.S. 1ère heure 8 mm < 15 => V.S. 1ère heure|8|mm|< 15|
Glycémie 0,95 g/L 0,70 - 1,10 soit 5,27 mmol/L 3,89 - 6,11 => Glycémie|0,95|g/L|0,70 - 1,10| + Glycémie|5,27|mmol/L|3,89 - 6,11|
Créatinine 9,2 mg/L (7,0 - 13,0) => Créatinine|9,2|mg/L|(7,0 - 13,0)|
DFG estimé (CKD-EPI) 92 mL/min/1,73m² > 90 => DFG estimé (CKD-EPI)|92|mL/min/1,73m²|> 90|
LDL Cholestérol calculé 1,32 g/L < 1,60 => LDL Cholestérol calculé|1,32|g/L|< 1,60|
TSH 2,14 mUI/L 0,27 - 4,20 => TSH|2,14|mUI/L|0,27 - 4,20|
T4 libre 15,2 pmol/L 12,0 - 22,0 => T4 libre|15,2|pmol/L|12,0 - 22,0|
Ferritine 145 µg/L 30 - 400 => Ferritine|145|µg/L|30 - 400|
CRP < 3,0 mg/L < 5,0 => CRP|< 3,0|mg/L|< 5,0|
TP 98 % > 70 => TP|98|%|> 70|
INR 1,02 => INR|1,02|||
Fer sérique 18,2 µmol/L 10,6 - 28,3 => Fer sérique|18,2|µmol/L|10,6 - 28,3|
Acide urique 52 mg/L 35 - 72 soit 309 µmol/L 208 - 428 => Acide urique|52|mg/L|35 - 72| + Acide urique|309|µmol/L|208 - 428|
Sérologie VIH Négatif => Sérologie VIH|Négatif|||
Nitrites Absence => Nitrites|Absence|||
Leucocytes 3 /mm3 < 10 => Leucocytes|3|/mm3|< 10|
`,
  spanish: `
LABORATORIO DE ANÁLISIS CLÍNICOS
Leucocitos 7,24 x10^3/µL 4,00 - 11,00 => Leucocitos|7,24|x10^3/µL|4,00 - 11,00|
Hemoglobina 14,8 g/dL 13,0 - 17,5 => Hemoglobina|14,8|g/dL|13,0 - 17,5|
Plaquetas 235.000 /mm3 140.000 - 400.000 => Plaquetas|235.000|/mm3|140.000 - 400.000|
VSG 9 mm/1ªh 0 - 15 => VSG|9|mm/1ªh|0 - 15|
Glucosa 105 * mg/dL 70 - 100 => Glucosa|105|mg/dL|70 - 100|A
Creatinina 0,98 mg/dL (0,70 - 1,20) => Creatinina|0,98|mg/dL|(0,70 - 1,20)|
FGe (CKD-EPI) > 90 mL/min/1,73m2 => FGe (CKD-EPI)|> 90|mL/min/1,73m2||
Colesterol LDL 142 mg/dL Deseable < 130 => Colesterol LDL|142|mg/dL|Deseable < 130|
GGT 35 U/L Hasta 55 => GGT|35|U/L|Hasta 55|
TSH 1,85 µU/mL 0,35 - 4,94 => TSH|1,85|µU/mL|0,35 - 4,94|
PSA 0,8 ng/mL < 4 => PSA|0,8|ng/mL|< 4|
Hierro 92 µg/dL 65 - 175 => Hierro|92|µg/dL|65 - 175|
Anti-TPO 12,0 UI/mL < 34 => Anti-TPO|12,0|UI/mL|< 34|
Nitritos Negativo => Nitritos|Negativo|||
pH 6,0 => pH|6,0|||
`,
  italian: `
LABORATORIO ANALISI
Globuli rossi 4,92 10^6/µL 4,50 - 5,90 => Globuli rossi|4,92|10^6/µL|4,50 - 5,90|
Emoglobina 14,6 g/dL 13,5 - 17,5 => Emoglobina|14,6|g/dL|13,5 - 17,5|
Glucosio 92 mg/dL 60 - 110 => Glucosio|92|mg/dL|60 - 110|
Colesterolo LDL (calcolato) 128 mg/dL < 115 * => Colesterolo LDL (calcolato)|128|mg/dL|< 115|A
P-PT attività 98 % 70 - 120 => P-PT attività|98|%|70 - 120|
INR 1,01 => INR|1,01|||
U-Peso specifico 1.018 1.010 - 1.030 => U-Peso specifico|1.018||1.010 - 1.030|
GPT (ALT) 28 U/L fino a 41 => GPT (ALT)|28|U/L|fino a 41|
Vitamina B12 356 pg/mL 191 - 663 => Vitamina B12|356|pg/mL|191 - 663|
VES 1^ ora 10 mm 1 - 15 => VES 1^ ora|10|mm|1 - 15|
`,
  portuguese: `
LABORATÓRIO DE ANÁLISES CLÍNICAS
Hemácias 4,85 milhões/mm³ 4,50 a 5,90 => Hemácias|4,85|milhões/mm³|4,50 a 5,90|
Leucócitos 6.850 /mm³ 3.500 a 10.500 => Leucócitos|6.850|/mm³|3.500 a 10.500|
Plaquetas 245.000 /mm³ 150.000 a 450.000 => Plaquetas|245.000|/mm³|150.000 a 450.000|
Glicemia de jejum 92 mg/dL 70 a 99 => Glicemia de jejum|92|mg/dL|70 a 99|
Colesterol não-HDL 145 mg/dL Desejável inferior a 130 => Colesterol não-HDL|145|mg/dL|Desejável inferior a 130|
TSH 2,15 µUI/mL 0,40 a 4,30 => TSH|2,15|µUI/mL|0,40 a 4,30|
Hemoglobina glicada 5,4 % inferior a 5,7 => Hemoglobina glicada|5,4|%|inferior a 5,7|
VHS 1ª hora 8 mm até 15 => VHS 1ª hora|8|mm|até 15|
Anti-HIV 1 e 2 Não reagente => Anti-HIV 1 e 2|Não reagente|||
`,
  dutch: `
Laboratorium uitslagen
Hemoglobine 8,9 mmol/l 8,5 - 11,0 => Hemoglobine|8,9|mmol/l|8,5 - 11,0|
Leukocyten 6,4 10^9/l 4,0 - 10,0 => Leukocyten|6,4|10^9/l|4,0 - 10,0|
eGFR >90 ml/min/1,73m2 >60 => eGFR|>90|ml/min/1,73m2|>60|
CRP <5 mg/l <10 => CRP|<5|mg/l|<10|
TSH 2,1 mE/l 0,4 - 4,0 => TSH|2,1|mE/l|0,4 - 4,0|
ALAT 34 U/l <45 => ALAT|34|U/l|<45|
HbA1c 36 mmol/mol <42 => HbA1c|36|mmol/mol|<42|
Kreatinine (enz.) 78 µmol/l 60 - 110 => Kreatinine (enz.)|78|µmol/l|60 - 110|
`,
  turkish: `
Laboratuvar Sonuçları
Hemoglobin 14,2 g/dL 13,5-17,5 => Hemoglobin|14,2|g/dL|13,5-17,5|
Açlık Glukozu 104 H mg/dL 74-100 => Açlık Glukozu|104|mg/dL|74-100|H
Sedimantasyon 12 mm/saat 0-20 => Sedimantasyon|12|mm/saat|0-20|
Ferritin 45,6 ng/mL 30-400 => Ferritin|45,6|ng/mL|30-400|
HBsAg Negatif => HBsAg|Negatif|||
TSH 2,45 µIU/mL 0,27-4,20 => TSH|2,45|µIU/mL|0,27-4,20|
Trombosit 245 10^3/µL 150-400 => Trombosit|245|10^3/µL|150-400|
`,
  chinese: `
检验报告单
白细胞 6.5 10^9/L 3.5-9.5 => 白细胞|6.5|10^9/L|3.5-9.5|
血红蛋白 145 g/L 130-175 => 血红蛋白|145|g/L|130-175|
C反应蛋白 <0.5 mg/L 0-10 => C反应蛋白|<0.5|mg/L|0-10|
谷丙转氨酶 52↑ U/L 9-50 => 谷丙转氨酶|52|U/L|9-50|H
尿蛋白 阴性 阴性 => 尿蛋白|阴性||阴性|
肌酐(酶法) 78 μmol/L 57-97 => 肌酐(酶法)|78|μmol/L|57-97|
`,
};

for (const [language, report] of Object.entries(reports)) {
  Deno.test(`${language} lines are read by the order of name, value, unit and range`, () => {
    const [head = "", ...lines] = report.trim().split("\n").map((line) => line.split(" => "));
    const page = pageOfRows([head, ...lines].map(([text = ""]): Print["cells"] => [[40, text]]));
    const read = readResults([page]).map((result) =>
      [result.test_name, result.value_text, result.unit, result.reference_text, result.flag].map((part) => part ?? "")
        .join("|")
    );
    assert.deepEqual(read, lines.flatMap(([, expected = ""]) => expected.split(" + ")));
  });
}

Deno.test("specific gravity has a decimal point wherever it is printed", () => {
  const lines = [
    "Emoglobina 14,6 g/dL 13,5 - 17,5",
    "Peso specifico 1.018 1.010 - 1.030",
    "Piastrine 1.018 10^3/µL 150 - 400",
  ];
  const results = readResults([pageOfRows(lines.map((text): Print["cells"] => [[40, text]]))]);
  assert.deepEqual(results.map((result) => [result.value, result.reference_max]), [[14.6, 17.5], [1.018, 1.03], [
    1018,
    400,
  ]]);
});
