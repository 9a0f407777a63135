/**
 * A page as rows of text with the wide gaps kept: what columns are read from.
 *
 * Knows boxes and gaps only; what a piece of text means is decided elsewhere.
 */
import type { Box, Line, Page, Word } from "../documents/page.ts";

/** One printed line: words joined by a blank, or by a tab where the gap says "next column". */
export interface Row {
  readonly page: number;
  readonly pageWidth: number;
  readonly text: string;
  readonly words: readonly Word[];
  /** Offset of each word in `text`. */
  readonly starts: readonly number[];
  readonly box: Box;
  /** Height of its words: the measure for every distance. */
  readonly height: number;
}

/** A gap wider than this part of the line height, and than a typewriter's blank, separates columns. */
const COLUMN_GAP = 0.85;
const TYPEWRITER_BLANK = 1.35;
/** Two lines whose middles are closer than this part of their height were one line to the eye. */
const SAME_LINE = 0.45;
/** Longest print a row is read to, and a word; what is longer is prose or an attack. */
const LONGEST_ROW = 600;
const LONGEST_WORD = 120;
const RULER = /^[|_=·.\-–—]{3,}$/;

/** Rows of a page from top to bottom; halves of one line that the reader kept apart are joined. */
export function pageRows(page: Page): Row[] {
  const whole = withoutSpanning(page.lines.flatMap((line) => line.words));
  const lines = page.lines
    .map((line) => line.words.filter((word) => word.text.trim().length > 0 && whole.has(word)))
    .filter((words) => words.length > 0)
    .map((words) => ({ words: [...words], middle: middleOf(words), height: medianHeight(words) }))
    .sort((a, b) => a.middle - b.middle);
  const joined: typeof lines = [];
  for (const line of lines) {
    const last = joined.at(-1);
    const close = last !== undefined &&
      Math.abs(last.middle - line.middle) < SAME_LINE * Math.min(last.height, line.height);
    if (close && !overlaps(last.words, line.words)) last.words.push(...line.words);
    else joined.push(line);
  }
  return joined.map((line) => toRow(page, { words: line.words }));
}

/** A recognised word this much higher than the others may be two lines read as one. */
const TALL = 1.5;

/**
 * The words but for those recognised from a box over two printed lines: what they say stands in neither. A large letter
 * beside small ones stays where no second line of print lies beside it.
 */
function withoutSpanning(words: readonly Word[]): ReadonlySet<Word> {
  const usual = medianHeight(words);
  const middle = (word: Word) => (word.box[1] + word.box[3]) / 2;
  const height = (word: Word) => word.box[3] - word.box[1];
  const usualWords = words.filter((word) => height(word) < 1.3 * usual);
  return new Set(words.filter((word) => {
    if (word.confidence === undefined || height(word) < TALL * usual) return true;
    const inset = 0.15 * height(word);
    const beside = usualWords.map(middle).filter((at) => at > word.box[1] + inset && at < word.box[3] - inset);
    const span = beside.reduce<[number, number]>(
      ([low, high], at) => [Math.min(low, at), Math.max(high, at)],
      [Infinity, -Infinity],
    );
    return span[1] - span[0] < 0.7 * usual;
  }));
}

function toRow(page: Page, line: Line): Row {
  const words = [...line.words].sort((a, b) => a.box[0] - b.box[0]);
  const height = medianHeight(words);
  const columnGap = Math.max(COLUMN_GAP * height, TYPEWRITER_BLANK * medianLetter(words));
  const starts: number[] = [];
  const kept: Word[] = [];
  let text = "";
  let right = Number.NEGATIVE_INFINITY;
  let bar = false;
  for (const word of words) {
    // Rulers and table bars are drawing, not text; a bar still separates columns.
    if (text.length + word.text.length > LONGEST_ROW) break;
    if (word.text.length > LONGEST_WORD) continue;
    if (word.text === "|" || word.text === "¦" || RULER.test(word.text)) {
      bar = true;
      continue;
    }
    const gap = word.box[0] - right;
    if (text.length > 0) text += bar || gap > columnGap ? "\t" : " ";
    bar = false;
    starts.push(text.length);
    kept.push(word);
    text += word.text.replace(/[\s\u00a0]+/g, " ");
    right = Math.max(right, word.box[2]);
  }
  return {
    page: page.number,
    pageWidth: page.width,
    text,
    words: kept,
    starts,
    box: unionBox(words.map((word) => word.box)),
    height,
  };
}

/** The row without the words at these places; a wide gap beside one of them stays a wide gap. */
export function withoutWords(row: Row, dropped: ReadonlySet<number>): Row {
  const words: Word[] = [];
  const starts: number[] = [];
  let text = "";
  let wide = false;
  for (const [index, word] of row.words.entries()) {
    const start = row.starts[index] ?? 0;
    wide ||= row.text[start - 1] === "\t";
    if (dropped.has(index)) continue;
    if (words.length > 0) text += wide ? "\t" : " ";
    starts.push(text.length);
    words.push(word);
    text += row.text.slice(start, start + word.text.length);
    wide = false;
  }
  return { ...row, words, starts, text };
}

/** The box around the part of a row between two offsets; inside a word the position is taken in proportion. */
export function sliceBox(row: Row, from: number, to: number): Box {
  const boxes: Box[] = [];
  for (const [index, word] of row.words.entries()) {
    const start = row.starts[index] ?? 0;
    const end = start + word.text.length;
    if (end <= from || start >= to) continue;
    const [left, top, right, bottom] = word.box;
    const width = (right - left) / Math.max(1, word.text.length);
    boxes.push([left + Math.max(0, from - start) * width, top, right - Math.max(0, end - to) * width, bottom]);
  }
  return unionBox(boxes.length > 0 ? boxes : [row.box]);
}

/** Lowest recognition confidence of the words between two offsets; 1 where the text was not recognised. */
export function sliceConfidence(row: Row, from: number, to: number): number {
  let lowest = 1;
  for (const [index, word] of row.words.entries()) {
    const start = row.starts[index] ?? 0;
    if (start + word.text.length > from && start < to) lowest = Math.min(lowest, word.confidence ?? 1);
  }
  return lowest;
}

export function unionBox(boxes: readonly Box[]): Box {
  let [left, top, right, bottom] = boxes[0] ?? [0, 0, 0, 0];
  for (const box of boxes) {
    left = Math.min(left, box[0]);
    top = Math.min(top, box[1]);
    right = Math.max(right, box[2]);
    bottom = Math.max(bottom, box[3]);
  }
  return [left, top, right, bottom];
}

function middleOf(words: readonly Word[]): number {
  return words.reduce((sum, word) => sum + (word.box[1] + word.box[3]) / 2, 0) / words.length;
}

function medianHeight(words: readonly Word[]): number {
  const heights = words.map((word) => word.box[3] - word.box[1]).sort((a, b) => a - b);
  return Math.max(1e-6, heights[heights.length >> 1] ?? 1);
}

/** Width of a letter, from words long enough to tell; Han letters are as wide as they are high. */
function medianLetter(words: readonly Word[]): number {
  const widths = words
    .filter((word) => word.text.length > 2 && !/\p{Script=Han}/u.test(word.text))
    .map((word) => (word.box[2] - word.box[0]) / word.text.length)
    .sort((a, b) => a - b);
  return widths[widths.length >> 1] ?? 0;
}

function overlaps(some: readonly Word[], others: readonly Word[]): boolean {
  const spans = [...some.map((word) => ({ word, mine: true })), ...others.map((word) => ({ word, mine: false }))]
    .sort((a, b) => a.word.box[0] - b.word.box[0]);
  const reach = { mine: Number.NEGATIVE_INFINITY, theirs: Number.NEGATIVE_INFINITY };
  for (const { word, mine } of spans) {
    if (word.box[0] < (mine ? reach.theirs : reach.mine) - 0.5) return true;
    if (mine) reach.mine = Math.max(reach.mine, word.box[2]);
    else reach.theirs = Math.max(reach.theirs, word.box[2]);
  }
  return false;
}
