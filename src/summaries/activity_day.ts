import { bestFirst, type Piece } from "../timeseries/merge_intervals.ts";
import { levelOf, mergeLevels } from "../timeseries/merge_levels.ts";
import { seriesId } from "../timeseries/series_table.ts";
import { exertion } from "./exertion.ts";
import { type DayAmount, dayAmounts } from "./day_amounts.ts";
import { localDay, minuteMs } from "./local_days.ts";
import type { Measured } from "./measured.ts";
import type { ClimbRow } from "./sample_queries.ts";

/** A person's activity of local days: the merged day, and what each source alone would say. Pure. */

export const activityAmounts = {
  steps: seriesId("steps"),
  active_calories_kcal: seriesId("energy"),
  basal_calories_kcal: seriesId("basal_energy"),
  distance_meters: seriesId("distance_walking_running"),
  flights: seriesId("flights_climbed"),
  active_time: seriesId("active_time"),
} as const;

export const heartRate = seriesId("heart_rate");

/** A source's part of the merged day; what it did not add to is null. */
export interface Contribution {
  readonly source_no: number;
  /** Of the day's steps; of calories, distance, flights or heart rate where nobody counted steps. 0 to 1. */
  readonly share: number;
  readonly steps: number | null;
  readonly distance_meters: number | null;
  readonly active_calories_kcal: number | null;
  readonly flights: number | null;
}

/** A row of `day_summary`; null was not reported. */
export interface ActivityDay {
  readonly day: number;
  /** 0 is the merged day. */
  readonly source_no: number;
  readonly steps: number | null;
  readonly distance_meters: number | null;
  readonly flights: number | null;
  readonly elevation_meters: number | null;
  readonly active_calories_kcal: number | null;
  readonly basal_calories_kcal: number | null;
  readonly active_minutes: number | null;
  readonly sedentary_minutes: number | null;
  readonly light_minutes: number | null;
  readonly moderate_minutes: number | null;
  readonly vigorous_minutes: number | null;
  readonly heart_rate_avg: number | null;
  readonly heart_rate_min: number | null;
  readonly heart_rate_max: number | null;
  readonly sources: readonly Contribution[] | null;
}

/** From so many steps on, a minute is active: a third of a slow walk (the contract's number). */
const activeSteps = 30;

export interface ActivityInput {
  readonly measured: Measured;
  readonly climbs: readonly ClimbRow[];
  /** `YYYY-MM-DD` or null when it is not known. */
  readonly birthDate: string | null;
  /** Sources, the best first. */
  readonly order: readonly number[];
}

/** The rows of these days, the merged one first; a day without anything has none. */
export function activityOfDays(input: ActivityInput, days: readonly number[]): ActivityDay[] {
  const sources = sourcesOf(input);
  const merged = view(input, sources, 0);
  const alone = sources.map((source) => view(input, [source], source));
  return days.flatMap((day) => [merged, ...alone].flatMap((rowOf) => rowOf(day) ?? []));
}

function sourcesOf({ measured, climbs, order }: ActivityInput): number[] {
  const found = new Set(climbs.map(({ source_no }) => source_no));
  for (const { pieces, totals } of measured.amounts.values()) {
    for (const source of pieces.keys()) found.add(source);
    for (const ofDay of totals.values()) for (const source of ofDay.keys()) found.add(source);
  }
  for (const levels of measured.levels.values()) for (const { source_no } of levels) found.add(source_no);
  return bestFirst(found, order);
}

/** The day as these sources tell it. */
function view(
  { measured, climbs, birthDate, order }: ActivityInput,
  sources: readonly number[],
  source_no: number,
): (day: number) => ActivityDay | null {
  const amounts = new Map(
    Object.values(activityAmounts).map((series) => {
      const own = measured.amounts.get(series);
      return [series, own === undefined ? new Map<number, DayAmount>() : dayAmounts(own, sources, order)];
    }),
  );
  const reported = minutesOf(sources.flatMap((source) => {
    return measured.amounts.get(activityAmounts.steps)?.pieces.get(source) ?? [];
  }));
  const pulse = (measured.levels.get(heartRate) ?? []).filter((row) => sources.includes(row.source_no));
  const pulseByDay = Map.groupBy(mergeLevels(pulse, order), (row) => localDay(row.at, row.zone_offset));
  const climbed = climbsByDay(climbs.filter((climb) => sources.includes(climb.source_no)), order);

  return (day) => {
    const amount = (series: number) => amounts.get(series)?.get(day) ?? null;
    const steps = amount(activityAmounts.steps);
    const energy = amount(activityAmounts.active_calories_kcal);
    const distance = amount(activityAmounts.distance_meters);
    const flights = amount(activityAmounts.flights);
    const active = amount(activityAmounts.active_time);
    const ofPulse = pulseByDay.get(day) ?? [];
    const level = levelOf(ofPulse);
    const stepMinutes = reported.get(day)?.size ?? null;
    const walked = stepMinutes === null ? null : activeMinutes(steps?.merged ?? []);
    const active_minutes = active === null ? walked : Math.round(active.value);
    const row = {
      steps: steps?.value ?? null,
      distance_meters: distance?.value ?? null,
      flights: flights?.value ?? null,
      elevation_meters: climbed.get(day) ?? null,
      active_calories_kcal: energy?.value ?? null,
      basal_calories_kcal: amount(activityAmounts.basal_calories_kcal)?.value ?? null,
      active_minutes,
      heart_rate_avg: level?.avg ?? null,
      heart_rate_min: level?.min ?? null,
      heart_rate_max: level?.max ?? null,
    };
    if (Object.values(row).every((value) => value === null)) return null;
    return {
      ...row,
      day,
      source_no,
      sedentary_minutes: stepMinutes === null ? null : Math.max(stepMinutes - (active_minutes ?? 0), 0),
      ...exertion(ofPulse, birthDate, day),
      sources: source_no === 0 ? contributions({ steps, energy, distance, flights }, ofPulse) : null,
    };
  };
}

/** The minutes of each local day about which some piece says something, also that there was nothing. */
function minutesOf(pieces: readonly Piece[]): Map<number, Set<number>> {
  const days = new Map<number, Set<number>>();
  for (const { start, end, zone_offset } of pieces) {
    for (let minute = Math.floor(start / minuteMs); minute * minuteMs < end; minute++) {
      const day = localDay(minute * minuteMs, zone_offset);
      days.set(day, (days.get(day) ?? new Set()).add(minute));
    }
  }
  return days;
}

function activeMinutes(pieces: readonly Piece[]): number {
  const byMinute = new Map<number, number>();
  for (const { start, end, value } of pieces) {
    for (let minute = Math.floor(start / minuteMs); minute * minuteMs < end; minute++) {
      const shared = Math.min(end, (minute + 1) * minuteMs) - Math.max(start, minute * minuteMs);
      byMinute.set(minute, (byMinute.get(minute) ?? 0) + value * shared / (end - start));
    }
  }
  // Halves of a minute add up to a hair less than the whole.
  return [...byMinute.values()].filter((steps) => steps >= activeSteps - 1e-6).length;
}

/** Metres of the workouts that ended on each local day. Of workouts at one time, the best-ranked source's counts. */
function climbsByDay(climbs: readonly ClimbRow[], order: readonly number[]): Map<number, number> {
  const days = new Map<number, number>();
  const taken: ClimbRow[] = [];
  for (const source of bestFirst(new Set(climbs.map(({ source_no }) => source_no)), order)) {
    const better = [...taken];
    for (const climb of climbs.filter(({ source_no }) => source_no === source)) {
      if (better.some((other) => other.start < climb.end && climb.start < other.end)) continue;
      taken.push(climb);
      const day = localDay(climb.end, climb.zone_offset);
      days.set(day, (days.get(day) ?? 0) + climb.meters);
    }
  }
  return days;
}

type Shared = "steps" | "energy" | "distance" | "flights";

function contributions(
  amounts: Readonly<Record<Shared, DayAmount | null>>,
  pulse: readonly { readonly source_no: number; readonly count: number }[],
): Contribution[] {
  const order = [amounts.steps, amounts.energy, amounts.distance, amounts.flights];
  const basis = order.find((amount) => amount !== null && amount.value > 0)?.parts ??
    pulse.map(({ source_no, count }) => ({ source_no, value: count }));
  const whole = basis.reduce((sum, part) => sum + part.value, 0);
  const of = (parts: DayAmount["parts"] | undefined, source: number) => {
    const found = parts?.filter((part) => part.source_no === source) ?? [];
    return found.length === 0 ? null : found.reduce((sum, part) => sum + part.value, 0);
  };
  const everybody = new Set(
    [...order.flatMap((amount) => amount?.parts ?? []), ...pulse].map(({ source_no }) => source_no),
  );
  return [...everybody].map((source_no) => ({
    source_no,
    share: whole === 0 ? 0 : (of(basis, source_no) ?? 0) / whole,
    steps: of(amounts.steps?.parts, source_no),
    distance_meters: of(amounts.distance?.parts, source_no),
    active_calories_kcal: of(amounts.energy?.parts, source_no),
    flights: of(amounts.flights?.parts, source_no),
  })).sort((a, b) => b.share - a.share);
}
