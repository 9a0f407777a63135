import { addDays, daysBetween } from "./day_range.ts";
import { calendarDate } from "./scalars.ts";

/** A stretch of a person's local days that a tool looks at. Days are `YYYY-MM-DD`. Pure. */

export interface Period {
  /** First and last day, both inclusive. */
  readonly from: string;
  readonly to: string;
  /** The person's day of now, which is not over. */
  readonly today: string;
  /** How many days of it are over: what an amount can be judged by. */
  readonly days: number;
}

/** The full days before today, and today as far as it has gone. */
export function periodOf(today: string, days: number): Period {
  return { from: addDays(today, -days), to: today, today, days };
}

export function periodBetween(from: string, to: string, today: string): Period {
  const lastFull = to < today ? to : addDays(today, -1);
  return { from, to, today, days: Math.max(0, daysBetween(from, lastFull) + 1) };
}

export interface AskedPeriod {
  readonly days: number;
  readonly start_date?: string | undefined;
  readonly end_date?: string | undefined;
}

/**
 * The period asked for. A named day wins over `days`, which then fill in for a missing start. A day is ISO 8601, also
 * with a time, "today" or "yesterday"; a month or a year is all of it. `error` says what cannot be read.
 */
export function askedPeriod(today: string, asked: AskedPeriod): Period | { readonly error: string } {
  if (asked.start_date === undefined && asked.end_date === undefined) return periodOf(today, asked.days);
  const [start, end] = [readDays(asked.start_date, today), readDays(asked.end_date, today)];
  for (const [name, text, read] of [["start_date", asked.start_date, start], ["end_date", asked.end_date, end]]) {
    if (text !== undefined && read === null) {
      return { error: `Invalid arguments: ${name} must be a day as YYYY-MM-DD, such as "${today}", not "${text}"` };
    }
  }
  const to = end?.last ?? today;
  const from = start?.first ?? (asked.days > daysBetween(firstDay, to) ? firstDay : addDays(to, 1 - asked.days));
  return from > to
    ? { error: `Invalid arguments: start_date ${from} is after end_date ${to}; swap them` }
    : periodBetween(from, to, today);
}

const firstDay = "0001-01-01";

/** One day, or null: for a tool that looks at one. */
export function askedDay(text: string, today: string): string | null {
  const read = readDays(text, today);
  return read !== null && read.first === read.last ? read.first : null;
}

function readDays(text: string | undefined, today: string): { readonly first: string; readonly last: string } | null {
  const plain = text?.trim().toLowerCase() ?? "";
  if (plain === "today" || plain === "now") return { first: today, last: today };
  if (plain === "yesterday") return { first: addDays(today, -1), last: addDays(today, -1) };
  if (/^\d{4}$/.test(plain)) return valid(`${plain}-01-01`, `${plain}-12-31`);
  if (/^\d{4}-\d{2}$/.test(plain)) {
    const [year, month] = plain.split("-").map(Number);
    const last = new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate();
    return valid(`${plain}-01`, `${plain}-${last}`);
  }
  const [, day = ""] = /^(\d{4}-\d{2}-\d{2})(?:[t ][\d:.]+(?:z|[+-][\d:]+)?)?$/.exec(plain) ?? [];
  return valid(day, day);
}

function valid(first: string, last: string) {
  return calendarDate.safeParse(first).success && calendarDate.safeParse(last).success ? { first, last } : null;
}

export interface Coverage {
  /** Of the days that are over. */
  readonly days_with_data: number;
  readonly days_in_period: number;
  /** "23 of 30 days have data, and today". */
  readonly text: string;
}

/** `verb` is what a counted day does: "have data". */
export function coverage(
  days: Iterable<string>,
  { from, to, today, days: asked }: Period,
  verb = "have data",
): Coverage {
  const known = new Set([...days].filter((day) => day >= from && day <= to));
  const withToday = known.has(today);
  const full = [...known].filter((day) => day < today).length;
  return {
    days_with_data: full,
    days_in_period: asked,
    text: `${full} of ${asked} days ${verb}${withToday ? ", and today" : ""}`,
  };
}

/** "2026-10-30 to 2026-11-28", one day alone. `full` leaves the day out that is not over. */
export function periodText({ from, to, today }: Period, full = false): string {
  const last = full && to >= today && from < today ? addDays(today, -1) : to;
  return from === last ? from : `${from} to ${last}`;
}

/** What each tool says about the days it looked at. */
export function periodFields({ from, to }: Period, timeZone: string): Record<string, string> {
  return { start_date: from, end_date: to, time_zone: `${timeZone}; days are the person's local days` };
}
