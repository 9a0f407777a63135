/**
 * When the blood was taken and when the laboratory reported, told apart by the labels printed beside the dates.
 *
 * Null is the answer wherever a label is missing or day and month cannot be told apart: a wrong day is worse than none.
 */
import type { Page } from "../documents/page.ts";
import { pageRows, type Row, sliceBox } from "./report_layout.ts";
import { DATE_SHAPE, type DateOrder, type NumericDate, readNumericDate, readPrintedDate } from "./printed_date.ts";
import { datedTables } from "./dated_rows.ts";
import { readDatedTitles, readTitleRow } from "./report_titles.ts";
import { isDatePrinted, newestDate } from "./report_title_dates.ts";
import { foldCase } from "./printed_flag.ts";

export interface ReportDates {
  /** ISO day the sample was taken. */
  readonly collected: string | null;
  /** ISO day the laboratory reported (not printed) the results. */
  readonly reported: string | null;
}

type Meaning = "collected" | "received" | "reported" | "validated" | "dated" | "printed" | "born" | "other";

/** Folded label endings; the label nearest to the date wins, longer labels before shorter ones. */
const LABELS: readonly (readonly [Meaning, RegExp])[] = [
  [
    "born",
    /\b(?:dob|d\.o\.b|birth\w*|born|geb(?:oren|\.)?|geburts\w*|naissance|nee?|ne\(e\)|nacim\w*|fec?\.? ?nac|nato|nata|nascita|nascimento|nasc|geboorte\w*|geb\.? ?datum|dogum)|出生|生日/g,
  ],
  [
    "printed",
    /\b(?:print(?:ed|out)?|druck\w*|gedruckt|ausdruck|imprime\w*|impresion|impreso|stampa\w*|impressao|impresso|afgedrukt|basim|baski|yazdirma|cikti)|打印/g,
  ],
  [
    "received",
    /\b(?:receiv\w*|receipt|eingang\w*|probeneingang|erhalten|recu\w*|reception|recepcion|recibid\w*|recebid\w*|ricev\w*|accettazione|arriv\w*|ontvang\w*|ontvangst|kabul\w*|gelis|regist\w*|enregistr\w*|admission|ingreso|order(?:ed)?|angelegt|auftragsdatum|kayit|istem)|接收|送检|签收|申请/g,
  ],
  [
    "collected",
    /\b(?:collect\w*|coll(?= ?[:.])|drawn|draw date|taken|sampl(?:ed|ing)|sample date|test date|date of test|date of sample|specimen date|entnahme\w*|probenentnahme|(?:proben?)?abnahme\w*|entnommen|blut(?:ent|ab)nahme|probengewinnung|untersuchungs?(?:datum|tag)|(?<=datum der )untersuchung|untersuchung (?:am|vom)|examination date|date of examination|date d.examen|fecha de examen|data dell.esame|probenahme\w*|preleve\w*|prelevement\w*|prise en charge|preleveur|examens? realise\w*|toma de muestra|fecha (?:de )?(?:toma|extraccion|muestra)|extraccion|extraido|toma|obtencion|(?:material|probe|blut|serum|labor(?:werte|parameter)?|blut(?:bild|werte)) vom|(?:labs?|bloods|blood (?:tests?|results?)) (?:from|on|of)|bilan (?:sanguin |biologique )?du|analitica del?|(?:esami|analisi) (?:ematici |ematochimici |del sangue )?del|prelievo|prelevato|raccolta|data (?:del )?campione|coleta|colheita|colhid\w*|afname\w*|afgenomen|numune (?:alma|alim|alinma)\w*|numune|ornek al(?:ma|im)\w*|alinma)|采样|采集|采血|抽血|取样/g,
  ],
  [
    "reported",
    /\b(?:report(?:ed|ing)? ?(?:date|on|time)?|date of report|result date|befund(?:datum|ausgang)?|berichtsdatum|ausgangsdatum|erstellt|date du (?:compte|resultat)|compte rendu du|date de creation|produit|resultat(?:s)? du|fecha (?:de )?(?:informe|resultados?|emision|reporte|validacion)|emision|emitido|informe|finalizacion|data (?:del )?referto|refert\w*|data (?:do |de )?(?:laudo|emissao|resultado)|laudo|emissao|liberad\w*|rapportdatum|rapport|gerapporteerd|uitslagdatum|rapor\w*|sonuc\w*|issued?|released?|completed?|complet)|报告/g,
  ],
  [
    "validated",
    /\b(?:edite\w*|valid\w*|verified|approved|authori[sz]ed|signed|freigabe|freigegeben|vidiert|signe\w*|auteur\(s\)|firmado|autorizzat\w*|onay\w*|uzman)|审核/g,
  ],
  [
    "other",
    /\b(?:previous|vorwert|anterieur\w*|anterior|precedent\w*|onceki|version|valid until|expir\w*|print no|lmp|transfusion|appointment|next|fin|au|traitement|medication)\b/g,
  ],
  ["dated", /\b(?:date|date ?\/ ?time|datum|fecha|data|tarih|le|den|dated|el)\b[ :.]*$|日期[:：]?$/g],
];

interface Found {
  readonly text: string;
  readonly row: number;
  readonly start: number;
  readonly meaning: Meaning | null;
}

/** Collection and report date of a document; see the file's head for when they are null. */
export function readReportDates(pages: readonly Page[]): ReportDates {
  const found: Found[] = [];
  let evidence = "";
  let newestColumn: string | null = null;
  for (const page of pages) {
    const rows = pageRows(page);
    newestColumn ??= datedTables(rows)[0]?.date ?? null;
    for (const [index, row] of rows.entries()) {
      newestColumn ??= newestTitleDate(row, rows[index + 1]);
      if (evidence.length < 40_000) evidence += `${row.text}\n`;
      for (const match of row.text.matchAll(DATE_SHAPE)) {
        const text = match[0].trim();
        if (readPrintedDate(text, "day first") === null && readPrintedDate(text, "month first") === null) continue;
        found.push({ text, row: index, start: match.index, meaning: meaningOf(rows, index, match.index, text.length) });
      }
    }
  }
  const order = dayOrder(found, evidence);
  const of = (meaning: Meaning): string | null =>
    mostPrinted(
      found.filter((date) => date.meaning === meaning).map((date) => readPrintedDate(date.text, order)),
    );
  return { collected: of("collected") ?? newestColumn, reported: of("reported") ?? of("dated") ?? of("validated") };
}

/** In a cumulative report the columns are headed by the days of taking; the newest one is this report's. */
function newestTitleDate(row: Row, next: Row | undefined): string | null {
  const read = readTitleRow(row) ?? (next === undefined ? null : readDatedTitles(row, next));
  const titles = read?.columns.filter((column) => column.role === "result" || column.role === "previous");
  const dates = titles?.map((column) => column.title).filter(isDatePrinted) ?? [];
  return dates.length >= 2 ? newestDate(dates)?.date ?? null : null;
}

/** The date printed most often, the first of those printed equally often. */
function mostPrinted(dates: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>();
  for (const date of dates) if (date !== null) counts.set(date, (counts.get(date) ?? 0) + 1);
  let best: string | null = null;
  for (const [date, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = date;
  return best;
}

function meaningOf(rows: readonly Row[], index: number, start: number, length: number): Meaning | null {
  const row = rows[index];
  if (row === undefined) return null;
  // The label stands before its date, after the previous date of the row.
  const before = row.text.slice(0, start);
  const own = nearestLabel(before.slice(lastDateEnd(before)));
  if (own !== null) return own;
  const box = sliceBox(row, start, start + length);
  let firstColumn = true;
  for (let up = 1; up <= 4; up++) {
    const above = rows[index - up];
    if (above === undefined || row.box[1] - above.box[3] > 5 * row.height) return null;
    // A title over the date ("Collected | Received | Reported").
    let offset = 0;
    for (const cell of above.text.split("\t")) {
      const cellBox = sliceBox(above, offset, offset + Math.max(1, cell.length));
      offset += cell.length + 1;
      const over = cellBox[0] < box[2] && cellBox[2] > box[0];
      if (over && up <= 2 && lastDateEnd(cell) === 0) {
        const label = nearestLabel(cell);
        if (label !== null && cell.length < 40) return label;
      }
      // A form whose label column goes on over several lines.
      if (!over && firstColumn && before.trim() === "" && cellBox[2] < box[0]) {
        firstColumn = false;
        const label = nearestLabel(cell);
        if (label !== null) return label;
      }
    }
  }
  return null;
}

function lastDateEnd(text: string): number {
  let end = 0;
  for (const match of text.matchAll(DATE_SHAPE)) {
    if (readPrintedDate(match[0].trim(), "day first") ?? readPrintedDate(match[0].trim(), "month first")) {
      end = match.index + match[0].length;
    }
  }
  return end;
}

function nearestLabel(text: string): Meaning | null {
  const folded = foldCase(text.slice(-120)).replace(/\t/g, " ");
  let best: Meaning | null = null;
  let bestEnd = -1;
  for (const [meaning, pattern] of LABELS) {
    for (const match of folded.matchAll(pattern)) {
      const end = match.index + match[0].trimEnd().length;
      // "Report date": the general word after the special one does not win.
      const general = meaning === "dated";
      if (general ? bestEnd < 0 : end > bestEnd) {
        best = meaning;
        bestEnd = end;
      }
    }
  }
  return best;
}

/** Whether day or month comes first, or null when nothing in the document says so. */
function dayOrder(found: readonly Found[], evidence: string): DateOrder | null {
  const open = found.map((date) => ({ date: readNumericDate(date.text), meaning: date.meaning }))
    .filter((item): item is { date: NumericDate; meaning: Meaning | null } =>
      item.date !== null && item.date.separator !== "."
    );
  const dayFirst = open.some(({ date }) => date.first > 12 && date.second <= 12);
  const monthFirst = open.some(({ date }) => date.second > 12 && date.first <= 12);
  if (dayFirst !== monthFirst) return dayFirst ? "day first" : "month first";
  if (dayFirst && monthFirst) return null;
  const spans = (["day first", "month first"] as const).map((order) => ({ order, days: spanDays(found, order) }));
  const near = spans.filter((span) => span.days !== null && span.days <= 14);
  const far = spans.filter((span) => span.days === null || span.days > 25);
  // Taking, receiving and reporting lie days apart, not months.
  if (near.length === 1 && far.length === 1) return near[0]?.order ?? null;
  return orderOfCountry(evidence);
}

/** Days from the first to the last of the dates of one report; null when they run backwards or do not exist. */
function spanDays(found: readonly Found[], order: DateOrder): number | null {
  const steps: readonly Meaning[] = ["collected", "received", "reported"];
  const days: number[] = [];
  for (const step of steps) {
    const date = found.find((item) => item.meaning === step);
    if (date === undefined) continue;
    const iso = readPrintedDate(date.text, order);
    if (iso === null) return null;
    days.push(Date.parse(iso) / 86_400_000);
  }
  if (days.length < 2) return null;
  if (days.some((day, index) => index > 0 && day < (days[index - 1] ?? day))) return null;
  return (days.at(-1) ?? 0) - (days[0] ?? 0);
}

const AMERICAN =
  /\b(?:CLIA|MRN|NPI|HIPAA|Quest|LabCorp|Requisition|ordering (?:physician|provider)|[A-Z]{2},? \d{5}(?:-\d{4})?|x10E[36]\/uL|Thousand\/uL|Million\/uL|K\/uL|mcg\/dL|Not Estab\.?|Zip)\b|\(\d{3}\) \d{3}-\d{4}/g;
const NOT_AMERICAN =
  /\+(?:91|44|971|61|49|33|34|39|351|90|86)\b|\bbio(?:logical)?\.? ref|[a-z]{4} - \d{6}\b|\b(?:NHS|haem\w+|oestr\w+|anaem\w+|leuco\w+|NABL|GSTIN|Pvt|UHID|Lakhs|umol\/l|µmol\/l|\+91|\+44|litre|befund\w*|ergebnis\w*|untersuchung\w*|resultad\w*|resultat\w*|fecha|date de|naissance|sexe|risultat\w*|esame|nascimento|uitslag\w*|bepaling|sonuç\w*|tarih\w*|laboratoire|laboratorio|laboratório)\b/gi;

function orderOfCountry(evidence: string): DateOrder | null {
  const american = evidence.match(AMERICAN)?.length ?? 0;
  const elsewhere = evidence.match(NOT_AMERICAN)?.length ?? 0;
  if (american === elsewhere) return null;
  return american > elsewhere ? "month first" : "day first";
}
