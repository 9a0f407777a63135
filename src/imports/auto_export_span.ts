import { dayMs, localDay, type Moment, sinceMidnight } from "./auto_export_points.ts";

/**
 * How long a span each point of an amount (steps, energy) stands for. The app sums up by minute, hour, day, week or
 * longer as its user chose, or not at all, and does not say which in the JSON; all metrics of one request have the same
 * setting. So the points of all amounts are looked at together.
 *
 * The danger is to count twice or to lose: an hour's amount that is taken for the day's total would hide the rest of
 * the day. Where a request leaves it open, the amount is stored as one that lasts from midnight until the request came,
 * which the hours (same instant, shorter) or the day's total that come later replace.
 */

export type Span =
  | { readonly kind: "point" | "day" | "longer" }
  | { readonly kind: "minute" | "hour" | "so_far"; readonly seconds: number };

const [minuteMs, hourMs] = [60_000, 3_600_000];

/** `receivedAt` in milliseconds since 1970; null when it is not known. */
export function spanOf(points: readonly Moment[], receivedAt: number | null): Span {
  if (points.length === 0) return { kind: "point" };
  const times = points.map(sinceMidnight);
  if (times.every((time) => time === 0)) return spanOfMidnights(points, receivedAt);
  if (times.every((time) => time % hourMs === 0)) return { kind: "hour", seconds: 3600 };
  if (times.every((time) => time % minuteMs === 0)) return { kind: "minute", seconds: 60 };
  return { kind: "point" };
}

function spanOfMidnights(points: readonly Moment[], receivedAt: number | null): Span {
  const days = [...new Set(points.map((point) => Date.parse(localDay(point)) / dayMs))].sort((a, b) => a - b);
  const gaps = days.slice(1).map((day, place) => day - (days[place] ?? day));
  if (gaps.length > 0) return { kind: gaps.every((gap) => gap >= 6) ? "longer" : "day" };
  const first = points.reduce((least, { at }) => Math.min(least, at), Infinity);
  if (receivedAt === null) return { kind: "so_far", seconds: dayMs / 1000 };
  const elapsed = receivedAt - first;
  // The shortest local day has 23 hours.
  if (elapsed >= 23 * hourMs) return { kind: "day" };
  return { kind: "so_far", seconds: Math.round(Math.max(elapsed, hourMs) / 1000) };
}
