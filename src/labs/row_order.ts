/**
 * Results of rows no title explains: told by the order of kinds, as in "Glucosa 106 mg/dL 70 - 110".
 */
import type { DecimalMark } from "./printed_number.ts";
import type { Piece } from "./row_pieces.ts";
import type { Row } from "./report_layout.ts";
import { isGrade, isNotDone } from "./printed_words.ts";
import { nameOf } from "./printed_name.ts";
import { type Draft, fromRoles } from "./row_results.ts";

const VALUES = new Set<Piece["kind"]>(["number", "bounded", "titre", "words"]);
const LONGEST_METHOD = 4;
const MICROSCOPY = /campo|[hl]pf|champ|field|gesichtsfeld|saha|^\/? ?GF$|视野/i;
const TIMES = /^(?:h|hrs?|min|std?e?\.?|sec|s|d|days?|saat|dk)$/i;
/** "i.e. in the other unit": the row goes on with the result above it. */
export const SAME_AGAIN = /^(?:soit|ou|oder|entspr\w*\.?|=|i\.e\.|or|bzw\.?|o|ossia|equivale a|equivalente a)\s*:?$/i;

/** The results a row prints, in order; side-by-side tables yield several. */
export function resultsByOrder(row: Row, pieces: readonly Piece[], mark: DecimalMark): Draft[] {
  const drafts: Draft[] = [];
  let rest: readonly Piece[] = withStrips(row, pieces);
  // Each turn takes at least one piece, and a line holds only so many tables.
  for (let turn = 0; turn < 4 && rest.length > 0; turn++) {
    const taken = takeResult(row, rest, mark);
    if (taken === null) break;
    drafts.push(...taken.drafts);
    rest = taken.rest;
    // Words that run on in the cell of the value are prose, not the name of a second table.
    if (rest[0]?.kind === "text" && !rest[0].opensCell && !SAME_AGAIN.test(rest[0].text)) break;
  }
  // Words left at the end are prose around numbers, unless they are a method in a cell of its own or the start of nothing.
  const whole = drafts.some((draft) => draft.unit !== null && draft.reference_text !== null && draft.separated);
  const [method] = rest;
  const isMethod = whole && rest.length === 1 && method?.opensCell === true &&
    method.text.split(" ").length <= LONGEST_METHOD;
  const unread = isMethod ? 0 : rest.filter((piece) => piece.kind === "text" && !isNotDone(piece.text)).reduce(
    (sum, piece) => sum + piece.text.split(" ").length,
    0,
  );
  return drafts.map((draft) => ({ ...draft, leftover: draft.leftover + unread }));
}

/** "Leukozyten: ++ [neg.]": crosses in front of a range in words are the result of a strip, not a mark beside one. */
function withStrips(row: Row, given: readonly Piece[]): readonly Piece[] {
  const count = given.findIndex((piece, at) => piece.kind === "range" && MICROSCOPY.test(given[at + 1]?.text ?? ""));
  // "LEUCOCITOS  2 - 4  x campo  0 - 5": of two ranges the one in fields of view is what was counted.
  const counted = count > 0 && given.slice(count + 1).some(isLimit) &&
    !given.some(({ kind }) => VALUES.has(kind) && kind !== "bounded");
  const pieces = counted ? given.map((piece, at): Piece => at === count ? { ...piece, kind: "titre" } : piece) : given;
  return pieces.map((piece, index) => {
    const next = pieces.slice(index + 1).find(({ kind }) => kind !== "mark");
    const isStrip = piece.kind === "flag" && /^(?:\+{1,4}|\(\+{1,2}\))$/.test(piece.text) && next?.kind === "words" &&
      (next.opensCell || /[([] ?$/.test(row.text.slice(0, next.start))) &&
      !pieces.slice(0, index).some(({ kind }) => VALUES.has(kind));
    return isStrip ? { ...piece, kind: "words" } : piece;
  });
}

function takeResult(
  row: Row,
  pieces: readonly Piece[],
  mark: DecimalMark,
): { readonly drafts: Draft[]; readonly rest: readonly Piece[] } | null {
  const at = valueIndex(pieces);
  const value = pieces[at];
  if (value === undefined) return null;
  const before = pieces.slice(0, at);
  const flagsBefore = before.filter((piece, index) => piece.kind === "flag" && index === before.length - 1);
  const rangesBefore = before.filter((piece) =>
    (piece.kind === "range" && !insideName(before, piece)) || (piece.kind === "bounded" && piece.opensCell)
  );
  const unitsBefore = before.filter((piece) => piece.kind === "unit" && piece.opensCell && piece !== before[0]);
  const named = before.filter((piece) =>
    !flagsBefore.includes(piece) && !rangesBefore.includes(piece) && !unitsBefore.includes(piece)
  );
  const tail = tailOf(pieces, at);
  const name = nameByOrder(row, named);
  const ranges = tail.ranges.length > 0 ? tail.ranges : rangesBefore;
  const drafts = fromRoles(
    row,
    {
      name,
      result: [value, ...tail.result],
      unit: tail.result.some((piece) => piece.kind === "unit") ? [] : [...unitsBefore, ...tail.units],
      range: ranges,
      flag: [...flagsBefore, ...tail.flags],
      separated: value.opensCell || before.at(-1)?.kind === "mark" || /:$/.test(before.at(-1)?.text ?? ""),
      leftover: before.filter((piece) => piece.kind === "date").length + columnsBefore(before),
    },
    mark,
    false,
  );
  return { drafts, rest: pieces.slice(tail.end) };
}

/** Several numbers in cells of their own are columns of days, and without titles nobody knows which is the newest. */
function columnsBefore(before: readonly Piece[]): number {
  const name = before.findIndex(({ kind }) => kind === "text");
  const numbers = before.filter(({ kind, opensCell }, at) => at > name && kind === "number" && opensCell).length;
  return name >= 0 && numbers >= 2 ? numbers : 0;
}

/** "HIV 1 e 2", "CA 19-9": what looks like a range between words of one cell is part of the name. */
function insideName(before: readonly Piece[], range: Piece): boolean {
  return !range.opensCell && !/[(:]/.test(range.text) &&
    before.some((piece) => piece.kind === "text" && piece.cell === range.cell && piece.start < range.start);
}

/** The piece that is the value: what a unit or range follows, what opens a cell, and not a number inside a name. */
function valueIndex(pieces: readonly Piece[]): number {
  let best = -1;
  let bestScore = 0;
  let seen = 0;
  for (const [index, piece] of pieces.entries()) {
    // A name in a cell of its own behind a value with its unit or range begins the next table of the line.
    const measured = best >= 0 &&
      pieces.slice(best + 1, index).some((other) => other.kind === "unit" || isLimit(other));
    if (measured && piece.kind === "text" && piece.opensCell && /\p{L}/u.test(piece.text)) break;
    if (!VALUES.has(piece.kind)) continue;
    // A new name after a value begins the next table of the same line.
    const next = pieces[index + 1];
    const earlierText = pieces.slice(0, index).some((before) => before.kind === "text");
    let score = 2 - 0.4 * seen;
    const [flagged, unit, third] = next?.kind === "flag"
      ? [true, pieces[index + 2], pieces[index + 3]]
      : [false, next, pieces[index + 2]];
    if (flagged) score += 1;
    if (unit?.kind === "unit") score += TIMES.test(unit.text) ? 0.5 : 2;
    // "2,37  <0,40 ng/mL  < 4,00": what has a unit and a range of its own is no range.
    const nextIsValue = unit?.kind === "bounded" && third?.kind === "unit" &&
      isLimit(pieces[index + (flagged ? 4 : 3)]);
    const restricted = unit?.kind === "unit" ? third : nextIsValue ? undefined : unit;
    if (isLimit(restricted)) score += 1.5;
    if (piece.opensCell && earlierText) score += 1;
    // Words that run on are prose; "47 ml/mn/1,73m2" only has a unit that nobody knows.
    const runsOn = next !== undefined && next.kind === "text" && !next.opensCell && /\p{L}/u.test(next.text);
    if (runsOn && !/^[\p{L}µ]{1,6}\/\S+$/u.test(next.text)) score -= 3;
    if (piece.kind === "bounded" && pieces.some((other) => other.kind === "number")) score -= 1.5;
    if (piece.kind === "words") score -= 0.5;
    if (score > bestScore + (best >= 0 ? 0.6 : 0)) {
      best = index;
      bestScore = score;
    }
    seen++;
    // "40,5 %  soit  2,91 G/L (1,50 - 7,00)": the first of two ways to say it.
    const again = pieces[index + 2];
    if (best === index && next?.kind === "unit" && again?.kind === "text" && SAME_AGAIN.test(again.text)) break;
    if (best >= 0 && next?.kind === "text" && next.opensCell) break;
  }
  return best;
}

function isLimit(piece: Piece | undefined): boolean {
  return piece?.kind === "range" || piece?.kind === "bounded";
}

/** "Desirable < 200", "Phase folliculaire : 3,5 - 12,5": words that say of which group the range behind them is. */
function isGradeOfRange(pieces: readonly Piece[], at: number): boolean {
  const [piece, next, third] = pieces.slice(at, at + 3);
  const limit = next?.kind === "mark" && /^[:：]$/.test(next.text) ? third : next;
  return piece?.kind === "text" && isLimit(limit) && isGrade(piece.text);
}

interface Tail {
  readonly result: readonly Piece[];
  readonly units: readonly Piece[];
  readonly ranges: readonly Piece[];
  readonly flags: readonly Piece[];
  readonly end: number;
}

/** What belongs to the value behind it, up to the next words that begin something else. */
function tailOf(pieces: readonly Piece[], at: number): Tail {
  const result: Piece[] = [];
  const units: Piece[] = [];
  const ranges: Piece[] = [];
  const flags: Piece[] = [];
  const numbers: Piece[] = [];
  let end = at + 1;
  for (; end < pieces.length; end++) {
    const piece = pieces[end];
    if (piece === undefined) break;
    if (piece.kind === "mark") continue;
    if (piece.kind === "flag") flags.push(piece);
    else if (piece.kind === "unit") {
      if (ranges.length > 0) ranges.push(piece);
      else if (result.length === 0 && numbers.length === 0) result.push(piece);
      else units.push(piece);
    } else if (piece.kind === "range" || (piece.kind === "bounded" && pieces[at]?.kind !== "words")) {
      if (ranges.some(isLimit)) break;
      ranges.push(piece);
    } else if (piece.kind === "titre" && pieces[at]?.kind === "titre" && ranges.length === 0) ranges.push(piece);
    else if (piece.kind === "words" && ranges.length === 0 && pieces[at]?.kind === "words") ranges.push(piece);
    else if (piece.kind === "number") {
      // Two lone numbers behind a measured value are the ends of a bar; one alone is an earlier result.
      numbers.push(piece);
      if (numbers.length > 3) break;
    } else if (piece.kind === "date") continue;
    else if (piece.kind === "text" && /^\([^)]*\)$/.test(piece.text)) continue;
    // "Desirable < 200": whom or what the range is for.
    else if (isGradeOfRange(pieces, end) && ranges.length === 0) ranges.push(piece);
    else break;
  }
  const [low, high] = numbers;
  if (ranges.length === 0 && numbers.length === 2 && low !== undefined && high !== undefined && result.length > 0) {
    ranges.push(low, high);
  }
  return { result, units, ranges, flags, end };
}

function nameByOrder(row: Row, pieces: readonly Piece[]) {
  const name = nameOf(row, withoutMethod(pieces), true);
  if (name === null || SAME_AGAIN.test(name.text)) return null;
  return name;
}

/** "Glucose | Hexokinase | 95": the first cell with letters names the test; a running number in a cell before it does not. */
function withoutMethod(pieces: readonly Piece[]): readonly Piece[] {
  const first = pieces.find((piece) => piece.kind === "text" || piece.kind === "words" || piece.kind === "unit");
  if (first === undefined) return [];
  return pieces.filter((piece) => piece.cell === first.cell);
}
