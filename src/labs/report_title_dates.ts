/** Which of the dates that head columns is the newest; day and month may be open in all of them. */
import { type DateOrder, readNumericDate, readPrintedDate } from "./printed_date.ts";

const ORDERS: readonly DateOrder[] = ["day first", "month first"];

/** True for the print of a day, whichever number is the month, with or without a time behind it. */
export function isDatePrinted(text: string): boolean {
  const day = text.replace(/[ ,]+\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?$/i, "");
  return ORDERS.some((order) => readPrintedDate(day, order) !== null);
}

const AGE = /^(\d{1,3}|an?|one) ?(?:(h|hr?s?|hours?)|(d|days?)|(w|wks?|weeks?)|(mos?|months?)|(y|yrs?|years?)) ago$/i;
const DAYS = [1 / 24, 1, 7, 30, 365];

/** Days that a title like "3 d ago" or "1 yr ago" goes back; null for every other. */
export function daysAgo(text: string): number | null {
  const found = AGE.exec(text.trim());
  if (found === null) return null;
  const unit = found.slice(2).findIndex((part) => part !== undefined);
  return (Number(found[1]) || 1) * (DAYS[unit] ?? 1);
}

/** Index of the title that goes back least, or null when one of them is no such title. */
export function leastAgo(texts: readonly string[]): number | null {
  const ages = texts.map(daysAgo);
  if (ages.length === 0 || ages.some((age) => age === null)) return null;
  return ages.indexOf(Math.min(...ages.map((age) => age ?? Infinity)));
}

/**
 * Index and ISO day of the newest date, null where the two readings of "03/05/24" disagree about it.
 *
 * Columns of earlier results stand in the order of time, which often tells how their dates are meant.
 */
export function newestDate(texts: readonly string[]): { readonly index: number; readonly date: string | null } | null {
  const orders = ORDERS.filter((order) => !texts.some((text) => contradicts(text, order)));
  const readings = orders.map((order) => texts.map((text) => readPrintedDate(text, order)));
  const whole = readings.filter((days): days is string[] => days.every((day) => day !== null));
  const ordered = whole.filter(isOrdered);
  const candidates = (ordered.length > 0 ? ordered : whole).map((days) => {
    const date = [...days].sort().at(-1) ?? "";
    return { index: days.indexOf(date), date };
  });
  const [first, ...others] = candidates;
  if (first === undefined || texts.length === 0) return null;
  if (others.some((other) => other.index !== first.index)) return null;
  return { index: first.index, date: others.every((other) => other.date === first.date) ? first.date : null };
}

/** "19/06/24" is no month first, and then neither is "12/02/24" beside it. */
function contradicts(text: string, order: DateOrder): boolean {
  const date = readNumericDate(text.replace(/ .*$/, ""));
  return date !== null && date.separator !== "." && (order === "month first" ? date.first : date.second) > 12;
}

function isOrdered(days: readonly string[]): boolean {
  const rises = days.slice(1).map((day, at) => Math.sign(day.localeCompare(days[at] ?? "")));
  return rises.every((rise) => rise >= 0) || rises.every((rise) => rise <= 0);
}
