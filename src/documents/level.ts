/**
 * Straightens what a crooked page does to its lines: tilt, and the bend and perspective of a photo. Pure.
 *
 * Only heights are corrected; that suffices to tell lines apart, and leaves columns where they are.
 */
import type { LevelView } from "./page.ts";
import { type Point, type Quad, quadHeight, quadWidth } from "./picture.ts";

/** Neighbours on one line: how much the second lies lower, and where that was seen. */
interface Link {
  readonly x: number;
  readonly y: number;
  readonly slope: number;
  readonly weight: number;
}

const MIN_OVERLAP = 0.5;
const MIN_HEIGHT_RATIO = 0.6;
/** Neighbours further apart than this many times their height say little. */
const MAX_GAP = 20;
/** Fewer links than this give a slope for the page, but none for its parts. */
const MIN_LINKS = 12;
/** Slopes further than this from the median are wrong links. */
const MAX_DEVIATION = 0.04;

/** Maps a point of the picture to where it would lie were the page flat; all in pixels. */
export function leveller(quads: readonly Quad[]): (point: Point) => Point {
  return levelled(levelOf(quads, 1), 1);
}

/** How a picture of this width has to be levelled. */
export function levelOf(quads: readonly Quad[], width: number): LevelView {
  const tilt = Math.tan(medianAngle(quads));
  const links = neighbours(quads.map((quad) => piece(quad, tilt)));
  // The slope at (x, y) is taken to be a + b·x + c·y, and summed up along x.
  const [a, b, c] = fitSlope(links);
  return { tilt, slope: [a, b * width, c * width] };
}

/** The map of a level found on a picture of this width, in pixels. */
export function levelled({ tilt, slope }: LevelView, width: number): (point: Point) => Point {
  const [a, b, c] = [slope[0], slope[1] / width, slope[2] / width];
  return ({ x, y }) => {
    const flat = y - tilt * x;
    return { x, y: flat - x * (a + b * x / 2 + c * flat) };
  };
}

interface Piece {
  readonly left: number;
  readonly right: number;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

function piece(quad: Quad, tilt: number): Piece {
  const x = quad.reduce((sum, point) => sum + point.x, 0) / 4;
  const y = quad.reduce((sum, point) => sum + point.y, 0) / 4 - tilt * x;
  const width = quadWidth(quad);
  return { left: x - width / 2, right: x + width / 2, x, y, height: quadHeight(quad) };
}

/** The angle of most writing, in radians, positive where lines fall to the right; each quad counts by its width. */
function medianAngle(quads: readonly Quad[]): number {
  return weightedMedian(
    quads
      .filter((quad) => quadWidth(quad) > 4 * quadHeight(quad))
      .map((quad) => ({ value: Math.atan2(quad[1].y - quad[0].y, quad[1].x - quad[0].x), weight: quadWidth(quad) })),
  );
}

function neighbours(pieces: readonly Piece[]): Link[] {
  const sorted = pieces.toSorted((p, q) => p.left - q.left);
  return sorted.flatMap((from, index) => {
    const to = sorted.slice(index + 1).find((other) => other.left > from.x && isBeside(from, other));
    if (to === undefined || to.left - from.right > MAX_GAP * from.height) return [];
    const distance = to.x - from.x;
    const slope = (to.y - from.y) / distance;
    return [{ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, slope, weight: distance }];
  });
}

function isBeside(p: Piece, q: Piece): boolean {
  const lower = Math.min(p.height, q.height);
  if (lower < MIN_HEIGHT_RATIO * Math.max(p.height, q.height)) return false;
  return (p.height + q.height) / 2 - Math.abs(p.y - q.y) > MIN_OVERLAP * lower;
}

/** Least squares over the links that are near the median. */
function fitSlope(links: readonly Link[]): readonly [a: number, b: number, c: number] {
  const median = weightedMedian(links.map(({ slope, weight }) => ({ value: slope, weight })));
  const good = links.filter(({ slope }) => Math.abs(slope - median) <= MAX_DEVIATION);
  if (good.length < MIN_LINKS) return [median, 0, 0];
  const sum = (value: (link: Link) => number) => good.reduce((total, link) => total + link.weight * value(link), 0);
  const weight = sum(() => 1);
  const x0 = sum(({ x }) => x) / weight, y0 = sum(({ y }) => y) / weight, s0 = sum(({ slope }) => slope) / weight;
  const xx = sum(({ x }) => (x - x0) ** 2), yy = sum(({ y }) => (y - y0) ** 2);
  const xy = sum(({ x, y }) => (x - x0) * (y - y0));
  const xs = sum(({ x, slope }) => (x - x0) * (slope - s0)), ys = sum(({ y, slope }) => (y - y0) * (slope - s0));
  const determinant = xx * yy - xy * xy;
  if (determinant <= 1e-9 * xx * yy) return [s0, 0, 0];
  const b = (xs * yy - ys * xy) / determinant;
  const c = (ys * xx - xs * xy) / determinant;
  return [s0 - b * x0 - c * y0, b, c];
}

function weightedMedian(values: readonly { readonly value: number; readonly weight: number }[]): number {
  let rest = values.reduce((sum, { weight }) => sum + weight, 0) / 2;
  for (const { value, weight } of values.toSorted((p, q) => p.value - q.value)) if ((rest -= weight) <= 0) return value;
  return 0;
}
