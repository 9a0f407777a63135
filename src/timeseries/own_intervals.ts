/**
 * What one source says about an additive series, as intervals that do not overlap: instants get a length, and amounts
 * that the source reported twice (a summary over details, the same walk in other pieces) are counted once. Pure.
 */

/** A stored sample. `at` is in milliseconds since 1970; `zone_offset` in minutes east of UTC. */
export interface IntervalSample {
  readonly at: number;
  readonly duration_seconds: number;
  readonly value: number;
  readonly source_no: number;
  readonly zone_offset: number | null;
}

/** An amount, spread evenly over [start, end). */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly value: number;
  readonly source_no: number;
  readonly zone_offset: number | null;
}

const minuteMs = 60_000;

/** An instant that stands alone: vendors' finest data is by the minute. */
const loneInstantMs = minuteMs;

/** The coarsest intraday data that vendors deliver as instants; a longer distance between two is a pause. */
export const longestCadenceMs = 15 * minuteMs;

/**
 * Unless the instants stand on a grid: nobody pauses to the second. Half hours and hours are what apps and clouds sum
 * up to.
 */
const gridMs = 30 * minuteMs;
const longestGridMs = 60 * minuteMs;
const fewestOnGrid = 3;

/** Neighbours on either side from which the cadence of instants is told. */
const cadenceNeighbours = 4;

/** Intervals that touch by rounding or a second's drift: their amounts are apart, only the edge is shared. */
const sharedEdgeMs = 60_000;
const sharedEdgeShare = 0.1;

/** One source's samples as pieces in order that do not overlap. Negative amounts are none. */
export function ownPieces(samples: readonly IntervalSample[]): Piece[] {
  const pieces = withLengths(samples);
  const settled: Piece[] = [];
  for (let from = 0; from < pieces.length;) {
    let [to, end] = [from + 1, pieces[from]?.end ?? 0];
    for (; to < pieces.length && (pieces[to]?.start ?? 0) < end; to++) end = Math.max(end, pieces[to]?.end ?? 0);
    const cluster = pieces.slice(from, to);
    for (const piece of cluster.length === 1 ? cluster : settle(cluster)) settled.push(piece);
    from = to;
  }
  return settled;
}

/**
 * Samples in order as pieces. An instant lasts as long as instants around it are apart (the lower median of up to eight
 * distances of at most 15 minutes: vendors leave out empty minutes; or half an hour or an hour where all stand on such
 * a grid), but not into the next sample.
 */
function withLengths(samples: readonly IntervalSample[]): Piece[] {
  const sorted = samples.filter(({ value }) => value >= 0).sort((a, b) => a.at - b.at);
  const instants = sorted.filter((sample) => sample.duration_seconds === 0).map(({ at }) => at);
  let instant = 0;
  return sorted.map(({ at, duration_seconds, value, source_no, zone_offset }, place) => {
    let length = duration_seconds * 1000;
    if (length === 0) {
      const next = sorted[place + 1]?.at ?? Infinity;
      length = Math.max(Math.min(cadence(instants, instant++), next - at), 1);
    }
    return { start: at, end: at + length, value, source_no, zone_offset };
  });
}

function cadence(instants: readonly number[], place: number): number {
  const distances: number[] = [];
  for (let i = Math.max(place - cadenceNeighbours, 0); i < place + cadenceNeighbours; i++) {
    const distance = (instants[i + 1] ?? Infinity) - (instants[i] ?? 0);
    if (distance > 0 && distance <= longestCadenceMs) distances.push(distance);
  }
  distances.sort((a, b) => a - b);
  return distances[Math.floor((distances.length - 1) / 2)] ?? gridCadence(instants, place) ?? loneInstantMs;
}

/** The width of the grid that an instant and its neighbours stand on; undefined where they do not. */
function gridCadence(instants: readonly number[], place: number): number | undefined {
  const near = instants.slice(Math.max(place - cadenceNeighbours, 0), place + cadenceNeighbours + 1);
  if (near.length < fewestOnGrid || near.some((at) => (at - (near[0] ?? 0)) % gridMs !== 0)) return undefined;
  const narrowest = Math.min(...near.slice(1).map((at, before) => at - (near[before] ?? 0)));
  return narrowest <= longestGridMs ? narrowest : undefined;
}

/**
 * Overlapping pieces of one source: the shorter wins, because it says more exactly when; the longer gives what is left
 * of its amount, not below nothing, to the time the shorter ones leave free.
 */
function settle(pieces: readonly Piece[]): Piece[] {
  let placed: Piece[] = [];
  const byLength = [...pieces].sort((a, b) => a.end - a.start - (b.end - b.start) || a.start - b.start);
  for (const piece of byLength) {
    const from = firstEndingAfter(placed, piece.start);
    const free: [number, number][] = [];
    let [at, to, inside, taken] = [piece.start, from, 0, 0];
    for (; to < placed.length; to++) {
      const other = placed[to];
      if (other === undefined || other.start >= piece.end) break;
      if (other.start > at) free.push([at, other.start]);
      const shared = Math.min(other.end, piece.end) - Math.max(other.start, piece.start);
      taken += shared;
      inside += other.value * shared / (other.end - other.start);
      at = Math.max(at, other.end);
    }
    if (at < piece.end) free.push([at, piece.end]);
    const edge = taken <= Math.min(sharedEdgeMs, sharedEdgeShare * (piece.end - piece.start));
    const value = edge ? piece.value : Math.max(piece.value - inside, 0);
    const length = free.reduce((sum, [start, end]) => sum + end - start, 0);
    const parts = free.map(([start, end]) => ({ ...piece, start, end, value: value * (end - start) / length }));
    // Parts lie before, between and behind the placed ones that they overlap.
    const around = [...placed.slice(from, to), ...parts].sort((a, b) => a.start - b.start);
    placed = [...placed.slice(0, from), ...around, ...placed.slice(to)];
  }
  return placed;
}

/** The place of the first piece that ends after `at`; pieces are in order and do not overlap. */
export function firstEndingAfter(pieces: readonly { readonly end: number }[], at: number): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.end ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
