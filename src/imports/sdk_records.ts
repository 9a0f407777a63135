import type { Batch } from "../ingest/batch.ts";
import { type Series, seriesByCode } from "../timeseries/series_table.ts";
import { androidSeries, customMetricSeries, healthKitSeries } from "./metric_table.ts";
import type { Dropped, DropReason } from "./sdk_dropped.ts";
import { type Fields, readNumber, readObject, readText, readTimes } from "./sdk_field.ts";
import type { PhoneProvider } from "./sdk_provider.ts";
import { describeSource } from "./sdk_source.ts";
import { customValue, phoneValue } from "./sdk_value.ts";

/** One measurement of a phone: what it is, when it was, and the number in our unit. */

const prefix = "HKQuantityTypeIdentifier";

type Metric = { readonly series: Series } | { readonly custom: { readonly code: string; readonly unit: string } };

/** By every name, HealthKit's also with its prefix. */
const metrics: ReadonlyMap<string, Metric> = new Map(
  [
    ...Object.entries(healthKitSeries).flatMap(([name, code]) => named([name, prefix + name], { code })),
    ...Object.entries(androidSeries).flatMap(([name, code]) => named([name], { code })),
    ...Object.entries(customMetricSeries).flatMap(([name, custom]) => named([name, prefix + name], { custom })),
  ],
);

function named(
  names: readonly string[],
  metric: { readonly code: string } | { readonly custom: { readonly code: string; readonly unit: string } },
): [string, Metric][] {
  if ("custom" in metric) return names.map((name) => [name, metric]);
  const series = seriesByCode(metric.code);
  return series === undefined ? [] : names.map((name) => [name, { series }]);
}

/** Android's names also in lower case. */
function findMetric(type: string): Metric | undefined {
  return metrics.get(type) ?? metrics.get(type.toUpperCase());
}

/** Puts a record into the batch, or notes why not. */
export function addRecord(batch: Batch, provider: PhoneProvider, value: unknown, index: number, dropped: Dropped) {
  const fields = readObject(value);
  const [reason, field] = fields === null ? ["invalid_record", ""] as const : add(batch, provider, fields);
  if (reason !== null) dropped.add(reason, "records", index, field);
}

type Verdict = readonly [reason: DropReason | null, field: string];

function add(batch: Batch, provider: PhoneProvider, fields: Fields): Verdict {
  const type = readText(fields.type, 200);
  if (type === null) return ["invalid_record", "type"];
  const metric = findMetric(type);
  if (metric === undefined) return ["unknown_type", "type"];
  const number = readNumber(fields.value);
  if (number === null) return ["invalid_value", "value"];
  const times = readTimes(fields);
  if (times === null) return ["invalid_date", "startDate"];
  if (fields.unit != null && typeof fields.unit !== "string") return ["unknown_unit", "unit"];
  const unit = readText(fields.unit, 50);
  const value = "series" in metric
    ? phoneValue(provider, metric.series, number, unit)
    : customValue(metric.custom.unit, number, unit);
  if (value === null) return ["unknown_unit", "unit"];
  // Refused things leave no series or source behind.
  const early = batch.refuseInstant(times.start);
  if (early !== null) return [early, "startDate"];
  const key = "series" in metric ? metric.series.id : batch.addCustomSeries(metric.custom.code, metric.custom.unit);
  const source = batch.addSource(describeSource(provider, fields.source));
  const seconds = times.end === null ? 0 : (times.end - times.start) / 1000;
  return [batch.addSample(key, source, times.start, value, seconds, times.zone_offset), "value"];
}
