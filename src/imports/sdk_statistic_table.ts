/** What a phone's workout statistics become. Names in lower case and without anything but letters and digits. */

export type DetailField =
  | "heart_rate_min"
  | "heart_rate_max"
  | "heart_rate_avg"
  | "distance"
  | "steps_count"
  | "average_speed"
  | "max_speed"
  | "average_watts"
  | "average_cadence"
  | "total_elevation_gain"
  | "elev_high"
  | "elev_low";

export interface Destination {
  /** A field of the workout. The first statistic of those that name the same field counts. */
  readonly field?: DetailField;
  /**
   * A level or a result is a sample at the workout's end. An amount is one from its start to its end, so that samples
   * of the time between are known to be part of it and are not counted once more.
   */
  readonly sample?: "level" | "amount";
  /** Whose unit the value is brought to, and of which it is a sample. */
  readonly series: string;
}

export const statistics: ReadonlyMap<string, Destination> = new Map<string, Destination>([
  ["distance", { field: "distance", series: "distance_walking_running" }],
  ["stepcount", { field: "steps_count", series: "steps" }],
  ["minheartrate", { field: "heart_rate_min", series: "heart_rate" }],
  ["averageheartrate", { field: "heart_rate_avg", series: "heart_rate" }],
  ["meanheartrate", { field: "heart_rate_avg", series: "heart_rate" }],
  ["maxheartrate", { field: "heart_rate_max", series: "heart_rate" }],
  ["averagerunningpower", { field: "average_watts", series: "power" }],
  ["averagerunningspeed", { field: "average_speed", series: "speed" }],
  ["averagespeed", { field: "average_speed", series: "speed" }],
  ["meanspeed", { field: "average_speed", series: "speed" }],
  ["maxspeed", { field: "max_speed", series: "speed" }],
  ["elevationascended", { field: "total_elevation_gain", series: "elevation" }],
  ["altitudegain", { field: "total_elevation_gain", series: "elevation" }],
  ["maxaltitude", { field: "elev_high", series: "elevation" }],
  ["minaltitude", { field: "elev_low", series: "elevation" }],
  ["meancadence", { field: "average_cadence", sample: "level", series: "cadence" }],
  ["averagerunningstridelength", { sample: "level", series: "running_stride_length" }],
  ["averageverticaloscillation", { sample: "level", series: "running_vertical_oscillation" }],
  ["averagegroundcontacttime", { sample: "level", series: "running_ground_contact_time" }],
  ["averagemets", { sample: "level", series: "average_met" }],
  ["weathertemperature", { sample: "level", series: "weather_temperature" }],
  ["weatherhumidity", { sample: "level", series: "weather_humidity" }],
  ["swimmingstrokecount", { sample: "amount", series: "swimming_stroke_count" }],
  ["vo2max", { sample: "level", series: "vo2_max" }],
]);

/**
 * Used only where the statistic that is meant is absent. As samples, which the predecessors made of them, totals would
 * be counted once more beside the day's own, and a greatest cadence would replace the mean of the same instant.
 */
export const substitutes: ReadonlyMap<string, Destination> = new Map<string, Destination>([
  ["totaldistance", { field: "distance", series: "distance_walking_running" }],
  ["totalsteps", { field: "steps_count", series: "steps" }],
  ["maxcadence", { sample: "level", series: "cadence" }],
]);

/** What was burned is both parts together, or a total (the first of these that is there), or the part that is there. */
export const energyParts: readonly string[] = ["activeenergyburned", "basalenergyburned"];
export const energyTotals: readonly string[] = ["totalcalories", "calories", "totalenergyburned"];

export const durations: ReadonlySet<string> = new Set(["duration", "totalduration"]);

/** Known, and nothing to keep them in. */
export const ignored: ReadonlySet<string> = new Set([
  "elevationdescended",
  "altitudeloss",
  "laplength",
  "swimminglocationtype",
  "indoorworkout",
]);
