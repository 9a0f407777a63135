import { Batch } from "../ingest/batch.ts";
import { addDays } from "../platform/day_range.ts";
import { DayRecorder, recordDay } from "./day_samples.ts";
import { chooseDevices, type Devices } from "./devices.ts";
import { type LivedDay, livedDays, type PlannedWorkout } from "./lived_days.ts";
import { localInstant, offsetMinutes } from "../platform/local_time.ts";
import { stagesOf } from "./night.ts";
import { type Random, seededRandom } from "./random.ts";
import { recordScores } from "./provider_scores.ts";
import type { SeedProfile } from "./seed_profile.ts";

/** A whole invented life as batches: the same seed and day give the same, whatever machine makes it. */

const daysPerBatch = 60;

export interface Life {
  readonly days: readonly LivedDay[];
  readonly devices: Devices;
  /** In order of time; each is stored in a transaction of its own. */
  batches(): Generator<Batch>;
}

/** `zone` is an IANA name; the record ends at `now`. */
export function generateLife(profile: SeedProfile, seed: number, now: Date, zone: string): Life {
  const random = seededRandom(seed);
  const devices = chooseDevices(profile, random);
  const today = localDay(zone, now.getTime());
  const days = livedDays(profile, today, random);
  return {
    days,
    devices,
    *batches() {
      // A generator of its own, so that it can be run again.
      const chance = seededRandom(seed + 1);
      for (let from = 0; from < days.length; from += daysPerBatch) {
        const batch = new Batch(now);
        for (const [index, day] of days.slice(from, from + daysPerBatch).entries()) {
          fill(batch, profile, devices, day, from + index, chance, now, zone);
        }
        yield batch;
      }
    },
  };
}

function fill(
  batch: Batch,
  profile: SeedProfile,
  devices: Devices,
  day: LivedDay,
  place: number,
  random: Random,
  now: Date,
  zone: string,
): void {
  const at = clockOf(zone, day.day);
  const offset = offsetMinutes(zone, at(12 * 60));
  const { enabled_types, include_blood_pressure } = profile.time_series_config;
  const pressure = include_blood_pressure ? ["blood_pressure_systolic", "blood_pressure_diastolic"] : [];
  if (profile.generate_time_series) {
    const enabled = new Set([...enabled_types, ...pressure]);
    recordDay(day, place, new DayRecorder(batch, devices, { at, offset, now: now.getTime() }, enabled), random);
  }
  if (day.night !== null) recordSleep(batch, devices, day, at(day.night.bedMinute), offset, random, now);
  if (day.nap !== null) {
    const start = at(day.nap.startMinute);
    const source = devices.of(batch, "sleep");
    const end = start + day.nap.minutes * 60_000;
    if (end < now.getTime()) batch.addSleepStage({ source, stage: "light", start, end, zone_offset: offset });
  }
  for (const workout of day.workouts) recordWorkout(batch, devices, workout, at(workout.startMinute), offset, now);
  recordScores(batch, devices.providers, day, at(8 * 60), offset, random, now);
}

/** The instants of a day's minutes; those before midnight are of the evening before. Most days have one offset. */
function clockOf(zone: string, day: string): (minute: number) => number {
  const [evening, midnight, end] = [
    localInstant(zone, addDays(day, -1), 1200),
    localInstant(zone, day, 0),
    localInstant(zone, day, 1440),
  ];
  const even = offsetMinutes(zone, evening) === offsetMinutes(zone, end);
  return (minute) => {
    if (even) return midnight + minute * 60_000;
    return minute < 0 ? localInstant(zone, addDays(day, -1), 1440 + minute) : localInstant(zone, day, minute);
  };
}

function recordSleep(
  batch: Batch,
  devices: Devices,
  day: LivedDay,
  bed: number,
  zone_offset: number,
  random: Random,
  now: Date,
): void {
  if (day.night === null) return;
  const source = devices.of(batch, "sleep");
  const pieces = stagesOf(day.night, random);
  const end = bed + (pieces.at(-1)?.to ?? 0) * 60_000 + 5 * 60_000;
  if (end > now.getTime()) return;
  batch.addSleepStage({ source, stage: "in_bed", start: bed, end, zone_offset });
  for (const { stage, from, to } of pieces) {
    batch.addSleepStage({ source, stage, start: bed + from * 60_000, end: bed + to * 60_000, zone_offset });
  }
}

/** Metres a minute and kilocalories a minute of common kinds. */
const pace: Readonly<Record<string, number>> = { running: 175, cycling: 420, walking: 85, swimming: 38, hiking: 70 };

function recordWorkout(
  batch: Batch,
  devices: Devices,
  workout: PlannedWorkout,
  start: number,
  zone_offset: number,
  now: Date,
): void {
  const end = start + workout.minutes * 60_000;
  if (end > now.getTime()) return;
  const metresAMinute = pace[workout.type];
  const distance = metresAMinute === undefined ? null : Math.round(metresAMinute * workout.minutes);
  batch.addWorkout({
    source: devices.of(batch, "workout"),
    type: workout.type,
    start,
    end,
    zone_offset,
    duration_seconds: workout.minutes * 60,
    heart_rate_avg: Math.round(workout.meanHeartRate),
    heart_rate_max: Math.round(workout.maxHeartRate),
    heart_rate_min: 92,
    energy_burned: Math.round(workout.minutes * (workout.meanHeartRate - 60) * 0.11),
    distance,
    average_speed: metresAMinute === undefined ? null : Math.round(metresAMinute / 60 * 100) / 100,
    total_elevation_gain: distance === null || workout.type === "swimming" ? null : Math.round(distance / 140),
    ...(workout.type === "running" ? { steps_count: workout.minutes * 162 } : {}),
  });
}

function localDay(zone: string, at: number): string {
  return new Date(at + offsetMinutes(zone, at) * 60_000).toISOString().slice(0, 10);
}
