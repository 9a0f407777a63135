import type { ToldValue } from "./told_values.ts";

/** Values of a metric by day within a tool's result: a device's, and tests and symptoms that are looked at as one. Pure. */

type Fields = Readonly<Record<string, unknown>>;

/** Of a node that says which metric it is about, whichever tool made it. */
export function metricValues(node: Fields): ToldValue[] {
  const { metric, unit } = node;
  if (typeof metric !== "string" || typeof unit !== "string") return [];
  return [
    ...listOf(node.daily_values).flatMap((day) => dayOfMetric(metric, unit, day)),
    ...listOf(node.values).flatMap((day) => metricOn(metric, unit, extremeOf(day, node.order), dayOf(day))),
    ...[node, node.period, node.compared_with].flatMap((part) => latestOf(metric, unit, part)),
  ];
}

/** `wearable_metrics` of one day: numbers by the series' code. */
export function dayMetrics({ wearable_metrics }: Fields, date: string | null): ToldValue[] {
  if (!isFields(wearable_metrics)) return [];
  return Object.entries(wearable_metrics).flatMap(([code, numbers]) =>
    isFields(numbers) && typeof numbers.unit === "string" ? metricOn(code, numbers.unit, numbers, date) : []
  );
}

/** Two series beside each other: days with the value of each, by its name. */
export function pairedValues({ paired_data, units }: Fields): ToldValue[] {
  if (!isFields(units)) return [];
  return listOf(paired_data).flatMap((day) =>
    Object.entries(units).flatMap(([metric, unit]) =>
      typeof unit === "string" ? metricOn(metric, unit, { avg: day[metric] }, dayOf(day)) : []
    )
  );
}

function dayOfMetric(metric: string, unit: string, day: Fields): ToldValue[] {
  if (metric !== "blood_pressure") return metricOn(metric, unit, day, dayOf(day));
  return ["systolic", "diastolic"].flatMap((part) => {
    const numbers = { avg: day[`${part}_avg`], max: day[`${part}_max`] };
    return metricOn(`blood_pressure_${part}`, unit, numbers, dayOf(day));
  });
}

/** By single measurements a day's extreme stands beside its mean. */
function extremeOf({ value, daily_average }: Fields, order: unknown): Fields {
  if (typeof daily_average !== "number") return { avg: value };
  return { avg: daily_average, [order === "highest" ? "max" : "min"]: value };
}

/** The newest day, which ends an alarm that an older one would raise. */
function latestOf(metric: string, unit: string, node: unknown): ToldValue[] {
  if (!isFields(node) || !isFields(node.latest)) return [];
  const { value, min, max } = node.latest;
  return metricOn(metric, unit, { avg: value, min, max }, dayOf(node.latest));
}

/** A day with a single reading has no extremes but that. */
function metricOn(metric: string, unit: string, numbers: Fields, date: string | null): ToldValue[] {
  const { avg } = numbers;
  const unranged = { code: null, bound: null, status: null, reference_min: null, reference_max: null } as const;
  const [, kind, name] = /^(lab|symptom):\s*(.+)$/s.exec(metric) ?? [];
  if (kind !== undefined && name !== undefined) {
    if (typeof avg !== "number") return [];
    return kind === "lab"
      ? [{ kind, name, field: "value", value: avg, unit, date, ...unranged }]
      : [{ kind: "symptom", name, field: "severity", value: avg, unit: "/10", date, ...unranged }];
  }
  return ["avg", "min", "max"].flatMap((field) => {
    const value = numbers[field] ?? avg;
    return typeof value === "number"
      ? [{ kind: "vital" as const, name: metric, field, value, unit, date, ...unranged }]
      : [];
  });
}

/** `YYYY-MM-DD`; null where the node names no day. */
export function dayOf(node: Fields): string | null {
  const { date, recorded_at } = node;
  const day = typeof date === "string" ? date : recorded_at;
  return typeof day === "string" && /^\d{4}-\d{2}-\d{2}/.test(day) ? day.slice(0, 10) : null;
}

export function isFields(node: unknown): node is Fields {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}

function listOf(node: unknown): Fields[] {
  return Array.isArray(node) ? node.filter(isFields) : [];
}
