/**
 * From a picture of a page to lines of words: find text, turn the page upright, read each piece, put pieces together.
 *
 * Must not know where the picture comes from, or which thread does what.
 */
import { type Glyph, meanConfidence } from "./glyph.ts";
import { levelled, levelOf } from "./level.ts";
import { groupLines } from "./lines.ts";
import { findLoneMarks } from "./lone_marks.ts";
import type { OcrThreads } from "./ocr_threads.ts";
import type { Box, Line, PageView, Word } from "./page.ts";
import type { Picture, Quad } from "./picture.ts";
import { type Level, stripWords, writingBox } from "./strip_words.ts";

export interface RecognisedPage {
  /** In pixels, after the page has been turned upright. */
  readonly width: number;
  readonly height: number;
  readonly lines: Line[];
  readonly view: PageView;
}

/** What is read with less confidence is taken for stains and ornaments. */
const MIN_CONFIDENCE = 0.5;

/** Detection sees this many pixels of a page's longer side, and of its shorter side at least so many. */
const SEEN_LONG_SIDE = 1280;
const MIN_SEEN_SIDE = 16;

export async function recognisePage(picture: Picture, threads: OcrThreads): Promise<RecognisedPage> {
  const { width, height } = picture;
  if (Math.min(width, height, SEEN_LONG_SIDE * Math.min(width, height) / Math.max(width, height)) < MIN_SEEN_SIDE) {
    return { width, height, lines: [], view: { quarters: 0, level: { tilt: 0, slope: [0, 0, 0] } } };
  }
  const { picture: upright, quads, quarters } = await threads.find(picture);
  const levelView = levelOf(quads, upright.width);
  const level = levelled(levelView, upright.width);
  const pieces = piecesOf(quads, await threads.read(upright, quads), level);
  const rows = groupLines(pieces).map((row) => row.map(({ quad }) => quad));
  const marks = findLoneMarks(upright, rows);
  pieces.push(...piecesOf(marks.map(({ quad }) => quad), await threads.readMarks(upright, marks), level));
  const lines = groupLines(pieces).map((row) => ({ words: row.flatMap((piece) => piece.words) }));
  return { width: upright.width, height: upright.height, lines, view: { quarters, level: levelView } };
}

interface Piece {
  readonly quad: Quad;
  readonly box: Box;
  readonly words: readonly Word[];
}

/** What was read of each quad, where it was read with some confidence. */
function piecesOf(quads: readonly Quad[], readings: readonly (readonly Glyph[])[], level: Level): Piece[] {
  return quads.flatMap((quad, index): Piece[] => {
    const glyphs = readings[index]!;
    if (meanConfidence(glyphs) < MIN_CONFIDENCE) return [];
    const words = stripWords(glyphs, quad, level);
    return words.length > 0 ? [{ quad, box: writingBox(quad, level), words }] : [];
  });
}
