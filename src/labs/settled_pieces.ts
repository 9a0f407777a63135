/** What a piece of a row means by the pieces beside it: signs in a cell of their own, numbers of names, grades of ranges. */
import { type DecimalMark, readNumber } from "./printed_number.ts";
import { readRange } from "./printed_range.ts";
import type { Piece } from "./row_pieces.ts";

const LIMITS: ReadonlySet<Piece["kind"]> = new Set(["range", "bounded"]);
const MEASURED: ReadonlySet<Piece["kind"]> = new Set(["number", "bounded"]);

/** The pieces of one row, those settled that only their neighbours explain. */
export function settlePieces<P extends Omit<Piece, "box">>(text: string, pieces: readonly P[], mark: DecimalMark): P[] {
  return withGrades(text, withNamedNumbers(text, withSigns(pieces, mark)));
}

/**
 * "Leukozyten | < | 3.2 | G/l | 3.5 - 10.0" marks a low value, "CRP | < | 5 | mg/l | < 5" prints a value below five: the range
 * tells, and without one a sign before a number belongs to it.
 */
function withSigns<P extends Omit<Piece, "box">>(pieces: readonly P[], mark: DecimalMark): P[] {
  const settled: P[] = [];
  for (let at = 0; at < pieces.length; at++) {
    const [piece, value] = [pieces[at]!, pieces[at + 1]];
    if (at === 0 || !piece.opensCell || !/^[<>]$/.test(piece.text) || value?.kind !== "number") {
      settled.push(piece);
      continue;
    }
    const range = pieces.slice(at + 2).find(({ kind }) => LIMITS.has(kind));
    const limits = range === undefined ? null : readRange(range.text, mark);
    const number = readNumber(value.text, mark);
    const outside = limits !== null && number !== null &&
      (piece.text === "<" ? limits.min !== null && number < limits.min : limits.max !== null && number > limits.max);
    if (outside) settled.push({ ...piece, kind: "flag" });
    else {
      settled.push({ ...value, kind: "bounded", text: `${piece.text} ${value.text}`, start: piece.start });
      at++;
    }
  }
  return settled;
}

/** "Alfa 1 | 4,1", "Vitamin B 12 | 265": a small number behind words is theirs where the value has a cell of its own. */
function withNamedNumbers<P extends Omit<Piece, "box">>(text: string, pieces: readonly P[]): P[] {
  const settled: P[] = [];
  for (const [at, piece] of pieces.entries()) {
    const [before, next] = [settled.at(-1), pieces[at + 1]];
    const own = at === 1 && before?.kind === "text" && !piece.opensCell && piece.kind === "number" &&
      /^\d{1,2}$/.test(piece.text) && next?.opensCell === true && MEASURED.has(next.kind);
    if (!own) settled.push(piece);
    else settled[settled.length - 1] = { ...before, text: text.slice(before.start, piece.end), end: piece.end };
  }
  return settled;
}

/** "Borderline High : 200 - 239": before a colon and limits, words of results and marks say whose limits they are. */
function withGrades<P extends Omit<Piece, "box">>(text: string, pieces: readonly P[]): P[] {
  const settled = [...pieces];
  for (let at = settled.length - 1; at > 0; at--) {
    const [piece, limit] = [settled[at], settled[at + 1]];
    if (piece?.kind !== "mark" || !/^[:：]$/.test(piece.text) || limit === undefined || !LIMITS.has(limit.kind)) {
      continue;
    }
    let from = at;
    while (isGradeWord(settled[from - 1]) && settled[from - 1]?.cell === limit.cell) from--;
    const first = settled[from];
    const last = settled[at - 1];
    if (from === at || first === undefined || last === undefined) continue;
    settled.splice(from, at - from, { ...first, kind: "text", text: text.slice(first.start, last.end), end: last.end });
    at = from;
  }
  return settled;
}

function isGradeWord(piece: Omit<Piece, "box"> | undefined): boolean {
  return piece !== undefined && /^(?:text|words|flag)$/.test(piece.kind) && /\p{L}{3}/u.test(piece.text);
}
