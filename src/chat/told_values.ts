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
    ...vitalOf(node),
    ...symptomOf(node, own),
    ...dayMetrics(node, own),
  );
  for (const [name, value] of Object.entries(node)) {
    if (name !== "data_points" && name !== "daily_values") walk(value, own, found);
  }
}

function labOf(node: Fields, date: string | null): ToldValue[] {
  const { test_name, value, unit } = node;
  if (typeof test_name !== "string" || typeof value !== "number") return [];
  const [reference_min, reference_max] = [numberOf(node.reference_min), numberOf(node.reference_max)];
  return [{
    kind: "lab",
    name: test_name,
    code: textOf(node.test_code),
    field: "value",
    value,
    unit: textOf(unit) ?? "",
    date,
    status: statusOf(node.status, value, reference_min, reference_max),
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
      unit: textOf(unit) ?? "",
      date: dayOf(point),
      status: statusOf(point.status, point.value, min, max),
      reference_min: min,
      reference_max: max,
    }];
  });
}

function vitalOf(node: Fields): ToldValue[] {
  const { metric, unit, daily_values } = node;
  if (typeof metric !== "string" || typeof unit !== "string" || !Array.isArray(daily_values)) return [];
  return daily_values.filter(isFields).flatMap((day) =>
    metric === "blood_pressure"
      ? ["systolic", "diastolic"].flatMap((part) => {
        const numbers = { avg: day[`${part}_avg`], max: day[`${part}_max`] };
        return vitals(`blood_pressure_${part}`, unit, numbers, dayOf(day));
      })
      : vitals(metric, unit, day, dayOf(day))
  );
}

/** `wearable_metrics` of one day: numbers by the series' code. */
function dayMetrics({ wearable_metrics }: Fields, date: string | null): ToldValue[] {
  if (!isFields(wearable_metrics)) return [];
  return Object.entries(wearable_metrics).flatMap(([code, numbers]) =>
    isFields(numbers) && typeof numbers.unit === "string" ? vitals(code, numbers.unit, numbers, date) : []
  );
}

/** A day with a single reading has no extremes but that. */
function vitals(name: string, unit: string, numbers: Fields, date: string | null): ToldValue[] {
  const { avg } = numbers;
  return ["avg", "min", "max"].flatMap((field) => {
    const value = numbers[field] ?? avg;
    if (typeof value !== "number") return [];
    const unranged = { code: null, status: null, reference_min: null, reference_max: null };
    return [{ kind: "vital" as const, name, field, value, unit, date, ...unranged }];
  });
}

function symptomOf(node: Fields, date: string | null): ToldValue[] {
  const { severity } = node;
  const name = textOf(node.symptom_type) ?? textOf(node.type);
  if (name === null || typeof severity !== "number") return [];
  const unranged = { code: null, status: null, reference_min: null, reference_max: null };
  return [{ kind: "symptom", name, field: "severity", value: severity, unit: "/10", date, ...unranged }];
}

function dayOf(node: Fields): string | null {
  const day = textOf(node.date) ?? textOf(node.recorded_at);
  return day !== null && /^\d{4}-\d{2}-\d{2}/.test(day) ? day.slice(0, 10) : null;
}

function statusOf(
  said: unknown,
  value: number,
  min: number | null,
  max: number | null,
): ToldValue["status"] {
  if (said === "low" || said === "high" || said === "normal") return said;
  if (min !== null && value < min) return "low";
  if (max !== null && value > max) return "high";
  return min === null && max === null ? null : "normal";
}

function isFields(node: unknown): node is Fields {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
