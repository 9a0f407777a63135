import { firstEndingAfter, type IntervalSample, ownPieces, type Piece } from "./own_intervals.ts";

/**
 * One truth from overlapping sources of an additive series (steps, energy, distance …): at each moment the best-ranked
 * source that covers it counts, and each amount counts by the share of its interval that it won. So a watch that was
 * off for an hour does not erase the phone's hour, and nothing is counted twice. Pure; `merge_levels.ts` does the same
 * for heart rate and other levels, `merge_totals.ts` adds vendors' own totals of a day.
 *
 * What is reported as zero covers nothing: many vendors send zeros for the hours in a drawer, and nothing counted does
 * not contradict that another device counted something.
 */

export type { IntervalSample, Piece };

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The amount within a span. */
type Sum = (span: Span) => number;

const minuteMs = 60_000;

/**
 * A worn device goes on covering between two of its intervals that are this close: people stand still at a crossing,
 * and a device starts counting after some steps. A longer silence may be a device that was taken off.
 */
export const closedGapMs = 5 * minuteMs;

/** Clocks of two devices differ by up to this much; what sticks out by less is the same walk. */
export const driftMs = 3 * minuteMs;

/**
 * Two devices that are both worn differ by up to a fifth. Where one saw this much more than the other, the other was
 * not worn for some of the time.
 */
export const clearlyMore = 1.25;

/**
 * The merged pieces by their start: their values add up to the truth. They overlap only where a device came off in the
 * middle of one of its pieces, and another counted the rest. `order` names the sources, the best
 * first; sources that it does not name come after them, by number. Samples are of one series, in any order.
 */
export function mergeIntervals(samples: readonly IntervalSample[], order: readonly number[]): Piece[] {
  return mergePieces(piecesBySource(samples), order);
}

/** Each source's own pieces, in order and free of overlap. */
export function piecesBySource(samples: readonly IntervalSample[]): Map<number, Piece[]> {
  const bySource = Map.groupBy(samples, ({ source_no }) => source_no);
  return new Map([...bySource].map(([source, own]) => [source, ownPieces(own)]));
}

/** The same for pieces that `piecesBySource` gave. */
export function mergePieces(bySource: ReadonlyMap<number, readonly Piece[]>, order: readonly number[]): Piece[] {
  let [given, covered]: [Piece[], Span[]] = [[], []];
  const seen: Sum[] = [];
  for (const source of bestFirst(bySource.keys(), order)) {
    const own = (bySource.get(source) ?? []).filter(({ value }) => value > 0);
    const won = covered.length === 0 ? own : outside(own, covered, given, seen);
    given = given.length === 0 ? [...won] : [...given, ...won].sort((a, b) => a.start - b.start);
    covered = union([...covered, ...closed(own, closedGapMs)]);
    seen.push(amounts(own));
  }
  return given;
}

export function bestFirst(sources: Iterable<number>, order: readonly number[]): number[] {
  const rank = new Map(order.map((source, place) => [source, place]));
  const placeOf = (source: number) => rank.get(source) ?? order.length;
  return [...sources].sort((a, b) => placeOf(a) - placeOf(b) || a - b);
}

/**
 * What a lower source adds: its walks outside of what better ones cover. A walk that sticks out by no more than the
 * clocks differ is the same walk, and adds nothing. One that sticks out further adds its share, less what may be counted
 * already at the edges, if the rest is more than clocks and counters differ by. And where a better device came off in
 * the middle of a long piece, it adds what it saw beyond that piece's amount.
 */
function outside(
  own: readonly Piece[],
  covered: readonly Span[],
  better: readonly Piece[],
  seenByBetter: readonly Sum[],
): Piece[] {
  const won: Piece[] = [];
  const blurred = union(covered.map(({ start, end }) => ({ start: start - driftMs, end: end + driftMs })));
  const sumOfBetter = amounts(flattened(better));
  const sumOfOwn = amounts(own);
  // What a better one saw and did not win may be the same walk by another clock.
  const mostSeen: Sum = (span) => Math.max(sumOfBetter(span), ...seenByBetter.map((sum) => sum(span)));
  let done = -Infinity;
  for (const { start, end, silent } of edges(better)) {
    const span = { start, end };
    // Where two better ones share an edge, the rest is given once.
    if (start < done || !silent.some((beyond) => sumOfOwn(beyond) > 0)) continue;
    const parts = own.slice(firstEndingAfter(own, start), firstEndingAfter(own, end - 1) + 1)
      .filter((piece) => piece.start < end);
    // A longer piece of its own may hold what the better one counted before or behind.
    const whole = { start: Math.min(start, parts[0]?.start ?? start), end: Math.max(end, parts.at(-1)?.end ?? end) };
    const clearly = ({ start, end }: Span) =>
      sumOfOwn({ start, end }) > clearlyMore * sumOfBetter({ start: start - driftMs, end: end + driftMs });
    if (!clearly(span) || !clearly(whole)) continue;
    done = end;
    const amount = sumOfOwn(span);
    const rest = Math.min(amount - sumOfBetter(span), sumOfOwn(whole) - sumOfBetter(whole)) / amount;
    for (const part of parts.flatMap((piece) => clip(piece, [span]))) {
      won.push({ ...part, value: part.value * rest });
    }
  }
  for (const walk of closed(own, driftMs)) {
    for (const gap of gapsWithin(walk, covered)) {
      if (gapsWithin(gap, blurred).length === 0) continue;
      const pieces = own.slice(firstEndingAfter(own, gap.start), firstEndingAfter(own, gap.end - 1) + 1)
        .filter(({ start }) => start < gap.end);
      const [head, tail] = [pieces[0], pieces.at(-1)];
      if (head === undefined || tail === undefined) continue;
      const counted = countedAtEdges(gap, head, tail, sumOfOwn, mostSeen);
      const parts = pieces.flatMap((piece) => clip(piece, [gap]));
      const amount = parts.reduce((sum, { value }) => sum + value, 0);
      const share = Math.max(amount - counted, 0) / amount;
      const drifted = Math.max(
        mostSeen({ start: gap.start - driftMs, end: gap.start }),
        mostSeen({ start: gap.end, end: gap.end + driftMs }),
      );
      // Two worn devices also differ by so much of what both counted in the pieces at the edges.
      const differing = (clearlyMore - 1) * (mostSeen({ start: Math.min(head.start, gap.start), end: gap.start }) +
        mostSeen({ start: gap.end, end: Math.max(tail.end, gap.end) }));
      if (amount * share > drifted + differing) {
        for (const part of parts) won.push({ ...part, value: part.value * share });
      }
    }
  }
  return won;
}

/**
 * How much of what a source saw in a gap the better ones may have counted beside it, beyond what the source itself saw
 * there: a piece of ten minutes says ten minutes even if its steps were all in the three that the watch covers, and
 * clocks differ. Each edge takes no more than its own piece holds: what a watch saw of an earlier walk, which the phone
 * stayed at home for, takes nothing from a later one.
 */
function countedAtEdges(gap: Span, head: Span, tail: Span, sumOfOwn: Sum, mostSeen: Sum): number {
  const beyond = (start: number, end: number) =>
    start < end ? Math.max(mostSeen({ start, end }) - sumOfOwn({ start, end }), 0) : 0;
  const atHead = { start: gap.start, end: Math.min(Math.max(head.end, gap.start + driftMs), gap.end) };
  const atTail = { start: Math.max(Math.min(tail.start, gap.end - driftMs), gap.start), end: gap.end };
  return Math.min(beyond(head.start - driftMs, head.start) + beyond(head.start, gap.start), sumOfOwn(atHead)) +
    Math.min(beyond(gap.end, tail.end) + beyond(tail.end, tail.end + driftMs), sumOfOwn(atTail));
}

/**
 * Pieces that are long enough to hide when a device was put on or taken off, next to a silence of the better ones, and
 * the beginning of that silence beyond the difference of clocks.
 */
function edges(better: readonly Piece[]): (Piece & { readonly silent: readonly Span[] })[] {
  return better.flatMap((piece, place) => {
    const { start, end } = piece;
    if (end - start <= driftMs) return [];
    const silent: Span[] = [];
    if (start - (better[place - 1]?.end ?? -Infinity) > closedGapMs) {
      silent.push({ start: start - closedGapMs, end: start - driftMs });
    }
    if ((better[place + 1]?.start ?? Infinity) - end > closedGapMs) {
      silent.push({ start: end + driftMs, end: end + closedGapMs });
    }
    return silent.length === 0 ? [] : [{ ...piece, silent }];
  });
}

/** The pieces' time as spans; what lies at most `gap` apart is one. */
function closed(pieces: readonly Span[], gap: number): Span[] {
  const spans: { start: number; end: number }[] = [];
  for (const { start, end } of pieces) {
    const last = spans.at(-1);
    if (last !== undefined && start - last.end <= gap) last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  }
  return spans;
}

function union(spans: readonly Span[]): Span[] {
  return closed([...spans].sort((a, b) => a.start - b.start), 0);
}

/** The parts of `span` that none of `covered` touches; `covered` is in order and free of overlap. */
function gapsWithin(span: Span, covered: readonly Span[]): Span[] {
  const gaps: Span[] = [];
  let at = span.start;
  for (let i = firstEndingAfter(covered, span.start); i < covered.length; i++) {
    const other = covered[i];
    if (other === undefined || other.start >= span.end) break;
    if (other.start > at) gaps.push({ start: at, end: other.start });
    at = Math.max(at, other.end);
  }
  if (at < span.end) gaps.push({ start: at, end: span.end });
  return gaps;
}

/** What of a piece falls into each of the spans, by its share of time. */
export function clip(piece: Piece, spans: readonly Span[]): Piece[] {
  return spans.flatMap((span) => {
    const start = Math.max(piece.start, span.start);
    const end = Math.min(piece.end, span.end);
    return start >= end
      ? []
      : [{ ...piece, start, end, value: piece.value * (end - start) / (piece.end - piece.start) }];
  });
}

interface Amount extends Span {
  readonly value: number;
}

/** The same amounts as pieces that do not overlap. */
function flattened(pieces: readonly Amount[]): readonly Amount[] {
  if (!pieces.some(({ start }, place) => start < (pieces[place - 1]?.end ?? -Infinity))) return pieces;
  const changes = pieces.flatMap(({ start, end, value }) => {
    const rate = value / (end - start);
    return [{ at: start, rate }, { at: end, rate: -rate }];
  }).sort((a, b) => a.at - b.at);
  let rate = 0;
  return changes.flatMap((change, place) => {
    rate += change.rate;
    const end = changes[place + 1]?.at ?? change.at;
    return end > change.at ? [{ start: change.at, end, value: Math.max(rate, 0) * (end - change.at) }] : [];
  });
}

/** Sums amounts within a span quickly; pieces are in order and free of overlap. */
function amounts(pieces: readonly Amount[]): Sum {
  const before = [0];
  for (const { value } of pieces) before.push((before.at(-1) ?? 0) + value);
  const until = (at: number) => {
    const place = firstEndingAfter(pieces, at);
    const piece = pieces[place];
    const begun = piece === undefined || piece.start >= at ? 0 : (at - piece.start) / (piece.end - piece.start);
    return (before[place] ?? 0) + begun * (piece?.value ?? 0);
  };
  return ({ start, end }) => until(end) - until(start);
}
