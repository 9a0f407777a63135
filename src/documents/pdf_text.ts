/**
 * From a PDF page's characters to lines of words, and whether they can be trusted at all.
 *
 * Pure: knows neither PDFium nor what is done with a page whose text layer is useless.
 */
import { groupLines } from "./lines.ts";
import type { Box, Line, Word } from "./page.ts";
import type { Character } from "./pdf.ts";

/** A gap wider than this part of the font's size separates words even without a blank between them. */
const WORD_GAP = 0.2;
/** Writing that steps back further than this has begun elsewhere. */
const STEP_BACK = 0.5;
const RAISED_SIZE = 0.85;
const RAISED_BY = 0.12;
const BASELINE_SHIFT = 0.3;
/** The widest letter of a ligature, in widths of its narrowest. */
const LETTER = 1.4;
/** Letters reach this far above and below their baseline; boxes of some fonts reach into the lines beside them. */
const ASCENT = 0.95;
const DESCENT = 0.3;
/** Writing within this many degrees of the page's main direction is read; stamps across the page are not. */
const MAX_SKEW = 10;
const MAX_GARBAGE = 0.2;
/** A picture over half of the page with fewer characters than this is a scan with a stamp or a page number. */
const SCAN_SHARE = 0.5;
const SCAN_CHARACTERS = 200;

interface Run {
  text: string;
  box: Box;
  /** Of the last character; a ligature's letters all have one box. */
  last: Box;
  /** Width of the letters that share the last box beyond the first one: PDFium gives "ff" the width of one "f". */
  unseen: number;
  size: number;
  baseline: number;
  raised: boolean;
  /** Nothing stands between this run and the one before it. */
  attached: boolean;
}

/** Whether the text layer says what the page shows. `pictureShare` is the largest picture's part of the page, 0 to 1. */
export function isTextLayerUsable(characters: readonly Character[], pictureShare: number): boolean {
  const visible = characters.filter((character) => character.text !== " " && !character.hidden);
  if (visible.length === 0) return false;
  if (pictureShare >= SCAN_SHARE && visible.length < SCAN_CHARACTERS) return false;
  const garbage = visible.filter(({ text, unmapped }) => unmapped || (text !== HYPHEN && GARBAGE.test(text))).length;
  return garbage <= MAX_GARBAGE * visible.length;
}

/** What PDFium puts for the hyphen of a word that goes on in the next line. */
const HYPHEN = "\u0002";
/** Control characters, private use, unassigned and replacement characters. */
const GARBAGE = /[\p{Cc}\p{Co}\p{Cn}\uFFFD]/u;

/** Lines from top to bottom. Text that is hidden, has no extent or runs across the main direction is left out. */
export function textLines(characters: readonly Character[]): Line[] {
  return groupLines(joinExponents(runs(readable(characters)))).map((words) => ({ words }));
}

function readable(characters: readonly Character[]): Character[] {
  const shown = characters.filter(({ text, hidden, box }) => text === " " || (!hidden && hasExtent(box)));
  const runsAlong = (angle: number, quarter: number) => Math.abs(turn(angle - quarter * 90)) <= MAX_SKEW;
  const counts = [0, 1, 2, 3].map((quarter) =>
    shown.filter(({ text, angle }) => text !== " " && runsAlong(angle, quarter)).length
  );
  const quarter = counts.indexOf(Math.max(...counts));
  return shown
    .filter(({ text, angle }) => text === " " || runsAlong(angle, quarter))
    .map((character) => quarter === 0 ? withinLine(character) : upright(character, quarter));
}

/** The character in a box no higher than its line: fonts for many scripts give all letters room for the tallest. */
function withinLine(character: Character): Character {
  const { text, size, baseline, box: [left, top, right, bottom] } = character;
  const [highest, lowest] = [baseline - ASCENT * size, baseline + DESCENT * size];
  if (text === " " || !(highest < lowest) || top >= highest && bottom <= lowest) return character;
  const box: Box = [left, Math.max(top, highest), right, Math.min(bottom, lowest)];
  return hasExtent(box) ? { ...character, box } : character;
}

/** As if the page had been turned so that its main direction is to the right. */
function upright(character: Character, quarter: number): Character {
  const [left, top, right, bottom] = character.box;
  // The origin of a turned character is not kept; its lower edge serves as well to tell lines apart.
  if (quarter === 1) return { ...character, box: [top, -right, bottom, -left], baseline: -left };
  if (quarter === 2) return { ...character, box: [-right, -bottom, -left, -top], baseline: -top };
  return { ...character, box: [-bottom, left, -top, right], baseline: right };
}

/** Characters side by side, in the order of the file. */
function runs(characters: readonly Character[]): Run[] {
  const found: Run[] = [];
  let run: Run | undefined;
  let base: Run | undefined;
  for (const character of characters) {
    const text = printed(character.text);
    if (text === "") {
      if (character.text === " ") run = base = undefined;
      continue;
    }
    const adjacent = run !== undefined && isAdjacent(run, character) && !ARROW.test(run.text + text);
    if (!adjacent) base = undefined;
    const raised = base !== undefined && isRaised(base, character);
    if (run !== undefined && adjacent && raised === run.raised && isOnBaseline(run, character)) {
      run.text += text;
      run.box = around(run.box, character.box);
      run.unseen = isSameBox(run.last, character.box) ? run.unseen + LETTER * width(character.box) : 0;
      run.last = character.box;
      continue;
    }
    const { box, size, baseline } = character;
    run = { text, box, last: box, unseen: 0, size, baseline, raised, attached: adjacent };
    if (!raised) base = run;
    found.push(run);
  }
  return found;
}

/** Flags that stand close to a value and are no part of it. */
const ARROW = /[↑↓⇑⇓▲▼]/;

function isAdjacent(run: Run, character: Character): boolean {
  if (isSameBox(run.last, character.box)) return true;
  const gap = character.box[0] - run.box[2];
  const size = Math.max(run.size, character.size);
  const overlap = Math.min(run.box[3], character.box[3]) - Math.max(run.box[1], character.box[1]);
  return gap <= WORD_GAP * size + run.unseen && gap >= -STEP_BACK * size && overlap > 0;
}

function isSameBox(a: Box, b: Box): boolean {
  return a.every((edge, index) => edge === b[index]);
}

function isRaised(base: Run, character: Character): boolean {
  return character.size <= RAISED_SIZE * base.size && base.baseline - character.baseline >= RAISED_BY * base.size;
}

function isOnBaseline(run: Run, character: Character): boolean {
  return Math.abs(run.baseline - character.baseline) <= BASELINE_SHIFT * Math.max(run.size, character.size);
}

/**
 * `10` with a raised `9` is `10⁹`, and `m` with `2` is `m²`: one word with what follows. Any other raised mark, such as
 * a footnote's `1)` on a value, stays a word of its own, in raised characters so that nobody takes it for a number.
 */
function joinExponents(found: readonly Run[]): Word[] {
  const words: { text: string; box: Box; open: boolean }[] = [];
  for (const run of found) {
    const last = words.at(-1);
    const text = run.raised ? superscript(run.text) : run.text;
    const isExponent = run.raised && last !== undefined && /^[-−+]?\d{1,2}$/.test(run.text) &&
      /(^|\D)10$|\p{L}$/u.test(last.text);
    if (last !== undefined && run.attached && (isExponent || (last.open && !run.raised))) {
      last.text += text;
      last.box = around(last.box, run.box);
      last.open = run.raised;
    } else {
      words.push({ text, box: run.box, open: false });
    }
  }
  return words.map(({ text, box }) => ({ text: text.normalize("NFC"), box }));
}

const PLAIN = "0123456789+-−=()n";
const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ";

/** In raised characters, or unchanged if there is one for which Unicode has none. */
function superscript(text: string): string {
  const raised = [...text].map((character) => SUPERSCRIPT[PLAIN.indexOf(character)]);
  return raised.includes(undefined) ? text : raised.join("");
}

/** The character without what cannot be seen; ligatures as their letters. */
function printed(text: string): string {
  if (text === " ") return "";
  if (text === HYPHEN || text === "\u00ad") return "-";
  if (/[\ufb00-\ufb06]/.test(text)) return text.normalize("NFKC");
  return /[\p{Cc}\p{Cf}\uFFFE\uFFFF]/u.test(text) ? "" : text;
}

function hasExtent([left, top, right, bottom]: Box): boolean {
  return right > left && bottom > top;
}

function width(box: Box): number {
  return box[2] - box[0];
}

function around(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** An angle brought between -180 and 180 degrees. */
function turn(angle: number): number {
  return ((angle + 180) % 360 + 360) % 360 - 180;
}
