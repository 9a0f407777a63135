import { cleaned, conversionTo, converted } from "../timeseries/units.ts";
import { seriesId } from "../timeseries/series_table.ts";
import { customMetricSeries, healthKitSeries } from "./metric_table.ts";

/** From a quantity type of HealthKit and the unit it is written in to a series and its unit. */

export interface HealthKitQuantity {
  /** Fixed series; null for one that is named after the type. */
  readonly series: number | null;
  readonly custom: { readonly code: string; readonly unit: string } | null;
  /** The value in the unit of the series. */
  convert(value: number): number;
}

const prefix = "HKQuantityTypeIdentifier";
const same = (value: number) => value;

/**
 * HealthKit's percent is a share of one ("0.97 %" is 97 %), but some apps write 97: no share is more than one, so the
 * two can be told apart. Rounded where floating point would show.
 */
const percent = (value: number) => value <= 1 ? cleaned(value * 100) : value;

/** Blood alcohol is a share too: 0.0008 is 0.08 %, which is 80 mg/dL. Nobody lives with more than one percent. */
const bloodAlcohol = (value: number) => cleaned(value <= 0.01 ? value * 100_000 : value * 1_000);

/** Perfusion is a percentage by nature and stays far below a hundred; its series counts percents. */
const perfusion = (value: number) => value <= 0.2 ? cleaned(value * 100) : value;

/** What is written in a unit that cannot be converted because it is the series' own, whatever the contract calls it. */
const ownUnits: Readonly<Record<string, readonly string[]>> = {
  PhysicalEffort: ["kcal/hr·kg", "Cal/hr·kg"],
  ElectrodermalActivity: ["mcS", "S"],
  BodyMassIndex: ["count"],
  NikeFuel: ["count"],
};

/** Null when the unit does not fit the type. `type` is the whole identifier. */
export function healthKitQuantity(type: string, unit: string | null): HealthKitQuantity | null {
  const name = type.startsWith(prefix) ? type.slice(prefix.length) : type;
  const named = own(customMetricSeries, name);
  if (named !== undefined) return custom(named.code, unit === null || unit === "" ? named.unit : unit);
  const code = own(healthKitSeries, name);
  if (code === undefined) return custom(snakeCase(name), unit ?? "");
  const series = seriesId(code);
  if (unit === "%") {
    const convert = name === "BloodAlcoholContent"
      ? bloodAlcohol
      : name === "PeripheralPerfusionIndex"
      ? perfusion
      : percent;
    return { series, custom: null, convert };
  }
  if (unit !== null && own(ownUnits, name)?.includes(unit)) return { series, custom: null, convert: same };
  const conversion = conversionTo(series, unit);
  if (conversion === null) return null;
  return { series, custom: null, convert: (value) => converted(conversion, value) };
}

/**
 * A series of its own, in one unit for ever, because the unit printed follows the person's settings: energy in
 * kilocalories, volumes in millilitres, masses in milligrams or, of what one eats most of, in grams. Other units stay
 * as they are printed.
 */
function custom(code: string, unit: string): HealthKitQuantity {
  if (unit === "%") return { series: null, custom: { code, unit: "%" }, convert: percent };
  const grams = own(gramsOf, unit);
  const [to, factor] = grams === undefined
    ? own(usualUnits, unit) ?? [unit || "count", 1]
    : /protein|carbohydrates|sugar|fiber|fat/.test(code)
    ? ["g", grams]
    : ["mg", grams * 1000];
  return {
    series: null,
    custom: { code, unit: to },
    convert: factor === 1 ? same : (value) => cleaned(value * factor),
  };
}

const gramsOf: Readonly<Record<string, number>> = {
  mcg: 1e-6,
  mg: 1e-3,
  g: 1,
  kg: 1000,
  oz: 28.349523125,
  lb: 453.59237,
};

const usualUnits: Readonly<Record<string, readonly [string, number]>> = {
  kJ: ["kcal", 1 / 4.184],
  Cal: ["kcal", 1],
  cal: ["kcal", 0.001],
  J: ["kcal", 1 / 4184],
  L: ["mL", 1000],
  cL: ["mL", 10],
  dL: ["mL", 100],
  fl_oz_us: ["mL", 29.5735295625],
  fl_oz_imp: ["mL", 28.4130625],
  cup_us: ["mL", 236.5882365],
  cup_imp: ["mL", 284.130625],
  pt_us: ["mL", 473.176473],
  pt_imp: ["mL", 568.26125],
};

/** A type or a unit may be called "constructor". */
function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** "DietaryFatPolyunsaturated" → "dietary_fat_polyunsaturated". */
function snakeCase(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, "$1_$2").replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2").toLowerCase()
    .replace(/[^a-z\d]+/g, "_").replace(/^_+|_+$/g, "").slice(0, 100);
}
