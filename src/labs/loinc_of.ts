import type { Analyte } from "./analyte.ts";
import type { NameHint } from "./analyte_name.ts";
import { specimenFit, type TestContext } from "./test_context.ts";
import { dimensionOf, dimensionsOf } from "./unit_dimension.ts";

/** Which of a test's codes a result is reported under: they differ by what the unit measures and by specimen. */

export interface UnitEvidence {
  /** UCUM units that the print may mean, none when it is not understood; null when none is printed. */
  readonly units: readonly string[] | null;
  readonly hint: NameHint | null;
  /** Whether the result is a number. */
  readonly hasNumber: boolean;
}

export interface ChosenCode {
  readonly loinc: string;
  /** False when another code of the test may be as right. */
  readonly isSure: boolean;
}

const worded = new Set(["presence", "text", "titer", "type", "number"]);
const measuredWithoutUnit = new Set(["number", "ph", "text", "type", "titer"]);

export function loincOf(analyte: Analyte, context: TestContext, evidence: UnitEvidence): ChosenCode {
  const [first] = analyte.codes;
  if (first === undefined) return { loinc: "", isSure: false };
  const ranked = analyte.codes.map(([loinc, unit, specimen]) => ({
    loinc,
    unit,
    dimension: dimensionOf(unit),
    fit: specimenFit(context, specimen ?? analyte.specimen),
  })).sort((a, b) => b.fit - a.fit);
  const best = ranked[0]?.fit ?? 0;
  const near = ranked.filter(({ fit }) => fit === best);
  const { units, hasNumber, hint } = evidence;
  if (units !== null) {
    const exact = units.flatMap((unit) => near.filter((code) => code.unit === unit))[0];
    const same = exact ??
      units.flatMap((unit) => near.filter((code) => code.dimension === printedAs(unit, analyte)))[0];
    if (same !== undefined) return { loinc: same.loinc, isSure: true };
    return { loinc: near[0]?.loinc ?? first[0], isSure: false };
  }
  const dimensions = new Set(near.map((code) => code.dimension));
  if (dimensions.size === 1) {
    // "absent" is not what a code for a measured amount says.
    const isSure = hasNumber || worded.has(near[0]?.dimension ?? "");
    return { loinc: near[0]?.loinc ?? first[0], isSure };
  }
  const hinted = near.find(({ dimension }) =>
    hint === "fraction" ? dimension === "fraction" : hint !== null && dimension === "number/volume"
  );
  if (hinted !== undefined) return { loinc: hinted.loinc, isSure: true };
  // A number without a unit is a ratio or the like, a word says presence.
  const said = near.filter(({ dimension }) =>
    hasNumber ? measuredWithoutUnit.has(dimension ?? "") : dimension === "presence" || dimension === "text"
  );
  return { loinc: (said[0] ?? near[0])?.loinc ?? first[0], isSure: said.length > 0 };
}

/** Of a sedimentation rate "mm" is "mm/h". */
function printedAs(unit: string, analyte: Analyte): string | null {
  const dimension = dimensionOf(unit);
  return dimension === "length" && dimensionsOf(analyte).has("length/time") ? "length/time" : dimension;
}
