import { AppError } from "../platform/errors.ts";
import { type Bound, readBound } from "../platform/scalars.ts";
import { textArgument } from "../platform/tool_arguments.ts";

/** The range of time that the predecessors' tools ask for, and how their results show instants. */

export const dateRangeArguments = {
  start_date: textArgument(64, "First day, YYYY-MM-DD"),
  end_date: textArgument(64, "The day after the last one, YYYY-MM-DD; for up to today use tomorrow's date"),
};

/** Both ends; throws `invalid_input` for what is no date, and for a range that ends before it begins. */
export function readRange(from: string, to: string): { readonly start: Bound; readonly end: Bound } {
  const [start, end] = [requireBound(from), requireBound(to)];
  if (start.at > end.at) throw new AppError("invalid_input", "The range must not end before it begins");
  return { start, end };
}

function requireBound(text: string): Bound {
  const bound = readBound(text);
  if (bound !== null) return bound;
  throw new AppError(
    "invalid_input",
    `Invalid datetime format: '${text}'. Expected ISO 8601 format or Unix timestamp.`,
  );
}

/** An instant as the clock of its place showed it: ISO 8601 with offset. `minutes` are east of UTC, null for unknown. */
export function localText(at: number, zone_offset: string | null): string {
  const [, sign = "+", hours = "00", minutes = "00"] = /^([+-])(\d\d):(\d\d)$/.exec(zone_offset ?? "") ?? [];
  const east = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(at + east).toISOString().replace(/(\.000)?Z$/, "") + `${sign}${hours}:${minutes}`;
}
