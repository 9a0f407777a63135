import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import type { Period } from "../platform/period.ts";
import { deviceName } from "../sources/source_metadata.ts";
import type { DataSource } from "../sources/table.ts";
import type { Metric, MetricDay } from "./metric.ts";

/** What every summary of a wearable's data is made from, and what measured it. */

export interface Subject {
  readonly ctx: Context;
  readonly user_id: UserId;
  readonly period: Period;
  /** "UTC+01:00" */
  readonly time_zone: string;
  readonly sources: readonly DataSource[];
}

/** What follows the name of the metric and the period in a result. */
export type Summary = Readonly<Record<string, unknown>>;

/** Devices by name, those that gave most first. `numbers` names one for each day or event. */
export function sourceNames(numbers: readonly number[], sources: readonly DataSource[]): string[] {
  const counts = new Map<string, number>();
  for (const number of numbers) {
    const source = sources.find(({ no }) => no === number);
    if (source === undefined) continue;
    counts.set(sourceName(source), (counts.get(sourceName(source)) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}

/** The sources of daily values of these metrics. What a person wrote down and what a laboratory measured has no device. */
export function metricSources(
  days: readonly MetricDay[],
  metrics: readonly Metric[],
  sources: readonly DataSource[],
): string[] {
  const named = sourceNames(days.flatMap(({ source_no }) => source_no ?? []), sources);
  const others = metrics.flatMap(({ name }) =>
    name.startsWith("symptom:") ? ["the person's own notes"] : name.startsWith("lab:") ? ["laboratory results"] : []
  );
  return [...new Set([...named, ...others])];
}

/** "Apple Watch Series 6 44mm (GPS)", else the app, else the provider. */
export function sourceName(
  { device_model, source, provider }: Pick<DataSource, "device_model" | "source" | "provider">,
): string {
  if (device_model) return deviceName(device_model);
  return source ? source : provider;
}
