/**
 * Finds print that detection overlooks: a letter, a star, an arrow or a digit that stands alone between the columns of a
 * row. Looks for ink in the gaps of rows. Pure.
 */
import { bandOf, darkness, inkOf, type InkPiece, inkPieces, leftOf, rightOf } from "./ink.ts";
import { type MarkShape, markShape } from "./mark_shape.ts";
import { type Picture, type Point, type Quad, quadHeight } from "./picture.ts";

export interface LoneMark {
  /** As high as the strips of its row, with white to the left and right. */
  readonly quad: Quad;
  readonly shape: MarkShape | null;
}

/** All sizes are in heights of the row's strips, of which capitals take about half. */
const MIN_GAP = 0.5;
/** How far beyond the leftmost and rightmost print a column of marks may stand. */
const BEYOND_LEFT = 3;
const BEYOND_RIGHT = 8;
/** Less is dirt, alone or as a part of a mark. */
const MIN_SIZE = 0.13;
const MIN_PART = 0.08;
const MAX_HEIGHT = 0.8;
const MAX_WIDTH = 1.5;
/** Parts of one mark are no further apart. */
const MAX_SPLIT = 0.25;
/** White beside the mark in what is read. */
const PADDING = 0.3;
/** More than this in a row, or on a page, are dirt or a pattern. */
const MAX_MARKS_OF_ROW = 4;
const MAX_MARKS = 80;

/** `rows` are the strips found on a page, row by row and from left to right. */
export function findLoneMarks(picture: Picture, rows: readonly (readonly Quad[])[]): LoneMark[] {
  const table = rows.filter((row) => row.length > 1);
  const left = Math.min(...table.flat().map((quad) => leftOf(quad).x));
  const right = Math.max(...table.flat().map((quad) => rightOf(quad).x));
  const marks = table.flatMap((row) => {
    const height = median(row.map(quadHeight));
    const dark = median(row.map((quad) => darkness(picture, quad)));
    const gaps = gapsOf(row, Math.max(0, left - BEYOND_LEFT * height), right + BEYOND_RIGHT * height);
    const found = gaps.flatMap((gap) => marksIn(picture, gap, height, dark));
    return found.length > MAX_MARKS_OF_ROW ? [] : found;
  });
  return marks.length > MAX_MARKS ? [] : marks;
}

type Gap = readonly [from: Point, to: Point];

function gapsOf(row: readonly Quad[], left: number, right: number): Gap[] {
  const first = row[0]!, last = row.at(-1)!;
  const [start, end] = [leftOf(first), rightOf(last)];
  const slope = (rightOf(last).y + leftOf(last).y - rightOf(first).y - leftOf(first).y) / 2 /
    Math.max(1, leftOf(last).x - leftOf(first).x);
  const at = (x: number, near: Point) => ({ x, y: near.y + slope * (x - near.x) });
  const inner = row.slice(1).map((quad, index): Gap => [rightOf(row[index]!), leftOf(quad)]);
  return [[at(left, start), start], ...inner, [end, at(right, end)]];
}

/** Ink in a band along the gap, put together where it is near. */
function marksIn(picture: Picture, [from, to]: Gap, height: number, dark: number): LoneMark[] {
  const length = to.x - from.x;
  if (length < MIN_GAP * height) return [];
  const slope = (to.y - from.y) / length;
  const band = bandOf(picture, from, slope, Math.floor(length), Math.round(height));
  const ink = inkOf(band, dark);
  const parts = inkPieces(ink, band.width).filter((part) => {
    // What leaves the band is a line of the table, or belongs to another row.
    const isInside = part.top > 0 && part.bottom < band.height && part.left > 0 && part.right < band.width;
    return isInside && sizeOf(part) >= MIN_PART * height && part.bottom - part.top <= MAX_HEIGHT * height;
  });
  return together(parts, MAX_SPLIT * height).flatMap((mark) => {
    if (sizeOf(mark) < MIN_SIZE * height || mark.right - mark.left > MAX_WIDTH * height) return [];
    const left = from.x + Math.max(0, mark.left - PADDING * height);
    const right = from.x + Math.min(band.width, mark.right + PADDING * height);
    const [a, b] = [left, right].map((x) => ({ x, y: from.y + slope * (x - from.x) - height / 2 })) as [Point, Point];
    const quad: Quad = [a, b, { x: b.x, y: b.y + height }, { x: a.x, y: a.y + height }];
    return [{ quad, shape: markShape(ink, band.width, mark) }];
  });
}

function together(parts: readonly InkPiece[], distance: number): InkPiece[] {
  const marks: InkPiece[] = [];
  for (const part of parts.toSorted((a, b) => a.left - b.left)) {
    const mark = marks.at(-1);
    if (mark === undefined || part.left - mark.right > distance) {
      marks.push({ ...part });
      continue;
    }
    mark.right = Math.max(mark.right, part.right);
    mark.top = Math.min(mark.top, part.top);
    mark.bottom = Math.max(mark.bottom, part.bottom);
  }
  return marks;
}

function sizeOf({ left, top, right, bottom }: InkPiece): number {
  return Math.max(right - left, bottom - top);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
