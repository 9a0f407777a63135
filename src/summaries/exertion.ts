import type { Levels } from "./measured.ts";
import { dayText } from "./local_days.ts";

/**
 * How hard the heart worked, minute by minute, against its highest rate: 220 − age (Fox et al. 1971), not below 100;
 * 190 where the birth date is not known. Light from 50 %, moderate above 63 %, vigorous above 76 % of it (American
 * College of Sports Medicine, with the contract's edges cut to whole beats). What is above 93 % is vigorous too. Pure.
 */

export interface Exertion {
  readonly light_minutes: number | null;
  readonly moderate_minutes: number | null;
  readonly vigorous_minutes: number | null;
}

/** Minutes of one local day; all null without any, or where only the day's mean is kept. `birthDate` is `YYYY-MM-DD`. */
export function exertion(pulse: Levels, birthDate: string | null, day: number): Exertion {
  const told = pulse.filter(({ whole_day }) => whole_day !== true);
  if (told.length === 0) {
    return { light_minutes: null, moderate_minutes: null, vigorous_minutes: null };
  }
  const highest = highestHeartRate(birthDate, day);
  const [light, moderate, vigorous] = [0.5, 0.63, 0.76].map((share) => Math.trunc(highest * share + 1e-9));
  const minutes = new Map<number, { sum: number; count: number }>();
  for (const { at, sum, count } of told) {
    const known = minutes.get(at) ?? { sum: 0, count: 0 };
    minutes.set(at, { sum: known.sum + sum, count: known.count + count });
  }
  let [light_minutes, moderate_minutes, vigorous_minutes] = [0, 0, 0];
  for (const { sum, count } of minutes.values()) {
    const rate = sum / count;
    if (rate > (vigorous ?? 0)) vigorous_minutes++;
    else if (rate > (moderate ?? 0)) moderate_minutes++;
    else if (rate >= (light ?? 0)) light_minutes++;
  }
  return { light_minutes, moderate_minutes, vigorous_minutes };
}

export function highestHeartRate(birthDate: string | null, day: number): number {
  return birthDate === null ? 190 : Math.max(100, 220 - ageOn(birthDate, dayText(day)));
}

/** Whole years; a birthday of 29 February is on 1 March of other years. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
