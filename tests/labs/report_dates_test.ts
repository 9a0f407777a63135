import assert from "node:assert/strict";
import { readPrintedDate } from "../../src/labs/printed_date.ts";
import { readReportDates } from "../../src/labs/report_dates.ts";
import { pageOfRows } from "./page_of_rows.ts";

function datesOf(...lines: string[]) {
  return readReportDates([pageOfRows(lines.map((line) => line.split("|").map((text, at) => [40 + 180 * at, text])))]);
}

Deno.test("named months, ISO and dotted dates are read without knowing the country", () => {
  assert.equal(readPrintedDate("01.12.2016"), "2016-12-01");
  assert.equal(readPrintedDate("2024-03-05"), "2024-03-05");
  assert.equal(readPrintedDate("2023年9月14日"), "2023-09-14");
  assert.equal(readPrintedDate("14-May-2025"), "2025-05-14");
  assert.equal(readPrintedDate("4 janvier 2021"), "2021-01-04");
  // Recognition from a picture drops blanks.
  for (const printed of ["October 25, 2025", "October 25 2025", "October 25,2025", "October25,2025"]) {
    assert.equal(readPrintedDate(printed), "2025-10-25", printed);
  }
  assert.equal(readPrintedDate("25 de octubre de 2025"), "2025-10-25");
  assert.equal(readPrintedDate("15/MAR/2024"), "2024-03-15");
  assert.equal(readPrintedDate("31/12/24"), "2024-12-31");
  assert.equal(readPrintedDate("12/31/2024"), "2024-12-31");
});

Deno.test("a date that could be two days is none, and an impossible one too", () => {
  assert.equal(readPrintedDate("03/05/2025"), null);
  assert.equal(readPrintedDate("03/05/2025", "day first"), "2025-05-03");
  assert.equal(readPrintedDate("03/05/2025", "month first"), "2025-03-05");
  assert.equal(readPrintedDate("31.02.2024"), null);
  assert.equal(readPrintedDate("40/40/2024", "day first"), null);
});

Deno.test("collection and report date are told from birth, receipt and printing in nine languages", () => {
  const reports: [string, ...string[]][] = [
    ["en", "DOB: 13/02/1960", "Sample collected: 14/05/2024", "Received: 15/05/2024", "Reported: 16/05/2024"],
    ["de", "geb. 01.02.1970", "Entnahmedatum: 14.05.2024", "Eingang: 15.05.2024", "Befunddatum: 16.05.2024"],
    [
      "es",
      "Fecha nacimiento: 01/02/1960",
      "Fecha de extracción: 14/05/2024",
      "Recepción 15/05/2024",
      "Fecha informe: 16/05/2024",
    ],
    ["fr", "Né(e) le 01/02/1960", "Prélevé le 14/05/2024", "Reçu le 15/05/2024", "Date du compte rendu 16/05/2024"],
    [
      "it",
      "Data di nascita: 01/02/1960",
      "Data prelievo: 14/05/2024",
      "Accettazione: 15/05/2024",
      "Data referto: 16/05/2024",
    ],
    [
      "pt",
      "Nascimento: 01/02/1960",
      "Data da coleta: 14/05/2024",
      "Recebido em 15/05/2024",
      "Data do laudo: 16/05/2024",
    ],
    [
      "nl",
      "Geboortedatum: 01-02-1960",
      "Afnamedatum: 14-05-2024",
      "Ontvangstdatum: 15-05-2024",
      "Rapportdatum: 16-05-2024",
    ],
    [
      "tr",
      "Doğum Tarihi: 01.02.1960",
      "Numune Alma Tarihi: 14.05.2024",
      "Kabul Tarihi: 15.05.2024",
      "Rapor Tarihi: 16.05.2024",
    ],
    [
      "zh",
      "出生日期:1960-02-01",
      "采样时间:2024-05-14 11:08:21",
      "接收时间:2024-05-15 11:18:16",
      "报告时间:2024-05-16 11:27:33|打印时间:2024-05-18 10:56:15",
    ],
  ]; // deno-fmt-ignore
  for (const [language, ...lines] of reports) {
    assert.deepEqual(datesOf(...lines), { collected: "2024-05-14", reported: "2024-05-16" }, language);
  }
});

Deno.test("a date of birth is never taken for a report date", () => {
  assert.deepEqual(datesOf("Age: 52 | Gender: Female | DOB: 05/12/1972"), { collected: null, reported: null });
});

Deno.test("titles over their dates and labels in the column before them are labels too", () => {
  assert.deepEqual(
    datesOf("Collected|Received|Reported", "13/05/2024|14/05/2024|15/05/2024"),
    { collected: "2024-05-13", reported: "2024-05-15" },
  );
  assert.deepEqual(
    datesOf("Prise en charge|Laboratoire des charmes", "|4 janvier 2021, 07:35 +0100"),
    { collected: "2021-01-04", reported: null },
  );
});

Deno.test("day or month first is decided by dates a few days apart", () => {
  const american = datesOf("COLLECTED: 03/05/2025", "RECEIVED: 03/06/2025", "REPORTED: 03/07/2025");
  assert.deepEqual(american, { collected: "2025-03-05", reported: "2025-03-07" });
  const british = datesOf("COLLECTED: 05/03/2025", "RECEIVED: 06/03/2025", "REPORTED: 07/03/2025");
  assert.deepEqual(british, { collected: "2025-03-05", reported: "2025-03-07" });
});

Deno.test("day or month first is decided by the country's words, and by nothing else", () => {
  assert.equal(datesOf("Collected: 03/05/2025", "CLIA 05D0642827, MRN 44").collected, "2025-03-05");
  assert.equal(datesOf("Collected: 03/05/2025", "Haemoglobin NHS").collected, "2025-05-03");
  assert.equal(datesOf("Collected: 03/05/2025").collected, null);
});

Deno.test("in a cumulative report the newest column is the day of taking", () => {
  const page = pageOfRows([[[40, "Analyse"], [150, "Einheit"], [250, "14.02.2023"], [350, "11.11.2024"]]]);
  assert.equal(readReportDates([page]).collected, "2024-11-11");
});

Deno.test("the day of a test, of the material and with a named month between strokes is the day of collection", () => {
  assert.equal(datesOf("Material vom 29.07.2024 06:15").collected, "2024-07-29");
  assert.equal(datesOf("Test date: September 12, 2024").collected, "2024-09-12");
  assert.equal(datesOf("Fecha de toma: 15/MAR/2024 07:14", "Fecha de impresión: 16/MAR/2024").collected, "2024-03-15");
});
