/** Which candidates are results: by what stands around the value in its row, and by the rows around it. */
import { isColumnTitle, isGrade, isNeverATest, isNotDone, isResultInWords, isTitle } from "./printed_words.ts";
import { isKnownName } from "./analyte_name_index.ts";
import { foldCase } from "./printed_flag.ts";
import type { Box } from "../documents/page.ts";
import { gradesAmong } from "./report_grades.ts";
import type { Draft } from "./row_results.ts";
import type { PrintedResult } from "./read_results.ts";

export interface Candidate {
  draft: Draft & { readonly name: string };
  readonly section: string | null;
  readonly page: number;
  readonly row: number;
  readonly height: number;
  /** In the rows under a title row. */
  readonly inTable: boolean;
  /** Under a title of the catalogue in a row of its day, or in a list of such tests. */
  readonly sure?: boolean;
  /** Where a range printed below the result stands so far. */
  rangeFrom?: Box;
  /** Its first line, where it has several. */
  rangeHead?: string;
}

type Belief = "strong" | "weak" | "none";

/** Rows this close to a believed one are in the same list: rows apart, and line heights between them. */
const NEIGHBOUR_ROWS = 3;
const NEIGHBOUR_GAP = 3.5;
/** Text layers have 1; what was recognised from a picture has less. */
const SURELY_READ = 0.999;
const WEAK_UNIT = /^(?:%|h|min|s|d|m|mm|cm|g|gr|kg|mg|[µμu]g|mcg|iu|ie|ui|l|ml|days?|years?|u|stk)$/i;

const BARE_VOLUME = /^(?:[mµμu]|mc|d|c)?l$/i;
const VOLUME = /vol|meng|diures|urin|harn|orin|idrar|debit|sammel|尿|量/;

/** The candidates that are believed, as results, in their order. */
export function believe(candidates: readonly Candidate[]): PrintedResult[] {
  const grades = gradesAmong(candidates);
  const criteria = candidates.filter(isCriterion).length > 1;
  const beliefs = candidates.map((candidate, index) =>
    grades.has(candidate) || (criteria && isLimitOnly(candidate)) ||
      standsAsRange(candidate, candidates.slice(Math.max(0, index - 24), index + 25))
      ? "none"
      : beliefIn(candidate)
  );
  // A weak row (a value without unit or range) is believed beside a believed one; once down, once up.
  const accepted = beliefs.map((belief) => belief === "strong");
  const spread = (from: number, to: number, step: number) => {
    let near = -1;
    for (let index = from; index !== to; index += step) {
      if (accepted[index]) near = index;
      else if (beliefs[index] === "weak" && near >= 0 && areNeighbours(candidates[near], candidates[index])) {
        accepted[index] = true;
        near = index;
      }
    }
  };
  for (const index of stripRows(candidates, beliefs)) accepted[index] = true;
  spread(0, candidates.length, 1);
  spread(candidates.length - 1, -1, -1);
  const believed = candidates.filter((_, index) => accepted[index]);
  // What is in a food, a supplement or a medicine is printed as masses; results have a volume, a time or a range.
  const masses = believed.filter(({ draft }) => isMassAlone(draft)).length;
  return masses >= 3 && masses >= 0.6 * believed.length ? [] : believed.map(toResult);
}

const MASS_ALONE = /^(?:g|gr|mg|[µμu]g|mcg|ng|iu|ie|ui|i\.?e\.?|units?|kcal|kj|mmol|mol)$/i;

function isMassAlone({ unit, reference_min, reference_max }: Draft): boolean {
  return unit !== null && MASS_ALONE.test(unit) && reference_min === null && reference_max === null;
}

/** So many tests of the catalogue with words for results, one below the other, are the print of a strip. */
const LEAST_STRIP_ROWS = 3;

/** Rows of "GLU neg", "KET trace", which have neither unit nor range and so nothing else to be believed by. */
function stripRows(candidates: readonly Candidate[], beliefs: readonly Belief[]): number[] {
  const worded = candidates.flatMap(({ draft }, index) =>
    beliefs[index] === "weak" && draft.value === null && isResultInWords(draft.value_text) && isKnownName(draft.name)
      ? [index]
      : []
  );
  const near = (a: number | undefined, b: number) =>
    a !== undefined && areNeighbours(candidates[Math.min(a, b)], candidates[Math.max(a, b)]);
  const inRow = worded.filter((index, at) => near(worded[at - 1], index) || near(worded[at + 1], index));
  return inRow.length >= LEAST_STRIP_ROWS ? inRow : [];
}

/** "Plaquettes ≥ 100 G/L" in a list: what somebody must have, not what somebody has. Antibiograms say R, S or I. */
function isCriterion(candidate: Candidate): boolean {
  return isLimitOnly(candidate) && /^[<>]=$/.test(candidate.draft.comparator ?? "");
}

function isLimitOnly({ draft, inTable }: Candidate): boolean {
  return !inTable && draft.comparator !== null && draft.reference_text === null && draft.flag === null;
}

/**
 * "<200" alone in a row is a result or the range of one that was not measured; where it stands under ranges of other rows
 * and under none of their values, it is a range.
 */
function standsAsRange({ draft, page, row }: Candidate, around: readonly Candidate[]): boolean {
  const own = draft.valueBox;
  if (own === null || draft.rangeBox !== null || draft.comparator === null) return false;
  const over = (box: Box | null) => box !== null && box[0] < own[2] && box[2] > own[0];
  const near = around.filter((other) =>
    other.page === page && other.row !== row && Math.abs(other.row - row) <= 12 && other.draft.rangeBox !== null
  );
  return near.filter((other) => over(other.draft.rangeBox)).length >= 2 &&
    !near.some((other) => over(other.draft.valueBox));
}

function areNeighbours(known: Candidate | undefined, weak: Candidate | undefined): boolean {
  if (known === undefined || weak === undefined || known.page !== weak.page) return false;
  if (Math.abs(known.row - weak.row) > NEIGHBOUR_ROWS) return false;
  const [upper, lower] = known.row < weak.row ? [known, weak] : [weak, known];
  if (lower.draft.box[1] - upper.draft.box[3] > NEIGHBOUR_GAP * weak.height) return false;
  const left = (candidate: Candidate) => candidate.draft.nameBox?.[0] ?? candidate.draft.box[0];
  return Math.abs(left(known) - left(weak)) < 2.5 * weak.height;
}

function beliefIn(candidate: Candidate): Belief {
  const { draft, inTable } = candidate;
  if (candidate.sure === true) return isPossibleValue(draft) ? "strong" : "none";
  if (!isPossibleName(draft.name) || !isPossibleValue(draft)) return "none";
  const limited = draft.reference_min !== null || draft.reference_max !== null;
  const complete = draft.unit !== null && (limited || draft.separated);
  const inCells = inTable && draft.separated;
  if (!inCells && !(complete && !inTable) && readsLikeProse(draft.name)) return "none";
  const { unit, reference_text: range } = draft;
  // "Ferritin | Serum | 0.5 mL | 7 days": how much blood a test needs.
  if (unit !== null && BARE_VOLUME.test(unit) && !VOLUME.test(foldCase(draft.name))) return "none";
  const measured = draft.value !== null;
  if (draft.leftover > (inCells ? 3 : !inTable && draft.separated ? 1 : 0)) return "none";
  if (measured) {
    // A speck beside a heading is recognised as a digit: nothing around it says that it is a result.
    const bare = unit === null && range === null && draft.flag === null && /^\d$/.test(draft.value_text);
    if (bare && draft.recognised < SURELY_READ && !isKnownName(draft.name)) return "none";
    if (inTable) {
      const spoken = range !== null && !/\d/.test(range) && range.length < 24;
      return (unit !== null && !isMassAlone(draft)) || limited || spoken || draft.flag !== null ? "strong" : "weak";
    }
    const weakUnit = unit === null || WEAK_UNIT.test(unit);
    if (unit === "%" && draft.separated && draft.leftover === 0) return "strong";
    if (unit !== null && !weakUnit) return "strong";
    if (limited) return "strong";
    // A number amid recognised words may belong to a sentence of which the rest was not recognised.
    return draft.separated || draft.recognised >= SURELY_READ ? "weak" : "none";
  }
  if (inTable) return range !== null || draft.flag !== null || isResultInWords(draft.value_text) ? "strong" : "weak";
  if (range !== null && isResultInWords(draft.value_text)) return "strong";
  return isResultInWords(draft.value_text) || /^1 ?:/.test(draft.value_text) || unit !== null ? "weak" : "none";
}

/** Outside tables: several small words, or a number amid them, belong to a sentence. */
function readsLikeProse(name: string): boolean {
  const words = name.split(" ");
  const small = words.filter((word) => /^\p{Ll}{2,}[,.]?$/u.test(word)).length;
  return words.length > 9 || (words.length > 4 && small >= words.length / 2) ||
    /\p{L}{2} \d+ \p{L}{3}.* \p{Ll}{2}/u.test(name);
}

function isPossibleName(name: string): boolean {
  if (name.length > 90 || name.split(" ").length > 12) return false;
  // Limits, post codes and telephone numbers do not begin or sit in names.
  if (/[<>≤≥] ?\d|^\d{4,}|\d{6,}|\|\||: ?[<>≤≥]? ?\d/.test(name)) return false;
  // A lone letter is a mark, or a unit that was parted from its value; "K" is potassium.
  if (/^\p{Ll}$/u.test(name) || (/^\p{Lu}$/u.test(name) && !isKnownName(name))) return false;
  if (!/\p{L}/u.test(name) || /[@\\©=]|www\.|https?:/i.test(name)) return false;
  // "Diabetes type 2", "CKD stage 3"
  if (
    /(?:^|\s)(?:types?|typ|tipo|stages?|stade|stadium|estadio|stadio|grade|grad|grado|class[ei]?|klasse|n[°ºo]\.?|note)$/i
      .test(name)
  ) return false;
  if (/(?:^|\s)(?:siehe|see|voir|vedi|véase|anlage|appendix|annexe|anexo)(?:\s|$)/i.test(name)) return false;
  // Sentences and forms: "Report printed on", "Jane Doe, 12 Elm St".
  if (/[;?!]|\p{L}{3,}\. \p{L}/u.test(name) && !/\d/.test(name) && name.split(" ").length > 5) return false;
  return !isNeverATest(name) && !isGrade(name) && !isColumnTitle(name);
}

function isPossibleValue(draft: Draft): boolean {
  const digits = draft.value_text.replace(/\D/g, "");
  // Long unbroken digits are identifiers and telephone numbers.
  if (/\d{8,}/.test(draft.value_text) || digits.length > 10) return false;
  // "04 %" beside a range is a count as some analysers print it.
  const limited = draft.reference_min !== null || draft.reference_max !== null;
  if (/^0\d/.test(draft.value_text) && !(/^0\d$/.test(draft.value_text) && draft.unit !== null && limited)) {
    return false;
  }
  const bare = draft.unit === null && draft.reference_text === null && !draft.separated;
  if (bare && /^(?:19|20)\d\d$/.test(draft.value_text)) return false;
  // "Operator 5", and half of two pages
  if (draft.value === null && /^\p{L}+\.? \d+$|^1 ?\/ ?[1-9]$/u.test(draft.value_text)) return false;
  // "S = serum, U = urine" explains signs.
  if (draft.value === null && /\p{L} ?= ?\p{L}/u.test(draft.value_text)) return false;
  // "Report Status: Final" beside another label of a form.
  if (draft.value === null && /\p{L} ?: ?\p{L}/u.test(draft.value_text)) return false;
  if (draft.value === null && isNotDone(draft.value_text)) return false;
  // "1999 - 2024"
  if (/^(?:19|20)\d\d ?[-–] ?(?:19|20)\d\d$/.test(draft.value_text)) return false;
  if (draft.value === null && draft.value_text.length > 80) return false;
  if (draft.value === null && (/\d{5,}|@/.test(draft.value_text) || isTitle(draft.value_text))) return false;
  return true;
}

function toResult(candidate: Candidate): PrintedResult {
  const { draft, section, page } = candidate;
  let confidence = 0.5;
  if (draft.unit !== null && !isMassAlone(draft)) confidence += 0.2;
  if (draft.reference_text !== null) confidence += 0.15;
  if (candidate.inTable) confidence += 0.15;
  return {
    test_name: draft.name.replace(/[\s,]+$/, ""),
    value: draft.value,
    value_text: draft.value_text,
    comparator: draft.comparator,
    unit: draft.unit,
    reference_min: draft.reference_min,
    reference_max: draft.reference_max,
    reference_text: draft.reference_text,
    flag: draft.flag,
    flag_printed: draft.flagPrinted,
    section,
    specimen: draft.specimen,
    page,
    box: draft.box,
    confidence: Math.round(Math.min(1, confidence) * draft.recognised * 100) / 100,
  };
}
