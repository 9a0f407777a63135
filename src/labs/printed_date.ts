/** Calendar dates as printed. A day and month that could be swapped are only read with an order given. */
import { foldCase } from "./printed_flag.ts";

export type DateOrder = "day first" | "month first";

/** Month names without accents, January first, several separated by "|". */
export const MONTHS: readonly string[] = [
  "jan|janv|januar|january|janvier|enero|ene|gennaio|gen|janeiro|januari|janner|jaenner|ocak",
  "feb|febr|fev|fevr|februar|february|fevrier|febrero|febbraio|fevereiro|februari|subat",
  "mar|mars|marz|maerz|march|marzo|marco|maart|mrt|mart|mrz",
  "apr|avr|april|avril|abril|abr|aprile|nisan",
  "may|mai|mayo|maggio|mag|maio|mei|mayis",
  "jun|juin|juni|june|junio|giugno|giu|junho|haziran",
  "jul|juil|juillet|juli|july|julio|luglio|lug|julho|temmuz",
  "aug|aout|august|agosto|ago|augustus|agustos",
  "sep|sept|september|septembre|septiembre|set|settembre|setembro|eylul",
  "oct|okt|october|oktober|octobre|octubre|ottobre|ott|outubro|out|ekim",
  "nov|november|novembre|noviembre|novembro|kasim",
  "dec|dez|dic|december|dezember|decembre|diciembre|dicembre|dezembro|aralik",
];
const MONTH_OF: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) => names.split("|").map((name): [string, number] => [name, index + 1])),
);

/** Everything that has the shape of a date, for scanning a line. */
export const DATE_SHAPE = new RegExp(
  "(?<![\\d\\p{L}./-])(?:" +
    "\\d{4}\\s?[-/.]\\s?\\d{1,2}\\s?[-/.]\\s?\\d{1,2}|\\d{4}年\\s?\\d{1,2}月\\s?\\d{1,2}日" +
    "|\\d{1,2}[./-]\\d{1,2}[./-](?:\\d{4}|\\d{2}(?!\\d))" +
    "|\\d{1,2}(?:st|nd|rd|th|er|\\.)?[ /-]?(?:de |di )?\\p{L}{3,10}\\.?,?[ /-]?(?:de |del )?\\d{4}" +
    "|\\p{L}{3,9}\\.? ?\\d{1,2}(?:st|nd|rd|th)?(?:, ?| )\\d{4}" +
    "|\\d{1,2}-\\p{L}{3,9}-\\d{2}" +
    ")(?:(?![\\d\\p{L}]|[./]\\d)|(?=\\d{1,2}[:h]\\d{2})|(?=-(?:[01]\\d|2[0-3])[0-5]\\d(?!\\d)))",
  "giu",
);

export interface NumericDate {
  readonly first: number;
  readonly second: number;
  readonly year: number;
  readonly separator: string;
}

/** "03/05/2025" and its kind, where the order of day and month is open; null for every other print. */
export function readNumericDate(text: string): NumericDate | null {
  const found = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})$/.exec(text.trim());
  if (found === null) return null;
  return {
    first: Number(found[1]),
    second: Number(found[3]),
    year: fullYear(found[4] ?? ""),
    separator: found[2] ?? "",
  };
}

/**
 * ISO date of a printed one, or null where the print is none, impossible, or ambiguous without `order`.
 *
 * Dots mean day first wherever they are printed; ISO and named months leave no doubt.
 */
export function readPrintedDate(text: string, order: DateOrder | null = null): string | null {
  const trimmed = text.trim();
  const iso = /^(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?(?:[ T,].*)?$/.exec(trimmed);
  if (iso !== null) return toIso(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numeric = readNumericDate(trimmed.replace(/[ ,].*$/, "").replace(/(?<=[./-]\d{4})\d{1,2}[:h]\d{2}.*$/, ""));
  if (numeric !== null) {
    const { first, second, year, separator } = numeric;
    if (separator === "." || first > 12) return toIso(year, second, first);
    if (second > 12) return toIso(year, first, second);
    if (first === second) return toIso(year, first, second);
    if (order === null) return null;
    return order === "day first" ? toIso(year, second, first) : toIso(year, first, second);
  }
  const folded = foldCase(trimmed);
  const named = /^(\d{1,2})(?:st|nd|rd|th|er|\.)?[ /-]*(?:de |di )?([a-z]{3,10})\.?,?[ /-]*(?:de |del )?(\d{4}|\d{2})\b/
    .exec(folded);
  if (named !== null) return toIso(fullYear(named[3] ?? ""), MONTH_OF.get(named[2] ?? "") ?? 0, Number(named[1]));
  const english = /^([a-z]{3,9})\.? ?(\d{1,2})(?:st|nd|rd|th)?(?:, ?| )(\d{4})\b/.exec(folded);
  if (english !== null) return toIso(Number(english[3]), MONTH_OF.get(english[1] ?? "") ?? 0, Number(english[2]));
  return null;
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function toIso(year: number, month: number, day: number): string | null {
  if (year < 1900 || year > 2100 || month < 1 || month > 12 || day < 1) return null;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
