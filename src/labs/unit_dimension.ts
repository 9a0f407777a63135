import type { Analyte } from "./analyte.ts";

/**
 * What a UCUM unit measures, as "mass/volume" or "number/field". It is coarser than a physical dimension where
 * laboratories are (equivalents are amounts, enzyme, international and arbitrary units are all "activity"), and finer where they
 * are not: a share in percent is not a ratio, "mmol/mol" is not "%".
 */

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^(?:[mukdc])?\[[iI][uU]\]$|^[munk]?(?:U|kat)$/, "activity"],
  [/^[munk]?\[[A-Za-z]+'U\]$/, "activity"],
  [/^\[pH\]$/, "ph"],
  [/^\[[HL]PF\]$/, "field"],
  [/^\[CFU\]$/, "number"],
  [/^(?:m|k)?(?:m\[Hg\]|Pa)$/, "pressure"],
  [/^[mu]?osm$/, "osmoles"],
  [/^[mun]?eq$/, "amount"],
  [/^[munpfk]?mol$/, "amount"],
  [/^[munpfkd]?g$/, "mass"],
  [/^[munpfdch]?L$|^[munc]?m3$/, "volume"],
  [/^[muncdk]?m$/, "length"],
  [/^m2$/, "area"],
  [/^m?s$|^min$|^h$|^d$|^24\.h$|^\(24\.h\)$|^wk$|^mo$|^a$/, "time"],
  [/^10\*-?\d+$|^1$/, "number"],
];

const fractions = new Set(["%", "[ppth]", "L/L", "/100{WBCs}", "/100"]);
/** Results that are no measurement. */
const spoken = new Set(["{presence}", "{titer}", "{text}", "{type}"]);

const known = new Map<string, string | null>();

/** Null for a unit that laboratories do not print. */
export function dimensionOf(ucum: string): string | null {
  const cached = known.get(ucum);
  if (cached !== undefined) return cached;
  const dimension = findDimension(ucum);
  if (known.size < 2_000) known.set(ucum, dimension);
  return dimension;
}

function findDimension(ucum: string): string | null {
  if (fractions.has(ucum)) return "fraction";
  if (spoken.has(ucum)) return ucum.slice(1, -1);
  if (/^\{[^}]*\}$/.test(ucum)) return "number";
  const parts = ucum.replace(/\{[^}]*\}/g, "").split("/");
  const found: string[] = [];
  for (const [index, part] of parts.entries()) {
    // "{cells}/uL" and "/uL" count; "mL/min/{1.73_m2}" is a volume a time.
    if (part === "") {
      if (index === 0) found.push("number");
      continue;
    }
    const kind = kinds.find(([pattern]) => pattern.test(part))?.[1];
    if (kind === undefined) return null;
    found.push(kind);
  }
  return found.join("/");
}

const ofAnalytes = new WeakMap<Analyte, ReadonlySet<string>>();

/** Every dimension that this test can be printed in. */
export function dimensionsOf(analyte: Analyte): ReadonlySet<string> {
  const cached = ofAnalytes.get(analyte);
  if (cached !== undefined) return cached;
  const own = [analyte.unit, ...analyte.codes.map(([, unit]) => unit)].map(dimensionOf).filter((each) => each !== null);
  const all = new Set(own);
  for (const dimension of own) {
    const [head = "", ...rest] = dimension.split("/");
    const below = rest.length === 0 ? "" : `/${rest.join("/")}`;
    const others = head === "mass" || head === "amount"
      ? [...(analyte.molarMass === undefined ? [] : ["mass", "amount"]), ...(analyte.perUnit ? ["activity"] : [])]
      : head === "activity" && analyte.perUnit !== undefined
      ? ["mass", ...(analyte.molarMass === undefined ? [] : ["amount"])]
      : [];
    for (const other of others) all.add(`${other}${below}`);
    // A sedimentation rate is printed as the millimetres of the hour that everybody means.
    if (dimension === "length/time") all.add("length");
  }
  ofAnalytes.set(analyte, all);
  return all;
}

/** Whether the test can be printed in this UCUM unit. */
export function unitFits(ucum: string, analyte: Analyte): boolean {
  const dimension = dimensionOf(ucum);
  return dimension !== null && dimensionsOf(analyte).has(dimension);
}
