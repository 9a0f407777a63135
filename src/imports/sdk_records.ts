import { type Batch, largestValue } from "../ingest/batch.ts";
import { type Series, seriesByCode } from "../timeseries/series_table.ts";
import { healthKitQuantity } from "./healthkit_quantity.ts";
import { androidSeries, customMetricSeries, healthKitSeries } from "./metric_table.ts";
import type { Dropped, DropReason } from "./sdk_dropped.ts";
import { type Fields, readNumber, readObject, readText, readTimes } from "./sdk_field.ts";
import type { PhoneProvider } from "./sdk_provider.ts";
import { describeSource } from "./sdk_source.ts";
import { customValue, phoneValue } from "./sdk_value.ts";

/** One measurement of a phone: what it is, when it was, and the number in our unit. */

const prefix = "HKQuantityTypeIdentifier";

type Metric =
  | { readonly series: Series }
  | { readonly custom: { readonly code: string; readonly unit: string } }
  /** A quantity of HealthKit that has no series: it becomes one of the person's own, named after it. */
  | { readonly type: string };

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
  return metrics.get(type) ?? metrics.get(type.toUpperCase()) ?? newQuantity(type);
}

/** Quantities that Apple adds after this was written. A name that would hide behind a series of the table is none. */
function newQuantity(type: string): Metric | undefined {
  if (!/^HKQuantityTypeIdentifier[A-Z][A-Za-z\d]{1,99}$/.test(type)) return undefined;
  const code = healthKitQuantity(type, null)?.custom?.code;
  return code === undefined || seriesByCode(code) !== undefined ? undefined : { type };
}

/** Puts a record into the batch, or notes why not. `ownUnits` are those of the person's own series by code. */
export function addRecord(
  batch: Batch,
  provider: PhoneProvider,
  value: unknown,
  index: number,
  dropped: Dropped,
  ownUnits: ReadonlyMap<string, string>,
) {
  const fields = readObject(value);
  const [reason, field] = fields === null ? ["invalid_record", ""] as const : add(batch, provider, fields, ownUnits);
  if (reason !== null) dropped.add(reason, "records", index, field);
}

type Verdict = readonly [reason: DropReason | null, field: string];

function add(batch: Batch, provider: PhoneProvider, fields: Fields, ownUnits: ReadonlyMap<string, string>): Verdict {
  const type = readText(fields.type, 200);
  if (type === null) return ["invalid_record", "type"];
  const metric = findMetric(type);
  if (metric === undefined) return ["unknown_type", "type"];
  const number = readNumber(fields.value);
  if (number === null) return ["invalid_value", "value"];
  const times = readTimes(fields);
  if (times === null) return ["invalid_date", "startDate"];
  if (fields.unit != null && typeof fields.unit !== "string") return ["unknown_unit", "unit"];
  const measured = measure(provider, metric, number, readText(fields.unit, 50));
  if (measured === null) return ["unknown_unit", "unit"];
  // Refused things leave no series or source behind.
  const early = batch.refuseInstant(times.start);
  if (early !== null) return [early, "startDate"];
  if (!(Math.abs(measured.value) <= largestValue)) return ["invalid_value", "value"];
  const key = "series" in measured ? measured.series : ownSeries(batch, measured.custom, ownUnits);
  if (typeof key === "string") return [key, key === "other_unit" ? "unit" : "type"];
  const source = batch.addSource(describeSource(provider, fields.source));
  const seconds = times.end === null ? 0 : (times.end - times.start) / 1000;
  return [batch.addSample(key, source, times.start, measured.value, seconds, times.zone_offset), "value"];
}

type Measured =
  & { readonly value: number }
  & ({ readonly series: number } | { readonly custom: { readonly code: string; readonly unit: string } });

/** Null when the unit does not fit, or when a type that nothing is known about comes without one. */
function measure(provider: PhoneProvider, metric: Metric, number: number, unit: string | null): Measured | null {
  if ("series" in metric) {
    const value = phoneValue(provider, metric.series, number, unit);
    return value === null ? null : { series: metric.series.id, value };
  }
  if ("custom" in metric) {
    const value = customValue(metric.custom.unit, number, unit);
    return value === null ? null : { custom: metric.custom, value };
  }
  // A stranger's word must not find what every object has.
  if (unit === null || unit in {}) return null;
  const quantity = healthKitQuantity(metric.type, unit);
  return quantity?.custom == null ? null : { custom: quantity.custom, value: quantity.convert(number) };
}

/** A phone that makes up a type for every record is mistaken. */
const mostOwnSeries = 1_000;

/** The series of the person's own; its unit was decided by whoever named it first. */
function ownSeries(
  batch: Batch,
  { code, unit }: { readonly code: string; readonly unit: string },
  ownUnits: ReadonlyMap<string, string>,
): number | "other_unit" | "too_many_series" {
  const named = batch.customSeries.find((series) => series.code === code)?.unit;
  const known = ownUnits.get(code) ?? named;
  if (known !== undefined && known !== unit) return "other_unit";
  const isNew = known === undefined;
  if (isNew && ownUnits.size + batch.customSeries.length >= mostOwnSeries) return "too_many_series";
  return batch.addCustomSeries(code, unit);
}
