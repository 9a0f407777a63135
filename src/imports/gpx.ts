import type { Batch } from "../ingest/batch.ts";
import { guessProvider } from "../sources/provider_table.ts";
import {
  addTrackSamples,
  trackDistance,
  type TrackPoint,
  trackStatistics,
  trackTime,
  trackValue,
} from "./device_file_track.ts";
import type { TrackValue } from "./device_file_track.ts";
import { sportNamed } from "./device_file_sport_table.ts";
import type { XmlReader } from "./device_file_xml.ts";

/**
 * GPX 1.0 and 1.1: each `trk` is a workout, its `trkseg` the parts between pauses, with the extensions of Garmin's
 * TrackPointExtension and the plain elements others write. Routes and waypoints are plans and places, no measurements.
 */

interface Track {
  name: string | null;
  type: string;
  readonly segments: TrackPoint[][];
}

/** By the element's name without its prefix, below `trkpt`. */
const sensors: Readonly<Record<string, TrackValue>> = {
  ele: "elevation",
  hr: "heart_rate",
  heartrate: "heart_rate",
  cad: "cadence",
  cadence: "cadence",
  power: "power",
  watts: "power",
  PowerInWatts: "power",
  speed: "speed",
  atemp: "air_temperature",
  temp: "air_temperature",
};

export class GpxReader implements XmlReader {
  readonly tracks: Track[] = [];
  /** Points, and what was left out by reason. */
  read = 0;
  readonly skipped: Record<string, number> = {};
  readonly noticed: Record<string, number> = {};
  creator: string | null = null;
  #point: Partial<TrackPoint> | null = null;

  open(path: readonly string[], attributes: Readonly<Record<string, string>>): void {
    const name = path.at(-1);
    if (name === "gpx" && path.length === 1) this.creator = attributes.creator?.trim() || null;
    else if (name === "trk") this.tracks.push({ name: null, type: "", segments: [] });
    else if (name === "trkseg") this.tracks.at(-1)?.segments.push([]);
    else if (name === "trkpt") this.#point = position(attributes);
    else if (name === "wpt" || name === "rtept") {
      const what = name === "wpt" ? "waypoint" : "route_point";
      this.noticed[what] = (this.noticed[what] ?? 0) + 1;
    }
  }

  close(path: readonly string[], text: string): void {
    const name = path.at(-1) ?? "";
    const parent = path.at(-2);
    if (name === "trkpt") return this.#endPoint();
    const track = this.tracks.at(-1);
    if (track !== undefined && parent === "trk") {
      if (name === "name") track.name = text.slice(0, 255);
      if (name === "type") track.type = text;
    }
    if (this.#point === null) return;
    if (name === "time" && parent === "trkpt") Object.assign(this.#point, trackTime(text));
    const sensor = Object.hasOwn(sensors, name) ? sensors[name] : undefined;
    const value = sensor === undefined ? null : trackValue(sensor, text);
    if (sensor !== undefined && value !== null) this.#point[sensor] = value;
  }

  #endPoint(): void {
    const point = this.#point;
    this.#point = null;
    this.read++;
    const segment = this.tracks.at(-1)?.segments.at(-1);
    if (point?.at === undefined || segment === undefined) this.skipped.no_time = (this.skipped.no_time ?? 0) + 1;
    else segment.push({ ...point, at: point.at, zone_offset: point.zone_offset ?? null });
  }
}

function position(attributes: Readonly<Record<string, string>>): Partial<TrackPoint> {
  const latitude = trackValue("latitude", attributes.lat ?? "");
  const longitude = trackValue("longitude", attributes.lon ?? "");
  return latitude === null || longitude === null ? {} : { latitude, longitude };
}

/** `whole` is false for a file that broke off: its last track has no known end and is no workout then. */
export function mapGpx(reader: GpxReader, batch: Batch, whole: boolean): void {
  const { creator, skipped } = reader;
  for (const [place, track] of reader.tracks.entries()) {
    const points = track.segments.flat();
    if (points.length === 0) continue;
    const source = batch.addSource({
      provider: guessProvider(creator),
      source: "gpx_file",
      original_source_name: creator,
    });
    addTrackSamples(batch, source, points, skipped);
    if (!whole && place === reader.tracks.length - 1) continue;
    const times = points.map(({ at }) => at);
    const [start, end] = [extreme(times, Math.min), extreme(times, Math.max)];
    const distance = track.segments.reduce((sum, segment) => sum + trackDistance(segment), 0);
    const moving = track.segments.reduce((sum, segment) => sum + spanSeconds(segment), 0);
    const reason = batch.addWorkout({
      source,
      type: sportNamed(track.type),
      name: track.name,
      start,
      end,
      zone_offset: points[0]?.zone_offset ?? null,
      duration_seconds: Math.round((end - start) / 1000),
      moving_time_seconds: Math.round(moving),
      distance,
      average_speed: moving > 0 ? distance / moving : null,
      ...trackStatistics(points),
    });
    if (reason !== null) skipped[reason] = (skipped[reason] ?? 0) + 1;
  }
}

function spanSeconds(points: readonly TrackPoint[]): number {
  const times = points.map(({ at }) => at);
  return times.length === 0 ? 0 : (extreme(times, Math.max) - extreme(times, Math.min)) / 1000;
}

/** `Math.min(...list)` ends at some 100,000 arguments. */
function extreme(values: readonly number[], choose: (one: number, other: number) => number): number {
  return values.reduce((best, value) => choose(best, value));
}
