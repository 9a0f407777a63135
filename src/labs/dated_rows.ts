/**
 * Diaries and sheets of follow-up: one row a day, one column a test ("Date | WBC (10^9/L) | Hb (g/L)").
 *
 * Only columns headed by a name of the catalogue count, for weights, doses and days of the week stand in such tables
 * too. The newest day is the report's; the rows above it are earlier results.
 */
import { isKnownName } from "./analyte_name_index.ts";
import { foldCase, readFlag } from "./printed_flag.ts";
import { cleanName } from "./printed_name.ts";
import { type DecimalMark, readNumber } from "./printed_number.ts";
import { readComparator, readRange } from "./printed_range.ts";
import { isUnit } from "./printed_unit.ts";
import { ROLE_OF_TITLE } from "./printed_words.ts";
import { type Row, sliceBox, sliceConfidence, unionBox } from "./report_layout.ts";
import { namesAPerson } from "./report_person.ts";
import { isDatePrinted, newestDate } from "./report_title_dates.ts";
import { type Piece, rowPieces } from "./row_pieces.ts";
import type { Draft } from "./row_results.ts";

export interface DatedTable {
  /** Index of the row of titles, and of the last row of the table. */
  readonly from: number;
  readonly to: number;
  readonly newest: number;
  readonly tests: readonly Test[];
  /** ISO day of the newest row; null where day and month cannot be told apart. */
  readonly date: string | null;
}

/** What heads a column: a test, its unit, and the range some tables print below both. */
interface Test {
  readonly name: string;
  readonly unit: string | null;
  readonly box: Draft["box"];
  readonly range: Cell | null;
}

interface Cell {
  readonly text: string;
  readonly box: Draft["box"];
}

const DAY_TITLE = /^(?:date|datum|fecha|data|tarih|jour|dag|day|tag|日期)\b/;

/** The tables of a page whose rows are days and whose columns are tests. */
export function datedTables(rows: readonly Row[]): DatedTable[] {
  const tables: DatedTable[] = [];
  for (const [from, row] of rows.entries()) {
    if (!DAY_TITLE.test(foldCase(row.text))) continue;
    const { tests, last } = headsOf(rows, from);
    if (tests.length === 0) continue;
    let to = last;
    while (isDatePrinted(cellsOf(rows[to + 1])[0]?.text ?? "")) to++;
    const newest = newestDate(rows.slice(last + 1, to + 1).map((each) => cellsOf(each)[0]?.text ?? ""));
    if (newest !== null) tables.push({ from, to, newest: last + 1 + newest.index, date: newest.date, tests });
  }
  return tables.length > 0 && namesAPerson(foldCase(rows.map(({ text }) => text).join(" "))) ? tables : [];
}

/** The tests a title row names, with the units and the ranges of rows of their own below it. */
function headsOf(rows: readonly Row[], from: number): { readonly tests: Test[]; readonly last: number } {
  const below = (cells: readonly Cell[], box: Draft["box"]) =>
    cells.find((cell) => cell.box[0] < box[2] && box[0] < cell.box[2]) ?? null;
  let last = from;
  const lines = (isLine: (cells: readonly Cell[]) => boolean): readonly Cell[] => {
    const cells = cellsOf(rows[last + 1]);
    if (cells.length < 2 || !isLine(cells)) return [];
    last++;
    return cells;
  };
  // The title of the days may stand beside the units, its cell being as high as both lines.
  const [, ...beside] = cellsOf(rows[from]);
  const over = beside.length >= 2 && beside.every(({ text }) => isUnit(text)) ? cellsOf(rows[from - 1]) : null;
  const units = over === null ? lines((cells) => cells.every(({ text }) => isUnit(text))) : beside;
  const ranges = lines(([title, ...cells]) =>
    ROLE_OF_TITLE.get(foldCase(title?.text ?? "")) === "range" &&
    cells.every(({ text }) => readRange(text, null) !== null)
  );
  const tests = (over ?? beside).flatMap(({ text, box }): Test[] => {
    const unit = below(units, box)?.text ?? null;
    const test = testOf(unit === null ? text : `${text} (${bare(unit)})`);
    return test === null
      ? []
      : [{ ...test, unit: unit === null ? test.unit : bare(unit), box, range: below(ranges, box) }];
  });
  return { tests, last };
}

function bare(unit: string): string {
  return unit.replace(/^[([]|[)\]]$/g, "");
}

/** What the newest row of such a table prints. */
export function resultsOfDay(rows: readonly Row[], { newest, tests }: DatedTable, mark: DecimalMark): Draft[] {
  const row = rows[newest];
  if (row === undefined) return [];
  const pieces = rowPieces(row, mark);
  return tests.flatMap((test) => {
    const below = pieces.filter((piece) => piece.box[0] < test.box[2] && test.box[0] < piece.box[2]);
    return draftOf(row, test, below, mark) ?? [];
  });
}

function draftOf(
  row: Row,
  test: Test,
  pieces: readonly Piece[],
  mark: DecimalMark,
): Draft | null {
  const [value, ...others] = pieces;
  if (value === undefined || (value.kind !== "number" && value.kind !== "bounded")) return null;
  if (!others.every(({ kind }) => kind === "flag" || kind === "unit" || kind === "mark")) return null;
  const comparator = readComparator(value.text.replace(/[\d.,\s].*$/, ""));
  const number = readNumber(value.text.replace(/^[<>≤≥=\s]+/, ""), mark);
  if (number === null) return null;
  const range = test.range === null ? null : readRange(test.range.text, mark);
  const flag = others.find(({ kind }) => kind === "flag")?.text ?? null;
  return {
    name: test.name,
    nameBox: test.box,
    valueBox: value.box,
    rangeBox: test.range?.box ?? null,
    value: number,
    value_text: value.text,
    comparator,
    unit: others.find(({ kind }) => kind === "unit")?.text ?? test.unit,
    reference_min: range?.min ?? null,
    reference_max: range?.max ?? null,
    reference_text: test.range?.text ?? null,
    flag: flag === null ? null : readFlag(flag),
    flagPrinted: flag,
    specimen: null,
    box: unionBox(pieces.map(({ box }) => box)),
    byColumns: true,
    separated: true,
    leftover: 0,
    recognised: sliceConfidence(row, value.start, value.end),
  };
}

/** Name and unit of a title that names a test of the catalogue; short names need a unit beside them ("Mo" is Monday). */
function testOf(title: string): { readonly name: string; readonly unit: string | null } | null {
  const cleaned = cleanName(title);
  const unit = cleaned.unit ?? /[([]([^()[\]]+)[)\]]$/.exec(title)?.[1] ?? null;
  if (!isKnownName(cleaned.text) || (unit !== null && !isUnit(unit)) || (unit === null && cleaned.text.length < 3)) {
    return null;
  }
  return { name: cleaned.text, unit };
}

function cellsOf(row: Row | undefined): Cell[] {
  if (row === undefined) return [];
  let offset = 0;
  return row.text.split("\t").map((text) => {
    const from = offset;
    offset += text.length + 1;
    return { text: text.trim(), box: sliceBox(row, from, from + text.length) };
  });
}
