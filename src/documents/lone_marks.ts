/**
 * Finds print that detection overlooks: a letter, a star, an arrow or a digit that stands alone between the columns of a
 * row. Looks for ink in the gaps of rows. Pure.
 */
import { bandOf, darkness, inkOf, type InkPiece, inkPieces } from "./ink.ts";
import type { Box } from "./page.ts";
import { type MarkShape, markShape } from "./mark_shape.ts";
import { centreOf, leftOf, type Picture, type Point, type Quad, quadHeight, rightOf } from "./picture.ts";

export interface LoneMark {
  /** As high as the strips of its row, with white to the left and right. */
  readonly quad: Quad;
  readonly shape: MarkShape | null;
  /** So near to other print that a letter or a digit would be a part of that. */
  readonly isNear: boolean;
  /** In the upper half of the line, where a star stands and a plus does not. */
  readonly isRaised: boolean;
}

/** What was read of a row: a strip, and the part of it that the characters account for. */
export interface ReadStrip {
  readonly quad: Quad;
  readonly written: Quad;
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
const NEAR = 0.5;
const MAX_DASH_OFFSET = 0.15;
const RAISED = 0.54;
/** White beside the mark in what is read. */
const PADDING = 0.3;
/** More than this in a row, or on a page, are dirt or a pattern. */
const MAX_MARKS_OF_ROW = 4;
const MAX_MARKS = 80;

/** `rows` are the strips found on a page, row by row and from left to right. */
export function findLoneMarks(picture: Picture, rows: readonly (readonly ReadStrip[])[]): LoneMark[] {
  const table = rows.filter((row) => row.length > 1);
  const left = Math.min(...table.flat().map(({ quad }) => leftOf(quad).x));
  const right = Math.max(...table.flat().map(({ quad }) => rightOf(quad).x));
  const marks = table.flatMap((row) => {
    const height = median(row.map(({ quad }) => quadHeight(quad)));
    const dark = median(row.map(({ quad }) => darkness(picture, quad)));
    const gaps = gapsOf(row, Math.max(0, left - BEYOND_LEFT * height), right + BEYOND_RIGHT * height);
    const found = gaps.flatMap((gap) => marksIn(picture, gap, height, dark));
    return found.length > MAX_MARKS_OF_ROW ? [] : found;
  });
  return marks.length > MAX_MARKS ? [] : marks;
}

interface Gap {
  readonly from: Point;
  readonly to: Point;
  /** Between the strips, which may reach further than what was read in them. */
  readonly free: readonly [from: number, to: number];
}

function gapsOf(row: readonly ReadStrip[], left: number, right: number): Gap[] {
  const first = row[0]!, last = row.at(-1)!;
  const slope = (centreOf(last.quad).y - centreOf(first.quad).y) /
    Math.max(1, centreOf(last.quad).x - centreOf(first.quad).x);
  const edge = (x: number, near: Point) => ({ x, y: near.y + slope * (x - near.x) });
  const [start, end] = [leftOf(first.written), rightOf(last.written)];
  const inner = row.slice(1).map((strip, index): Gap => ({
    from: rightOf(row[index]!.written),
    to: leftOf(strip.written),
    free: [rightOf(row[index]!.quad).x, leftOf(strip.quad).x],
  }));
  return [
    { from: edge(left, start), to: start, free: [left, leftOf(first.quad).x] },
    ...inner,
    { from: end, to: edge(right, end), free: [rightOf(last.quad).x, right] },
  ];
}

/** Ink in a band along the gap, put together where it is near. */
function marksIn(picture: Picture, { from, to, free }: Gap, height: number, dark: number): LoneMark[] {
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
    const isNear = from.x + mark.left < free[0] || from.x + mark.right > free[1] ||
      mark.left < NEAR * height || band.width - mark.right < NEAR * height;
    const shape = markShape(ink, band.width, mark);
    // A sign of minus runs along the middle of its row; a rule along its edges.
    if (shape === "dash" && Math.abs((mark.top + mark.bottom) / 2 - height / 2) > MAX_DASH_OFFSET * height) return [];
    return [{ quad, shape, isNear, isRaised: mark.bottom <= RAISED * height }];
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

/** A short line between columns may be a piece of a rule: it counts as a sign only in a column of other signs. */
export function inColumnOfSigns(mark: Box, signs: readonly Box[]): boolean {
  const centre = (box: Box) => (box[0] + box[2]) / 2;
  return signs.some((sign) => Math.abs(centre(sign) - centre(mark)) < 0.5 * (mark[3] - mark[1]));
}

function sizeOf({ left, top, right, bottom }: InkPiece): number {
  return Math.max(right - left, bottom - top);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
