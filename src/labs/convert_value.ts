import ucum from "@lhncbc/ucum-lhc";
import type { Analyte } from "./analyte.ts";
import { dimensionOf } from "./unit_dimension.ts";

/** From one UCUM unit of a test to another. The arithmetic of units is the UCUM library's. */

/**
 * HbA1c, IFCC (mmol/mol) from NGSP (%): 10.93 × NGSP − 23.50. Master equation of the IFCC reference system,
 * https://ngsp.org/ifcc.asp (Hoelzel et al., Clin Chem 2004;50:166-74).
 */
const ifccPerNgsp = 10.93;
const ifccAtZero = -23.5;

/**
 * `value` in `to`, or null when the test gives no way there, or when the result is nothing that a living person has:
 * then the unit was misread, as "g/dL" where "µg/dL" is printed.
 */
export function convertValue(value: number, from: string, to: string, analyte: Analyte): number | null {
  const converted = convert(value, from, to, analyte);
  return converted !== null && isPlausible(value, from, analyte) ? converted : null;
}

/** False only when the catalogue says so: a unit that does not lead to the catalogue's own is no reason. */
export function isPlausible(value: number, unit: string, analyte: Analyte): boolean {
  const { plausible } = analyte;
  if (plausible === undefined) return true;
  const canonical = convert(value, unit, analyte.unit, analyte);
  return canonical === null || canonical >= plausible[0] && canonical <= plausible[1];
}

function convert(value: number, from: string, to: string, analyte: Analyte): number | null {
  if (from === to) return value;
  const glycated = convertGlycated(value, from, to, analyte);
  if (glycated !== undefined) return glycated;
  const factor = factorOf(from, to, analyte);
  return factor === null ? null : cleaned(value * factor);
}

/** Undefined when it is no such pair of units. */
function convertGlycated(value: number, from: string, to: string, { codes, unit }: Analyte): number | undefined {
  const own = new Set([unit, ...codes.map((code) => code[1])]);
  if (!own.has("%") || !own.has("mmol/mol")) return undefined;
  if (from === "%" && to === "mmol/mol") return cleaned(ifccPerNgsp * value + ifccAtZero);
  if (from === "mmol/mol" && to === "%") return cleaned((value - ifccAtZero) / ifccPerNgsp);
  return undefined;
}

const known = new WeakMap<Analyte, Map<string, number | null>>();

function factorOf(from: string, to: string, analyte: Analyte): number | null {
  let factors = known.get(analyte);
  if (factors === undefined) known.set(analyte, factors = new Map());
  const key = `${from} → ${to}`;
  const cached = factors.get(key);
  if (cached !== undefined) return cached;
  const factor = findFactor(from, to, analyte);
  if (factors.size < 200) factors.set(key, factor);
  return factor;
}

function findFactor(from: string, to: string, analyte: Analyte): number | null {
  const [source, target] = [dimensionOf(from), dimensionOf(to)];
  if (source === null || target === null || kindOf(from) !== kindOf(to)) return null;
  if (isHourless(source, target)) return ucumFactor(from.replace("/h", ""), to.replace("/h", ""), analyte);
  // Shares and ratios are scaled by the laboratory, not by the unit.
  if (source === "number" || target === "number") return source === target ? 1 : null;
  const perUnit = analyte.perUnit;
  if (source !== target && perUnit !== undefined) {
    const [unit, amount] = perUnit;
    if (source === "activity/volume") {
      const units = ucumFactor(plain(from), "U/L", analyte);
      const mass = ucumFactor(`${unit}/L`, to, analyte);
      return units === null || mass === null ? null : units * amount * mass;
    }
    if (target === "activity/volume") {
      const mass = ucumFactor(from, `${unit}/L`, analyte);
      const units = ucumFactor("U/L", plain(to), analyte);
      return units === null || mass === null ? null : mass / amount * units;
    }
  }
  if (source !== target && !(isMatter(source) && isMatter(target))) return null;
  return ucumFactor(plain(from), plain(to), analyte);
}

function isMatter(dimension: string): boolean {
  return /^(?:mass|amount)(?:\/|$)/.test(dimension);
}

/** A sedimentation rate printed without its hour. */
function isHourless(source: string, target: string): boolean {
  const pair = [source, target];
  return pair.includes("length") && pair.includes("length/time");
}

/**
 * Fibrinogen equivalents and D-dimer units are two scales; a print that says neither may be either. Arbitrary units are
 * a maker's own.
 */
function kindOf(ucum: string): string {
  return /\{(?:FEU|DDU)\}|\[[A-Za-z]+'U\]/.exec(ucum)?.[0] ?? "";
}

/**
 * The library refuses international and arbitrary units even among themselves; "U" stands in for them, since enzymes
 * are printed in both. Which of them may meet is `dimensionOf`'s question.
 */
function plain(ucum: string): string {
  return ucum.replace(/\[[iI]U\]|\[IU\]|\[[A-Za-z]+'U\]|\[CFU\]/g, "U");
}

function ucumFactor(from: string, to: string, { molarMass, valence }: Analyte): number | null {
  if (from === to) return 1;
  const options = {
    ...(molarMass === undefined ? {} : { molecularWeight: molarMass }),
    ...(valence === undefined ? {} : { charge: valence }),
  };
  const { status, toVal } = ucum.UcumLhcUtils.getInstance().convertUnitTo(from, 1, to, options);
  return status === "succeeded" && typeof toVal === "number" ? cleaned(toVal) : null;
}

/** Ten digits: beyond them the library's floating point shows. */
function cleaned(value: number): number {
  return Number(value.toPrecision(10));
}
