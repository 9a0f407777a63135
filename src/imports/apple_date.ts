/** Reads the dates of an export, millions of them: nothing is allocated for the form that Apple writes. */
export class AppleDate {
  /** Milliseconds since 1970; only after `read` has answered true. */
  at = 0;
  /** Minutes east of UTC, null when the text names none. */
  offset: number | null = null;

  /** `YYYY-MM-DD HH:MM:SS ±HHMM`; also with a T, a fraction, a colon in the offset, Z, or a twelve-hour clock. */
  read(text: string): boolean {
    if (text.length !== 25 || !this.#readUsual(text)) return this.#readOther(text);
    return true;
  }

  #readUsual(text: string): boolean {
    const sign = text.charCodeAt(20);
    if (
      text.charCodeAt(4) !== dash || text.charCodeAt(7) !== dash || text.charCodeAt(10) !== space ||
      text.charCodeAt(13) !== colon || text.charCodeAt(16) !== colon || text.charCodeAt(19) !== space ||
      (sign !== plus && sign !== dash)
    ) return false;
    const zone = pair(text, 21) * 60 + pair(text, 23);
    return this.#set(
      pair(text, 0) * 100 + pair(text, 2),
      pair(text, 5),
      pair(text, 8),
      pair(text, 11),
      pair(text, 14),
      pair(text, 17),
      sign === dash ? -zone : zone,
    );
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
    day: number,
    hour: number,
    minute: number,
    second: number,
    offset: number | null,
  ): boolean {
    const valid = month >= 1 && month <= 12 && day >= 1 && day <= lastDay(year, month) && hour >= 0 && hour <= 23 &&
      minute >= 0 && minute <= 59 && second >= 0 && second <= 60 && year >= 1;
    if (!valid || (offset !== null && !(Math.abs(offset) <= 14 * 60))) return false;
    this.at = Date.UTC(year, month - 1, day, hour, minute - (offset ?? 0), second);
    this.offset = offset;
    return true;
  }
}

const [dash, space, colon, plus] = [45, 32, 58, 43];
const other =
  /^\s*(\d{4})-(\d\d)-(\d\d)[T\s](\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?(?:\s?([AaPp])\.?[Mm]\.?)?\s?(Z|[+-]\d\d:?\d\d)?\s*$/;

/** NaN for anything but two digits. */
function pair(text: string, from: number): number {
  const [tens, ones] = [text.charCodeAt(from) - 48, text.charCodeAt(from + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

function lastDay(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
