/**
 * Footnote numbers that the text layer glues to values and names ("1.11)" for 1.1 with note 1).
 *
 * They are cut off only where the page itself shows that they are notes; a digit is never guessed away.
 */
import type { Word } from "../documents/page.ts";
import type { Row } from "./report_layout.ts";

/** The rows with footnote numbers cut off. */
export function withoutFootnotes(rows: readonly Row[]): Row[] {
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
  if (!changed) return row;
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
