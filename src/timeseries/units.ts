import ucum from "@lhncbc/ucum-lhc";
import { seriesById } from "./series_table.ts";

/** From the unit a sender names to the unit a series is stored in. The arithmetic is the UCUM library's. */

/** UCUM codes of the contract's own unit names. */
const seriesUnits: Readonly<Record<string, string>> = {
  bpm: "/min",
  ms: "ms",
  percent: "%",
  mg_dl: "mg/dL",
  mmHg: "mm[Hg]",
  brpm: "/min",
  count: "1",
  score: "1",
  liters: "L",
  "L/min": "L/min",
  cm: "cm",
  kg: "kg",
  kg_m2: "kg/m2",
  celsius: "Cel",
  ml_kg_min: "mL/min/kg",
  meters: "m",
  years: "a",
  kcal: "kcal",
  minutes: "min",
  met: "kcal/h/kg",
  m_per_s: "m/s",
  watts: "W",
  rpm: "/min",
  dB: "dB",
  mL: "mL",
  degrees: "deg",
};

/** UCUM codes of what phones, watches and apps print. Compared as written first, then in lower case. */
const printedUnits: Readonly<Record<string, string>> = {
  ...seriesUnits,
  "count/min": "/min",
  "count/s": "/s",
  "beats/min": "/min",
  "breaths/min": "/min",
  "steps": "1",
  "%": "%",
  mi: "[mi_i]",
  miles: "[mi_i]",
  ft: "[ft_i]",
  in: "[in_i]",
  yd: "[yd_i]",
  m: "m",
  km: "km",
  mm: "mm",
  lb: "[lb_av]",
  lbs: "[lb_av]",
  st: "[stone_av]",
  oz: "[oz_av]",
  g: "g",
  mg: "mg",
  degF: "[degF]",
  degC: "Cel",
  "°F": "[degF]",
  "°C": "Cel",
  F: "[degF]",
  C: "Cel",
  K: "K",
  kJ: "kJ",
  J: "J",
  Cal: "kcal",
  kcal: "kcal",
  cal: "cal",
  "mg/dL": "mg/dL",
  "mg/dl": "mg/dL",
  "mmol/L": "mmol/L",
  "mmol/l": "mmol/L",
  "mL/min·kg": "mL/min/kg",
  "ml/(kg·min)": "mL/min/kg",
  "mL/(kg·min)": "mL/min/kg",
  "ml/kg/min": "mL/min/kg",
  "kcal/hr·kg": "kcal/h/kg",
  "Cal/hr·kg": "kcal/h/kg",
  "km/hr": "km/h",
  "km/h": "km/h",
  kph: "km/h",
  "mi/hr": "[mi_i]/h",
  mph: "[mi_i]/h",
  "ft/s": "[ft_i]/s",
  "m/s": "m/s",
  W: "W",
  s: "s",
  sec: "s",
  min: "min",
  hr: "h",
  h: "h",
  L: "L",
  l: "L",
  ml: "mL",
  fl_oz_us: "[foz_us]",
  fl_oz_imp: "[foz_br]",
  cup_us: "[cup_us]",
  pt_us: "[pt_us]",
  dBASPL: "dB",
  "dB(SPL)": "dB",
  kPa: "kPa",
  cmAq: "cm[H2O]",
  IU: "1",
  mcS: "uS",
  appleEffortScore: "1",
  "L/s": "L/s",
};

/** A map, because a stranger's unit may be called "constructor". */
const printed = new Map(Object.entries(printedUnits));

/** Milligrams a decilitre of glucose in one millimole a litre; its molar mass is 180.182 g/mol. */
const glucoseMgDlPerMmolL = 18.0182;

/** Multiplies, then adds. */
export interface Conversion {
  readonly factor: number;
  readonly offset: number;
}

const same: Conversion = { factor: 1, offset: 0 };
const known = new Map<string, Conversion | null>();

/**
 * How a number in `unit` becomes one in the unit of the series; null when the two measure different things or the unit
 * is not known. No unit (null, "") means the series' own. A percentage is not scaled: whether a sender's "%" means
 * 0.97 or 97 is the importer's knowledge.
 */
export function conversionTo(series: number, unit: string | null | undefined): Conversion | null {
  const target = seriesById(series)?.unit;
  if (target === undefined || unit === null || unit === undefined || unit.trim() === "" || unit === target) return same;
  const key = `${unit} → ${target}`;
  const cached = known.get(key);
  if (cached !== undefined) return cached;
  const found = conversion(unit.trim(), target);
  // Units are strangers' text; only so many are worth remembering.
  if (known.size < 1_000) known.set(key, found);
  return found;
}

/** The number in the unit converted to, without what floating point makes up. */
export function converted({ factor, offset }: Conversion, value: number): number {
  return factor === 1 && offset === 0 ? value : cleaned(value * factor + offset);
}

/** `value` in the unit of the series, or null as above. */
export function toSeriesUnit(series: number, value: number, unit: string | null | undefined): number | null {
  const found = conversionTo(series, unit);
  return found === null ? null : converted(found, value);
}

function conversion(unit: string, target: string): Conversion | null {
  const from = ucumCode(unit);
  const to = seriesUnits[target];
  if (from === undefined || to === undefined) return null;
  if (from === to) return same;
  if (from === "mmol/L" && to === "mg/dL") return { factor: glucoseMgDlPerMmolL, offset: 0 };
  const [zero, hundred] = [convert(from, 0, to), convert(from, 100, to)];
  if (zero === null || hundred === null) return null;
  return { factor: digits((hundred - zero) / 100, 14), offset: digits(zero, 14) };
}

/** HealthKit prints the molar mass into the unit: "mmol<180.1558800000541>/L". */
function ucumCode(unit: string): string | undefined {
  const plain = unit.replace(/<[\d.]+>/, "");
  return printed.get(plain) ?? printed.get(plain.toLowerCase());
}

function convert(from: string, value: number, to: string): number | null {
  const result = ucum.UcumLhcUtils.getInstance().convertUnitTo(from, value, to);
  return result.status === "succeeded" && typeof result.toVal === "number" ? result.toVal : null;
}

/** Twelve digits: more than any device measures, and fewer than floating point makes up. */
export function cleaned(value: number): number {
  return digits(value, 12);
}

function digits(value: number, count: number): number {
  return Number(value.toPrecision(count));
}
