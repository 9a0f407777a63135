import { seriesId } from "./series_table.ts";

/**
 * Where the person was when a sample without an offset was recorded: where the nearest measurement says. Every reader
 * of local days asks the same ones, so that an instant lies on one day wherever it is shown. Pure.
 */

/** Some measurements that name an offset, in order of time. */
export type KnownOffsets = readonly { readonly at: number; readonly zone_offset: number }[];

/** What nearly every device records; workouts and nights tell besides. */
export const tellingSeries: readonly number[] = [
  "heart_rate",
  "steps",
  "energy",
  "basal_energy",
  "distance_walking_running",
  "flights_climbed",
  "active_time",
].map(seriesId);

/** Further away nobody knows whether the person has travelled. */
export const nearOffsetMs = 86_400_000;

/** Minutes east of UTC, or null when nothing near says so. */
export function offsetNear(known: KnownOffsets, at: number): number | null {
  let [low, high] = [0, known.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((known[middle]?.at ?? 0) >= at) high = middle;
    else low = middle + 1;
  }
  const [before, after] = [known[low - 1], known[low]];
  const distance = (other: typeof before) => other === undefined ? Infinity : Math.abs(other.at - at);
  const nearest = distance(before) <= distance(after) ? before : after;
  return nearest !== undefined && distance(nearest) <= nearOffsetMs ? nearest.zone_offset : null;
}

/** The same rows, those without an offset with the one that is known. */
export function located<Row extends { readonly at: number; readonly zone_offset: number | null }>(
  rows: readonly Row[],
  known: KnownOffsets,
): readonly Row[] {
  if (known.length === 0) return rows;
  return rows.map((row) => row.zone_offset === null ? { ...row, zone_offset: offsetNear(known, row.at) } : row);
}
