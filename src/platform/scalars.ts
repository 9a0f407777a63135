import { z } from "@hono/zod-openapi";

/** The API's recurring small shapes, each with the form that the OpenAPI document shows. */

export const uuid = z.uuid().toLowerCase().openapi({ example: "3f1c9a52-7f0e-4c61-9a54-2f6b1d0c8e11" });

/** Calendar date, `YYYY-MM-DD`, years 1 to 9999. */
export const calendarDate = z.iso.date().refine((value) => value >= "0001-01-01", "date is out of range")
  .openapi({ example: "2026-03-14" });

/** A whole number in a query string, `fallback` when it is absent. */
export function queryInteger(min: number, max: number, fallback: number) {
  return wholeNumber(min, max).default(fallback)
    .openapi({ type: "integer", minimum: min, maximum: max, default: fallback });
}

function wholeNumber(min: number, max: number) {
  return z.string().regex(/^[+-]?\d{1,15}$/, "Input should be a valid integer").transform(Number)
    .pipe(z.int().min(min).max(max));
}

export const queryBoolean = z.enum(["true", "false", "1", "0"]).transform((value) => value === "true" || value === "1")
  .openapi({ type: "boolean" });

/** Free text that Postgres can hold, trimmed, `min` to `max` characters. */
export function shortText(min: number, max: number) {
  return z.string().trim().min(min).max(max);
}

const instantPattern =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s*(Z|z|[+-]\d{2}:?\d{2})?$/;

export interface Instant {
  readonly at: Date;
  /** `±HH:MM` as it was sent; null when the sender named no offset and UTC was taken. */
  readonly zone_offset: string | null;
}

/** Reads an ISO 8601 date and time; null when it is none. Without an offset it is taken as UTC. */
export function readInstant(text: string): Instant | null {
  const match = instantPattern.exec(text.trim());
  if (match === null) return null;
  const [, year, month, day, hour, minute] = match;
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > lastDay) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || year === "0000") return null;
  const zone = match[7]?.toUpperCase();
  const offset = zone === undefined ? null : zone === "Z" ? "+00:00" : zone.replace(/^(...)(\d\d)$/, "$1:$2");
  if (offset !== null && !/^[+-](0\d|1[0-4]):[0-5]\d$/.test(offset)) return null;
  const body = text.trim().slice(0, match[7] === undefined ? undefined : -match[7].length).trim().replace(" ", "T");
  const at = new Date(`${body.length === 16 ? body + ":00" : body}${offset ?? "Z"}`);
  return Number.isNaN(at.getTime()) ? null : { at, zone_offset: offset };
}

/** JavaScript reads the years before it, as Postgres writes them, as years of this century or as no date. */
const firstStorableYear = 100;

/** An instant in a JSON body or query, with the offset it was sent with. */
export const instant = z.string().max(64).transform((text, issue) => {
  const read = readInstant(text);
  if (read === null || read.at.getUTCFullYear() < firstStorableYear) {
    issue.addIssue({ code: "custom", message: "Input should be a valid datetime" });
    return z.NEVER;
  }
  return read;
}).openapi({ format: "date-time", example: "2026-03-14T07:30:00+01:00" });

/** An instant that bounds a range in a query string. */
export interface Bound {
  readonly at: Date;
  /** The calendar day as it was written, `YYYY-MM-DD`. */
  readonly day: string;
  /** Whether it was written as the start of a day, or as a day only. */
  readonly midnight: boolean;
}

/**
 * Reads what bounds a range: ISO 8601 with or without a time, the day alone also as `YYYYMMDD`, or Unix seconds. UTC
 * where no offset is named. Null when it is none of these; a year alone is none, and neither are milliseconds.
 */
export function readBound(text: string): Bound | null {
  const trimmed = text.trim();
  const date = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(trimmed);
  if (date !== null) {
    const day = `${date[1]}-${date[2]}-${date[3]}`;
    const read = readInstant(`${day}T00:00`);
    return read === null ? null : { at: read.at, day, midnight: true };
  }
  if (/^-?\d{1,11}(\.\d{1,9})?$/.test(trimmed)) {
    if (/^(19|20)\d\d$/.test(trimmed)) return null;
    const at = new Date(Number(trimmed) * 1000);
    const written = at.toISOString();
    const inRange = /^(?!0000)\d{4}-/.test(written);
    return inRange ? { at, day: written.slice(0, 10), midnight: written.endsWith("T00:00:00.000Z") } : null;
  }
  const read = readInstant(trimmed);
  if (read === null) return null;
  const midnight = /^.{10}[T ]00:00(:00(\.0+)?)?\s*(Z|z|[+-].*)?$/.test(trimmed);
  return { at: read.at, day: trimmed.slice(0, 10), midnight };
}

/** One end of a range in a query string. */
export const queryInstant = z.string().max(64).transform((text, issue) => {
  const read = readBound(text);
  if (read === null) {
    const message = `Invalid datetime format: '${text}'. Expected ISO 8601 format or Unix timestamp.`;
    issue.addIssue({ code: "custom", message });
    return z.NEVER;
  }
  return read;
}).openapi({
  type: "string",
  format: "date-time",
  description: "ISO 8601, a date alone or Unix seconds; UTC where no offset is named",
  example: "2026-03-14T06:30:00Z",
});

/** A parameter that may be given several times; absent it is an empty list. */
export function queryList<Item extends z.ZodType>(item: Item, max: number) {
  return z.array(item).max(max).default([]);
}

/** Minutes east of UTC as `±HH:MM`; null stays null. */
export function zoneOffsetText(minutes: number): string;
export function zoneOffsetText(minutes: number | null): string | null;
export function zoneOffsetText(minutes: number | null): string | null {
  if (minutes === null) return null;
  const size = Math.abs(minutes);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** An instant in an answer: UTC with a trailing Z. */
export const timestamp = z.string().openapi({
  format: "date-time",
  example: "2026-03-14T06:30:00.000Z",
});
