import { MONTHS } from "../labs/printed_date.ts";

/** Dates and times of day as people write them in prose, in nine languages and every order. Pure. */

/** What a date says; at least one of the three. */
export interface DateParts {
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
}

export interface DateFound {
  readonly start: number;
  readonly end: number;
  /** "03/04/2026" has two readings. */
  readonly readings: readonly DateParts[];
}

export interface TimeFound {
  readonly start: number;
  readonly end: number;
  /** Minutes of the day; "7:32" without "pm" has one reading. */
  readonly minutes: number;
  /** 1, or 60 where only the hour is said. */
  readonly precision: number;
  /** Whether it may be a duration in hours and minutes, or minutes and seconds. */
  readonly mayBeDuration: boolean;
}

const monthOf: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) => names.split("|").map((name): [string, number] => [name, index + 1])),
);
const month = `(${[...monthOf.keys(), "mart"].sort((a, b) => b.length - a.length).join("|")})(?![a-z])(?! of\\b)\\.?`;
const day = "(?<![\\d.,:/])(\\d{1,2})(?:st|nd|rd|th|er|ere|o|[º°ª.])?";
const also = "(?: ?(?:[-/,;+&]|and|und|y|et|e|en|ve|to|bis|al|au|a|tot|or|oder|ile) ?(?:the |dem |der |le |el |il )?)";
/** "March 9 to 15"; a comma there is followed by something else. */
const until = "(?: ?(?:-|&|and|to|through) ?)";
const year = "(?:,? ?(?:de |del |of |in )?((?:19|20)\\d\\d)(?!\\d))?";

type Reader = (groups: readonly string[]) => DateParts[][];

/** The parts of one date, none when there is no such day. */
function parts(yearText: string, monthNumber: number, dayText: string): DateParts[] {
  const [whole, dayNumber] = [fullYear(yearText), dayText === "" ? undefined : Number(dayText)];
  if (monthNumber < 1 || monthNumber > 12) return [];
  if (dayNumber !== undefined && (dayNumber < 1 || dayNumber > 31)) return [];
  return [{
    ...(whole === undefined ? {} : { year: whole }),
    month: monthNumber,
    ...(dayNumber === undefined ? {} : { day: dayNumber }),
  }];
}

function fullYear(text: string): number | undefined {
  if (text === "") return undefined;
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

const monthNumber = (name: string) => name === "mart" ? 3 : monthOf.get(name) ?? 0;
const either = (first: string, second: string, yearText: string) => [
  ...parts(yearText, Number(second), first),
  ...(first === second ? [] : parts(yearText, Number(first), second)),
];

/** Each with the dates it may hold: a list per date, of the readings of that date. */
const patterns: readonly (readonly [pattern: RegExp, read: Reader])[] = [
  [
    /(?<![\d-])((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/g,
    ([y = "", , m = "", d = ""]) => [parts(y, Number(m), d)],
  ],
  [
    /(?<!\d)((?:19|20)\d\d) ?年 ?(\d{1,2}) ?月(?: ?(\d{1,2}) ?[日号])?/g,
    ([y = "", m = "", d = ""]) => [parts(y, Number(m), d)],
  ],
  [
    /(?<!\d)(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]?(?: ?[-至到~] ?(\d{1,2}) ?[日号])?/g,
    ([m = "", d = "", second = ""]) => both("", Number(m), d, second),
  ],
  [/(?<!\d)(\d{1,2}) ?月(?!\d)/g, ([m = ""]) => [parts("", Number(m), "")]],
  [/(?<!\d)((?:19|20)\d\d) ?年/g, ([y = ""]) => [[{ year: Number(y) }]]],
  [
    /(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?![\d])(?![./-]\d)/g,
    (
      [first = "", mark = "", second = "", y = ""],
    ) => [mark === "." ? parts(y, Number(second), first) : either(first, second, y)],
  ],
  [
    /(?<=\b(?:am|vom|zum|den|dem|bis|ab|seit|und|op|\() ?)(\d{1,2})\.(\d{1,2})\.(?!\d)/g,
    ([d = "", m = ""]) => [parts("", Number(m), d)],
  ],
  [
    /(?<=\b(?:on|am|el|le|il|em|op|del|du|dal|al|au|since|until|from|to|and) |\| ?)(\d{1,2})\/(\d{1,2})(?![\d/])/g,
    ([first = "", second = ""]) => [either(first, second, "")],
  ],
  [
    new RegExp(`${day}(?:${also}(\\d{1,2})(?:st|nd|rd|th|er|[º°ª.])?)? ?-?(?:of |de |di |d')?${month}-?${year}`, "g"),
    ([d = "", second = "", m = "", y = ""]) => both(y, monthNumber(m), d, second),
  ],
  [
    new RegExp(
      `(?<![a-z])${month} (?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?![\\d.,:/]\\d|\\d)(?:${until}(\\d{1,2})(?:st|nd|rd|th)?(?!\\d|[.:/]\\d))?${year}`,
      "g",
    ),
    ([m = "", d = "", second = "", y = ""]) => both(y, monthNumber(m), d, second),
  ],
  [
    new RegExp(`(?<![a-z])${month},? ?(?:de |del |of |')?((?:19|20)\\d\\d)(?!\\d)`, "g"),
    ([m = "", y = ""]) => [parts(y, monthNumber(m), "")],
  ],
  [/(?<![\d-])((?:19|20)\d\d)-(0\d|1[0-2])(?![\d-])/g, ([y = "", m = ""]) => [parts(y, Number(m), "")]],
];

function both(yearText: string, monthOfBoth: number, first: string, second: string): DateParts[][] {
  const dates = [parts(yearText, monthOfBoth, first)];
  return second === "" ? dates : [...dates, parts(yearText, monthOfBoth, second)];
}

/** Character that stands for what was read already. */
export const taken = "¤";

/**
 * The dates of `folded`, and the text with them taken out. Two dates that share a month ("9 to 15 March") have the same
 * place.
 */
export function findDates(folded: string): { readonly dates: readonly DateFound[]; readonly rest: string } {
  const dates: DateFound[] = [];
  let rest = folded;
  for (const [pattern, read] of patterns) {
    rest = rest.replace(pattern, (...match) => {
      const written = String(match[0]);
      const offset = match.findIndex((each) => typeof each === "number");
      const start = Number(match[offset]);
      const found = read(match.slice(1, offset).map((group) => String(group ?? "")));
      if (found.some((readings) => readings.length === 0)) return written;
      // A point that ends the sentence is not the date's.
      const length = written.replace(/[ .,-]+$/, "").length;
      for (const readings of found) dates.push({ start, end: start + length, readings });
      return taken.repeat(length) + written.slice(length);
    });
  }
  return { dates, rest };
}

const halfDay = "(am|pm|a\\.m\\.?|p\\.m\\.?)";
const clocks: readonly RegExp[] = [
  new RegExp(`(?<![\\d:.,])([01]?\\d|2[0-4])[:.]([0-5]\\d)(?::[0-5]\\d)? ?(?:${halfDay}(?![a-z])|(uhr)\\b)`, "g"),
  new RegExp(`(?<![\\d:.,/])(\\d{1,2}):([0-5]\\d)(?::[0-5]\\d)?(?![\\d:])(?:()())`, "g"),
  new RegExp(`(?<![\\d:.,])(\\d{1,2})()() ?(?:${halfDay}(?![a-z])|uhr\\b|o'clock)(?: ?([0-5]\\d)(?!\\d))?`, "g"),
  /(?<![\d:.,])([01]?\d|2[0-4]) ?h ?([0-5]\d)(?![\d:]| ?min)()()/g,
  /(?<![\d:.,])([01]?\d|2[0-4]) ?[点时](?:([0-5]?\d) ?分)?()()/g,
];

/** The times of day of `rest`, and the text with them taken out. */
export function findTimes(folded: string): { readonly times: readonly TimeFound[]; readonly rest: string } {
  const times: TimeFound[] = [];
  // "+01:00" behind a time of day is where the clock was.
  let rest = folded.replace(
    /(?<=\d\d:\d\d(?::\d\d)?(?:\.\d{1,6})?)[+-]\d\d:\d\d/g,
    (zone) => taken.repeat(zone.length),
  );
  for (const [number, pattern] of clocks.entries()) {
    rest = rest.replace(pattern, (...match) => {
      const written = String(match[0]);
      const offset = match.findIndex((each) => typeof each === "number");
      const groups = match.slice(1, offset).map((group) => String(group ?? ""));
      const half = groups.find((group) => /^[ap]\.?m/.test(group)) ?? "";
      const minuteText = number === 2 ? groups[4] ?? "" : groups[1] ?? "";
      const hour = Number(groups[0]);
      const start = Number(match[offset]);
      const inHalf = half === "" ? hour : hour % 12 + (half.startsWith("p") ? 12 : 0);
      times.push({
        start,
        end: start + written.length,
        minutes: inHalf * 60 + Number(minuteText || 0),
        precision: minuteText === "" ? 60 : 1,
        mayBeDuration: half === "" && (number === 1 || number === 3),
      });
      return taken.repeat(written.length);
    });
  }
  return { times, rest };
}
