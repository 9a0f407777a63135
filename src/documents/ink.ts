/** Tells ink from paper in a straight band of a picture, at the picture's own size. Pure. */
import { leftOf, type Picture, type Point, type Quad, quadHeight, rightOf } from "./picture.ts";

/** Ink has at least this part of the contrast of the print beside it. */
const CONTRAST = 0.45;
/** Of all points of a strip, from the darkest: print covers more than the first, less than what is left by the second. */
const PRINT_SHARE = 0.04;
const PAPER_SHARE = 0.7;

/** Rows of points that follow the slope of a line of print. */
export interface Band {
  readonly width: number;
  readonly height: number;
  /** The darkest of the three colours, 0 to 255, so that red print counts as ink. */
  readonly data: Uint8Array;
}

/** Connected ink; right and bottom are the first without it. */
export interface InkPiece {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** `from` is the middle of the left edge, `slope` how much the band falls a pixel; what lies outside is white. */
export function bandOf(picture: Picture, from: Point, slope: number, width: number, height: number): Band {
  const data = new Uint8Array(width * height).fill(255);
  for (let column = 0; column < width; column++) {
    const x = Math.round(from.x + column);
    const top = Math.round(from.y + slope * column - height / 2);
    if (x < 0 || x >= picture.width) continue;
    for (let row = Math.max(0, -top); row < height && top + row < picture.height; row++) {
      const at = ((top + row) * picture.width + x) * 3;
      data[row * width + column] = Math.min(picture.data[at]!, picture.data[at + 1]!, picture.data[at + 2]!);
    }
  }
  return { width, height, data };
}

/** The print of a strip by its paper: 0 for black on white, 1 for nothing. */
export function darkness(picture: Picture, quad: Quad): number {
  const [from, to] = [leftOf(quad), rightOf(quad)];
  const width = Math.max(1, Math.floor(to.x - from.x));
  const { data } = bandOf(picture, from, (to.y - from.y) / width, width, Math.round(quadHeight(quad)));
  const sorted = data.toSorted();
  return Math.min(1, share(sorted, PRINT_SHARE) / Math.max(1, share(sorted, PAPER_SHARE)));
}

/** 1 for each point that is ink, with at least this part of the contrast of print. The paper is looked at in parts, because shadows cross a page. */
export function inkOf({ width, height, data }: Band, dark: number, contrast = CONTRAST): Uint8Array {
  const ink = new Uint8Array(data.length);
  for (let left = 0; left < width; left += 2 * height) {
    const right = Math.min(width, left + 2 * height);
    const part = new Uint8Array((right - left) * height);
    for (let row = 0; row < height; row++) {
      part.set(data.subarray(row * width + left, row * width + right), row * (right - left));
    }
    const limit = share(part.toSorted(), PAPER_SHARE) * (1 - contrast * (1 - dark));
    for (let row = 0; row < height; row++) {
      for (let at = row * width + left; at < row * width + right; at++) ink[at] = data[at]! < limit ? 1 : 0;
    }
  }
  return ink;
}

/** Each piece of ink that hangs together, also over corners. */
export function inkPieces(ink: Uint8Array, width: number): InkPiece[] {
  const height = ink.length / width;
  const rest = ink.slice();
  const pieces: InkPiece[] = [];
  for (let start = 0; start < rest.length; start++) {
    if (rest[start] === 0) continue;
    rest[start] = 0;
    const piece = { left: width, top: height, right: 0, bottom: 0 };
    const open = [start];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const x = at % width, y = Math.floor(at / width);
      piece.left = Math.min(piece.left, x);
      piece.top = Math.min(piece.top, y);
      piece.right = Math.max(piece.right, x + 1);
      piece.bottom = Math.max(piece.bottom, y + 1);
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const next = row * width + column;
          if (rest[next] === 0) continue;
          rest[next] = 0;
          open.push(next);
        }
      }
    }
    pieces.push(piece);
  }
  return pieces;
}

function share(sorted: Uint8Array, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 255;
}
