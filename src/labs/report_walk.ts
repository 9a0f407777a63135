/**
 * Down a page row by row: titles, headings, names over two lines, values under their name.
 *
 * Collects candidates; believed_results.ts decides which of them are results.
 */
import type { DecimalMark } from "./printed_number.ts";
import { normalUnit } from "./printed_unit.ts";
import { continueTitles, readDatedTitles, readTitleRow, readTitleRows, type TitleRow } from "./report_titles.ts";
import { addRangeBelow, addRangeLine, nameBlocks, rangeLabelAtEnd } from "./report_blocks.ts";
import { nameCards } from "./report_cards.ts";
import { readLists } from "./listed_results.ts";
import { readSensitivities } from "./report_sensitivities.ts";
import { type Piece, rowPieces } from "./row_pieces.ts";
import { type Row, withoutWords } from "./report_layout.ts";
import { dropMethods, dropUncertainBars, joinNames, type RowReading, ungroupNames } from "./joined_rows.ts";
import { type Draft, resultsByColumns } from "./row_results.ts";
import { resultsByOrder, SAME_AGAIN } from "./row_order.ts";
import { isGrade, isNeverATest, METHOD_LINE } from "./printed_words.ts";
import { foldCase, readFlag } from "./printed_flag.ts";
import { datedTables, resultsOfDay } from "./dated_rows.ts";
import { isRangedRow } from "./report_kind.ts";
import { headsAnotherTable, isOtherTable, isTableOfLimits } from "./other_tables.ts";
import type { Candidate } from "./believed_results.ts";

export interface WalkState {
  readonly titles: TitleRow | null;
  readonly section: string | null;
}

/** "Page 2 of 3": whatever else stands on that line is head or foot of the page. */
const PAGE_NUMBER =
  /(?:^|[\s·|])(?:page|seite|pag\.?|página|pagina|blatt|sayfa|第)\s*:?\s*\d{1,3}\s*(?:\/|of|von|de|sur|di|van|页|-)?\s*\d{0,3}\s*$|^\s*\d{1,3} ?\/ ?\d{1,3}\s*$/iu;

const PART =
  /^(?:physical|chemical|microscopic\w*|macroscopic\w*)(?: (?:examination|characteristics|analysis))?$|^(?:examen|esame|exame|caracter\w*) (?:fisic\w*|quimic\w*|chimic\w*|microscopic\w*|macroscopic\w*)$|^(?:sediment\w*|urinsediment|mikroskopie|mikroskopisch\w*)$/;

/** Beyond these the titles do not belong to the row; see assignColumns. */
const LARGEST_MISFIT = 1;
const LARGEST_STRAY = 3.2;
/** Below these they certainly do. */
const SURE_FIT = 0.7;
/** Rows further below the last result than this many line heights stand outside its table. */
const TABLE_ENDS_AFTER = 9;

/** Adds the candidates of one page; returns what the next page inherits. */
export function walkPage(rows: readonly Row[], mark: DecimalMark, state: WalkState, into: Candidate[]): WalkState {
  const readings = readRows(rows, mark, state);
  ungroupNames(readings);
  dropUncertainBars(readings);
  dropMethods(readings);
  joinNames(readings);
  nameBlocks(readings, mark);
  nameCards(readings, mark);
  readSensitivities(readings);
  readLists(readings, mark);
  let section = state.section;
  let lastNamed: Candidate | null = null;
  /** The result to which a range printed below belongs: none once something else has begun. */
  let rangeOwner: Candidate | null = null;
  let bottom = Number.NEGATIVE_INFINITY;
  const dated = datedTables(rows);
  for (const [index, reading] of readings.entries()) {
    const { row } = reading;
    const diary = dated.find(({ from, to }) => from <= index && index <= to);
    if (diary !== undefined) {
      if (index !== diary.newest) continue;
      for (const draft of resultsOfDay(rows, diary, mark)) {
        const { page, height } = row;
        into.push({
          draft: { ...draft, name: draft.name ?? "" },
          section,
          page,
          row: index,
          height,
          inTable: true,
          sure: true,
        });
      }
      continue;
    }
    if (reading.titles) {
      section = reading.table?.section ?? section;
      bottom = row.box[3];
      continue;
    }
    if (addRangeBelow(reading, rangeOwner, mark) || addRangeLine(reading, rangeOwner, mark)) continue;
    if (reading.drafts.length === 0) {
      if (reading.onlyText !== null && isHeading(reading.onlyText)) {
        // "Chemical Examination" is a part of the heading above, and says not of what.
        if (section === null || !PART.test(foldCase(reading.onlyText))) section = headingOf(reading.onlyText);
        rangeOwner = null;
      }
      // A form label under the table ends it.
      if (isNeverATest(row.text) && !isAboutRowAbove(row.text) && row.box[1] - bottom > 0) {
        bottom = Number.NEGATIVE_INFINITY;
      }
      continue;
    }
    for (const draft of reading.drafts) {
      const inTable = reading.table !== null && row.box[1] - bottom < TABLE_ENDS_AFTER * row.height &&
        !(reading.carried && bottom === Number.NEGATIVE_INFINITY);
      const named = draft.name !== null ? draft : inherit(draft, lastNamed, reading, index);
      if (named === null || named.name === null) continue;
      const candidate: Candidate = {
        draft: { ...named, name: named.name },
        section,
        page: row.page,
        row: index,
        height: row.height,
        inTable: (inTable && draft.byColumns) || reading.block === true,
        sure: reading.listed === true,
      };
      const label = rangeLabelAtEnd(reading);
      if (label !== null && named.reference_text === null) candidate.rangeFrom = label;
      into.push(candidate);
      lastNamed = rangeOwner = candidate;
      if (keepsTableOpen(named, candidate.inTable)) bottom = row.box[3];
    }
  }
  const titles = readings.findLast((reading) => reading.titles)?.table ?? state.titles;
  return { titles, section };
}

/** Rows with a measured value and something beside it hold a table open; a form's rows do not. */
function keepsTableOpen(draft: Draft, inTable: boolean): boolean {
  if (draft.name === null || isNeverATest(draft.name) || isGrade(draft.name)) return false;
  const limited = draft.reference_min !== null || draft.reference_max !== null;
  return inTable || (draft.byColumns && draft.value !== null && (draft.unit !== null || limited));
}

function readRows(rows: readonly Row[], mark: DecimalMark, state: WalkState): RowReading[] {
  let titles = state.titles;
  let carried = true;
  let open = false;
  /** Of a title row over two lines: the lower one. */
  let lower: Row | null = null;
  /** In a table that holds no results: its last row. */
  let other: Row | null = null;
  let limitsOnly = false;
  return rows.map((row, index) => {
    if (isOtherTable(row) || isTableOfLimits(row)) {
      other = row;
      limitsOnly = isTableOfLimits(row);
      titles = null;
      open = false;
      return { row, pieces: [], drafts: [], onlyText: null, titles: false, table: null, carried };
    }
    if (other !== null) {
      other = goesOn(other, row) && readTitleRow(row) === null ? row : null;
      // A drug may be what was measured.
      if (other !== null && (limitsOnly || !isRangedRow(row.text))) {
        return { row, pieces: [], drafts: [], onlyText: null, titles: false, table: null, carried };
      }
    }
    if (row === lower) {
      return { row, pieces: [], drafts: [], onlyText: null, titles: true, table: titles, carried };
    }
    const further = open && titles !== null ? continueTitles(titles, row) : null;
    const next = rows[index + 1];
    let alone = readTitleRow(row);
    const wordsOnly = next !== undefined && !/\d/.test(row.text + next.text);
    if (alone === null && further === null && wordsOnly && readTitleRow(next) === null) {
      alone = readTitleRows(row, next);
      if (alone !== null) lower = next;
    }
    const dated = alone === null && further === null && next !== undefined ? readDatedTitles(row, next) : null;
    if (dated !== null && next !== undefined) {
      alone = dated;
      lower = next;
    }
    // "Time | Units | Reference" under the days of a cumulative report goes on with them.
    const own = further !== null && !hasResults(alone) && hasResults(titles) ? null : alone;
    if (own !== null || further !== null) {
      titles = own ?? further;
      carried = false;
      open = true;
      return { row, pieces: [], drafts: [], onlyText: null, titles: true, table: titles, carried };
    }
    open = false;
    if (headsAnotherTable(row)) titles = null;
    if (PAGE_NUMBER.test(row.text)) {
      return { row, pieces: [], drafts: [], onlyText: null, titles: false, table: titles, carried };
    }
    const reading = { titles: false, table: titles, carried };
    const ahead = markAhead(row);
    if (ahead !== null) {
      const marked = readRow(ahead.row, mark, titles);
      if (marked.drafts.some((draft) => draft.name !== null)) {
        return { ...reading, ...marked, drafts: marked.drafts.map((draft) => flagged(draft, ahead.mark)) };
      }
    }
    return { ...reading, ...readRow(row, mark, titles) };
  });
}

/** A heading alone in its line, or a wide gap, ends a table whose titles are not those of results. */
function goesOn(last: Row, row: Row): boolean {
  if (row.box[1] - last.box[3] > 3 * row.height) return false;
  return row.text.includes("\t") || /\d/.test(row.text) || !isHeading(row.text);
}

/** What one row prints, by the titles above it or by the order of its pieces. */
function readRow(
  row: Row,
  mark: DecimalMark,
  titles: TitleRow | null,
): Pick<RowReading, "row" | "pieces" | "drafts" | "onlyText"> {
  const pieces = rowPieces(row, mark);
  const onlyText = pieces.length > 0 && pieces.every((piece) => /^(?:text|mark|unit)$/.test(piece.kind))
    ? row.text
    : null;
  let drafts: Draft[] = [];
  let fits = false;
  let explained = false;
  if (titles !== null && hasResults(titles)) {
    const read = resultsByColumns(row, pieces, titles.columns, mark);
    fits = read.misfit + read.stray < SURE_FIT;
    explained = read.explained && fits;
    if (read.misfit <= LARGEST_MISFIT && read.stray <= LARGEST_STRAY) drafts = read.drafts;
  }
  const measured = drafts.some((draft) => draft.value !== null || draft.reference_text !== null);
  if (!measured && onlyText === null) {
    const byOrder = resultsByOrder(row, pieces, mark);
    const better = byOrder.some((draft) =>
      draft.value !== null && (draft.unit !== null || draft.reference_text !== null)
    );
    // Print that lies in the columns but not in the result column is the rest of a cell above.
    if (explained) return { row, pieces, drafts: [], onlyText };
    const rest = fits && drafts.length === 0 && byOrder.every((draft) => draft.name === null);
    if (!rest && (drafts.length === 0 || better)) {
      drafts = byOrder.filter((draft) => titles === null || !isListedLimit(draft, titles));
    }
  }
  return { row, pieces, drafts, onlyText };
}

/** "* Serum potassium  5.5", "▲ WBC  11.8": a mark in front of the name says what one behind the value would. */
function markAhead(row: Row): { readonly row: Row; readonly mark: string } | null {
  const first = row.words[0]?.text ?? "";
  if (!/^(?:\*{1,2}|[▲▼△▽↑↓⬆⬇⇑⇓!])$/.test(first) || !/^\S+\s+\p{L}/u.test(row.text)) return null;
  return { row: withoutWords(row, new Set([0])), mark: first };
}

function flagged(draft: Draft, mark: string): Draft {
  return draft.flag === null ? { ...draft, flag: readFlag(mark), flagPrinted: mark } : draft;
}

/** "ALT | <40 | U/L" where the titles name ranges and nowhere results: what is usual or aimed at, not what was found. */
function isListedLimit({ reference_text, valueBox }: Draft, titles: TitleRow): boolean {
  if (reference_text !== null || valueBox === null || hasResults(titles)) return false;
  return titles.columns.some(({ role, box }) => role === "range" && box[0] < valueBox[2] && valueBox[0] < box[2]);
}

function hasResults(titles: TitleRow | null): boolean {
  return titles?.columns.some((column) => column.role === "result") ?? false;
}

/** A value without a name is the result above once more when it has a unit of its own. */
function inherit(draft: Draft, last: Candidate | null, { row, pieces }: RowReading, index: number): Draft | null {
  // Words in front of it, a method in brackets aside, would be its name.
  const value = pieces.findIndex((piece) => piece.text === draft.value_text);
  const named = ({ kind, text }: Piece) => kind === "text" && /^[^(]*\p{L}{3}/u.test(text) && !SAME_AGAIN.test(text);
  const before = pieces.slice(0, Math.max(0, value));
  const start = before.findLastIndex(({ kind }) => kind === "number" || kind === "bounded") + 1;
  if (before.slice(start).some(named)) return null;
  if (last === null || last.page !== row.page || draft.unit === null || draft.value === null) return null;
  if (last.draft.unit === null || normalUnit(last.draft.unit) === normalUnit(draft.unit)) return null;
  if (index - last.row > 2 || row.box[1] - last.draft.box[3] > 2.5 * row.height) return null;
  // "140 mmol/L sodium" is not the row above in another unit.
  if (draft.leftover > 0) return null;
  return { ...draft, name: last.draft.name };
}

/** "(CLIA)", "Método: Hexoquinasa": how the result above was found. Such lines stand inside tables. */
function isAboutRowAbove(text: string): boolean {
  return /^\([^()]*\)$/.test(text.trim()) || METHOD_LINE.test(foldCase(text));
}

function isHeading(text: string): boolean {
  const cells = text.split("\t").filter((cell) => cell.trim().length > 0);
  if (cells.length !== 1 || text.length > 70 || /\d{5}/.test(text) || isNeverATest(text)) return false;
  return /\p{L}{2}/u.test(text) && !/[.;!?]$/.test(text.trim()) && text.split(" ").length <= 9 &&
    !/^[([\p{Ll}]/u.test(text);
}

function headingOf(text: string): string {
  return text.replace(/\t.*$/, "").replace(/[\s:]+$/, "").trim();
}
