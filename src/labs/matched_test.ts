import type { Analyte } from "./analyte.ts";
import { analyteById, analytesByLoinc } from "./analyte_catalogue.ts";
import { readName } from "./analyte_name.ts";
import { isPlausible } from "./convert_value.ts";
import { labUnitOf, labUnits } from "./lab_unit.ts";
import { loincOf } from "./loinc_of.ts";
import { type AnalyteMatch, matchAnalyte, type PrintedTest } from "./match_analyte.ts";
import type { CandidateTest, ReviewReason } from "./table.ts";
import { contextOf } from "./test_context.ts";

/** Which test of the catalogue a result is of, as it is stored, and what about it contradicts the catalogue. */

export interface MatchedTest {
  /** Id in the catalogue; only where there is no doubt. */
  readonly analyte: string | null;
  /** LOINC; likewise. */
  readonly test_code: string | null;
  readonly loinc_status: AnalyteMatch["status"];
  /** Best first, at most five. */
  readonly candidates: readonly CandidateTest[];
  readonly doubts: readonly ReviewReason[];
}

export function testOf(printed: PrintedTest): MatchedTest {
  const { status, candidates } = matchAnalyte(printed);
  const [best] = candidates;
  if (status === "auto_match" && best !== undefined) {
    const { analyte, loinc: test_code } = best;
    return {
      analyte,
      test_code,
      loinc_status: status,
      candidates: stored(candidates),
      doubts: doubtsOf(printed, best),
    };
  }
  const undecided = { analyte: null, test_code: null };
  const byName = wrongUnit(printed);
  if (byName !== null) {
    const doubts = ["unit_of_wrong_dimension" as const];
    return { ...undecided, loinc_status: "needs_review", candidates: stored(byName.candidates), doubts };
  }
  const doubts: ReviewReason[] = status === "needs_review" ? ["ambiguous_code"] : [];
  return { ...undecided, loinc_status: status, candidates: stored(candidates), doubts };
}

/** The test a person says it is, with the code for this unit and specimen; null when the catalogue has no such test. */
export function chosenTest(printed: PrintedTest, id: string): MatchedTest | null {
  const analyte = analyteById(id);
  if (analyte === undefined) return null;
  const evidence = {
    units: unitsOf(printed),
    hint: readName(printed.test_name).hint,
    hasNumber: typeof printed.value === "number",
  };
  const test_code = loincOf(analyte, contextOf(printed), evidence).loinc;
  return { ...testOf(printed), analyte: id, test_code, loinc_status: "auto_match", doubts: [] };
}

/** The test that is reported under this code; `expected` where several are and it is one of them. */
export function analyteOfCode(loinc: string, expected: string | null): string | null {
  const found = analytesByLoinc(loinc).map(({ id }) => id);
  return found.find((id) => id === expected) ?? (found.length === 1 ? found[0] ?? null : null);
}

/** What the name alone stands for without doubt, where that test is never printed in this unit; null otherwise. */
function wrongUnit(printed: PrintedTest): AnalyteMatch | null {
  const units = unitsOf(printed);
  if (units === null || units.length === 0) return null;
  const byName = matchAnalyte({ ...printed, unit: null });
  const best = byName.candidates[0];
  const analyte = best === undefined || best.reason === "similar" ? undefined : analyteById(best.analyte);
  const isWrong = analyte !== undefined && labUnitOf(printed.unit ?? "", analyte) === null;
  return isWrong ? byName : null;
}

/** A value that no living person has, in the unit that is printed. */
function doubtsOf({ value, unit }: PrintedTest, { analyte: id }: { readonly analyte: string }): ReviewReason[] {
  const analyte = analyteById(id);
  if (analyte === undefined || typeof value !== "number") return [];
  return isPossible(value, unit ?? "", analyte) ? [] : ["implausible_value"];
}

function isPossible(value: number, unit: string, analyte: Analyte): boolean {
  const own = unit.trim() === "" ? [analyte.unit, ...analyte.codes.map((code) => code[1])] : [labUnitOf(unit, analyte)];
  return own.some((ucum) => ucum === null || isPlausible(value, ucum, analyte));
}

function unitsOf({ unit }: PrintedTest): readonly string[] | null {
  return unit === null || unit === undefined || unit.trim() === "" ? null : labUnits(unit);
}

function stored(candidates: AnalyteMatch["candidates"]): CandidateTest[] {
  return candidates.slice(0, 5).map(({ analyte, loinc, name, score, reason }) => ({
    analyte,
    loinc,
    name,
    score,
    reason,
  }));
}
