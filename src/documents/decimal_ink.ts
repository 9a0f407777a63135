/** Notices a decimal point or comma that recognition has left out: a little ink at the foot of the line. Pure. */
import { type Glyph, glyphsText } from "./glyph.ts";
import { bandOf, darkness, inkOf, type InkPiece, inkPieces } from "./ink.ts";
import { leftOf, type Picture, type Quad, quadHeight, rightOf } from "./picture.ts";

/** Texts that values and ranges stand in; dates, and the long numbers of forms, have no decimals. */
const MAY_HAVE_DECIMALS = /^(?!.*\d{7})(?!.*[/:]\d)(?=.*\d\d).{2,24}$/;
/** The largest and the smallest mark, in heights of digits. */
const MARK_HEIGHT = 0.4;
const MARK_WIDTH = 0.35;
const MIN_SIZE = 0.06;
const CONTRASTS = [0.45, 0.65];

/** Whether such ink stands between two digits that were read side by side. */
export function hasDecimalInk(picture: Picture, quad: Quad, read: readonly Glyph[]): boolean {
  if (!MAY_HAVE_DECIMALS.test(glyphsText(read))) return false;
  const [from, to] = [leftOf(quad), rightOf(quad)];
  const width = Math.floor(to.x - from.x);
  if (width < 8) return false;
  const runs = digitRuns(read).map(([first, last]) => [first * width, last * width] as const);
  const band = bandOf(picture, from, (to.y - from.y) / width, width, Math.round(quadHeight(quad)));
  const dark = darkness(picture, quad);
  // Where print is blurred, the mark hangs together with a digit unless only the darkest counts.
  return CONTRASTS.some((contrast) => {
    const pieces = inkPieces(inkOf(band, dark, contrast), width).filter(({ bottom }) => bottom < band.height);
    const high = Math.max(0, ...pieces.filter(({ top }) => top > 0).map(heightOf));
    const foot = median(pieces.filter((piece) => heightOf(piece) > 0.7 * high).map(({ bottom }) => bottom));
    return pieces.some((piece) => {
      const middle = (piece.left + piece.right) / 2;
      return isMark(piece, high) && piece.top >= foot - 0.3 * high && piece.top < foot &&
        runs.some(([first, last]) => middle > first && middle < last);
    });
  });
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
