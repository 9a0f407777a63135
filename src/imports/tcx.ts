import type { Batch } from "../ingest/batch.ts";
import { guessProvider } from "../sources/provider_table.ts";
import { addTrackSamples, type TrackPoint, trackStatistics, trackTime, trackValue } from "./device_file_track.ts";
import type { TrackValue } from "./device_file_track.ts";
import { sportNamed } from "./device_file_sport_table.ts";
import type { XmlReader } from "./device_file_xml.ts";

/** Training Center XML, version 2: each `Activity` is a workout of laps. Courses and planned workouts are noticed only. */

interface Lap {
  readonly start: number | null;
  readonly numbers: Record<string, number>;
  readonly points: TrackPoint[];
}

interface Activity {
  readonly sport: string;
  id: string | null;
  device: string | null;
  ended: boolean;
  readonly laps: Lap[];
}

/** By the parent of the element, or the element itself. */
const sensors: Readonly<Record<string, TrackValue>> = {
  LatitudeDegrees: "latitude",
  LongitudeDegrees: "longitude",
  AltitudeMeters: "elevation",
  Cadence: "cadence",
  RunCadence: "cadence",
  Speed: "speed",
  Watts: "power",
};

/** A lap's own figures, by the element that holds them. */
const lapNumbers = new Set(
  ["TotalTimeSeconds", "DistanceMeters", "MaximumSpeed", "Calories", "Cadence", "AverageHeartRateBpm"]
    .concat(["MaximumHeartRateBpm", "AvgSpeed", "AvgRunCadence", "AvgWatts", "MaxWatts", "Steps"]),
);

export class TcxReader implements XmlReader {
  readonly activities: Activity[] = [];
  read = 0;
  readonly skipped: Record<string, number> = {};
  readonly noticed: Record<string, number> = {};
  #point: Partial<TrackPoint> | null = null;

  open(path: readonly string[], attributes: Readonly<Record<string, string>>): void {
    const name = path.at(-1);
    if (name === "Activity") {
      this.activities.push({ sport: attributes.Sport ?? "", id: null, device: null, ended: false, laps: [] });
    } else if (name === "Lap" && path.includes("Activity")) {
      const start = trackTime(attributes.StartTime ?? "")?.at ?? null;
      this.activities.at(-1)?.laps.push({ start, numbers: {}, points: [] });
    } else if (name === "Trackpoint" && path.includes("Activity")) this.#point = {};
    else if (name === "Course" || name === "Workout") {
      const what = name.toLowerCase();
      this.noticed[what] = (this.noticed[what] ?? 0) + 1;
    }
  }

  close(path: readonly string[], text: string): void {
    const activity = this.activities.at(-1);
    if (activity === undefined || !path.includes("Activity")) return;
    const name = path.at(-1) ?? "";
    const parent = path.at(-2) ?? "";
    if (name === "Activity") activity.ended = true;
    else if (name === "Id" && parent === "Activity") activity.id = text.slice(0, 64);
    else if (name === "Name" && parent === "Creator") activity.device = text.slice(0, 100);
    else if (name === "Trackpoint") this.#endPoint(activity.laps.at(-1));
    else if (this.#point !== null) this.#note(this.#point, name, parent, text);
    else if (path.includes("Lap")) noteLap(activity.laps.at(-1), name === "Value" ? parent : name, text);
  }

  #note(point: Partial<TrackPoint>, name: string, parent: string, text: string): void {
    if (name === "Time") return void Object.assign(point, trackTime(text));
    const sensor = name === "Value" && parent === "HeartRateBpm"
      ? "heart_rate"
      : Object.hasOwn(sensors, name)
      ? sensors[name]
      : undefined;
    const value = sensor === undefined ? null : trackValue(sensor, text);
    if (sensor !== undefined && value !== null) point[sensor] = value;
  }

  #endPoint(lap: Lap | undefined): void {
    const point = this.#point;
    this.#point = null;
    this.read++;
    if (point?.at === undefined || lap === undefined) {
      this.skipped.no_time = (this.skipped.no_time ?? 0) + 1;
      return;
    }
    lap.points.push({ ...point, at: point.at, zone_offset: point.zone_offset ?? null });
  }
}

function noteLap(lap: Lap | undefined, name: string, text: string): void {
  const value = Number(text);
  if (lap !== undefined && lapNumbers.has(name) && text !== "" && Number.isFinite(value) && value >= 0) {
    lap.numbers[name] = value;
  }
}

/** An activity that the file breaks off in gives its points, but no workout: its end and sums are not known. */
export function mapTcx(reader: TcxReader, batch: Batch): void {
  const { skipped } = reader;
  for (const activity of reader.activities) {
    const points = activity.laps.flatMap((lap) => lap.points);
    if (points.length === 0 && activity.laps.every((lap) => lap.start === null)) continue;
    const source = batch.addSource({
      provider: guessProvider(activity.device),
      source: "tcx_file",
      device_model: activity.device,
      original_source_name: activity.device,
    });
    addTrackSamples(batch, source, points, skipped);
    if (!activity.ended) continue;
    const reason = batch.addWorkout({
      source,
      external_id: activity.id,
      type: sportNamed(activity.sport),
      ...workoutOf(activity.laps, points),
    });
    if (reason !== null) skipped[reason] = (skipped[reason] ?? 0) + 1;
  }
}

function workoutOf(laps: readonly Lap[], points: readonly TrackPoint[]) {
  const seconds = sum(laps, "TotalTimeSeconds");
  const ends = laps.flatMap(({ start, numbers }) =>
    start === null ? [] : [start + Math.round((numbers.TotalTimeSeconds ?? 0) * 1000)]
  );
  const starts = laps.flatMap(({ start }) => start === null ? [] : [start]);
  const times = points.map(({ at }) => at);
  const start = [...starts, ...times].reduce((best, at) => Math.min(best, at));
  const end = [...ends, ...times].reduce((best, at) => Math.max(best, at));
  const distance = sum(laps, "DistanceMeters");
  const statistics = trackStatistics(points);
  return {
    start,
    end,
    zone_offset: points[0]?.zone_offset ?? null,
    duration_seconds: Math.round((end - start) / 1000),
    moving_time_seconds: seconds === null ? null : Math.round(seconds),
    distance,
    average_speed: distance !== null && seconds !== null && seconds > 0 ? distance / seconds : null,
    energy_burned: sum(laps, "Calories"),
    steps_count: sum(laps, "Steps"),
    ...statistics,
    heart_rate_avg: statistics.heart_rate_avg ?? weighted(laps, "AverageHeartRateBpm"),
    heart_rate_max: greatest(laps, "MaximumHeartRateBpm") ?? statistics.heart_rate_max ?? null,
    max_speed: greatest(laps, "MaximumSpeed") ?? statistics.max_speed ?? null,
    average_watts: statistics.average_watts ?? weighted(laps, "AvgWatts"),
    max_watts: statistics.max_watts ?? greatest(laps, "MaxWatts"),
    average_cadence: statistics.average_cadence ?? weighted(laps, "Cadence") ?? weighted(laps, "AvgRunCadence"),
    segments: laps.flatMap((lap, index) => lap.start === null ? [] : [segmentOf(lap, lap.start, index)]),
  };
}

const segmentFields: readonly (readonly [string, string])[] = [
  ["distance_meters", "DistanceMeters"],
  ["avg_heart_rate", "AverageHeartRateBpm"],
  ["max_heart_rate", "MaximumHeartRateBpm"],
  ["avg_speed", "AvgSpeed"],
  ["max_speed", "MaximumSpeed"],
  ["avg_power", "AvgWatts"],
  ["max_power", "MaxWatts"],
  ["avg_cadence", "Cadence"],
];

function segmentOf({ numbers }: Lap, start: number, index: number): Record<string, unknown> {
  const fields = segmentFields.flatMap(([field, name]) => {
    const value = numbers[name];
    return value === undefined ? [] : [[field, Math.round(value * 100) / 100]];
  });
  return {
    kind: "lap",
    index,
    start_time: new Date(start).toISOString(),
    elapsed_seconds: Math.round((numbers.TotalTimeSeconds ?? 0) * 100) / 100,
    ...Object.fromEntries(fields),
  };
}

function sum(laps: readonly Lap[], name: string): number | null {
  const values = laps.flatMap(({ numbers }) => numbers[name] ?? []);
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0);
}

function greatest(laps: readonly Lap[], name: string): number | null {
  const values = laps.flatMap(({ numbers }) => numbers[name] ?? []).filter((value) => value > 0);
  return values.length === 0 ? null : values.reduce((best, value) => Math.max(best, value));
}

/** The mean of the laps' means, each as long as its lap. */
function weighted(laps: readonly Lap[], name: string): number | null {
  let [total, seconds] = [0, 0];
  for (const { numbers } of laps) {
    const [value, weight] = [numbers[name], numbers.TotalTimeSeconds ?? 0];
    if (value === undefined || value <= 0) continue;
    total += value * weight;
    seconds += weight;
  }
  return seconds === 0 ? null : total / seconds;
}
