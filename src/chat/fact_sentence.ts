import type { Coverage } from "../platform/period.ts";

/** Parts of the sentence that says a result's main fact, numbers as they stand in the result. Pure. */

/** "resting heart rate", "sleep". */
export function spoken(metric: string): string {
  return metric.replace(/^(lab|symptom):\s*/, "").replace(/:total$/, "").replaceAll("_", " ");
}

const units: Readonly<Record<string, string>> = { count: "", percent: "%", score: "points", "severity 0-10": "of 10" };

/** "57.2 bpm", "8214", "432 minutes (7 h 12 min)". */
export function inUnit(value: number, unit: string): string {
  const shown = units[unit] ?? unit;
  const text = shown === "" ? `${value}` : `${value} ${shown}`;
  return unit.startsWith("minutes") && Math.abs(value) >= 60 ? `${text} (${hours(value)})` : text;
}

/** Minutes as "7 h 12 min". */
export function hours(minutes: number): string {
  const whole = Math.round(Math.abs(minutes));
  return `${minutes < 0 ? "-" : ""}${Math.floor(whole / 60)} h ${whole % 60} min`;
}

/** "(23 of 30 days have data)" */
export function covered({ text }: Coverage): string {
  return `(${text})`;
}

/** With the first letter as a sentence has it; names of tests keep theirs. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
