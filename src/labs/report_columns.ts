/**
 * Which column a piece of print stands in: learned from title rows, applied by position and kind together.
 *
 * Titles may be centred over left-aligned values or drift, so position alone decides nothing.
 */
import type { Box } from "../documents/page.ts";
import { foldCase } from "./printed_flag.ts";
import type { ColumnRole } from "./printed_words.ts";
import type { Piece, PieceKind } from "./row_pieces.ts";

export interface Column {
  readonly role: ColumnRole;
  readonly box: Box;
  readonly title: string;
  /** Of "Result (mg/dL)": it holds for every row that prints none. */
  readonly unit: string | null;
  /** One of several columns of results of the same test: its share and its number. */
  readonly amount?: boolean;
  /** One of "Low | Normal | High": the value stands in the column that says what it is. */
  readonly grade?: boolean;
}

/** How badly a kind of print fits a column: 0 fits, 4 does not. */
const MISFIT: Readonly<Record<ColumnRole, Partial<Record<PieceKind, number>>>> = {
  name: { text: 0, mark: 0, words: 1.5, number: 3, unit: 2.2, bounded: 4, titre: 4, date: 4, range: 3.5, flag: 2.5 },
  result: { number: 0, bounded: 0, titre: 0, words: 0, mark: 0, text: 1.2, range: 1.5, unit: 0.9, flag: 0.5, date: 4 },
  unit: { unit: 0, mark: 0, text: 1.5, number: 4, bounded: 4, range: 4, flag: 2.5, words: 2.5, date: 4, titre: 4 },
  range: { range: 0, bounded: 0, mark: 0, unit: 0.4, number: 1, words: 0.6, text: 0.8, flag: 1.5, titre: 0.5, date: 3 },
  flag: { flag: 0, text: 1, mark: 0, words: 0.8, number: 4, bounded: 4, range: 4, unit: 3, date: 3, titre: 4 },
  previous: { number: 0, bounded: 0, date: 0, mark: 0, words: 0.3, text: 1.2, range: 2, unit: 1, flag: 0.3, titre: 0 },
  other: {
    text: 0.2,
    mark: 0,
    words: 0.6,
    date: 0.3,
    number: 1,
    range: 1.5,
    unit: 1.5,
    flag: 1,
    bounded: 2,
    titre: 1.5,
  },
};
/** The share of the page width by which a piece may be off before it costs as much as a wrong kind. */
const STRAY = 0.05;
const WIDE_IN_ONE_COLUMN = 1.2;

/**
 * The column of each piece, left to right, as the cheapest assignment that never goes back.
 *
 * `misfit` says per piece how badly the kinds fit, `stray` how far the print lies from the titles.
 *
 * Marks and footnotes go with whatever they touch.
 */
export function assignColumns(
  pieces: readonly Piece[],
  columns: readonly Column[],
  pageWidth: number,
): { readonly columns: readonly number[]; readonly misfit: number; readonly stray: number } {
  const width = columns.length;
  if (pieces.length === 0 || width === 0) return { columns: [], misfit: 0, stray: 0 };
  let costs = new Array<number>(width).fill(0);
  const back: number[][] = [];
  for (const [index, piece] of pieces.entries()) {
    const next = new Array<number>(width).fill(Number.POSITIVE_INFINITY);
    const from = new Array<number>(width).fill(0);
    let best = Number.POSITIVE_INFINITY;
    let bestAt = 0;
    for (const [at, column] of columns.entries()) {
      const reached = index === 0 ? 0 : costs[at] ?? 0;
      const here = (index === 0 ? 0 : reached) + (index > 0 && piece.opensCell ? crowding(column, piece) : 0);
      const own = strayOf(piece, columns, at, pageWidth) + misfitOf(piece, column);
      const cheapest = Math.min(best, here);
      next[at] = cheapest + own;
      from[at] = best < here ? bestAt : at;
      if (index === 0) next[at] = own;
      if (reached < best) {
        best = reached;
        bestAt = at;
      }
    }
    back.push(from);
    costs = next;
  }
  let at = costs.indexOf(Math.min(...costs));
  const assigned: number[] = [];
  for (let index = pieces.length - 1; index >= 0; index--) {
    assigned.unshift(at);
    at = back[index]?.[at] ?? at;
  }
  let misfit = 0;
  let stray = 0;
  for (const [index, piece] of pieces.entries()) {
    const column = columns[assigned[index] ?? 0];
    if (column !== undefined) misfit += misfitOf(piece, column);
    stray += strayOf(piece, columns, assigned[index] ?? 0, pageWidth);
  }
  return { columns: assigned, misfit: misfit / pieces.length, stray: stray / pieces.length };
}

function misfitOf(piece: Piece, column: Column): number {
  return MISFIT[column.role][piece.kind] ?? 1;
}

function crowding(column: Column, piece: Piece): number {
  if (column.role === "range" || piece.kind === "flag" || piece.kind === "unit") return 0.3;
  return WIDE_IN_ONE_COLUMN;
}

function strayOf(piece: Piece, columns: readonly Column[], at: number, pageWidth: number): number {
  const column = columns[at];
  if (column === undefined) return Number.POSITIVE_INFINITY;
  const [left, , right] = piece.box;
  const [from, , to] = column.box;
  const shared = Math.min(right, to) - Math.max(left, from);
  let stray = 0;
  if (shared < 0.3 * Math.min(right - left, to - from)) {
    stray = Math.min(Math.abs(left - from), Math.abs(right - to), Math.abs(left + right - from - to) / 2);
    // Left-aligned print under a title may end anywhere before the next title.
    const beyond = columns[at + 1]?.box[0] ?? pageWidth;
    if (left >= from - 1 && right <= beyond) stray = Math.min(stray, (left - from) / 2);
  }
  return Math.min(4, stray / (STRAY * pageWidth));
}

const SPECIMEN_TITLE =
  /^(?:specimen(?: type)?|sample(?: type)?|material|untersuchtes material|muestra|campione|amostra|materiaal|ornek|nature echantillon|prelevement)$/;

/** A column that names the material of each test. */
export function isSpecimen(column: Column | undefined): boolean {
  return column?.role === "other" && SPECIMEN_TITLE.test(foldCase(column.title));
}

type ColumnOf = (piece: Piece) => number | undefined;

export const LIMIT_KINDS: ReadonlySet<PieceKind> = new Set(["range", "bounded"]);

const LABORATORYS_OWN = /\bref|\brif|\blab|normal|standard/;
const LOWER_TITLE = /\b(?:inf|lower|low|min|unter|alt)/;
const UPPER_TITLE = /\b(?:sup|upper|high|max|ober|ust)/;

/** Of two columns of ranges the laboratory's own: "Lab range | Optimal range". */
export function ownRange(pieces: readonly Piece[], columnOf: ColumnOf, columns: readonly Column[]): readonly Piece[] {
  const whole = [...new Set(pieces.filter(({ kind }) => LIMIT_KINDS.has(kind)).map(columnOf))];
  if (whole.length < 2) return pieces;
  const own = whole.find((at) => LABORATORYS_OWN.test(foldCase(columns[at ?? -1]?.title ?? ""))) ?? whole[0];
  return pieces.filter((piece) => columnOf(piece) === own);
}

/** "Limite inf. | Limite sup.": which limit a number is that stands in one of both alone. */
export function loneLimit(
  pieces: readonly Piece[],
  columnOf: ColumnOf,
  columns: readonly Column[],
): "min" | "max" | null {
  const [only, ...others] = pieces;
  if (only?.kind !== "number" || others.length > 0) return null;
  const title = foldCase(columns[columnOf(only) ?? -1]?.title ?? "");
  if (UPPER_TITLE.test(title)) return "max";
  return LOWER_TITLE.test(title) ? "min" : null;
}
