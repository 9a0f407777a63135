/**
 * Results in the sentences of a letter: "Labor vom 5.11.: Hb 10,4 g/dl (12-16), Leukozyten 12,3 /nl, CRP 64 mg/l (<5)."
 *
 * Only lists are read: several tests of the catalogue, each with a number behind its name, set apart by commas. A number
 * in any other sentence is a dose, a goal or a story.
 */
import { isKnownName } from "./analyte_name_index.ts";
import type { RowReading } from "./joined_rows.ts";
import { foldCase } from "./printed_flag.ts";
import type { DecimalMark } from "./printed_number.ts";
import { isNeverATest } from "./printed_words.ts";
import { type Row, unionBox } from "./report_layout.ts";
import { resultsByOrder } from "./row_order.ts";
import { rowPieces } from "./row_pieces.ts";
import type { Draft } from "./row_results.ts";

/** So many results in one paragraph are a list; with units, and without. */
const LEAST_LISTED = 3;
const LEAST_BARE = 4;
/** Lines further apart than this part of their height are two paragraphs. */
const MOST_GAP = 0.9;
/** Longest item; what is longer is a sentence. */
const LONGEST_WORDS = 9;

/** What says that numbers are results, of a day: "Labs from 3/12: Na 134, K 4.1", "Biologie du 02/06/2024". */
const RESULTS_OF_DAY =
  /\b(?:labs?|labor(?:werte|befunde?|parameter)?|bloods?|blood (?:tests?|results?)|blut(?:werte|bild)|laborchem\w*|analitica|laboratorio|bilan(?: (?:sanguin|biologique))?|biologie|esami(?: ematochimici)?|exames?|analises|bloedonderzoek|tetkik\w*|laboratuvar)\b[^\d,:;]{0,16}(?:\d{1,2}\/\d{1,2}|\d{1,2}\.\d{1,2}\.|\d{1,4}-\d{1,2}-)|(?<![\w.])(?:\d{1,2}\/\d{1,2}(?:\/\d+)?|\d{1,2}\.\d{1,2}\.\d*|[\d-]{10}) ?[:–-]? ?(?:labs?|labor|bloods|analitica|bilan|esami)\b/;
/** Numbers somebody should reach, or once had. */
const NOT_TODAY =
  /\b(?:ziel\w*|target|goal|aim|objectif|objetivo|obiettivo|streefwaarde|hedef|previous\w*|vorwert\w*|zuvor|baseline|anterior\w*|anterieur\w*|precedent\w*|eerder|normal(?: range|bereich|werte?)?|if|wenn|bei|si|se|falls|als|until|bis)\b/;

interface Item {
  readonly row: Row;
  /** Index of the reading whose row it begins in. */
  readonly at: number;
}

/** Gives the rows of paragraphs that list results their drafts. */
export function readLists(readings: RowReading[], mark: DecimalMark): void {
  for (let from = 0; from < readings.length; from++) {
    let to = from + 1;
    while (to < readings.length && goesOn(readings[to - 1]!, readings[to]!)) to++;
    const paragraph = readings.slice(from, to);
    if (separators(paragraph.map(({ row }) => row.text).join(" ")) >= LEAST_LISTED - 1) {
      readParagraph(readings, from, to, mark);
    }
    from = to - 1;
  }
}

function goesOn(above: RowReading, below: RowReading): boolean {
  if (below.titles || above.titles) return false;
  const { row } = below;
  if (row.text.includes("\t") || above.row.text.includes("\t")) return false;
  return row.box[1] - above.row.box[3] < MOST_GAP * row.height &&
    Math.abs(row.height - above.row.height) < 0.2 * row.height;
}

function separators(text: string): number {
  return text.match(/[,;](?=\s)/g)?.length ?? 0;
}

function readParagraph(readings: RowReading[], from: number, to: number, mark: DecimalMark): void {
  const items = itemsOf(readings.slice(from, to).map(({ row }) => row), from);
  const text = foldCase(readings.slice(from, to).map(({ row }) => row.text).join(" "));
  const found = items.flatMap(({ row, at }) => {
    const draft = draftOf(row, mark);
    return draft === null ? [] : [{ draft, at }];
  });
  const ranged = found.filter(({ draft }) => draft.reference_text !== null).length;
  const measured = found.filter(({ draft }) => draft.unit !== null || draft.reference_text !== null).length;
  // Without ranges and without a day, numbers in a letter are its story: what was, and what should be.
  const ofDay = RESULTS_OF_DAY.test(text) && (measured >= LEAST_LISTED || found.length >= LEAST_BARE);
  if (!ofDay && (ranged < 2 || measured < LEAST_LISTED)) return;
  for (let at = from; at < to; at++) {
    const drafts = found.filter((one) => one.at === at).map(({ draft }) => draft);
    readings[at] = { ...readings[at]!, drafts, onlyText: null, listed: drafts.length > 0 };
  }
}

/** The parts of a paragraph between commas, semicolons, colons and full stops outside brackets. */
function itemsOf(rows: readonly Row[], from: number): Item[] {
  const items: Item[] = [];
  let words: Row["words"][number][] = [];
  let at = from;
  let open = 0;
  const close = () => {
    const [first] = rows;
    if (words.length > 0 && words.length <= LONGEST_WORDS && first !== undefined) {
      items.push({ row: rowOf(first, words), at });
    }
    words = [];
  };
  for (const [index, row] of rows.entries()) {
    for (const word of row.words) {
      if (words.length === 0) at = from + index;
      open = Math.max(0, open + count(word.text, /[([]/g) - count(word.text, /[)\]]/g));
      const ends = open === 0 && /[,;:.]$/.test(word.text);
      if (open === 0 && /^(?:und|and|et|y|e|en|ve|sowie|&|•|·)$/i.test(word.text)) close();
      else {
        words.push(ends ? { ...word, text: word.text.replace(/[,;:.]+$/, "") } : word);
        if (ends) close();
      }
    }
  }
  close();
  return items;
}

function count(text: string, sign: RegExp): number {
  return text.match(sign)?.length ?? 0;
}

function rowOf(like: Row, words: Row["words"]): Row {
  let text = "";
  const starts = words.map((word) => {
    const start = text === "" ? 0 : text.length + 1;
    text = text === "" ? word.text : `${text} ${word.text}`;
    return start;
  });
  return { ...like, text, words, starts, box: unionBox(words.map(({ box }) => box)) };
}

function draftOf(row: Row, mark: DecimalMark): Draft | null {
  if (!/\d/.test(row.text) || NOT_TODAY.test(foldCase(row.text))) return null;
  const [draft, ...others] = resultsByOrder(row, rowPieces(row, mark), mark);
  if (draft === undefined || others.length > 0 || draft.name === null || draft.value === null || draft.leftover > 0) {
    return null;
  }
  return isKnownName(draft.name) && !isNeverATest(draft.name) ? { ...draft, separated: true } : null;
}
