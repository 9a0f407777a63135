import { largestValue } from "../ingest/batch.ts";
import { readInstant } from "../platform/scalars.ts";

/** Reads single fields of what a phone sent, leniently: nothing about their types is known. */

export type Fields = Readonly<Record<string, unknown>>;

/** An object's fields, or null for anything else. */
export function readObject(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value as Fields : null;
}

/** Text with something in it, without what Postgres cannot hold; null for anything else. */
export function readText(value: unknown, maxLength: number): string | null {
  if (typeof value !== "string") return null;
  return value.slice(0, maxLength * 4).replaceAll("\u0000", "").trim().slice(0, maxLength).toWellFormed() || null;
}

/** A number, also one written as text; null for anything else. */
export function readNumber(value: unknown): number | null {
  const number = typeof value === "number"
    ? value
    : typeof value === "string" && /^\s*[+-]?\d+(\.\d+)?(e[+-]?\d{1,3})?\s*$/i.test(value)
    ? Number(value)
    : NaN;
  return Math.abs(number) <= largestValue ? number : null;
}

export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Minutes east of UTC, as far as the date itself tells. */
  readonly zone_offset: number | null;
}

/** Larger numbers are milliseconds: in seconds this would be the year 2603. */
const largestSeconds = 2e10;

/**
 * An ISO 8601 date and time, or a Unix time in seconds or milliseconds. A date without an offset is UTC. "Z" names the
 * instant and not where the phone was, so it tells no offset.
 */
export function readMoment(value: unknown): Moment | null {
  const number = readNumber(value);
  if (number !== null) {
    const at = Math.round(Math.abs(number) > largestSeconds ? number : number * 1000);
    return Math.abs(at) <= 8.64e15 ? { at, zone_offset: null } : null;
  }
  const instant = typeof value === "string" && value.length <= 64 ? readInstant(value) : null;
  return instant === null ? null : { at: instant.at.getTime(), zone_offset: readOffset(instant.zone_offset) || null };
}

/** `±HH:MM` or `Z` in minutes east of UTC; null for any other form. */
export function readOffset(value: unknown): number | null {
  if (value === "Z" || value === "z") return 0;
  const match = typeof value === "string" ? /^\s*([+-])(\d\d):([0-5]\d)\s*$/.exec(value) : null;
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  if (minutes > 14 * 60) return null;
  return match[1] === "-" && minutes !== 0 ? -minutes : minutes;
}

/** A year: what claims to last longer was written in another unit, or by a wrong clock. */
export const longestMs = 366 * 86_400_000;

/** When something was, from `startDate` to `endDate`. An end that is missing or earlier makes it an instant. */
export interface Times {
  readonly start: number;
  readonly end: number | null;
  readonly zone_offset: number | null;
}

/** Null when the start cannot be read. What `zoneOffset` says goes before the dates' own offset. */
export function readTimes(fields: Fields): Times | null {
  const start = readMoment(fields.startDate ?? fields.start_date);
  if (start === null) return null;
  const end = readMoment(fields.endDate ?? fields.end_date);
  return {
    start: start.at,
    end: end?.at ?? null,
    zone_offset: readOffset(fields.zoneOffset ?? fields.zone_offset) ?? start.zone_offset,
  };
}
