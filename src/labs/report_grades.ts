/**
 * Tables of grades inside a report: "G1 > 90 | G2 60 - 89 | G3a 45 - 59", "high risk < 70, low risk < 116".
 *
 * Told from results by what no list of results does: row after row holds limits instead of values, none of them has a range
 * beside it, and the limits rise or fall from row to row.
 */
import { readNumber } from "./printed_number.ts";
import type { Candidate } from "./believed_results.ts";

/** Rows of one table of grades are this close. */
const MOST_ROWS_APART = 2;
const STAGE =
  /^(?:[GASK]\d[ab]?|(?:stage|stadium|stade|estadio|stadio|grade|grad|class[ei]?|klasse|typ|type|cap) ?-?\d?[ab]?|\d{1,2}|[ivx]{1,4})$|\b(?:risk|risiko|risque|riesgo|rischio|risco|goals?|target|ziel\w*|objectif|objetivo|weeks?|woche\w*|semaines?|semanas?|trimest\w*|trimenon|years?|jahre|ans|anos|anni)\b/i;

/** The candidates that are rows of such tables. */
export function gradesAmong(candidates: readonly Candidate[]): Set<Candidate> {
  const grades = new Set<Candidate>();
  let run: Candidate[] = [];
  const close = () => {
    if (isTableOfGrades(run)) { for (const candidate of run) grades.add(candidate); }
    run = [];
  };
  for (const candidate of candidates) {
    const last = run.at(-1);
    const near = last === undefined ||
      (last.page === candidate.page && Math.abs(candidate.row - last.row) <= MOST_ROWS_APART);
    if (!near || !isLimitAlone(candidate)) close();
    if (isLimitAlone(candidate)) run.push(candidate);
  }
  close();
  return grades;
}

function isLimitAlone({ draft }: Candidate): boolean {
  if (draft.reference_min !== null || draft.reference_max !== null || draft.flag !== null) return false;
  return draft.comparator !== null || lowerEnd(draft.value_text) !== null && isTwoSided(draft.value_text);
}

function isTableOfGrades(run: readonly Candidate[]): boolean {
  const staged = run.filter(({ draft }) => STAGE.test(draft.name)).length;
  if (run.length === 1) return staged === 1;
  const ends = run.map(({ draft }) => lowerEnd(draft.value_text) ?? 0);
  const rises = ends.slice(1).map((end, at) => Math.sign(end - (ends[at] ?? 0)));
  const ordered = rises.every((rise) => rise > 0) || rises.every((rise) => rise < 0);
  const twoSided = run.some(({ draft }) => isTwoSided(draft.value_text));
  return staged === run.length || (ordered && (staged > 0 || twoSided || run.length >= 4));
}

function isTwoSided(text: string): boolean {
  return /\d ?(?:[-–—~]|bis|to|à|a) ?\d/.test(text);
}

/** The first number of "60 - 89" or "> 90". */
function lowerEnd(text: string): number | null {
  const digits = /\d+(?:[.,]\d+)?/.exec(text)?.[0];
  return digits === undefined ? null : readNumber(digits, null);
}
