/**
 * Which column a piece of print stands in: learned from title rows, applied by position and kind together.
 *
 * Titles may be centred over left-aligned values or drift, so position alone decides nothing.
 */
import type { Box } from "../documents/page.ts";
import { foldCase } from "./printed_flag.ts";
import { readPrintedDate } from "./printed_date.ts";
import { type ColumnRole, isTitleFiller, ROLE_OF_TITLE } from "./printed_words.ts";
import type { Piece, PieceKind } from "./row_pieces.ts";
import { type Row, sliceBox, unionBox } from "./report_layout.ts";

export interface Column {
  readonly role: ColumnRole;
  readonly box: Box;
  readonly title: string;
}

/** A title row: its columns, and the section name some laboratories print where "test" would stand. */
export interface TitleRow {
  readonly columns: readonly Column[];
  readonly section: string | null;
}

interface Title {
  readonly role: ColumnRole | "date" | null;
  readonly text: string;
  readonly box: Box;
}

const LONGEST_TITLE_WORDS = 5;

/** The columns a row names, or null when it is not a title row. */
export function readTitleRow(row: Row): TitleRow | null {
  if (row.text.length > 240) return null;
  const cells = titleCells(row);
  const known = cells.filter((cell) => cell.role !== null && cell.role !== "date");
  const dates = cells.filter((cell) => cell.role === "date");
  const strange = cells.filter((cell) => cell.role === null);
  const roles = new Set(known.map((cell) => cell.role));
  const tells = roles.has("result") || roles.has("range") || (dates.length >= 2 && known.length > 0);
  if (!tells || known.length + dates.length < 2 && strange.length !== 1) return null;
  if (strange.length > 1 || cells.length < 2) return null;
  if (roles.size + (dates.length > 0 ? 1 : 0) + strange.length < 2) return null;
  const [odd] = strange;
  if (odd !== undefined && odd !== cells[0]) return null;
  // A stranger alone beside "Result" must look like a heading, not like a sentence.
  if (odd !== undefined && (/[:.;]$|\d{3}/.test(odd.text) || odd.text.split(" ").length > 7)) return null;
  return { columns: toColumns(cells), section: odd?.text ?? null };
}

/** A row that only goes on with the titles above it ("Reference" over "Range"). */
export function continueTitles(titles: TitleRow, row: Row): TitleRow | null {
  const cells = titleCells(row);
  if (cells.length === 0 || cells.some((cell) => cell.role === null || cell.role === "date")) return null;
  const columns = titles.columns.map((column) => {
    const below = cells.find((cell) => cell.box[0] < column.box[2] && cell.box[2] > column.box[0]);
    if (below === undefined) return column;
    const title = `${column.title} ${below.text}`;
    return { role: ROLE_OF_TITLE.get(foldCase(title)) ?? column.role, title, box: unionBox([column.box, below.box]) };
  });
  const added = cells.filter((cell) =>
    !titles.columns.some((column) => cell.box[0] < column.box[2] && cell.box[2] > column.box[0])
  );
  return {
    ...titles,
    columns: [...columns, ...toColumns(added).filter((column) => column.title !== "")].sort((a, b) =>
      a.box[0] - b.box[0]
    ),
  };
}

function toColumns(cells: readonly Title[]): Column[] {
  // Of several dated columns the newest is the result, wherever it stands.
  const dates = cells.map((cell) => cell.role === "date" ? readPrintedDate(cell.text) : null);
  const newest = dates.filter((date) => date !== null).sort().at(-1);
  const named = cells.some((cell) => cell.role === "name");
  const hasResult = cells.some((cell) => cell.role === "result");
  const columns = cells.map((cell, index): Column => {
    let role: ColumnRole;
    if (cell.role === "date") role = !hasResult && dates[index] === newest ? "result" : "previous";
    else role = cell.role ?? (named ? "other" : "name");
    return { role, box: cell.box, title: cell.text };
  });
  const first = columns[0];
  if (first === undefined || columns.some((column) => column.role === "name")) return columns;
  // Many laboratories leave the column of names without a title.
  const [left, top, , bottom] = first.box;
  return [{ role: "name", title: "", box: [0, top, Math.max(1, left - 1), bottom] }, ...columns];
}

function titleCells(row: Row): Title[] {
  const titles: Title[] = [];
  let offset = 0;
  for (const cell of row.text.split("\t")) {
    const start = offset;
    offset += cell.length + 1;
    const trimmed = cell.trim();
    if (trimmed.length === 0) continue;
    if (readPrintedDate(trimmed) !== null) {
      titles.push({ role: "date", text: trimmed, box: sliceBox(row, start, start + cell.length) });
      continue;
    }
    const parts = titlesOfCell(cell);
    if (parts === null) titles.push({ role: null, text: trimmed, box: sliceBox(row, start, start + cell.length) });
    else {
      for (const part of parts) {
        const box = sliceBox(row, start + part.start, start + part.end);
        titles.push({ role: part.role, text: cell.slice(part.start, part.end), box });
      }
    }
  }
  return titles;
}

/** The titles one cell consists of ("Result Unit" is two), or null when it holds other words too. */
function titlesOfCell(cell: string): { role: ColumnRole; start: number; end: number }[] | null {
  const words = [...cell.matchAll(/\S+/g)].map((match) => ({ text: match[0], start: match.index }));
  if (words.length > 12) return null;
  const parts: { role: ColumnRole; start: number; end: number }[] = [];
  for (let at = 0; at < words.length;) {
    let taken = 0;
    for (let count = Math.min(LONGEST_TITLE_WORDS, words.length - at); count > 0 && taken === 0; count--) {
      const phrase = words.slice(at, at + count).map((word) => word.text).join(" ");
      const role = roleOf(phrase);
      if (role === undefined) continue;
      const last = words[at + count - 1];
      const first = words[at];
      if (first === undefined || last === undefined) continue;
      const end = last.start + last.text.length;
      const before = parts.at(-1);
      // "Current Result and Flag": words after "and" say what else stands in the same column.
      if (
        before !== undefined && (before.role === role || /^(?:and|und|et|y|e|\/|&)$/i.test(words[at - 1]?.text ?? ""))
      ) {
        parts[parts.length - 1] = { ...before, end };
      } else parts.push({ role, start: first.start, end });
      taken = count;
    }
    if (taken === 0) {
      const word = foldCase(words[at]?.text ?? "");
      if (!isTitleFiller(word) && !/^[([].*[)\]]$/.test(word)) return null;
      taken = 1;
    }
    at += taken;
  }
  return parts.length > 0 ? parts : null;
}

function roleOf(phrase: string): ColumnRole | undefined {
  const folded = foldCase(phrase);
  return ROLE_OF_TITLE.get(folded) ?? ROLE_OF_TITLE.get(folded.replace(/[:.*]+$|^[([]|[)\]]$/g, ""));
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
