import { readInstant } from "../platform/scalars.ts";

/** Reads the small pieces of Health Auto Export's JSON: dates, numbers, amounts with a unit. Nothing of it is trusted. */

export type Fields = Readonly<Record<string, unknown>>;

export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Minutes east of UTC; null when the sender did not say. */
  readonly zone_offset: number | null;
}

/** The objects of a list; whatever else is in it is skipped. */
export function fieldsOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * `2024-01-08 13:05:00 +0100`, as the app writes dates, ISO 8601, and what phones set to a 12-hour clock make of it:
 * `2024-01-08 1:05:00 PM +0100`, sometimes with a narrow space.
 */
export function readMoment(value: unknown): Moment | null {
  if (typeof value !== "string" || value.length > 64) return null;
  return usualMoment(value) ?? anyMoment(value);
}

const usual = /^(\d{4})-(\d\d)-(\d\d) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d) ([+-])(0\d|1[0-4])([0-5]\d)$/;

/** The app's own form, of which there are thousands in a request. */
function usualMoment(text: string): Moment | null {
  const found = usual.exec(text);
  if (found === null) return null;
  const [, year, month, day, hour, minute, second, sign, hours, minutes] = found;
  const zone_offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  // What is no date of the calendar has become another one.
  const real = Number(year) > 99 && new Date(local).getUTCDate() === Number(day) && Number(month) <= 12;
  return real ? { at: local - zone_offset * 60_000, zone_offset } : null;
}

function anyMoment(value: string): Moment | null {
  const text = value.replace(/[\u00a0\u202f]/g, " ").trim();
  const twelve = /^(\d{4}-\d\d-\d\d)[ T](\d{1,2}):(\d\d(?::\d\d)?) ?([ap])\.?m\.? ?(.*)$/i.exec(text);
  const read = readInstant(twelve === null ? text : in24Hours(twelve));
  if (read === null) return null;
  const offset = /^([+-])(\d\d):(\d\d)$/.exec(read.zone_offset ?? "");
  const minutes = offset === null ? null : (offset[1] === "-" ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3]));
  return { at: read.at.getTime(), zone_offset: minutes };
}

function in24Hours([, day, hour, rest, half, zone]: RegExpExecArray): string {
  const hours = Number(hour) % 12 + (half?.toLowerCase() === "p" ? 12 : 0);
  return `${day} ${String(hours).padStart(2, "0")}:${rest} ${zone}`;
}

export function readNumber(value: unknown): number | null {
  const number = typeof value === "string" && value.trim() !== "" && value.length < 40 ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

export function readText(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

/** What a point measured: one number, or the average of its span. */
export function pointValue(point: Fields): number | null {
  return readNumber(point.qty) ?? readNumber(point.Avg) ?? readNumber(point.avg);
}

export interface Amount {
  readonly qty: number;
  readonly units: string | null;
}

/** `{qty, units}`, or a bare number. */
export function readAmount(value: unknown): Amount | null {
  const qty = isFields(value) ? readNumber(value.qty) : readNumber(value);
  return qty === null ? null : { qty, units: isFields(value) ? readText(value.units) : null };
}

/** Milliseconds into the local day. */
export function sinceMidnight({ at, zone_offset }: Moment): number {
  return (((at + (zone_offset ?? 0) * 60_000) % dayMs) + dayMs) % dayMs;
}

/** The local day, `YYYY-MM-DD`. */
export function localDay({ at, zone_offset }: Moment): string {
  return new Date(at + (zone_offset ?? 0) * 60_000).toISOString().slice(0, 10);
}

export const dayMs = 86_400_000;

/** Lets others have a turn after so many points, because a request may hold a month of them. */
export class Turns {
  #points = 0;

  async next(): Promise<void> {
    if (++this.#points % 1_000 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** Counts what was left out, by reason. */
export class Dropped {
  readonly counts: Record<string, number> = {};

  add(reason: string | null, count = 1): void {
    if (reason !== null && count > 0) this.counts[reason] = (this.counts[reason] ?? 0) + count;
  }
}
