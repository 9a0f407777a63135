import type { Batch } from "../ingest/batch.ts";
import { seriesId } from "../timeseries/series_table.ts";
import { cleaned, toSeriesUnit } from "../timeseries/units.ts";
import {
  type Dropped,
  type Fields,
  fieldsOf,
  isFields,
  pointValue,
  readAmount,
  readMoment,
  readNumber,
  readText,
} from "./auto_export_points.ts";
import { autoExportSource } from "./auto_export_source.ts";
import { autoExportWorkoutType } from "./auto_export_workout_name_table.ts";

/**
 * The app's workouts, in both versions of its format. Heart rates become samples. Steps, energy and distance by the
 * minute do not, because the metrics of the same app hold them too and they would be counted twice; they only give the
 * workout's totals where the app names none.
 */

const heartRate = seriesId("heart_rate");
const metres = seriesId("distance_walking_running");
const kilocalories = seriesId("energy");
const metresASecond = seriesId("speed");

/** How many workouts were taken. */
export function mapWorkouts(sent: readonly Fields[], batch: Batch, dropped: Dropped): number {
  return sent.filter((workout) => {
    const reason = mapWorkout(workout, batch, dropped);
    dropped.add(reason);
    return reason === null;
  }).length;
}

function mapWorkout(sent: Fields, batch: Batch, dropped: Dropped): string | null {
  const [start, end] = [readMoment(sent.start), readMoment(sent.end)];
  if (start === null || end === null) return "invalid_date";
  const name = readText(sent.name);
  const rates = [...fieldsOf(sent.heartRateData), ...fieldsOf(sent.heartRate)];
  const energy = amountIn(kilocalories, sent.totalEnergy) ??
    plus(energyIn(sent.activeEnergyBurned) ?? energyIn(sent.activeEnergy), energyIn(sent.basalEnergyBurned));
  const reason = batch.addWorkout({
    source: autoExportSource(batch, readText(sent.source)),
    external_id: readText(sent.id),
    type: autoExportWorkoutType(name, readText(sent.location), sent.isIndoor === true),
    name,
    start: start.at,
    end: end.at,
    zone_offset: start.zone_offset,
    duration_seconds: Math.round((end.at - start.at) / 1000),
    moving_time_seconds: movingSeconds(sent.duration, (end.at - start.at) / 1000),
    ...heartRates(sent, rates),
    energy_burned: energy,
    distance: amountIn(metres, sent.distance) ?? amountIn(metres, sent.totalDistance) ??
      sumIn(metres, sent.walkingAndRunningDistance) ?? sumIn(metres, sent.cyclingDistance) ??
      sumIn(metres, sent.swimDistance),
    steps_count: whole(readAmount(sent.stepCount)?.qty ?? sumOf(sent.stepCount)),
    average_speed: amountIn(metresASecond, sent.avgSpeed) ?? amountIn(metresASecond, sent.speed),
    max_speed: amountIn(metresASecond, sent.maxSpeed),
    average_cadence: readAmount(sent.stepCadence)?.qty ?? readAmount(sent.cyclingCadence)?.qty ?? null,
    total_elevation_gain: amountIn(metres, sent.elevationUp) ?? climb(sent.elevation),
  });
  if (reason !== null) return reason;
  for (const rate of [...rates, ...fieldsOf(sent.heartRateRecovery)]) dropped.add(addRate(rate, batch));
  addWeather(sent, start, batch);
  dropped.add("route_points", Array.isArray(sent.route) ? sent.route.length : 0);
  return null;
}

/** The app names the time that was not paused; more than the whole cannot be. */
function movingSeconds(value: unknown, elapsed: number): number | null {
  const seconds = readNumber(value);
  return seconds === null || seconds <= 0 || seconds > elapsed + 1 ? null : Math.round(seconds);
}

function heartRates(sent: Fields, points: readonly Fields[]) {
  const summary = isFields(sent.heartRate) ? sent.heartRate : {};
  const averages = numbers(points.map(pointValue));
  const lows = numbers(points.map((point) => readNumber(point.Min) ?? readNumber(point.min) ?? pointValue(point)));
  const highs = numbers(points.map((point) => readNumber(point.Max) ?? readNumber(point.max) ?? pointValue(point)));
  const said = (...values: unknown[]) =>
    values.map((value) => readAmount(value)?.qty ?? null).find((value) => value !== null && value > 0) ?? null;
  return {
    heart_rate_min: said(summary.min) ??
      (lows.length === 0 ? null : lows.reduce((least, rate) => Math.min(least, rate))),
    heart_rate_max: said(summary.max, sent.maxHeartRate) ??
      (highs.length === 0 ? null : highs.reduce((most, rate) => Math.max(most, rate))),
    heart_rate_avg: said(summary.avg, sent.avgHeartRate) ??
      (averages.length === 0 ? null : averages.reduce((sum, value) => sum + value, 0) / averages.length),
  };
}

function numbers(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null && value > 0) as number[];
}

function addRate(point: Fields, batch: Batch): string | null {
  const [moment, value] = [readMoment(point.date) ?? readMoment(point.timestamp), pointValue(point)];
  if (moment === null) return "invalid_date";
  if (value === null || value <= 0) return "invalid_value";
  const source = autoExportSource(batch, readText(point.source));
  return batch.addSample(heartRate, source, moment.at, value, 0, moment.zone_offset);
}

const weather = [["temperature", "weather_temperature"], ["humidity", "weather_humidity"]] as const;

function addWeather(sent: Fields, start: { at: number; zone_offset: number | null }, batch: Batch): void {
  for (const [field, code] of weather) {
    const value = amountIn(seriesId(code), sent[field]);
    if (value === null) continue;
    batch.addSample(seriesId(code), autoExportSource(batch, null), start.at, value, 0, start.zone_offset);
  }
}

/** In the unit of the series; null when it is absent or in another kind of unit. */
function amountIn(series: number, value: unknown): number | null {
  const amount = readAmount(value);
  if (amount === null) return null;
  return toSeriesUnit(series, amount.qty, amount.units);
}

function energyIn(value: unknown): number | null {
  return amountIn(kilocalories, value) ?? sumIn(kilocalories, value);
}

/** The sum of a list of `{qty, units}`. */
function sumIn(series: number, value: unknown): number | null {
  const parts = fieldsOf(value).map((point) => amountIn(series, point)).filter((part) => part !== null);
  return parts.length === 0 ? null : cleaned(parts.reduce((sum, part) => sum + part, 0));
}

function sumOf(value: unknown): number | null {
  const parts = fieldsOf(value).map(pointValue).filter((part) => part !== null);
  return parts.length === 0 ? null : parts.reduce((sum, part) => sum + part, 0);
}

/** The first version of the format: `{ascent, descent, units}`. */
function climb(value: unknown): number | null {
  if (!isFields(value)) return null;
  return amountIn(metres, { qty: value.ascent, units: value.units });
}

function plus(first: number | null, second: number | null): number | null {
  return first === null ? second : cleaned(first + (second ?? 0));
}

function whole(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}
