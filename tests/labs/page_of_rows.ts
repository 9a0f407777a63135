/** Pages for tests, typed as rows of cells with their left edges: "x|text" is one cell. */
import type { Box, Line, Page, Word } from "../../src/documents/page.ts";

const LETTER = 5;
const HEIGHT = 10;
const PITCH = 15;

export interface Print {
  /** Distance to the row above, 15 unless told. */
  readonly step?: number;
  readonly cells: readonly (readonly [left: number, text: string])[];
}

/** A page of 600 points; a row is cells of [left, text], or those with the distance to the row above. */
export function pageOfRows(rows: readonly (Print | Print["cells"])[], number = 1): Page {
  let top = 40;
  const lines = rows.map((row): Line => {
    const { cells, step = PITCH } = "cells" in row ? row : { cells: row };
    top += step;
    return { words: cells.flatMap(([left, text]) => wordsAt(left, top, text)) };
  });
  return { number, width: 600, height: Math.max(800, top + 40), source: "text_layer", lines };
}

/** Rows of a table whose columns begin at the given places; empty cells are left out. */
export function table(lefts: readonly number[], ...rows: readonly (readonly string[])[]): Print["cells"][] {
  return rows.map((row) =>
    row.flatMap((text, index): [number, string][] => text === "" ? [] : [[lefts[index] ?? 0, text]])
  );
}

function wordsAt(left: number, top: number, text: string): Word[] {
  let at = left;
  return text.split(" ").flatMap((word): Word[] => {
    const from = at;
    at += widthOf(word) + LETTER;
    const box: Box = [from, top, at - LETTER, top + HEIGHT];
    return word.trim() === "" ? [] : [{ text: word, box }];
  });
}

function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += /\p{Script=Han}/u.test(char) ? 2 * LETTER : LETTER;
  return width;
}
