/**
 * A row of print cut into pieces that mean something by themselves: numbers, ranges, units, flags, dates, words.
 *
 * Every piece is a verbatim slice of the row. Which piece is the result is decided by whoever knows the columns.
 */
import type { Box } from "../documents/page.ts";
import { type DecimalMark, NUMBER } from "./printed_number.ts";
import { COMPARATOR_SIGN, RANGE_LABEL, rangeLength, wordedLimitLength } from "./printed_range.ts";
import { unitLength } from "./printed_unit.ts";
import { unitAt, type UnitPlace } from "./row_units.ts";
import { foldCase, readFlag } from "./printed_flag.ts";
import { isResultInWords } from "./printed_words.ts";
import { type Row, sliceBox } from "./report_layout.ts";
import { settlePieces } from "./settled_pieces.ts";

export type PieceKind = "text" | "number" | "bounded" | "range" | "titre" | "unit" | "flag" | "words" | "date" | "mark";

export interface Piece {
  readonly kind: PieceKind;
  readonly text: string;
  /** Offsets in the row's text; brackets around a range lie outside. */
  readonly start: number;
  readonly end: number;
  readonly box: Box;
  /** Which run between wide gaps it belongs to. */
  readonly cell: number;
  /** First piece after a wide gap, or of the row. */
  readonly opensCell: boolean;
}

const DATE = new RegExp(
  "(?:\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2})?)?|\\d{1,2}[./-]\\d{1,2}[./-](?:\\d{4}|\\d{2})|\\d{4}年\\d{1,2}月\\d{1,2}日" +
    "|[A-Za-z]{3,9}\\.? \\d{1,2}(?:st|nd|rd|th)?, ?\\d{4}|\\d{1,2}[. /-]?(?:[A-Za-zé]{3})[a-zéûà]*[. /-]\\d{4}|\\d{1,2}:\\d{2}(?::\\d{2})?(?: ?[AaPp]\\.?[Mm]\\.?)?|\\d{1,2}h\\d{2})(?![\\p{L}\\d]|[.,/]\\d)",
  "uy",
);
const TITRE = /[<>≤≥]? ?1 ?[:/] ?\d{1,6}(?![\p{L}\d/.:])/uy;
const GLUED_FACTOR = /\d+(?:[.,]\d+)?(?=[x×*]?10(?:[*^]|[eE])\d{1,2}(?:[ /]|$))/uy;
const POWER_OF_TEN = /^[x×X*·]? ?10 ?(?:[\^*⁰¹²³⁴⁵⁶⁷⁸⁹]|[eE]\d|(?:3|6|9|12) ?\/)/;
const SIGNED_NUMBER = new RegExp(`[+-]?${NUMBER}`, "uy");
const BOUNDED = new RegExp(`${COMPARATOR_SIGN} ?[+-]?${NUMBER}`, "uy");
const LABEL = new RegExp(RANGE_LABEL.source.replace(/^\^/, ""), "uy");
const FOOTNOTE = /\(?\d{1,2}\)(?=[\s,]|$)|[*†‡§]{1,3}(?=[\s]|$)|\^[a-z\d]\b|[¹²³]\)?(?=\s|$)/uy;
const CALCULATED = /\((?:calc\p{L}*|kalk\p{L}*|berechnet|ber|gesch[äa]tzt|est(?:imated)?|hesap\p{L}*|berekend)\.?\)/iuy;
/** "*52", "**412**" */
const STARS = /\*{1,3}(?=[<>]?\d)/uy;
const UNMISTAKABLE =
  /^(?:negati|positi|pozitif|neg\.?$|pos\.?$|not |non |nicht |none |no |nil$|ausen|absen|trace|folgt|wert folgt|阴性|阳性|未检出)/;
const WORD = /[^\t ]+/uy;
const CELL = /[^\t]+/uy;

/** No line of a report holds more; what comes behind is not looked at. */
const MOST_PIECES = 80;

/** The pieces of one row from left to right. */
export function rowPieces(row: Row, mark: DecimalMark): Piece[] {
  const { text } = row;
  const pieces: Omit<Piece, "box">[] = [];
  let at = 0;
  let cell = 0;
  let opens = true;
  const add = (kind: PieceKind, start: number, end: number) => {
    pieces.push({
      kind,
      text: text.slice(start, end),
      start,
      end,
      cell,
      opensCell: opens,
    });
    opens = false;
  };
  while (at < text.length && pieces.length < MOST_PIECES) {
    const char = text[at] ?? "";
    if (char === " " || char === "\t") {
      if (char === "\t") {
        cell++;
        opens = true;
      }
      at++;
      continue;
    }
    const next = readPiece(text, at, mark, pieces.at(-1), opens);
    const last = pieces.at(-1);
    // Words that follow each other are one run of text.
    if (next.kind === "text" && last?.kind === "text" && last.cell === cell && !opens) {
      pieces[pieces.length - 1] = {
        ...last,
        text: text.slice(last.start, next.end),
        end: next.end,
      };
    } else if (next.kind !== "mark" || next.end > next.start) add(next.kind, next.start, next.end);
    at = Math.max(next.next, at + 1);
  }
  return settlePieces(text, pieces, mark).map((piece) => ({ ...piece, box: sliceBox(row, piece.start, piece.end) }));
}

interface Found {
  readonly kind: PieceKind;
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

function readPiece(
  text: string,
  at: number,
  mark: DecimalMark,
  last: Omit<Piece, "box"> | undefined,
  opens: boolean,
): Found {
  const found = (kind: PieceKind, start: number, end: number, next = end): Found => ({ kind, start, end, next });
  const marked = last?.kind === "flag" && last.end === at && /\*$/.test(last.text);
  const glued = at > 0 && !marked && !/[\s()\[:;]/.test(text[at - 1] ?? "");
  const measured = last !== undefined && /^(?:number|bounded|range|titre|unit|flag|words)$/.test(last.kind);
  const date = sticky(DATE, text, at);
  const titre = glued ? 0 : sticky(TITRE, text, at);
  // "HIV 1/2" is a name; laboratories that print titres with a stroke begin at 1/10.
  const inName = last?.kind === "text" && !opens && /^1 ?\/ ?\d(?!\d)/.test(text.slice(at));
  if (titre > 0 && !inName && !/^0|^\d{2}/.test(text.slice(at))) return found("titre", at, at + titre);
  if (date > 0 && !glued) return found("date", at, at + date);
  const range = bracketedRange(text, at, mark, last?.kind === "words");
  if (range !== null) return range;
  if (!glued || measured) {
    const bounded = sticky(BOUNDED, text, at);
    if (bounded > 0 && endsNumber(text, at + bounded)) return found("bounded", at, at + bounded);
  }
  // "Até 41 U/L" may begin the line below "Valor de referência:".
  if (!glued) {
    const limit = wordedLimitLength(text, at);
    if (limit > 0) return found("range", at, at + limit);
  }
  // "18 (calc)": how it was found is not what it is.
  const calculated = measured ? sticky(CALCULATED, text, at) : 0;
  if (calculated > 0) return found("mark", at, at + calculated);
  // "10.02 mmol/L (0.60 g/L)": the second unit in brackets.
  if (text[at] === "(" && measured && numberLength(text, at + 1, mark) > 0) return found("mark", at, at + 1);
  const footnote = sticky(FOOTNOTE, text, at);
  if (footnote > 0 && !/^[*]+$/.test(text.slice(at, at + footnote)) && last !== undefined) {
    return found("mark", at, at + footnote);
  }
  if (!glued && /^[1-4]\+{1,3}(?=[\s]|$)/.test(text.slice(at, at + 6))) {
    return found("words", at, at + sticky(WORD, text, at));
  }
  // "5.2 * 10^9/L": a star that stands by itself marks the value.
  const stars = last === undefined || glued ? 0 : sticky(STARS, text, at);
  if (stars > 0) return found("flag", at, at + stars);
  if (measured && !/^\* /.test(text.slice(at)) && POWER_OF_TEN.test(text.slice(at, at + 8))) {
    const unit = unitFound(unitAt(text, at, true, opens));
    if (unit !== null) return unit;
  }
  if (!glued) {
    const number = numberLength(text, at, mark);
    if (number > 0) return found("number", at, at + number);
  }
  // "30,2 *  s": seconds in a cell of their own.
  if (measured && opens && /^s(?:\t|$)/.test(text.slice(at, at + 2))) return found("unit", at, at + 1);
  if ((measured || opens) && !/^\*[ \t]/.test(text.slice(at))) {
    const unit = unitFound(unitAt(text, at, measured && (!opens || last?.kind !== "flag"), opens));
    if (unit !== null) return unit;
  }
  const flag = flagLength(text, at, last, opens);
  if (flag > 0) return found("flag", at, at + flag);
  if (!glued && last !== undefined) {
    const words = resultInWordsLength(text, at);
    // Inside a run of words only the unmistakable ones count: "Glucosa negativo", not "Uric acid".
    const plain = opens || last.kind !== "text" || UNMISTAKABLE.test(foldCase(text.slice(at, at + words)));
    if (words > 0 && plain && !(last.kind === "text" && !opens && !endsWords(text, at + words))) {
      return found("words", at, at + words);
    }
  }
  if (/^[:;,()[\]]$/.test(text[at] ?? "") && (glued || /^[:;,\[\])]?(?:[ \t]|$)/.test(text.slice(at, at + 2)))) {
    return found("mark", at, at + 1);
  }
  const word = sticky(WORD, text, at);
  // "(%)2": a value glued to the bracket of its unit.
  const bracket = /^\([^()\s]+\)(?=\d)/.exec(text.slice(at, at + word))?.[0].length;
  return found("text", at, at + (bracket ?? word));
}

/** "(VR: Não reagente)", "negativ (negativ)": a range in words. */
function labelledWords(text: string, from: number, opened: boolean): Found | null {
  const words = /^[^()[\]\t]{2,32}/.exec(text.slice(from, from + 33))?.[0].trimEnd() ?? "";
  if (!isResultInWords(words)) return null;
  const end = from + words.length;
  return { kind: "words", start: from, end, next: opened && /^[)\]]/.test(text.slice(end)) ? end + 1 : end };
}

function bracketedRange(printed: string, at: number, mark: DecimalMark, afterWords: boolean): Found | null {
  const opener = /[([]/.test(printed[at] ?? "") ? 1 : 0;
  const text = opener === 1 ? withoutGaps(printed, at) : printed;
  let inner = at + opener;
  while (text[inner] === " ") inner++;
  const label = sticky(LABEL, text, inner);
  const from = inner + label;
  const glued = at > 0 && /[\p{L}\d.,]/u.test(text[at - 1] ?? "");
  if (glued && opener === 0) return null;
  let length = rangeLength(text, from, mark);
  if (length === 0 && (opener === 1 || label > 0)) {
    length = sticky(BOUNDED, text, from) || wordedLimitLength(text, from);
  }
  // "negativ (negativ)", and in a cell of its own.
  const inBrackets = opener === 1 && (afterWords || /^\t[([][^()[\]\t]*[)\]](?:\t|$)/.test(text.slice(at - 1)));
  if (length === 0 && (label > 0 || inBrackets)) return labelledWords(text, from, opener === 1);
  if (length === 0) return null;
  // "5-7x" and "2-Hydroxy" are names; a unit may be glued to the range.
  if (!endsNumber(text, from + length)) return null;
  let end = from + length;
  const closer = text.slice(end).match(/^\s?[)\]]/)?.[0].length ?? 0;
  const next = end + (opener === 1 ? closer : 0);
  const round = opener === 1 && closer > 0 && text[at] === "(";
  if (round) end = next;
  return { kind: "range", start: round ? at : inner, end, next };
}

/** "[ 120 -\t160 ]": analysers set the limits in columns of their own, but brackets hold one range. */
function withoutGaps(text: string, at: number): string {
  const inside = /^[([][\s\d.,–-]{3,40}[)\]]/.exec(text.slice(at, at + 42))?.[0] ?? "";
  return text.slice(0, at) + inside.replaceAll("\t", " ") + text.slice(at + inside.length);
}

function numberLength(text: string, at: number, mark: DecimalMark): number {
  const factor = sticky(GLUED_FACTOR, text, at);
  if (factor > 0) return factor;
  let length = sticky(SIGNED_NUMBER, text, at);
  if (length === 0) return 0;
  const blank = text.slice(at, at + length).search(/[ \u00a0\u202f]/);
  // "140 135 - 145" is a value and its range, not a number in the hundred thousands.
  if (blank > 0 && !endsNumber(text, at + length)) length = blank;
  else if (blank > 0 && rangeLength(text, at + blank + 1, mark) > 0) length = blank;
  // A bracket nobody opened is a footnote's, and the digit before it may be too ("1.11)").
  if (text[at + length] === ")" && !text.slice(0, at).includes("(")) return 0;
  return endsNumber(text, at + length) ? length : 0;
}

/** True when what follows a number leaves it a number: a blank, a bracket, a unit, a flag. */
function endsNumber(text: string, end: number): boolean {
  const rest = text.slice(end, end + 24);
  if (/^(?:[\s)\];%]|$|[,.:](?:\s|$)|[*↑↓!+]|-(?:\s|$))/.test(rest)) return true;
  if (/^(?:HH?|LL?|N)(?:[\s*]|$)/.test(rest)) return true;
  if (/^[(\[]/.test(rest)) return /^[(\[] ?[<>\d]/.test(rest) || unitLength(rest, 1, true) > 0;
  // Han text runs on without blanks.
  if (/^\p{Script=Han}/u.test(rest)) return unitLength(rest, 0, true) > 0;
  const unit = unitLength(rest, 0, true);
  // One glued letter ("2h", "25D") names a test more often than it measures.
  return unit > 1 || (unit === 1 && /^[gl]$/.test(rest.slice(0, unit)));
}

function unitFound(place: UnitPlace | null): Found | null {
  return place === null ? null : { kind: "unit", ...place };
}

function flagLength(text: string, at: number, last: Omit<Piece, "box"> | undefined, opens: boolean): number {
  const word = sticky(WORD, text, at);
  const token = text.slice(at, at + word);
  const after = text.slice(at + word);
  const measured = last !== undefined && last.kind !== "text" && last.kind !== "date" && last.kind !== "mark";
  // Glued to its value: "114↓", "4.5*", "105H".
  if (at > 0 && !/\s/.test(text[at - 1] ?? "")) {
    const glued = /^(?:[*↑↓!+]{1,2}|HH?|LL?|N|-|\((?:HH?|LL?|[+*↑↓-])\))(?=[\s)\]]|$)/.exec(token)?.[0].length ?? 0;
    return measured ? glued : 0;
  }
  if (opens) {
    const whole = text.slice(at, at + sticky(CELL, text, at)).trimEnd();
    if (last !== undefined && readFlag(whole) !== null) return whole.length;
  }
  if (readFlag(token) === null) return 0;
  // "↑ ↑": two arrows are one mark.
  if (measured && /^[↑↓▲▼⬆⬇]$/.test(token) && after.startsWith(` ${token}`)) return word + 1 + token.length;
  if (measured) return word;
  // Before its value: "* 4,10", "H 12.5".
  const beforeWords = opens && /^(?:\*{1,2}|[↑↓▲▼])$/.test(token) &&
    isResultInWords(/^ *([^\t]*)/.exec(after)?.[1]?.trim() ?? "");
  if (beforeWords && last !== undefined) return word;
  const ahead = /^(?:\*{1,2}|[+-]|[HLA↑↓]|HH|LL)$/.test(token) && /^[ \t]+[<>]? ?\d/.test(after);
  return ahead && last !== undefined ? word : 0;
}

function resultInWordsLength(text: string, at: number): number {
  const cell = text.slice(at, at + sticky(CELL, text, at)).trimEnd();
  const words = cell.split(" ");
  for (let count = Math.min(4, words.length); count > 0; count--) {
    const phrase = words.slice(0, count).join(" ");
    if (isResultInWords(phrase)) return phrase.length;
  }
  return 0;
}

/** Words of a result end their cell, or the range in the same words does: "Not Detected Not Detected". */
function endsWords(text: string, end: number): boolean {
  const rest = /^[^\t]*/.exec(text.slice(end, end + 60))?.[0].trim() ?? "";
  return rest === "" || isResultInWords(rest);
}

function sticky(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}
