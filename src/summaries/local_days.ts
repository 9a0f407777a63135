import type { Piece } from "../timeseries/merge_intervals.ts";

/**
 * A person's local days. Each sample says where it was recorded, so that a day of travel or of a clock change has as
 * many hours as the person lived through, and a label that comes twice (eastward over the date line's other side) is
 * one day. Pure. Days are counted from 1970-01-01.
 */

export const minuteMs = 60_000;
export const dayMs = 86_400_000;

/** Offsets reach from -12:00 to +14:00; what is believed at the door is ±14:00. */
export const widestOffsetMs = 14 * 3_600_000;

export function dayNumber(text: string): number {
  return Math.round(Date.parse(`${text}T00:00:00Z`) / dayMs);
}

export function dayText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** The local day of an instant; without an offset that of UTC. */
export function localDay(at: number, offset: number | null): number {
  return Math.floor((at + (offset ?? 0) * minuteMs) / dayMs);
}

/** A piece cut at its local midnights, each part with its share. */
export function splitAtMidnight(piece: Piece): { readonly day: number; readonly part: Piece }[] {
  const shift = (piece.zone_offset ?? 0) * minuteMs;
  const parts: { day: number; part: Piece }[] = [];
  for (let start = piece.start; start < piece.end;) {
    const day = Math.floor((start + shift) / dayMs);
    const end = Math.min(piece.end, (day + 1) * dayMs - shift);
    parts.push({ day, part: { ...piece, start, end, value: piece.value * (end - start) / (piece.end - piece.start) } });
    start = end;
  }
  return parts;
}

/** Days in order as runs that are read at once: at most `longest` days, without holes of more than two days. */
export function runsOfDays(days: readonly number[], longest: number): number[][] {
  const runs: number[][] = [];
  for (const day of [...days].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    const near = run !== undefined && day - (run.at(-1) ?? 0) <= 3 && day - (run[0] ?? 0) < longest;
    if (near) run.push(day);
    else runs.push([day]);
  }
  return runs;
}
