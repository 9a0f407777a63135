import type { Batch, BatchWorkout, SourceIndex } from "../ingest/batch.ts";
import { readInstant } from "../platform/scalars.ts";
import { seriesId } from "../timeseries/series_table.ts";

/** What TCX and GPX have in common: a list of points in time, each with what the sensors said. */

export interface TrackPoint {
  /** Milliseconds since 1970. */
  at: number;
  /** Minutes east of UTC; null when the file gives times in UTC only, as both formats usually do. */
  zone_offset: number | null;
  /** Degrees. */
  latitude?: number;
  longitude?: number;
  /** Metres. */
  elevation?: number;
  /** Beats a minute. */
  heart_rate?: number;
  /** Revolutions, or steps of one foot, a minute. */
  cadence?: number;
  /** Watts. */
  power?: number;
  /** Metres a second. */
  speed?: number;
  /** Degrees Celsius. */
  air_temperature?: number;
}

export const trackSeries = [
  "latitude",
  "longitude",
  "elevation",
  "heart_rate",
  "cadence",
  "power",
  "speed",
  "air_temperature",
] as const;

export type TrackValue = (typeof trackSeries)[number];

const ids = new Map(trackSeries.map((code) => [code, seriesId(code)]));

const plausible: Partial<Readonly<Record<TrackValue, readonly [number, number]>>> = {
  latitude: [-90, 90],
  longitude: [-180, 180],
  // No sensor means zero to some exporters.
  heart_rate: [1, 300],
  cadence: [0, 500],
  power: [0, 5_000],
  speed: [0, 200],
};

/** Null for what is no number or cannot be. */
export function trackValue(name: TrackValue, text: string): number | null {
  const value = text === "" ? NaN : Number(text);
  const [low, high] = plausible[name] ?? [-20_000, 20_000];
  return value >= low && value <= high ? value : null;
}

/** A point's time; null for none. `Z` says nothing about where the person was. */
export function trackTime(text: string): { at: number; zone_offset: number | null } | null {
  const read = readInstant(text);
  if (read === null) return null;
  const match = /^([+-])(\d\d):(\d\d)$/.exec(read.zone_offset ?? "");
  const minutes = match === null ? 0 : (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
  return { at: read.at.getTime(), zone_offset: /z$/i.test(text) || match === null ? null : minutes };
}

/** How many samples were taken; what was left out is counted by reason. */
export function addTrackSamples(
  batch: Batch,
  source: SourceIndex,
  points: readonly TrackPoint[],
  skipped: Record<string, number>,
): void {
  for (const point of points) {
    for (const code of trackSeries) {
      const value = point[code];
      if (value === undefined) continue;
      const reason = batch.addSample(ids.get(code) ?? 0, source, point.at, value, 0, point.zone_offset);
      if (reason !== null) skipped[reason] = (skipped[reason] ?? 0) + 1;
    }
  }
}

type Statistics = Pick<
  BatchWorkout,
  | "heart_rate_min"
  | "heart_rate_max"
  | "heart_rate_avg"
  | "average_watts"
  | "max_watts"
  | "average_cadence"
  | "max_speed"
  | "total_elevation_gain"
  | "elev_high"
  | "elev_low"
>;

/** What the points say of the whole; null where they say nothing. */
export function trackStatistics(points: readonly TrackPoint[]): Statistics {
  const values = (name: TrackValue) => points.map((point) => point[name]).filter((value) => value !== undefined);
  const heights = values("elevation");
  return {
    heart_rate_min: least(values("heart_rate")),
    heart_rate_max: most(values("heart_rate")),
    heart_rate_avg: mean(values("heart_rate")),
    average_watts: mean(values("power")),
    max_watts: most(values("power")),
    average_cadence: mean(values("cadence")),
    max_speed: most(values("speed")),
    total_elevation_gain: heights.length === 0 ? null : climbed(heights),
    elev_high: most(heights),
    elev_low: least(heights),
  };
}

/** The mean radius of the Earth, IUGG, in metres. */
const earthRadius = 6_371_008.8;

/** Metres between consecutive points that have a position, on a sphere (haversine). */
export function trackDistance(points: readonly TrackPoint[]): number {
  let sum = 0;
  let before: readonly [number, number] | null = null;
  for (const { latitude, longitude } of points) {
    if (latitude === undefined || longitude === undefined) continue;
    const here = [radians(latitude), radians(longitude)] as const;
    if (before !== null) {
      const half = Math.sin((here[0] - before[0]) / 2) ** 2 +
        Math.cos(before[0]) * Math.cos(here[0]) * Math.sin((here[1] - before[1]) / 2) ** 2;
      sum += 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(half)));
    }
    before = here;
  }
  return sum;
}

/** Metres; a smaller rise is the sensor's noise. */
const smallestClimb = 2;

/** The sum of rises, each counted when it exceeds the noise from the lowest point since the last one. */
function climbed(heights: readonly number[]): number {
  let sum = 0;
  let from = heights[0] ?? 0;
  for (const height of heights) {
    if (height < from) from = height;
    else if (height - from >= smallestClimb) {
      sum += height - from;
      from = height;
    }
  }
  return sum;
}

function radians(degrees: number): number {
  return degrees * Math.PI / 180;
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function most(values: readonly number[]): number | null {
  return values.reduce<number | null>((best, value) => best === null || value > best ? value : best, null);
}

function least(values: readonly number[]): number | null {
  return values.reduce<number | null>((best, value) => best === null || value < best ? value : best, null);
}
