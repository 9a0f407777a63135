import { resultBound } from "../labs/result_value.ts";
import { dayMetrics, dayOf, isFields, metricValues, pairedValues } from "./told_metrics.ts";

/**
 * The measured values within a tool's result, whichever tool it is: laboratory results, the days of a device's metric,
 * symptoms. Found by the names of fields, so that a new tool with the same fields needs nothing here. Pure.
 */

export interface ToldValue {
  readonly kind: "lab" | "vital" | "symptom";
  /** As the record has it: foreign text. Of a vital sign the series' code. */
  readonly name: string;
  /** LOINC, where the result has it. */
  readonly code: string | null;
  /** Which of a day's numbers it is: "avg", "min", "max"; "value" of a result, "severity" of a symptom. */
  readonly field: string;
  readonly value: number;
  /** The value is more, or less, than this number: ">500", "<10". */
  readonly bound: ">" | "<" | null;
  readonly unit: string;
  /** `YYYY-MM-DD`, null when the result has none. */
  readonly date: string | null;
  readonly status: "low" | "high" | "normal" | null;
  readonly reference_min: number | null;
  readonly reference_max: number | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** In the order they stand in. */
export function toldValues(result: unknown): ToldValue[] {
  const found: ToldValue[] = [];
  walk(result, null, found);
  return found;
}

function walk(node: unknown, date: string | null, found: ToldValue[]): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, date, found);
    return;
  }
  if (!isFields(node)) return;
  const own = dayOf(node) ?? date;
  found.push(
    ...labOf(node, own),
    ...trendOf(node),
    ...metricValues(node),
    ...pairedValues(node),
    ...symptomOf(node, own),
    ...dayMetrics(node, own),
  );
  for (const [name, value] of Object.entries(node)) {
    if (name !== "data_points" && name !== "daily_values" && name !== "paired_data") walk(value, own, found);
  }
}

function labOf(node: Fields, date: string | null): ToldValue[] {
  const { test_name, unit } = node;
  const limit = typeof node.value === "number" ? null : resultBound(textOf(node.value_text) ?? "");
  const value = limit?.limit ?? node.value;
  if (typeof test_name !== "string" || typeof value !== "number") return [];
  const [reference_min, reference_max] = [numberOf(node.reference_min), numberOf(node.reference_max)];
  return [{
    kind: "lab",
    name: test_name,
    code: textOf(node.test_code),
    field: "value",
    value,
    bound: limit?.bound ?? null,
    unit: textOf(unit) ?? "",
    date,
    status: limit === null ? statusOf(node.status, value, reference_min, reference_max) : saidStatus(node.status),
    reference_min,
    reference_max,
  }];
}

/** One test, its dated values in one unit; the range is that of the newest. */
function trendOf(node: Fields): ToldValue[] {
  const { test_name, unit, data_points, reference_range } = node;
  if (typeof test_name !== "string" || !Array.isArray(data_points)) return [];
  const range = isFields(reference_range) ? reference_range : {};
  const newest = data_points.reduce<string>((latest, point) => {
    const day = isFields(point) ? dayOf(point) ?? "" : "";
    return day > latest ? day : latest;
  }, "");
  return data_points.filter(isFields).flatMap((point) => {
    if (typeof point.value !== "number") return [];
    const ranged = dayOf(point) === newest;
    const [min, max] = ranged ? [numberOf(range.min), numberOf(range.max)] : [null, null];
    return [{
      kind: "lab" as const,
      name: test_name,
      code: textOf(node.test_code) ?? textOf(node.loinc),
      field: "value",
      value: point.value,
      bound: null,
      unit: textOf(unit) ?? "",
      date: dayOf(point),
      status: statusOf(point.status, point.value, min, max),
      reference_min: min,
      reference_max: max,
    }];
  });
}

function symptomOf(node: Fields, date: string | null): ToldValue[] {
  const { severity } = node;
  const name = textOf(node.symptom_type) ?? textOf(node.type);
  if (name === null || typeof severity !== "number") return [];
  const unranged = { code: null, bound: null, status: null, reference_min: null, reference_max: null };
  return [{ kind: "symptom", name, field: "severity", value: severity, unit: "/10", date, ...unranged }];
}

function statusOf(
  said: unknown,
  value: number,
  min: number | null,
  max: number | null,
): ToldValue["status"] {
  const known = saidStatus(said);
  if (known !== null) return known;
  if (min !== null && value < min) return "low";
  if (max !== null && value > max) return "high";
  return min === null && max === null ? null : "normal";
}

function saidStatus(said: unknown): ToldValue["status"] {
  return said === "low" || said === "high" || said === "normal" ? said : null;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
