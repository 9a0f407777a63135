/**
 * Footnote marks: numbers that the text layer glues to values and names ("1.11)" for 1.1 with note 1), small raised
 * letters behind names (of the method, of the laboratory that did the test).
 *
 * They are cut off only where the page itself shows that they are notes; a digit is never guessed away.
 */
import type { Word } from "../documents/page.ts";
import { type Row, withoutWords } from "./report_layout.ts";

/** The rows with footnote marks cut off. */
export function withoutFootnotes(page: readonly Row[]): Row[] {
  const rows = withoutNameMarks(withoutCodes(page));
  const defined = new Set<string>();
  for (const row of rows) {
    const number = /^(\d{1,2})\)(?=\s?\p{L})/u.exec(row.text)?.[1];
    if (number !== undefined) defined.add(number);
  }
  const repeated = repeatedNameEnding(rows);
  if (defined.size === 0 && repeated === null) return [...rows];
  return rows.map((row) => cutRow(row, defined, repeated));
}

function cutRow(row: Row, defined: ReadonlySet<string>, repeated: string | null): Row {
  let changed = false;
  const words = row.words.map((word, index): Word => {
    const cut = cutWord(word.text, index, row, defined, repeated);
    if (cut === word.text) return word;
    changed = true;
    const [left, top, right, bottom] = word.box;
    const share = cut.length / word.text.length;
    return { ...word, text: cut, box: [left, top, left + (right - left) * share, bottom] };
  });
  return changed ? withWords(row, words) : row;
}

/** "Serum sodium (XE2q0)", "Hemoglobin [718-7]": the code of a test, in the terms of a records system or of LOINC. */
const CODE = /^\((?:X[A-Za-z\d]{4}|\d{2}[A-Za-z\d.]{3})\)$|^[([]\d{1,5}-\d[)\]]$/;
/** A bracket like this behind one name may be anything; behind so many it is a code. */
const LEAST_CODES = 3;

function withoutCodes(rows: readonly Row[]): Row[] {
  const codes = rows.map((row) => row.words.flatMap(({ text }, at) => at > 0 && CODE.test(text) ? [at] : []));
  const different = new Set(rows.flatMap((row, index) => codes[index]?.map((at) => row.words[at]?.text) ?? []));
  if (different.size < LEAST_CODES) return [...rows];
  return rows.map((row, index) => codes[index]?.length === 1 ? withoutWords(row, new Set(codes[index])) : row);
}

/** The row with other words in the same places and the same gaps between them. */
function withWords(row: Row, words: readonly Word[]): Row {
  const starts: number[] = [];
  let text = "";
  for (const [index, word] of words.entries()) {
    const start = row.starts[index] ?? 0;
    if (index > 0) text += row.text[start - 1] ?? " ";
    starts.push(text.length);
    text += word.text;
  }
  return { ...row, words, starts, text };
}

function cutWord(
  text: string,
  index: number,
  row: Row,
  defined: ReadonlySet<string>,
  repeated: string | null,
): string {
  const note = /^(\d*[.,]?\d+?)(\d{1,2})\)$/.exec(text);
  if (note !== null && index > 0) {
    const [, number = "", mark = ""] = note;
    // "1.11)" is 1.1 with note 1 where the page explains a note 1, and nothing else can explain the bracket.
    if (defined.has(mark) && !row.text.includes("(")) return number;
  }
  if (repeated !== null && index < 6 && text.length > repeated.length + 1 && text.endsWith(repeated)) {
    const before = text.slice(0, -repeated.length);
    if (/[\p{L})]$/u.test(before) && firstGap(row) >= index) return before;
  }
  return text;
}

/** Index of the last word before the first wide gap. */
function firstGap(row: Row): number {
  const tab = row.text.indexOf("\t");
  if (tab < 0) return -1;
  let last = -1;
  for (const [index, start] of row.starts.entries()) if (start < tab) last = index;
  return last;
}

/** The two digits most names of a page end with: the number of the performing laboratory ("WBC01", "RBC01"). */
function repeatedNameEnding(rows: readonly Row[]): string | null {
  const counts = new Map<string, number>();
  let named = 0;
  for (const row of rows) {
    const name = /^([^\t]*\p{L}[^\t]*)\t[<>]?\d/u.exec(row.text)?.[1];
    if (name === undefined) continue;
    named++;
    const ending = /[\p{L})]\s?(0\d)$/u.exec(name)?.[1];
    if (ending !== undefined) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  for (const [ending, count] of counts) if (named >= 4 && count > 0.5 * named) return ending;
  return null;
}

const NAME_MARK = /^(?:[A-Z]|\d{1,2})\)?$/;
/** One raised mark may be the charge of an ion or a power; laboratories that mark names mark many. */
const LEAST_RAISED = 2;
/** "Vitamin A, C, E" are names; a page where nearly every name ends so marks them. */
const LEAST_NAMES = 6;
const MOST_NAMES_MARKED = 0.7;

function withoutNameMarks(rows: readonly Row[]): Row[] {
  const ends = rows.map((row) => nameEnd(row));
  const raised = ends.map((end, index) => end !== null && isRaised(rows[index], end));
  const named = rows.filter((row) => /^[^\t]*\p{L}[^\t]*\t[<>]?\d/u.test(row.text)).length;
  const marked = rows.filter((row, index) => ends[index] !== null || withoutGluedMark(row) !== row).length;
  const all = named >= LEAST_NAMES && marked > MOST_NAMES_MARKED * named;
  if (!all && raised.filter((is) => is).length < LEAST_RAISED) return [...rows];
  return rows.map((row, index) => {
    const end = ends[index] ?? null;
    if (end !== null && (all || raised[index] === true)) return withoutWords(row, new Set([end]));
    return all ? withoutGluedMark(row) : row;
  });
}

/** "CholesterinA", "GOT (ASAT)F": on pictures the mark is read as a letter of the name. */
function withoutGluedMark(row: Row): Row {
  const end = firstGap(row);
  const word = row.words[end];
  const name = /^(\S*\p{Ll}{3}|\S*\p{L}{2}\))[A-Z]$/u.exec(word?.text ?? "")?.[1];
  if (word === undefined || name === undefined) return row;
  return withWords(row, row.words.map((one) => one === word ? { ...word, text: name } : one));
}

/** Place of a word like "F" or "01" that ends the name of a row, a blank before it; null where none does. */
function nameEnd(row: Row): number | null {
  const end = firstGap(row);
  const [word, before] = [row.words[end], row.words[end - 1]];
  if (word === undefined || before === undefined || !NAME_MARK.test(word.text)) return null;
  // "Sodium, S": behind a comma it is the material, and belongs to the name.
  return /[\p{L})]/u.test(before.text) && !/[,;]$/.test(before.text) && row.text[(row.starts[end] ?? 0) - 1] === " "
    ? end
    : null;
}

/** Set smaller than the word before it, and higher. */
function isRaised(row: Row | undefined, at: number): boolean {
  const [word, before] = [row?.words[at], row?.words[at - 1]];
  if (word === undefined || before === undefined) return false;
  const height = before.box[3] - before.box[1];
  return word.box[3] - word.box[1] < 0.92 * height && word.box[3] < before.box[3] - 0.2 * height;
}
