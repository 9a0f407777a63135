import { type Series, seriesByCode } from "../timeseries/series_table.ts";
import { cleaned } from "../timeseries/units.ts";
import type { DropReason } from "./sdk_dropped.ts";
import { longestMs, readNumber, readObject, readText } from "./sdk_field.ts";
import type { PhoneProvider } from "./sdk_provider.ts";
import {
  type Destination,
  type DetailField,
  durations,
  energyParts,
  energyTotals,
  ignored,
  statistics,
  substitutes,
} from "./sdk_statistic_table.ts";
import { phoneValue } from "./sdk_value.ts";

/** A workout's `values`: what becomes a field of the workout, and what a sample. */

type Details = { [Field in DetailField | "energy_burned"]?: number };

export interface Statistics {
  readonly details: Details;
  readonly samples: readonly WorkoutSample[];
  /** Whole seconds; null when no statistic says. */
  readonly duration_seconds: number | null;
}

export interface WorkoutSample {
  readonly series: number;
  readonly value: number;
  /** At the workout's end, or from its start to its end. */
  readonly kind: "level" | "amount";
}

interface Statistic {
  readonly name: string;
  readonly value: number;
  readonly unit: string | null;
}

/** What cannot be read is told to `drop`; the rest counts. A list that is missing or empty says nothing. */
export function readStatistics(
  provider: PhoneProvider,
  values: unknown,
  drop: (reason: DropReason, field: string) => void,
): Statistics {
  if (values != null && !Array.isArray(values)) drop("invalid_record", "values");
  const details: Details = {};
  const samples = new Map<number, WorkoutSample>();
  const energy = new Map<string, number>();
  const spare: (() => void)[] = [];
  let duration: number | null = null;
  (Array.isArray(values) ? values : []).forEach((item: unknown, place: number) => {
    const found = readStatistic(item);
    if (typeof found === "string") return drop(found, `values.${place}`);
    if (found === null) return;
    if (durations.has(found.name)) {
      duration ??= readDuration(found);
      if (duration === null) drop("invalid_value", `values.${place}`);
      return;
    }
    const isEnergy = energyParts.includes(found.name) || energyTotals.includes(found.name);
    const substitute = substitutes.get(found.name);
    const destination = isEnergy ? { series: "energy" } : statistics.get(found.name) ?? substitute;
    const series = destination === undefined ? undefined : seriesByCode(destination.series);
    if (destination === undefined || series === undefined) return drop("unknown_statistic", `values.${place}`);
    const value = detailValue(provider, series, found, destination);
    if (value === null) return drop("unknown_unit", `values.${place}`);
    if (isEnergy) return void energy.set(found.name, energy.get(found.name) ?? value);
    const take = () => {
      if (destination.field !== undefined) details[destination.field] ??= value;
      const kind = destination.sample;
      if (kind !== undefined && !samples.has(series.id)) samples.set(series.id, { series: series.id, value, kind });
    };
    if (substitute === undefined) take();
    else spare.push(take);
  });
  for (const take of spare) take();
  const burned = energyBurned(energy);
  if (burned !== null) details.energy_burned = burned;
  return { details, samples: [...samples.values()], duration_seconds: duration };
}

/** Null for one that is known and not kept. */
function readStatistic(item: unknown): Statistic | DropReason | null {
  const fields = readObject(item);
  const name = readText(fields?.type, 100)?.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (fields === null || name === undefined) return "invalid_record";
  if (ignored.has(name)) return null;
  const value = readNumber(fields.value);
  if (value === null) return "invalid_value";
  return { name, value, unit: readText(fields.unit, 50) };
}

/** Steps are whole. */
function detailValue(
  provider: PhoneProvider,
  series: Series,
  { value, unit }: Statistic,
  destination: Destination,
): number | null {
  const found = phoneValue(provider, series, value, unit);
  return found !== null && destination.field === "steps_count" ? Math.trunc(found) : found;
}

const secondsOf: ReadonlyMap<string, number> = new Map([["min", 60], ["h", 3_600], ["hr", 3_600]]);

/** Milliseconds where the unit says so, otherwise seconds. */
function readDuration({ value, unit }: Statistic): number | null {
  const name = unit?.toLowerCase() ?? "";
  const seconds = Math.trunc(name === "ms" ? value / 1000 : value * (secondsOf.get(name) ?? 1));
  return seconds >= 0 && seconds <= longestMs / 1000 ? seconds : null;
}

function energyBurned(energy: ReadonlyMap<string, number>): number | null {
  const parts = energyParts.flatMap((name) => energy.get(name) ?? []);
  const [total] = energyTotals.flatMap((name) => energy.get(name) ?? []);
  if (parts.length === energyParts.length) return cleaned(parts.reduce((sum, part) => sum + part, 0));
  return total ?? parts[0] ?? null;
}
