import type { LabResult } from "./table.ts";
import type { LabTrend } from "./trend.ts";

/** The main fact about laboratory results in one sentence, and where they come from. Pure. */

const mostNamed = 5;

/** Of results newest first: what is outside its range, else the only one, else how many there are. */
export function recentFact(results: readonly LabResult[]): string {
  const [newest] = results;
  if (newest === undefined) return "There are no results.";
  if (results.length === 1) return `${valueOf(newest)}.`;
  const tests = new Set(results.map(({ test_name }) => test_name)).size;
  const days = results.flatMap(({ recorded_at }) => recorded_at ?? []).sort();
  const [first, last] = [days[0], days.at(-1)];
  const when = first === undefined ? "" : first === last ? ` on ${first}` : ` from ${first} to ${last}`;
  const outside = results.filter(({ status }) => status !== null && status !== "normal");
  const named = outside.slice(0, mostNamed).map(valueOf).join("; ");
  const more = outside.length > mostNamed ? `; and ${outside.length - mostNamed} more` : "";
  return `${results.length} results of ${tests} ${tests === 1 ? "test" : "tests"}${when}; ` +
    (outside.length === 0
      ? "none is marked as outside its reference range."
      : `${outside.length} outside the reference range: ${named}${more}.`);
}

function valueOf({ test_name, value, value_text, unit, recorded_at, status }: LabResult): string {
  const measured = [value === null ? value_text : short(value), unit].filter((part) => part !== "").join(" ");
  const when = recorded_at === null ? "without a date" : `on ${recorded_at}`;
  return `${test_name} ${measured} ${when}${status === null ? "" : ` (${status})`}`;
}

/** `over` names the period. */
export function trendFact({ test_name, unit, data_points: points, text_only_count }: LabTrend, over: string): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return `There is no number of ${test_name} over ${over}.`;
  const text = (value: number) => unit === "" ? short(value) : `${short(value)} ${unit}`;
  const before = first === last
    ? "the only number"
    : `${last.value > first.value ? "up from" : last.value < first.value ? "down from" : "the same as"} ` +
      `${text(first.value)} on ${first.date}; ${points.length} numbers`;
  const words = text_only_count === 0 ? "" : `, and ${text_only_count} results without a number`;
  const status = last.status === null ? "" : ` (${last.status})`;
  return `${test_name} ${text(last.value)} on ${last.date}${status}, ${before} over ${over}${words}.`;
}

/** Six digits, which no laboratory prints; a converted value has more. */
function short(value: number): string {
  return `${Number(value.toPrecision(6))}`;
}

/** Laboratories by name, else how the result came in; those that gave most first. */
export function labSources(results: readonly Pick<LabResult, "laboratory" | "document_id" | "found_by">[]): string[] {
  const counts = new Map<string, number>();
  for (const { laboratory, document_id, found_by } of results) {
    const name = laboratory ?? (document_id !== null || found_by !== "person" ? "a document" : "entered by hand");
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}
