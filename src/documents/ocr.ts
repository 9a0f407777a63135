/**
 * From a picture of a page to lines of words: find text, turn the page upright, read each piece, put pieces together.
 *
 * Must not know where the picture comes from, or which thread does what.
 */
import { type Glyph, meanConfidence } from "./glyph.ts";
import { levelled, levelOf } from "./level.ts";
import { groupLines } from "./lines.ts";
import { findLoneMarks, inColumnOfSigns } from "./lone_marks.ts";
import type { OcrThreads } from "./ocr_threads.ts";
import type { Box, Line, PageView, Word } from "./page.ts";
import { partOverlaps } from "./part_overlaps.ts";
import type { Picture, Quad } from "./picture.ts";
import { type Level, stripWords, writingBox, writtenPart } from "./strip_words.ts";

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
  const { picture: upright, quads: touching, quarters } = await threads.find(picture);
  const quads = partOverlaps(touching);
  const levelView = levelOf(touching, upright.width);
  const level = levelled(levelView, upright.width);
  const pieces = piecesOf(quads, await threads.read(upright, quads), level);
  const marks = findLoneMarks(upright, groupLines(pieces));
  const found = piecesOf(marks.map(({ quad }) => quad), await threads.readMarks(upright, marks), level);
  const isDash = ({ words }: Piece) => words[0]!.text === "-";
  const signs = [...pieces, ...found.filter((piece) => !isDash(piece))].filter(isSign).map(({ box }) => box);
  const believed = found.filter((piece) => !isDash(piece) || inColumnOfSigns(piece.box, signs));
  const all = [...pieces.map((piece) => besideMarks(piece, believed, level)), ...believed];
  const lines = groupLines(all).map((row) => ({ words: row.flatMap((piece) => piece.words) }));
  return { width: upright.width, height: upright.height, lines, view: { quarters, level: levelView } };
}

interface Piece {
  readonly quad: Quad;
  readonly written: Quad;
  readonly box: Box;
  readonly words: readonly Word[];
}

/** What was read of each quad, where it was read with some confidence. */
function piecesOf(quads: readonly Quad[], readings: readonly (readonly Glyph[])[], level: Level): Piece[] {
  return quads.flatMap((quad, index): Piece[] => {
    const glyphs = readings[index]!;
    if (meanConfidence(glyphs) < MIN_CONFIDENCE) return [];
    const words = stripWords(glyphs, quad, level);
    const written = writtenPart(glyphs, quad);
    return words.length > 0 ? [{ quad, written, box: writingBox(quad, level), words }] : [];
  });
}

/** A piece without that end of its strip where a mark was found beside its characters. */
function besideMarks(piece: Piece, marks: readonly Piece[], level: Level): Piece {
  const [left, top, right, bottom] = piece.box;
  const holds = ({ box }: Piece) => box[0] < right && box[2] > left && box[1] < bottom && box[3] > top;
  if (!marks.some(holds)) return piece;
  const [from, , to] = writingBox(piece.written, level);
  return { ...piece, box: [from, top, to, bottom] };
}

function isSign({ words }: Piece): boolean {
  return words.length === 1 && /^(?:[*+\-]{1,3}|[HLA]|[↑↓])$/.test(words[0]!.text);
}
