/**
 * Groups pieces of text into lines by how far they overlap vertically.
 *
 * Knows nothing of where the pieces come from: characters of a PDF and boxes of a picture are grouped alike.
 */
import type { Box } from "./page.ts";

/** A piece belongs to a line if they share at least this part of the lower one's height. */
const MIN_OVERLAP = 0.4;
/** A heading must not swallow the small lines beside it; a superscript is about 0.6 of its line. */
const MIN_HEIGHT_RATIO = 0.4;
/** Pieces of one line stand side by side; more than this part of the narrower one above another is another line. */
const MAX_COVER = 0.5;

interface Row<T> {
  items: T[];
  top: number;
  bottom: number;
  weight: number;
}

/** Rows from top to bottom, each from left to right. Boxes have their origin top left, in any unit. */
export function groupLines<T extends { readonly box: Box }>(items: readonly T[]): T[][] {
  const rows: Row<T>[] = [];
  // Long pieces first: they say best where their line runs; small marks are then put beside them.
  const byLength = items.toSorted((a, b) => width(b.box) - width(a.box));
  for (const item of byLength) {
    const [, top, , bottom] = item.box;
    const row = bestRow(rows, item);
    const weight = Math.max(width(item.box), 1e-3);
    if (row === undefined) {
      rows.push({ items: [item], top, bottom, weight });
      continue;
    }
    row.items.push(item);
    const total = row.weight + weight;
    row.top = (row.top * row.weight + top * weight) / total;
    row.bottom = (row.bottom * row.weight + bottom * weight) / total;
    row.weight = total;
  }
  rows.sort((a, b) => a.top + a.bottom - b.top - b.bottom);
  return rows.map((row) => row.items.sort((a, b) => a.box[0] - b.box[0]));
}

function bestRow<T extends { readonly box: Box }>(rows: readonly Row<T>[], item: T): Row<T> | undefined {
  let best: Row<T> | undefined;
  let bestOverlap = MIN_OVERLAP;
  const [, top, , bottom] = item.box;
  const height = bottom - top;
  for (const row of rows) {
    const rowHeight = row.bottom - row.top;
    const lower = Math.min(height, rowHeight);
    const overlap = (Math.min(bottom, row.bottom) - Math.max(top, row.top)) / lower;
    if (overlap < bestOverlap || lower / Math.max(height, rowHeight) < MIN_HEIGHT_RATIO) continue;
    if (row.items.some((other) => covers(other.box, item.box))) continue;
    best = row;
    bestOverlap = overlap;
  }
  return best;
}

function covers(a: Box, b: Box): boolean {
  const shared = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  return shared > MAX_COVER * Math.min(width(a), width(b));
}

function width(box: Box): number {
  return box[2] - box[0];
}
