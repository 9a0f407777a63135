import type { Batch } from "../ingest/batch.ts";
import { seriesId } from "../timeseries/series_table.ts";
import type { Devices } from "./devices.ts";
import type { LivedDay } from "./lived_days.ts";
import type { Random } from "./random.ts";

/** What the devices of a person record on one lived day. */

export interface DayClock {
  /** The instant of a minute after local midnight. */
  readonly at: (minute: number) => number;
  /** Minutes east of UTC. */
  readonly offset: number;
  /** Nothing is recorded after it. */
  readonly now: number;
}

export class DayRecorder {
  constructor(
    private readonly batch: Batch,
    private readonly devices: Devices,
    private readonly clock: DayClock,
    private readonly enabled: ReadonlySet<string>,
  ) {}

  /** Whether the profile asks for this series at all. */
  wants(series: string): boolean {
    return this.enabled.has(series);
  }

  /** `minute` is after local midnight, `minutes` how long it lasted. */
  put(series: string, minute: number, value: number, minutes = 0, decimals = 0): void {
    if (!this.wants(series)) return;
    this.#add(series, this.devices.of(this.batch, series), minute, value, minutes, decimals);
  }

  putFromPhone(series: string, minute: number, value: number, minutes: number): void {
    const phone = this.devices.phone(this.batch);
    if (phone !== null && this.wants(series)) this.#add(series, phone, minute, value, minutes, 0);
  }

  #add(
    series: string,
    source: ReturnType<Devices["of"]>,
    minute: number,
    value: number,
    minutes: number,
    decimals: number,
  ): void {
    const at = this.clock.at(minute);
    if (at + minutes * 60_000 > this.clock.now) return;
    const rounded = Math.round(value * 10 ** decimals) / 10 ** decimals;
    this.batch.addSample(seriesId(series), source, at, rounded, minutes * 60, this.clock.offset);
  }
}

const binMinutes = 15;

export function recordDay(day: LivedDay, place: number, recorder: DayRecorder, random: Random): void {
  const wake = day.night === null ? 7 * 60 : wakeMinute(day);
  recordNight(day, wake, recorder, random);
  recordMorning(day, wake, recorder, random);
  recordMovement(day, wake, recorder, random);
  recordWorkouts(day, recorder, random);
  recordAnythingElse(place, wake, recorder, random);
  if (place % 7 === 0) {
    recorder.put("weight", wake + 15, day.weight, 0, 1);
    recorder.put("body_fat_percentage", wake + 15, 12 + (day.weight - 55) * 0.4, 0, 1);
    recorder.put("vo2_max", 12 * 60, 62 - (day.restingHeartRate - 45) * 0.8, 0, 1);
  }
  if (place % 3 === 0) {
    recorder.put("blood_pressure_systolic", wake + 20, 112 + (day.restingHeartRate - 50) * 0.8 + random.between(-6, 6));
    recorder.put("blood_pressure_diastolic", wake + 20, 70 + (day.restingHeartRate - 50) * 0.4 + random.between(-4, 4));
  }
}

export function wakeMinute({ night }: LivedDay): number {
  return night === null ? 7 * 60 : Math.round(night.bedMinute + 12 + night.asleepMinutes * (1 + night.awakeShare));
}

function recordNight(day: LivedDay, wake: number, recorder: DayRecorder, random: Random): void {
  const bed = day.night?.bedMinute ?? 0;
  // The evening before midnight belongs to the day before, which knows when it went to bed from this night.
  for (let minute = Math.max(bed, -90); minute < wake; minute += 10) {
    recorder.put("heart_rate", minute, day.restingHeartRate + random.between(0, 7));
  }
  if (day.night === null) return;
  for (let minute = bed + 30; minute < wake - 15; minute += 45) {
    recorder.put("heart_rate_variability_rmssd", minute, day.rmssd * random.between(0.85, 1.15), 0, 1);
    recorder.put("heart_rate_variability_sdnn", minute, day.rmssd * random.between(1.1, 1.4), 0, 1);
    recorder.put("respiratory_rate", minute, 13 + (day.restingHeartRate - 50) * 0.08 + random.between(-0.8, 0.8), 0, 1);
  }
}

function recordMorning(day: LivedDay, wake: number, recorder: DayRecorder, random: Random): void {
  recorder.put("resting_heart_rate", wake + 5, day.restingHeartRate);
  recorder.put("oxygen_saturation", wake + 5, random.between(95.5, 99), 0, 1);
  recorder.put(
    "skin_temperature",
    wake + 5,
    34.4 + (day.restingHeartRate - 55) * 0.03 + random.between(-0.3, 0.3),
    0,
    1,
  );
}

function recordMovement(day: LivedDay, wake: number, recorder: DayRecorder, random: Random): void {
  const busy = [8, 12, 13, 17, 18];
  for (let minute = wake; minute < 23 * 60 - 30; minute += binMinutes) {
    const hour = Math.floor(minute / 60);
    const moving = random.happens(busy.includes(hour) ? 0.85 : 0.45);
    const steps = moving ? Math.round(day.activity * random.between(40, busy.includes(hour) ? 620 : 260)) : 0;
    recorder.put("heart_rate", minute, day.restingHeartRate + 12 + steps / 18 + random.between(0, 8));
    if (minute % 60 < binMinutes) recorder.put("basal_energy", minute, random.between(66, 74), 60);
    if (steps === 0) continue;
    recorder.put("steps", minute, steps, binMinutes);
    recorder.put("energy", minute, steps * 0.045 + 1, binMinutes, 1);
    recorder.put("distance_walking_running", minute, steps * 0.72, binMinutes, 1);
    if (random.happens(0.6)) recorder.putFromPhone("steps", minute, steps * random.between(0.93, 1.02), binMinutes);
    if (random.happens(0.1)) recorder.put("flights_climbed", minute, random.whole(1, 3), binMinutes);
  }
}

/** Series of moments within a workout, for the kinds that have them. */
const withinWorkouts:
  readonly (readonly [series: string, kinds: RegExp, low: number, high: number, decimals: number])[] = [
    ["running_power", /run|treadmill/, 220, 340, 0],
    ["running_speed", /run|treadmill/, 2.4, 4.2, 2],
    ["cadence", /run|cycl|treadmill/, 78, 95, 0],
    ["power", /cycl/, 120, 280, 0],
    ["swimming_stroke_count", /swim/, 8, 18, 0],
  ];

function recordWorkouts(day: LivedDay, recorder: DayRecorder, random: Random): void {
  for (const workout of day.workouts) {
    for (let minute = 0; minute < workout.minutes; minute += 0.5) {
      const warm = Math.min(1, (minute + 1) / 8);
      const wave = Math.sin(minute / 3) * 4;
      const rate = Math.min(workout.maxHeartRate, 95 + (workout.meanHeartRate + 6 - 95) * warm + wave);
      recorder.put("heart_rate", workout.startMinute + minute + 0.25, rate + random.between(-2, 2));
      for (const [series, kinds, low, high, decimals] of withinWorkouts) {
        if (!kinds.test(workout.type)) continue;
        recorder.put(series, workout.startMinute + minute + 0.25, random.between(low, high), 0, decimals);
      }
    }
    recorder.put("energy", workout.startMinute, workout.minutes * (workout.meanHeartRate - 60) * 0.11, workout.minutes);
  }
}

/** Series without a place in the story: minutes between two (0 is once a day), and the range they lie in. */
const others: readonly (readonly [series: string, every: number, low: number, high: number, decimals: number])[] = [
  ["environmental_audio_exposure", 30, 40, 85, 0],
  ["headphone_audio_exposure", 120, 50, 90, 0],
  ["stand_time", 0, 120, 720, 0],
  ["exercise_time", 0, 10, 120, 0],
  ["time_in_daylight", 0, 15, 240, 0],
  ["blood_glucose", 0, 80, 120, 0],
  ["body_temperature", 0, 36.1, 37.2, 1],
];

function recordAnythingElse(place: number, wake: number, recorder: DayRecorder, random: Random): void {
  for (const [series, every, low, high, decimals] of others) {
    if (!recorder.wants(series)) continue;
    for (let minute = every === 0 ? 18 * 60 + place % 30 : wake; minute < 22 * 60; minute += every || 24 * 60) {
      recorder.put(series, minute, random.between(low, high), 0, decimals);
    }
  }
}
