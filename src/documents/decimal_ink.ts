/**
 * Holds the points and commas that were read against the ink: one that was left out is a little ink at the foot of the
 * line, and one that nobody printed is a speck. Pure.
 */
import { doubted, type Glyph, glyphsText } from "./glyph.ts";
import { bandOf, darkness, inkOf, type InkPiece, inkPieces } from "./ink.ts";
import { leftOf, type Picture, type Quad, quadHeight, quadWidth, rightOf } from "./picture.ts";

/** Texts that values and ranges stand in; dates, and the long numbers of forms, have no decimals. */
const MAY_HAVE_DECIMALS = /^(?!.*\d{7})(?!.*[/:]\d)(?=.*\d\d).{2,24}$/;
/** The largest and the smallest mark, in heights of digits. */
const MARK_HEIGHT = 0.4;
const MARK_WIDTH = 0.35;
const MIN_SIZE = 0.06;
const CONTRASTS = [0.45, 0.65];
/** A printed point is larger than this. */
const LEAST_PRINTED = 0.09;
/** Longer texts are sentences, which end with a point. */
const LONGEST_CELL = 24;

/** Whether such ink stands between two digits that were read side by side. */
export function hasDecimalInk(picture: Picture, quad: Quad, read: readonly Glyph[]): boolean {
  if (!MAY_HAVE_DECIMALS.test(glyphsText(read))) return false;
  const runs = digitRuns(read);
  // Where print is blurred, the mark hangs together with a digit unless only the darkest counts.
  return CONTRASTS.some((contrast) => {
    const { pieces, high, width } = inkOfStrip(picture, quad, contrast);
    const foot = median(pieces.filter((piece) => heightOf(piece) > 0.7 * high).map(({ bottom }) => bottom));
    return pieces.some((piece) => {
      const at = (piece.left + piece.right) / 2 / width;
      return isMark(piece, high) && piece.top >= foot - 0.3 * high && piece.top < foot &&
        runs.some(([first, last]) => at > first && at < last);
    });
  });
}

/**
 * The text without a point or comma before or behind it that is a speck: smaller than any that is printed. A number is
 * then read in doubt, because .47 and 47 are both possible.
 */
export function withoutSpecks(picture: Picture, quad: Quad, read: readonly Glyph[]): readonly Glyph[] {
  const text = glyphsText(read);
  const before = /^ ?[.,] ?(?=[\p{L}\d])/u.exec(text)?.[0].length ?? 0;
  // Words are shortened with a point; numbers and units are not.
  const behind = /(?: |(?<=\d|%|\/[dmcµu]?[lL]))[.,] ?$/.exec(text)?.[0].length ?? 0;
  if (text.length !== read.length || text.length > LONGEST_CELL || before + behind === 0) return read;
  const kept = read.slice(before, read.length - behind);
  const { pieces, high, width } = inkOfStrip(picture, quad, CONTRASTS[0]!);
  const isPrinted = (from: number, to: number) =>
    pieces.some((piece) => {
      const at = (piece.left + piece.right) / 2 / width;
      return at > from && at < to && Math.min(heightOf(piece), piece.right - piece.left) >= LEAST_PRINTED * high;
    });
  const [first, last] = [kept[0]!.at, kept.at(-1)!.at];
  // The outer half of a character that stands there is no mark of its own.
  const room = 0.25 * quadHeight(quad) / Math.max(1, quadWidth(quad));
  const from = before > 0 && !isPrinted(0, first - room) ? before : 0;
  const to = read.length - (behind > 0 && !isPrinted(last + room, 1) ? behind : 0);
  const cut = read.slice(from, to);
  return from > 0 && /^\d/.test(glyphsText(cut)) ? doubted(cut) : cut;
}

/** Pieces of a strip that do not run out of it below, and the height of the highest. */
function inkOfStrip(picture: Picture, quad: Quad, contrast: number) {
  const [from, to] = [leftOf(quad), rightOf(quad)];
  const width = Math.max(1, Math.floor(to.x - from.x));
  const band = bandOf(picture, from, (to.y - from.y) / width, width, Math.max(1, Math.round(quadHeight(quad))));
  const ink = inkOf(band, darkness(picture, quad), contrast);
  const pieces = inkPieces(ink, width).filter(({ bottom }) => bottom < band.height);
  return { pieces, high: Math.max(0, ...pieces.filter(({ top }) => top > 0).map(heightOf)), width };
}

/** The middles of the first and the last digit of each number without a mark, as parts of the strip. */
function digitRuns(read: readonly Glyph[]): (readonly [first: number, last: number])[] {
  const runs: Glyph[][] = [];
  for (const [index, glyph] of read.entries()) {
    if (!/\d/.test(glyph.text)) continue;
    if (index > 0 && /\d/.test(read[index - 1]!.text)) runs.at(-1)!.push(glyph);
    else runs.push([glyph]);
  }
  return runs.filter((run) => run.length > 1).map((run) => [run[0]!.at, run.at(-1)!.at] as const);
}

function isMark(piece: InkPiece, high: number): boolean {
  const sides = [heightOf(piece), piece.right - piece.left] as const;
  return sides[0] <= MARK_HEIGHT * high && sides[1] <= MARK_WIDTH * high && Math.min(...sides) >= MIN_SIZE * high;
}

function heightOf({ top, bottom }: InkPiece): number {
  return bottom - top;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
