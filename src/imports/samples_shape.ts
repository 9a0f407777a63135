import { z } from "@hono/zod-openapi";
import { calendarDate, type Instant, instant, shortText } from "../platform/scalars.ts";
import { issueMessage } from "../platform/validation.ts";
import { deviceTypes } from "../sources/device_type.ts";
import { providers } from "../sources/provider_table.ts";
import { seriesByCode } from "../timeseries/series_table.ts";
import { notJson } from "./samples_body.ts";

/** What a sample and a source look like on the wire, and the checks that need no database. */

const plain = (max: number) =>
  shortText(1, max).refine((text) => !text.includes("\u0000") && text.isWellFormed(), "Characters are not allowed");

export const SampleSource = z.object({
  provider: z.enum(providers).optional().openapi({ description: "unknown when absent" }),
  source: plain(64).optional().openapi({ description: "What sends it, such as a script's name; api when absent" }),
  device_model: plain(100).nullish(),
  device_type: z.enum(deviceTypes).nullish().openapi({ description: "Told from the model when absent" }),
}).openapi("SampleSource", { example: { source: "garage-script", device_model: "Withings Body+" } });

/** Longer than the longest local day, 25 hours. */
const longestSeconds = 90_000;

export const SampleIn = z.object({
  type: z.string().trim().toLowerCase().regex(/^[a-z][a-z0-9_]{0,63}$/, {
    error: "Type must start with a letter and hold up to 64 letters, digits and underscores",
  }).openapi({ description: "A series' code, or any name for a series of your own" }),
  value: z.number().openapi({ description: "In `unit`" }),
  unit: plain(32).nullish().openapi({ description: "Converted to the series' unit; absent means that one" }),
  timestamp: instant.optional().openapi({ description: "With its offset: +01:00, or Z. Absent only in a daily total" }),
  end_timestamp: instant.nullish(),
  duration_seconds: z.number().min(0).max(longestSeconds, {
    error: "A sample lasts at most a day; send the sum of a day with daily_total",
  }).nullish(),
  daily_total: z.boolean().optional().openapi({
    description: "The value is the whole of the local day `date`; in a series of your own, a sample at its noon",
  }),
  date: calendarDate.optional(),
  source: SampleSource.nullish().openapi({ description: "In place of the body's" }),
}).openapi("SampleIn", {
  example: { type: "weight", value: 172.4, unit: "lb", timestamp: "2026-03-14T07:30:00+01:00" },
});

export type SampleRead = z.output<typeof SampleIn>;
export type SourceRead = z.output<typeof SampleSource>;

/** Why one sample was left out: the field, and words without any value. */
export interface Refusal {
  readonly field: string;
  readonly message: string;
}

/** A sample that can be stored, if its unit fits. */
export interface CheckedSample {
  readonly code: string;
  readonly value: number;
  readonly unit: string | null;
  readonly source: SourceRead | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Minutes east of UTC. */
  readonly zone_offset: number | null;
  readonly duration_seconds: number;
  /** The local day of a daily total, null for a sample. */
  readonly day: string | null;
}

export function checkSample(sent: unknown): CheckedSample | Refusal {
  if (sent === notJson) return { field: "sample", message: "The line is not JSON" };
  const { data, error } = SampleIn.safeParse(sent);
  if (error !== undefined) {
    const [issue] = error.issues;
    const field = issue?.path.map(String).join(".") || "sample";
    const missing = issue?.code === "invalid_type" && isAbsent(sent, issue.path);
    return { field, message: issue === undefined ? "Input is not valid" : missing ? "Field required" : words(issue) };
  }
  const { type: code, value, source = null } = data;
  const time = data.daily_total === true ? timeOfDay(data) : timeOfSample(data);
  return "message" in time ? time : { code, value, unit: data.unit ?? null, source, ...time };
}

function isAbsent(sent: unknown, path: readonly PropertyKey[]): boolean {
  const found = path.reduce<unknown>(
    (part, key) => part === null || part === undefined ? part : Reflect.get(Object(part), key),
    sent,
  );
  return found === undefined && path.length > 0;
}

function words(issue: z.core.$ZodIssue): string {
  // A message that was written for the field says more than the general one.
  const own = issue.code === "invalid_format" || issue.code === "too_big";
  return own && /^(Type must|A sample)/.test(issue.message) ? issue.message : issueMessage(issue);
}

type When = Pick<CheckedSample, "at" | "zone_offset" | "duration_seconds" | "day">;

function timeOfSample({ timestamp, end_timestamp, duration_seconds, date }: SampleRead): When | Refusal {
  if (timestamp === undefined) return { field: "timestamp", message: "Field required" };
  if (timestamp.zone_offset === null) return offsetMissing;
  if (date !== undefined) return { field: "date", message: "Only a daily total has a date; set daily_total too" };
  const at = timestamp.at.getTime();
  const when = { at, zone_offset: offsetMinutes(timestamp), day: null };
  if (end_timestamp === null || end_timestamp === undefined) {
    return { ...when, duration_seconds: duration_seconds ?? 0 };
  }
  if (typeof duration_seconds === "number") {
    return { field: "end_timestamp", message: "Send end_timestamp or duration_seconds, not both" };
  }
  const seconds = (end_timestamp.at.getTime() - at) / 1000;
  if (seconds < 0) return { field: "end_timestamp", message: "The end lies before the start" };
  if (seconds > longestSeconds) {
    return { field: "end_timestamp", message: "A sample lasts at most a day; send the sum of a day with daily_total" };
  }
  return { ...when, duration_seconds: seconds };
}

function timeOfDay({ type, timestamp, end_timestamp, duration_seconds, date }: SampleRead): When | Refusal {
  const series = seriesByCode(type);
  if (series !== undefined && series.aggregation !== "sum") {
    return { field: "daily_total", message: "Only a series that adds up has daily totals; send samples" };
  }
  if (date === undefined) return { field: "date", message: "A daily total needs its date" };
  if (end_timestamp || typeof duration_seconds === "number") {
    return { field: "daily_total", message: "A daily total has no end and no duration" };
  }
  if (timestamp?.zone_offset === null) return offsetMissing;
  if (timestamp !== undefined && Math.abs(timestamp.at.getTime() - Date.parse(`${date}T12:00:00Z`)) > 48 * 3_600_000) {
    return { field: "timestamp", message: "The timestamp lies on another day than the date" };
  }
  const zone_offset = timestamp === undefined ? null : offsetMinutes(timestamp);
  // A series of the person's own does not add up: what it is on a day, it is at noon, which no offset moves to another.
  if (series === undefined) {
    const noon = Date.parse(`${date}T12:00:00Z`) - (zone_offset ?? 0) * 60_000;
    return { at: noon, zone_offset, duration_seconds: 0, day: null };
  }
  const at = timestamp?.at.getTime() ?? Date.parse(`${date}T00:00:00Z`);
  return { at, zone_offset, duration_seconds: 0, day: date };
}

const offsetMissing: Refusal = {
  field: "timestamp",
  message: "The offset is missing; end it with Z or such as +01:00",
};

function offsetMinutes({ zone_offset }: Instant): number | null {
  const match = /^([+-])(\d\d):(\d\d)$/.exec(zone_offset ?? "");
  return match === null ? null : (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}
