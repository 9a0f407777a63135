import type { Analyte, Specimen } from "./analyte.ts";
import { analyteById } from "./analyte_catalogue.ts";
import { readName } from "./analyte_name.ts";
import { dimensionOf, dimensionsOf } from "./unit_dimension.ts";
import { isPlausible } from "./convert_value.ts";
import { labUnits } from "./lab_unit.ts";
import { loincOf, type UnitEvidence } from "./loinc_of.ts";
import { namesFound } from "./names_found.ts";
import { contextOf, familyOf, specimenFit, type TestContext, unsureFit } from "./test_context.ts";

/**
 * Which test of the catalogue a printed one is. The name proposes, unit and specimen dispose: a code is given only
 * where one test is left that is printed so.
 */

export interface RememberedName {
  /** As printed. */
  readonly name: string;
  /** Id in the catalogue. */
  readonly analyte: string;
}

export interface PrintedTest {
  readonly test_name: string;
  readonly unit?: string | null | undefined;
  readonly specimen?: string | null | undefined;
  readonly section?: string | null | undefined;
  /** Null for a result that is no plain number, absent where that is not known. */
  readonly value?: number | null | undefined;
  /** What a person confirmed for this laboratory. */
  readonly remembered?: readonly RememberedName[] | undefined;
}

export type MatchReason = "remembered" | "exact" | "normalised" | "similar";

export interface AnalyteCandidate {
  readonly analyte: string;
  readonly loinc: string;
  readonly name: string;
  readonly specimen: Specimen;
  /** 0 to 1 */
  readonly score: number;
  readonly reason: MatchReason;
}

export interface AnalyteMatch {
  readonly status: "auto_match" | "needs_review" | "no_match";
  /** Best first, at most five. */
  readonly candidates: readonly AnalyteCandidate[];
}

/** A name with only a small difference that is explained. */
const leastAuto = 0.8;
/** How far the next test must be behind. */
const leastLead = 0.05;
/** Below, a person is not asked; a name that is only similar must be more so. */
const leastShown = 0.33;
const leastSimilar = 0.5;
const mostShown = 5;

interface Judged extends AnalyteCandidate {
  /** Whether unit, specimen and code leave no doubt about this test. */
  readonly isSafe: boolean;
}

export function matchAnalyte(printed: PrintedTest): AnalyteMatch {
  const context = contextOf(printed);
  const units = printed.unit === null || printed.unit === undefined || printed.unit.trim() === ""
    ? null
    : labUnits(printed.unit);
  const { hint } = readName(printed.test_name);
  const evidence: UnitEvidence = { units, hint, hasNumber: printed.value !== null };
  const isPossible = (analyte: Analyte) => fitOf(analyte, context) > 0;
  const found = [...namesFound(printed, isPossible)]
    .map(([analyte, { score, reason }]) => judge(printed, analyte, score, reason, context, evidence))
    .filter(({ score, reason }) => score >= (reason === "similar" ? leastSimilar : leastShown))
    .sort((a, b) => b.score - a.score || (a.analyte < b.analyte ? -1 : 1));
  const [best, next] = found;
  if (best === undefined) return { status: "no_match", candidates: [] };
  const leads = next === undefined || best.score - next.score >= leastLead;
  const isAuto = best.isSafe && best.score >= leastAuto && leads;
  const candidates = found.slice(0, mostShown).map(({ isSafe: _, ...candidate }) => candidate);
  return { status: isAuto ? "auto_match" : "needs_review", candidates };
}

function judge(
  printed: PrintedTest,
  analyte: Analyte,
  nameScore: number,
  reason: MatchReason,
  context: TestContext,
  evidence: UnitEvidence,
): Judged {
  const fit = fitOf(analyte, context);
  const { loinc, isSure } = loincOf(analyte, context, evidence);
  const unit = unitFit(analyte, evidence);
  const unlikely = isUnlikely(printed, analyte, evidence);
  const score = nameScore * (fit === 0 ? 0.3 : fit) * unit * (unlikely ? 0.98 : 1);
  return {
    analyte: analyte.id,
    loinc,
    name: analyte.name,
    specimen: analyte.specimen,
    score: Math.round(Math.min(score, 1) * 1000) / 1000,
    reason,
    isSafe: fit > unsureFit && unit > 0.8 && isSure && !context.isSusceptibility &&
      (context.specimen !== null || familyOf(analyte.specimen) === "blood" || saysSpecimen(evidence)),
  };
}

const concentrations = new Set(["mass/volume", "amount/volume", "activity/volume", "number/volume"]);

/** Milligrams a day or cells a field are not of blood; milligrams a litre may be of anything. */
function saysSpecimen({ units }: UnitEvidence): boolean {
  return units === null || units.every((unit) => !concentrations.has(dimensionOf(unit) ?? ""));
}

/** How well the best of the test's specimens goes with what is said; 0 forbids it. */
function fitOf({ specimen, codes }: Analyte, context: TestContext): number {
  const own = new Set([specimen, ...codes.map((code) => code[2] ?? specimen)]);
  return Math.max(...[...own].map((each) => specimenFit(context, each)));
}

/** 1 for a unit that the test is printed in, near 1 where nothing is said, below a half for one that it never has. */
function unitFit(analyte: Analyte, { units, hint, hasNumber }: UnitEvidence): number {
  const own = dimensionsOf(analyte);
  if (units === null) {
    if (hint === "fraction" && !own.has("fraction")) return 0.7;
    if (hint !== null && hint !== "fraction" && !own.has("number/volume") && own.has("fraction")) return 0.7;
    if (own.isDisjointFrom(hasNumber ? unitless : worded)) {
      return hasNumber && own.isDisjointFrom(measuredless) ? 0.95 : 0.9;
    }
    return 1;
  }
  if (units.length === 0) return 0.95;
  const fitting = units.map((unit) => dimensionOf(unit) ?? "").filter((dimension) => own.has(dimension));
  if (fitting.length === 0) return 0.35;
  // "Lymphocytes absolute" in percent: one of the two was misread. A "reticulocyte count" is printed in either.
  const denied = { fraction: "number/volume", absolute: "fraction", count: "" }[hint ?? "count"];
  return fitting.every((dimension) => dimension === denied) ? 0.7 : 1;
}

/** What a number without a unit may be, what a word may be, and both. */
const unitless = new Set(["number", "ph"]);
const worded = new Set(["presence", "titer", "text", "type"]);
const measuredless = new Set([...unitless, ...worded]);

/** Moves candidates among each other only: values of the very ill are outside of most ranges. */
function isUnlikely({ value }: PrintedTest, analyte: Analyte, { units }: UnitEvidence): boolean {
  if (typeof value !== "number" || analyte.plausible === undefined) return false;
  const possible = units ?? [analyte.unit, ...analyte.codes.map((code) => code[1])];
  return possible.length > 0 && !possible.some((unit) => isPlausible(value, unit, analyte));
}

/** The test, where a result's name and unit leave no doubt; for rows that were stored without one. */
export function sureAnalyte(printed: PrintedTest): Analyte | null {
  const { status, candidates } = matchAnalyte(printed);
  const id = candidates[0]?.analyte;
  return status === "auto_match" && id !== undefined ? analyteById(id) ?? null : null;
}
