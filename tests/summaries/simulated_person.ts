import type { IntervalSample } from "../../src/timeseries/merge_intervals.ts";

/**
 * A person who walks, known minute by minute, and devices that saw parts of it: each is worn and charged, lies on the
 * desk, runs fast or slow, reports in pieces of its own length, loses uploads and sends some twice.
 */

export const minuteMs = 60_000;
export const dayMs = 1440 * minuteMs;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface DeviceHabits {
  readonly source_no: number;
  /** Longest piece in minutes; `epochs` cuts at the clock, others start where walking starts. */
  readonly pieceMinutes: number;
  readonly epochs: boolean;
  /** Sends zeros also while it is not worn. */
  readonly zeros: boolean;
  /** How many times a day it is taken off, and for how long. */
  readonly pauses: number;
  readonly pauseMinutes: readonly [number, number];
  /** The share of walks that it stays at home for. */
  readonly forgotten: number;
  /** What it counts for one step. */
  readonly gain: number;
  readonly lostUploads: number;
  readonly givesTotals: boolean;
  readonly instants?: boolean;
}

export interface SimulatedDevice {
  readonly source_no: number;
  readonly samples: IntervalSample[];
  /** By day, counted from the start. */
  readonly totals: number[];
  /** The minutes whose steps it reported. */
  readonly saw: boolean[];
}

export interface Person {
  readonly start: number;
  readonly steps: Float64Array;
  /** Kilocalories, also at rest. */
  readonly energy: Float64Array;
  /** Beats a minute. */
  readonly pulse: Float64Array;
  readonly days: number;
  readonly walks: readonly (readonly [number, number])[];
}

/** Walks of 1 to 60 minutes between 7 and 23 o'clock, about 9,000 steps a day, and the few steps about the house. */
export function person(random: () => number, days: number, start: number): Person {
  const steps = new Float64Array(days * 1440);
  const walks: [number, number][] = [];
  for (let day = 0; day < days; day++) {
    for (let minute = day * 1440 + 420; minute < day * 1440 + 1380;) {
      const length = Math.min(1 + Math.floor(random() ** 3 * 60), day * 1440 + 1380 - minute);
      const pace = 60 + random() * 60;
      for (let i = 0; i < length; i++) steps[minute + i] = Math.round(pace * (0.9 + random() * 0.2));
      walks.push([minute, minute + length]);
      minute += length + 2 + Math.floor(random() * 180);
    }
  }
  const energy = steps.map((count) => 1.1 + count * 0.04 + random() * 0.1);
  const pulse = steps.map((count) => 55 + (count > 0 ? 45 : 0) + random() * 10);
  return { start, steps, energy, pulse, days, walks };
}

/** What the device reports of the person's steps or energy. */
export function device(
  random: () => number,
  person: Person,
  habits: DeviceHabits,
  what: "steps" | "energy" = "steps",
): SimulatedDevice {
  const worn = wornMinutes(random, person, habits);
  const counted = Array.from(person[what], (truth, minute) => {
    return worn[minute] ? truth * habits.gain * (0.98 + random() * 0.04) : 0;
  });
  const totals = Array.from({ length: person.days }, (_, day) => {
    return counted.slice(day * 1440, day * 1440 + 1440).reduce((sum, value) => sum + value, 0);
  });
  const samples: IntervalSample[] = [];
  const saw = new Array<boolean>(counted.length).fill(false);
  const drift = (random() * 2 - 1) * 90_000;
  let [upload, lost] = [-Infinity, false];
  for (const [from, to] of pieces(counted, habits)) {
    // Uploads hold several pieces, so that losses come in rows.
    if (from - upload >= 180) [upload, lost] = [from, random() < habits.lostUploads];
    if (lost) continue;
    for (let minute = from; minute < to; minute++) saw[minute] = counted[minute] !== 0;
    const sample = {
      at: person.start + from * minuteMs + Math.round(drift),
      duration_seconds: habits.instants ? 0 : (to - from) * 60,
      value: counted.slice(from, to).reduce((sum, value) => sum + value, 0),
      source_no: habits.source_no,
      zone_offset: 0,
    };
    samples.push(sample);
  }
  return { source_no: habits.source_no, samples, totals, saw };
}

function wornMinutes(random: () => number, person: Person, habits: DeviceHabits): boolean[] {
  const worn = new Array<boolean>(person.steps.length).fill(true);
  for (let day = 0; day < person.days; day++) {
    for (let pause = 0; pause < habits.pauses; pause++) {
      const [least, most] = habits.pauseMinutes;
      const from = atRest(person, day * 1440 + 420 + Math.floor(random() * 900));
      worn.fill(false, from, atRest(person, from + least + Math.floor(random() * (most - least))));
    }
  }
  for (const [from, to] of person.walks) {
    if (random() < habits.forgotten) worn.fill(false, from, to);
  }
  return worn;
}

/** Nobody changes watches on the run: the next minute that is not in a walk. */
function atRest({ steps }: Person, minute: number): number {
  const rest = steps.findIndex((count, at) => at >= minute && count === 0);
  return rest === -1 ? steps.length : rest;
}

function pieces(counted: readonly number[], { pieceMinutes, epochs, zeros }: DeviceHabits): [number, number][] {
  const found: [number, number][] = [];
  if (epochs) {
    for (let from = 0; from < counted.length; from += pieceMinutes) {
      const to = from + pieceMinutes;
      if (zeros || counted.slice(from, to).some((value) => value > 0)) found.push([from, to]);
    }
    return found;
  }
  for (let from = 0; from < counted.length; from++) {
    if (counted[from] === 0) continue;
    let to = from;
    while (counted[to] !== 0 && to < counted.length && to - from < pieceMinutes) to++;
    found.push([from, to]);
    from = to - 1;
  }
  return found;
}
