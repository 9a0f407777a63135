/** Boxes of neighbours overlap where their print nearly touches, and a character would be read in both. Pure. */
import { centreOf, leftOf, type Point, type Quad, quadHeight, rightOf } from "./picture.ts";

/** Neighbours on a line differ less in height, in heights. */
const MAX_OFFSET = 0.3;
/** More than this is no edge, in heights. */
const MAX_OVERLAP = 1.2;

/** The same quads, cut in the middle of what two neighbours share. */
export function partOverlaps(quads: readonly Quad[]): Quad[] {
  const parted = [...quads];
  const byLeft = quads.map((_, index) => index).sort((a, b) => leftOf(quads[a]!).x - leftOf(quads[b]!).x);
  for (const [place, at] of byLeft.entries()) {
    for (const other of byLeft.slice(place + 1)) {
      const [a, b] = [parted[at]!, parted[other]!];
      const overlap = rightOf(a).x - leftOf(b).x;
      if (overlap <= 0) break;
      const height = Math.min(quadHeight(a), quadHeight(b));
      const isBeside = Math.abs(rightOf(a).y - leftOf(b).y) < MAX_OFFSET * height && centreOf(b).x > rightOf(a).x;
      if (!isBeside || overlap > MAX_OVERLAP * height) continue;
      const middle = (rightOf(a).x + leftOf(b).x) / 2;
      parted[at] = [a[0], onEdge(a[0], a[1], middle), onEdge(a[3], a[2], middle), a[3]];
      parted[other] = [onEdge(b[0], b[1], middle), b[1], b[2], onEdge(b[3], b[2], middle)];
    }
  }
  return parted;
}

/** The point with this x on the line through both. */
function onEdge(from: Point, to: Point, x: number): Point {
  return { x, y: from.y + (to.y - from.y) * (x - from.x) / Math.max(1, to.x - from.x) };
}
