/** Tells arrows and dashes by their ink: recognition knows hardly any that stands alone. Pure. */
import type { InkPiece } from "./ink.ts";

export type MarkShape = "up" | "down" | "dash";

/** Fewer rows than this show no arrow. */
const MIN_ARROW = 9;
/** A head is wider than the shaft by this factor, and neither in the middle of the mark nor blunt. */
const HEAD = 1.8;
const MIN_SLIMNESS = 1.4;
const MIN_DASH_SLIMNESS = 1.6;
const MIN_DASH_INK = 0.6;

/** `ink` has `width` columns; null for anything else. */
export function markShape(ink: Uint8Array, width: number, { left, top, right, bottom }: InkPiece): MarkShape | null {
  const wide = right - left, high = bottom - top;
  const rows = Array.from(
    { length: high },
    (_, row) => extent(ink.subarray((top + row) * width + left, (top + row) * width + right)),
  );
  if (wide >= MIN_DASH_SLIMNESS * high) {
    const count = rows.reduce((sum, row) => sum + row.count, 0);
    return count >= MIN_DASH_INK * wide * high ? "dash" : null;
  }
  if (high < MIN_ARROW || high < MIN_SLIMNESS * wide) return null;
  if (isArrow(rows)) return "up";
  return isArrow(rows.toReversed()) ? "down" : null;
}

interface Extent {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** From its tip on it widens to the head, and then is a shaft to its end, under the middle of the head. */
function isArrow(rows: readonly Extent[]): boolean {
  const widths = rows.map(({ from, to }) => to - from);
  const head = Math.max(...widths);
  const headAt = widths.lastIndexOf(head);
  const shaft = rows.slice(Math.ceil(0.55 * rows.length));
  const shaftWidth = Math.max(...shaft.map(({ from, to }) => to - from));
  if (shaftWidth < 1 || head < HEAD * shaftWidth || headAt > 0.5 * rows.length || widths[0]! > 0.7 * head) return false;
  // A bar across, as of a "t" or a cross, is as wide at once.
  const first = widths.findIndex((each) => each >= 0.9 * head);
  if (first < 2 || !widths.slice(0, first).some((each) => each > shaftWidth && each < 0.9 * head)) return false;
  const middle = ({ from, to }: Extent) => (from + to) / 2;
  const centre = shaft.reduce((sum, row) => sum + middle(row), 0) / shaft.length;
  return Math.abs(middle(rows[headAt]!) - centre) <= 0.2 * head;
}

function extent(row: Uint8Array): Extent {
  const from = row.indexOf(1);
  return from < 0
    ? { from: 0, to: 0, count: 0 }
    : { from, to: row.lastIndexOf(1) + 1, count: row.reduce((sum, each) => sum + each, 0) };
}
