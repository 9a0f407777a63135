/** What the cells of a row say: the value, its unit, the range. Everything given is a verbatim slice of the row. */
import { type DecimalMark, readNumber } from "./printed_number.ts";
import { readRange } from "./printed_range.ts";
import { normalUnit } from "./printed_unit.ts";
import type { Piece } from "./row_pieces.ts";
import type { Row } from "./report_layout.ts";

/** Kinds of print a value has; words count only where no such piece stands. */
export const VALUE_KINDS: ReadonlySet<Piece["kind"]> = new Set(["number", "bounded", "titre"]);

export interface Value {
  readonly text: string;
  readonly kind: Piece["kind"];
  readonly unit: string | null;
}

/** The value of a result cell; two where it prints the same result in two units: "10.02 mmol/L (0.60 g/L)". */
export function valuesOf(row: Row, pieces: readonly Piece[]): Value[] {
  const main = pieces.findIndex((piece) => VALUE_KINDS.has(piece.kind));
  const found = pieces[main];
  if (found === undefined || (!found.opensCell && pieces.slice(0, main).some((piece) => piece.kind === "text"))) {
    const range = pieces.find((piece) => piece.kind === "range");
    const unit = pieces.find((piece) => piece.kind === "unit")?.text ?? null;
    if (range !== undefined && found === undefined) return [{ text: range.text, kind: "range", unit }];
    // Words count as a result as a whole: "nombreux Gram - ; quelques Gram +".
    const words = pieces.filter((piece) => piece.kind !== "mark");
    // "* Indicios": the mark before the words is no part of them.
    while (
      words.length > 1 && words[0]?.kind === "flag" && /^\*+$|^[^\p{L}\d+-]$|^(?:HH?|LL?|A)$/u.test(words[0].text)
    ) {
      words.shift();
    }
    while (words.length > 1 && words.at(-1)?.kind === "unit" && words.at(-1)?.opensCell === true) words.pop();
    // "Present (+)": crosses in the same cell say how much of it.
    const trailing = words.length > 1 && words[0]?.kind === "words" && words.at(-1)?.kind === "flag" &&
      !/^\(?\+/.test(words.at(-1)?.text ?? "");
    const text = closed(row, sliceOf(row, trailing ? words.slice(0, -1) : words), words.at(-1));
    return text === null ? [] : [{ text, kind: "words", unit: null }];
  }
  const values: Value[] = [{ text: found.text, kind: found.kind, unit: unitAfter(pieces, main) }];
  const second = pieces.findIndex((piece, index) => index > main && piece.kind === "number");
  const other = pieces[second];
  const otherUnit = second > 0 ? unitAfter(pieces, second) : null;
  const first = values[0];
  if (
    other !== undefined && otherUnit !== null && first !== undefined && first.unit !== null &&
    normalUnit(otherUnit) !== normalUnit(first.unit)
  ) {
    values.push({ text: other.text, kind: "number", unit: otherUnit });
  }
  return values;
}

/** "Present (++)", "eGFR (CKD-EPI 2009)": the bracket that closes belongs to the words. */
export function closed(row: Row, text: string | null, last: Piece | undefined): string | null {
  const open = text !== null && /\([^)]*$/.test(text) && last !== undefined && row.text[last.end] === ")";
  return open ? `${text})` : text;
}

function unitAfter(pieces: readonly Piece[], at: number): string | null {
  for (const piece of pieces.slice(at + 1)) {
    if (piece.kind === "unit") return piece.text;
    if (piece.kind !== "flag" && piece.kind !== "mark") return null;
  }
  return null;
}

export interface Ranges {
  readonly all: { readonly text: string; readonly min: number | null; readonly max: number | null } | null;
  readonly each: readonly { readonly text: string; readonly min: number | null; readonly max: number | null }[];
  readonly unit: string | null;
}

export function rangesOf(row: Row, pieces: readonly Piece[], mark: DecimalMark): Ranges {
  const unit = pieces.find((piece) => piece.kind === "unit")?.text ?? null;
  const limits = pieces.filter((piece) => piece.kind === "range" || piece.kind === "bounded");
  const each = limits.map((piece) => ({
    text: piece.text,
    ...(readRange(piece.text, mark) ?? { min: null, max: null }),
  }));
  let spoken = pieces.filter((piece) => piece.kind !== "mark" && piece.kind !== "flag");
  while (spoken.length > 0 && isTrailer(spoken.at(-1))) spoken = spoken.slice(0, -1);
  while (spoken.length > 0 && isTrailer(spoken[0])) spoken = spoken.slice(1);
  const text = sliceOf(row, spoken);
  if (text === null) return { all: null, each, unit };
  const [only] = each;
  const numbers = spoken.filter((piece) => piece.kind === "number");
  if (each.length === 1 && only !== undefined && numbers.length === 0) {
    // "N : 50-70% 20": what follows the range is not part of it.
    const labelled = spoken.every((piece) => piece.kind !== "text" || piece.text.length < 24);
    return { all: labelled && spoken.length > 1 ? { ...only, text } : only, each, unit };
  }
  if (each.length === 1 && only !== undefined) return { all: only, each, unit };
  const [low, high] = numbers.map((piece) => readNumber(piece.text, mark));
  // The two ends of a printed bar; of the bar itself a stray mark may have been recognised.
  const ends = spoken.every((piece) => piece.kind === "number" || piece.text.length === 1);
  if (each.length === 0 && numbers.length === 2 && ends && low != null && high != null && low < high) {
    const clean = sliceOf(row, spoken.slice(spoken.indexOf(numbers[0]!), spoken.indexOf(numbers[1]!) + 1));
    return { all: { text: clean ?? text, min: low, max: high }, each, unit };
  }
  return { all: { text, min: null, max: null }, each, unit };
}

function isTrailer(piece: Piece | undefined): boolean {
  return piece !== undefined && (
    piece.kind === "unit" || piece.kind === "date" || (piece.kind === "text" && /^\([^)]*\)$/.test(piece.text))
  );
}

export function unitOf(row: Row, pieces: readonly Piece[]): string | null {
  const units = pieces.filter((piece) => piece.kind === "unit");
  if (units[0] !== undefined) return units[0].text;
  // A unit nobody knows is still the unit when it stands in that column.
  const text = sliceOf(row, pieces.filter((piece) => piece.kind === "text" || piece.kind === "flag"));
  return text !== null && text.length <= 12 && text.split(" ").length <= 2 && !/^[-–—*]+$/.test(text) ? text : null;
}

/** The verbatim print from the first to the last of these pieces, gaps as blanks; null when there are none. */
export function sliceOf(row: Row, pieces: readonly Piece[]): string | null {
  const first = pieces[0];
  const last = pieces.at(-1);
  if (first === undefined || last === undefined) return null;
  const text = row.text.slice(first.start, last.end).replace(/\s+/g, " ").trim();
  return text.length > 0 ? text : null;
}
