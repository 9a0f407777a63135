import { MONTHS } from "../labs/printed_date.ts";
import { addDays } from "../platform/day_range.ts";
import type { Claims } from "./claims.ts";
import type { DateFound, DateParts } from "./date_claims.ts";
import { rolesIn, topicsIn } from "./evidence.ts";
import { changeWords, fallWords, relativeDays, weekdays } from "./grounding_words_table.ts";

import type { NumberFound } from "./printed_claim.ts";

/** What a sentence says around its numbers: which days, which statistic, whether something changed. Pure. */

export interface SentenceContext {
  /** Position among the sentences. */
  readonly index: number;
  readonly numbers: readonly NumberFound[];
  readonly dates: readonly DateFound[];
  readonly start: number;
  readonly end: number;
  /** In small letters without accents. */
  readonly words: string;
  readonly roles: readonly string[];
  readonly topics: readonly string[];
  readonly speaksOfChange: boolean;
  readonly speaksOfFall: boolean;
  readonly speaksOfRange: boolean;
  /** Days, months, weekdays that it names itself. */
  readonly own: DayWords;
  /** Its own, or those of the sentence before it that has some, or those of the question. */
  readonly days: DayWords;
}

export interface DayWords {
  readonly dates: readonly DateParts[];
  /** Monday is 0. */
  readonly weekdays: readonly number[];
}

/** A sentence with more is no prose. */
const mostDates = 100;
const none: DayWords = { dates: [], weekdays: [] };
const isEmpty = ({ dates, weekdays }: DayWords) => dates.length === 0 && weekdays.length === 0;

const rangeWords =
  /rang|between|from .{1,40} to |zwischen|von .{1,40} bis |schwank|reich|entre|oscil|desde|de .{1,40} a |vari|entre|tra |fra |da .{1,40} a |tussen|van .{1,40} tot |arasinda|之间|范围|\d ?[-~] ?\d|min.{1,30}max/;
const monthNames: readonly (readonly [RegExp, number])[] = MONTHS.map((names, index) => [
  new RegExp(`(?<![a-z])(?:${names.split("|").filter((name) => name.length > 3).join("|")})(?![a-z])`),
  index + 1,
]);
const ordinalDay = /(?<![\d.,])(\d{1,2})(?:st|nd|rd|th|\.)(?= |$|,)/g;

export function dayWords(words: string, dates: readonly DateParts[], today: string): DayWords {
  const named: DateParts[] = [...dates];
  for (const [pattern, days] of relativeDays) if (pattern.test(words)) named.push(partsOf(addDays(today, days)));
  if (dates.length === 0) {
    for (const [pattern, month] of monthNames) if (pattern.test(words)) named.push({ month });
    for (const [, day] of words.matchAll(ordinalDay)) named.push({ day: Number(day) });
  }
  const found = weekdays.flatMap((pattern, day) => pattern.test(words) ? [day] : []);
  return { dates: named, weekdays: found };
}

export function partsOf(day: string): DateParts {
  const [year, month, date] = day.split("-").map(Number);
  return {
    ...(year === undefined ? {} : { year }),
    ...(month === undefined ? {} : { month }),
    ...(date === undefined ? {} : { day: date }),
  };
}

/** Whether the words name this day; a month counts as each of its days. */
export function namesDay({ dates, weekdays: named }: DayWords, day: string): boolean {
  const own = partsOf(day);
  const same = (a?: number, b?: number) => a === undefined || b === undefined || a === b;
  if (dates.some((date) => same(date.year, own.year) && same(date.month, own.month) && same(date.day, own.day))) {
    return true;
  }
  if (named.length === 0 || day.length < 10) return false;
  return named.includes((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7);
}

/** One for each sentence of the text, in order. */
export function contextsOf({ plain, ends, dates, numbers }: Claims, asked: DayWords, today: string): SentenceContext[] {
  const contexts: SentenceContext[] = [];
  const sorted = dates.toSorted((a, b) => a.start - b.start);
  let [start, next, nextNumber, last] = [0, 0, 0, asked];
  for (const end of ends) {
    const words = plain.folded.slice(start, Math.min(end, start + 4_000));
    const within: DateFound[] = [];
    for (let date = sorted[next]; date !== undefined && date.start < end; date = sorted[++next]) within.push(date);
    const inSentence: NumberFound[] = [];
    for (let number = numbers[nextNumber]; number !== undefined && number.start < end; number = numbers[++nextNumber]) {
      inSentence.push(number);
    }
    const parts = within.slice(0, mostDates).flatMap(({ readings }) => readings);
    const own = words.trim() === "" ? none : dayWords(words, parts, today);
    if (!isEmpty(own)) last = own;
    const speaksOfRange = rangeWords.test(words);
    const named = rolesIn(words);
    const roles = speaksOfRange && named.length > 0 ? [...named, "lowest", "highest"] : named;
    contexts.push({
      index: contexts.length,
      numbers: inSentence,
      dates: within.slice(0, mostDates),
      start,
      end,
      words,
      roles,
      topics: topicsIn(words),
      speaksOfChange: changeWords.test(words),
      speaksOfFall: fallWords.test(words),
      speaksOfRange,
      own,
      days: last,
    });
    start = end;
  }
  return contexts;
}
