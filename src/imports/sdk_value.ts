import { cleaned, conversionTo, converted } from "../timeseries/units.ts";
import type { Series } from "../timeseries/series_table.ts";
import type { PhoneProvider } from "./sdk_provider.ts";

/** From a phone's number and unit to the number that is stored. */

/** HealthKit keeps percentages as fractions, whatever unit stands beside them. */
const appleFractions = new Set([
  "body_fat_percentage",
  "walking_double_support_percentage",
  "walking_asymmetry_percentage",
  "walking_steadiness",
  "atrial_fibrillation_burden",
]);

/** A body has no saturation, and weather no humidity, of 1 % or less: that is a fraction, from whichever phone. */
const alwaysFractions = new Set(["oxygen_saturation", "weather_humidity"]);

/** Stored as phones give them: their units (a count, "kcal/hr·kg", "mcS") are the series' own by another name. */
const plainNumbers = new Set(["body_mass_index", "physical_effort", "electrodermal_activity"]);

/** Metres unless the phone says otherwise, though the series is in centimetres. */
const metresByDefault = new Set(["height", "walking_step_length"]);

/** Spellings of phones that the table of units does not have; in lower case. */
const spellings: ReadonlyMap<string, string> = new Map([
  ["kcal/kg/hr", "met"],
  ["kcal/kg/h", "met"],
  ["spm", "rpm"],
  ["steps/min", "rpm"],
  ["strides/min", "rpm"],
  ["rev/min", "rpm"],
]);

/** The value in the unit of the series, or null when `unit` measures something else or is not known. */
export function phoneValue(
  provider: PhoneProvider,
  series: Series,
  value: number,
  unit: string | null,
): number | null {
  const { code } = series;
  if (plainNumbers.has(code)) return value;
  if (isShare(unit)) {
    if (provider === "apple" && code === "blood_alcohol_content") return bloodAlcohol(value);
    // A percentage by nature that stays far below a hundred.
    if (provider === "apple" && code === "peripheral_perfusion_index") {
      return value <= 0.2 ? cleaned(value * 100) : value;
    }
    const isFraction = alwaysFractions.has(code) || (provider === "apple" && appleFractions.has(code));
    // Above 1 it is in percent already.
    if (isFraction) return value <= 1 ? cleaned(value * 100) : value;
  }
  return inUnitOf(series, value, unit ?? (metresByDefault.has(code) ? "m" : null));
}

/**
 * HealthKit's is a fraction of grams to millilitres: 0.0008 is 0.8 per mille, 80 mg/dL. Nobody lives with a fraction of
 * 0.01 (1000 mg/dL), so that more than that is in percent, and more than 1 in mg/dL.
 */
function bloodAlcohol(value: number): number {
  return value <= 0.01 ? cleaned(value * 100_000) : value <= 1 ? cleaned(value * 1_000) : value;
}

function inUnitOf(series: Series, value: number, unit: string | null): number | null {
  // A stranger's word must not find what every object has, such as "constructor".
  if (unit !== null && (unit in {} || unit.toLowerCase() in {})) return null;
  const conversion = conversionTo(series.id, unit === null ? null : spelled(unit));
  return conversion === null ? null : converted(conversion, value);
}

function spelled(unit: string): string {
  const lower = unit.toLowerCase();
  return /^mmol/.test(lower) ? "mmol/L" : spellings.get(lower) ?? unit;
}

/** HealthKit's library writes "count" beside a percentage, and some apps nothing. */
const shareUnits: ReadonlySet<string | null> = new Set([null, "%", "percent", "count", "1"]);
const isShare = (unit: string | null) => shareUnits.has(unit?.toLowerCase() ?? null);

/** For series of a person's own, by their unit: what one of the sent unit is in it. In lower case. */
const customFactors: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map([
  ["W", new Map([["w", 1], ["watt", 1], ["watts", 1], ["kw", 1_000]])],
  ["kcal", new Map([["kcal", 1], ["kj", 1 / 4.184], ["j", 1 / 4_184]])],
  // A day has 86,400 s; a kilocalorie 4,184 J.
  ["kcal/d", new Map([["kcal/d", 1], ["kcal/day", 1], ["kcal", 1], ["kj/day", 1 / 4.184], ["w", 86_400 / 4_184]])],
]);

/** The same for a custom series. "Cal" is a kilocalorie. */
export function customValue(seriesUnit: string, value: number, unit: string | null): number | null {
  if (unit === null) return value;
  const factor = customFactors.get(seriesUnit)?.get(unit === "Cal" ? "kcal" : unit.toLowerCase());
  return factor === undefined ? null : factor === 1 ? value : cleaned(value * factor);
}
