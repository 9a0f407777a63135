import { addDays, daysBetween } from "../platform/day_range.ts";
import type { Period } from "../platform/period.ts";
import { zoneOffsetText } from "../platform/scalars.ts";
import { mean, rounded } from "./statistics.ts";

/**
 * A metric's days as a small model can read them: days of a short period, weeks, months or years of a longer one, and
 * statistics. Pure.
 */

/** What was measured on one local day. Of a level `value` is the mean, of an amount the total. */
export interface Reading {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly value: number;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** How many samples a level's mean is of. */
  readonly samples?: number | undefined;
}

export type MetricKind = "amount" | "level";

/** More entries than this crowd out a small model's context. */
export const mostEntries = 31;
/** Of a longer period, so many newest days are listed one by one. */
export const newestDays = 7;

/** `daily_values`, and `weekly_values` or the like beside them; newest first. */
export function listed(readings: readonly Reading[], kind: MetricKind, period: Period): Record<string, unknown> {
  const newestFirst = readings.toSorted((a, b) => a.day < b.day ? 1 : -1);
  const shown = (reading: Reading) => ({
    date: reading.day,
    ...dayValues(reading, kind),
    ...(reading.day === period.today && kind === "amount" ? { so_far: true } : {}),
  });
  const longer = grouped(newestFirst, kind, period, "daily_values");
  return {
    ...longer,
    daily_values: (longer === null ? newestFirst : newestFirst.slice(0, newestDays)).map(shown),
  };
}

/**
 * Weeks, months or years of a period that has too many days to list, newest first, and a note that says so; null of a
 * shorter one. `readings` are newest first; `listName` is where the newest days stand one by one.
 */
export function grouped(
  readings: readonly Reading[],
  kind: MetricKind,
  period: Period,
  listName: string,
  most = mostEntries + 1,
): Record<string, unknown> | null {
  if (readings.length <= most) return null;
  const full = readings.filter(({ day }) => day < period.today);
  const step = steps.find(({ mostDays }) => daysBetween(full.at(-1)?.day ?? period.from, period.today) <= mostDays) ??
    years;
  const groups = Map.groupBy(full, ({ day }) => step.start(day));
  return {
    note: `The period is long: ${listName} has the newest ${newestDays} days only, ${step.name} the whole period`,
    [step.name]: [...groups].map(([start, days]) => ({
      [step.field]: start,
      days_with_data: days.length,
      ...groupValues(days, kind),
    })),
  };
}

interface Step {
  readonly name: string;
  readonly field: string;
  /** Longer periods take the next step. */
  readonly mostDays: number;
  start(day: string): string;
}

const years: Step = { name: "yearly_values", field: "year", mostDays: Infinity, start: (day) => day.slice(0, 4) };

const steps: readonly Step[] = [
  { name: "weekly_values", field: "week_from", mostDays: 7 * (mostEntries - 1), start: mondayOf },
  { name: "monthly_values", field: "month", mostDays: 30 * (mostEntries - 1), start: (day) => day.slice(0, 7) },
  years,
];

/** The Monday of the day's week. */
function mondayOf(day: string): string {
  // 1970-01-05 was a Monday.
  const since = daysBetween("1970-01-05", day);
  return addDays(day, -(((since % 7) + 7) % 7));
}

function dayValues({ value, min, max, samples }: Reading, kind: MetricKind): Record<string, unknown> {
  if (kind === "amount") return { total: amount(value) };
  return {
    avg: level(value),
    ...(min === undefined || max === undefined || samples === 1 ? {} : { min: level(min), max: level(max) }),
    ...(samples === undefined ? {} : { data_points: samples }),
  };
}

function groupValues(days: readonly Reading[], kind: MetricKind): Record<string, unknown> {
  const values = days.map(({ value }) => value);
  if (kind === "amount") return { total: amount(sum(values)), daily_average: amount(mean(values)) };
  return { avg: level(mean(values)), min: level(lowest(days).value), max: level(highest(days).value) };
}

/** Amounts are counted over full days: the part of today that is over would pull each mean down. */
export function statistics(readings: readonly Reading[], kind: MetricKind, { today }: Period): Record<string, unknown> {
  return kind === "amount"
    ? amountStatistics(readings.filter(({ day }) => day < today))
    : levelStatistics(readings.toSorted((a, b) => a.day < b.day ? -1 : 1));
}

function amountStatistics(full: readonly Reading[]): Record<string, unknown> {
  if (full.length === 0) return { overall_total: null, daily_average: null, days_with_data: 0 };
  const values = full.map(({ value }) => value);
  const extreme = (day: Reading) => ({ date: day.day, total: amount(day.value) });
  return {
    overall_total: amount(sum(values)),
    daily_average: amount(mean(values)),
    lowest_day: extreme(full.reduce((a, b) => b.value < a.value ? b : a)),
    highest_day: extreme(full.reduce((a, b) => b.value > a.value ? b : a)),
    days_with_data: full.length,
  };
}

/** `overall_*` are of the daily means, as in the contract; what was measured at most may be far above. */
function levelStatistics(days: readonly Reading[]): Record<string, unknown> {
  const latest = days.at(-1);
  if (latest === undefined) return { overall_avg: null, overall_min: null, overall_max: null, days_with_data: 0 };
  const values = days.map(({ value }) => value);
  return {
    overall_avg: level(mean(values)),
    overall_min: level(values.reduce((a, b) => Math.min(a, b))),
    overall_max: level(values.reduce((a, b) => Math.max(a, b))),
    lowest_measured: { date: lowest(days).day, value: level(lowest(days).value) },
    highest_measured: { date: highest(days).day, value: level(highest(days).value) },
    latest: { date: latest.day, avg: level(latest.value) },
    days_with_data: days.length,
  };
}

function lowest(days: readonly Reading[]): DayExtreme {
  return days.map(({ day, value, min }) => ({ day, value: min ?? value })).reduce((a, b) => b.value < a.value ? b : a);
}

function highest(days: readonly Reading[]): DayExtreme {
  return days.map(({ day, value, max }) => ({ day, value: max ?? value })).reduce((a, b) => b.value > a.value ? b : a);
}

interface DayExtreme {
  readonly day: string;
  readonly value: number;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** One decimal; whole from a hundred on. */
export function amount(value: number): number {
  return rounded(value, Math.abs(value) >= 100 ? 0 : 1);
}

/** One decimal; two below ten, where one would hide a slow walk or a litre of breath. */
export function level(value: number): number {
  return rounded(value, Math.abs(value) < 10 ? 2 : 1);
}

/** An instant as the person's clock showed it, to the minute: "2026-03-14T22:41+01:00". */
export function localTime(at: number, zoneOffset: number | null): string {
  return new Date(at + (zoneOffset ?? 0) * 60_000).toISOString().slice(0, 16) + zoneOffsetText(zoneOffset ?? 0);
}
