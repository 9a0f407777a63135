import { AppError } from "./errors.ts";
import { calendarDate, queryInteger } from "./scalars.ts";

/** A stretch of calendar days, asked for as "the last n days" or by its first and last day. */

/** Inclusive, `YYYY-MM-DD`; null leaves that side open. */
export interface DayRange {
  readonly from: string | null;
  readonly to: string | null;
}

export const maxDays = 36_500;

/** Query fields of a list; `dayRange` reads them. */
export function dayRangeQuery(fallbackDays: number) {
  return { days: queryInteger(1, maxDays, fallbackDays), ...rangeQuery };
}

export const rangeQuery = {
  start_date: calendarDate.optional().openapi({
    description: "First day. With `start_date` or `end_date`, the number of days is not used",
  }),
  end_date: calendarDate.optional().openapi({ description: "Last day, inclusive" }),
};

interface AskedRange {
  readonly days: number;
  readonly start_date?: string | undefined;
  readonly end_date?: string | undefined;
}

/** A named range wins over `days`, which count back from today and leave the end open. */
export function dayRange(today: string, asked: AskedRange): DayRange {
  const { start_date = null, end_date = null } = asked;
  if (start_date === null && end_date === null) return { from: addDays(today, -asked.days), to: null };
  if (start_date !== null && end_date !== null && start_date > end_date) {
    const message = "start_date must not be after end_date";
    throw new AppError("invalid_input", message, { issues: [{ path: "query.start_date", message }] });
  }
  return { from: start_date, to: end_date };
}

/** The calendar day in UTC. */
export function utcDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return utcDay(new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000));
}

/** How many days `to` lies behind `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
