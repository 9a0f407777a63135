/** Lines of the form around a table: people, addresses, numbers of all kinds, methods and sentences. None is a result. */
import assert from "node:assert/strict";
import { readResults } from "../../src/labs/read_results.ts";
import { pageOfRows, type Print, table } from "./page_of_rows.ts";

/** Cells are parted by bars. */
const lines = `
Patient ID|4471902|Age / Sex|47 Y / F
Sample ID: 240314-0087|Barcode 8812 3301
Dr. A. Sample, MD|License no. 55120
12 Elm Street, Suite 400|Springfield, IL 62704
Tel: +49 30 555 01-0|Fax 030 555 01-99
Hotline 0800 123 4567 (Mo-Fr 8-17 Uhr)
Seite 2 von 5|Druck: 14.03.2024 17:22
Report printed on 14/03/2024 at 17:22 by user 12
Specimen volume: 5 mL|Tube: EDTA
Height: 172 cm|Weight: 68 kg|BMI 23.0
Fasting: 12 hours|LMP: 02/03/2024
Room 12, Bed 3|Ward 5B
NABL accredited MC-2345|ISO 15189:2012
Accreditation No. D-ML-13245-01-00
Method: HPLC, CV 2.1 %, LOD 0.05 mg/L
Test performed on Cobas 8000 e801
*Tests marked with * are not accredited (2.1, 3.4)
Reference: J Clin Endocrinol 2011; 96: 1911-1930
Please repeat in 3 months if values exceed 6.5 %.
In 10-15 % of healthy people, titres of 1:80 are found.
Kosten: 12,50 EUR|GOÄ 3550
Versicherten-Nr. A123456789|Status 1
Krankenkasse: AOK|IK 108018007
Probeneingang|14.03.2024|09:20
Geburtsdatum|03.02.1961|Alter 63
N° dossier : 240314-55|Lit 12
Né le 03/02/1961 (63 ans)|Sexe F
Téléphone : 01 42 00 00 00|Télécopie 01 42 00 00 01
Prélèvement n° 12 à 08h10
RPPS 10001234567|FINESS 750012345
Edad: 57 años|Habitación 214
Nº Historia: 1290448|Nº Petición 20240221
Colegiado nº 28/12345
Codice fiscale RSSMRA61B43H501X
Età 63 anni|Reparto 4
Convênio 0012|Guia 88123
CRM 12345 SP|CNPJ 12.345.678/0001-90
BSN 123456789|Huisarts 01-234567
TC Kimlik No 12345678901|Yaş 47
Protokol No 44120|Kurum 12
样本号 20240314001|床号 12
年龄 47岁|住院号 0081772
电话 010-55501234
Valores inferiores a 30 ng/mL indican insuficiencia en 2 de cada 3 pacientes.
Les valeurs entre 1,00 et 1,26 g/L définissent l'hyperglycémie modérée à jeun.
HbA1c (%) = 0,0915 x HbA1c (mmol/mol) + 2,15
eGFR calculated with CKD-EPI 2021 for age 47 and sex F
Equivalent to 5.4 mmol/L x 18 = 97 mg/dL
Last menstrual period 12 days ago|Week 24
Sensitivity 98.2 %|Specificity 99.1 %
Next appointment: 21 June 2024 at 10:30
Invoice 2024-118|Total 84.50 USD
QR code: verify at https://lab.example/v/8813
Results relate only to sample 240314.
1) Analysis by partner laboratory 2) Value confirmed
CK 45-59 J: siehe Anlage 2
End of report ***|1/2
© 2024 Example Labs v3.2.1
Batch 17|Operator 5|Shift 2
`.trim().split("\n");

const report = table(
  [40, 200, 270, 350],
  ["Test", "Result", "Units", "Reference Range"],
  ["Glucose", "95", "mg/dL", "70 - 99"],
  ["Sodium", "141", "mmol/L", "135 - 145"],
  ["Ferritin", "85", "ng/mL", "30 - 400"],
);
const head: Print["cells"] = [[40, "Example Laboratory"]];
const cells = (line: string): Print["cells"] => line.split("|").map((text, at) => [[40, 210, 340, 440][at] ?? 0, text]);
const names = (rows: readonly Print["cells"][]) =>
  readResults([pageOfRows([head, ...rows])]).map((row) => row.test_name);

Deno.test("lines of the form are no results, wherever they stand, and no result is lost beside them", () => {
  const [titles, first, second, third] = report as [Print["cells"], Print["cells"], Print["cells"], Print["cells"]];
  const all = ["Glucose", "Sodium", "Ferritin"];
  for (const line of lines) {
    assert.deepEqual(names([cells(line)]), [], line);
    assert.deepEqual(names([cells(line), ...report]), all, line);
    assert.deepEqual(names([...report, cells(line)]), all, line);
    assert.deepEqual(names([titles, first, second, cells(line), third]), all, line);
    assert.deepEqual(names([first, second, cells(line), third]), all, line);
  }
});
