/** Reads the dates of an export, millions of them: nothing is allocated for the form that Apple writes. */
export class AppleDate {
  /** Milliseconds since 1970; only when `state` is "read". */
  at = 0;
  /** Minutes east of UTC, null when the text names none. */
  offset: number | null = null;
  state: "absent" | "unreadable" | "read" = "absent";
  // Neighbours are mostly of one day.
  #day = NaN;
  #dayStart = 0;

  /** `YYYY-MM-DD HH:MM:SS ±HHMM`; also with a T, a fraction, a colon in the offset, Z, or a twelve-hour clock. */
  read(text: string): boolean {
    const read = (text.length === usualLength && this.readAt(text, 0)) || this.#readOther(text);
    this.state = read ? "read" : text === "" ? "absent" : "unreadable";
    return read;
  }

  /** The usual form from this place of a longer text on. */
  readAt(text: string, from: number): boolean {
    const sign = text.charCodeAt(from + 20);
    if (
      text.charCodeAt(from + 4) !== dash || text.charCodeAt(from + 7) !== dash ||
      text.charCodeAt(from + 10) !== space || text.charCodeAt(from + 13) !== colon ||
      text.charCodeAt(from + 16) !== colon || text.charCodeAt(from + 19) !== space ||
      (sign !== plus && sign !== dash)
    ) return false;
    const zone = pair(text, from + 21) * 60 + pair(text, from + 23);
    const read = this.#set(
      pair(text, from) * 100 + pair(text, from + 2),
      pair(text, from + 5),
      pair(text, from + 8),
      pair(text, from + 11),
      pair(text, from + 14),
      pair(text, from + 17),
      sign === dash ? -zone : zone,
    );
    if (read) this.state = "read";
    return read;
  }

  #readOther(text: string): boolean {
    const match = other.exec(text);
    if (match === null) return false;
    const [, year, month, day, hour, minute, second = "0", half, zone] = match;
    let hours = Number(hour);
    if (half !== undefined) {
      if (hours < 1 || hours > 12) return false;
      hours = hours % 12 + (half.toLowerCase() === "p" ? 12 : 0);
    }
    let offset: number | null = null;
    if (zone !== undefined) {
      const digits = zone.replace(":", "");
      offset = zone === "Z" ? 0 : Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3));
      if (zone.startsWith("-")) offset = -offset;
    }
    return this.#set(Number(year), Number(month), Number(day), hours, Number(minute), Number(second), offset);
  }

  #set(
    year: number,
    month: number,
    date: number,
    hour: number,
    minute: number,
    second: number,
    offset: number | null,
  ): boolean {
    const timely = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 60;
    if (!timely || (offset !== null && !(Math.abs(offset) <= 14 * 60))) return false;
    const day = (year * 100 + month) * 100 + date;
    if (day !== this.#day) {
      const valid = month >= 1 && month <= 12 && date >= 1 && date <= lastDay(year, month) && year >= 1;
      if (!valid) return false;
      [this.#day, this.#dayStart] = [day, Date.UTC(year, month - 1, date)];
    }
    this.at = this.#dayStart + ((hour * 60 + minute - (offset ?? 0)) * 60 + second) * 1000;
    this.offset = offset;
    return true;
  }
}

/** How many characters the usual form has. */
export const usualLength = 25;

const [dash, space, colon, plus] = [45, 32, 58, 43];
const other =
  /^\s*(\d{4})-(\d\d)-(\d\d)[T\s](\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?(?:\s?([AaPp])\.?[Mm]\.?)?\s?(Z|[+-]\d\d:?\d\d)?\s*$/;

/** Far below zero for anything but two digits: no date has such a part. Whole numbers only are quick. */
function pair(text: string, from: number): number {
  const [tens, ones] = [text.charCodeAt(from) - 48, text.charCodeAt(from + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1_000_000;
}

function lastDay(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
