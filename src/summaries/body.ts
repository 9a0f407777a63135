import type { UserId } from "../accounts/access.ts";
import { findPersonalRecord } from "../accounts/personal_record_queries.ts";
import type { Context } from "../platform/context.ts";
import { utcDay } from "../platform/day_range.ts";
import type { DataSource } from "../sources/table.ts";
import { levelOf, mergeLevels } from "../timeseries/merge_levels.ts";
import { seriesId } from "../timeseries/series_table.ts";
import { findLatest, findPressure, type PressureRow, type Reading } from "./body_queries.ts";
import { ageOn } from "./exertion.ts";
import { findLevels } from "./sample_queries.ts";
import { rankedSources } from "./source_order.ts";

/** A person's body as it is now: what changes slowly, averages of some days, and the latest readings. */

const weight = seriesId("weight");
const height = seriesId("height");
const bodyFat = seriesId("body_fat_percentage");
const bodyMassIndex = seriesId("body_mass_index");
const leanMass = seriesId("lean_body_mass");
const slow = [weight, height, bodyFat, bodyMassIndex, leanMass];

const restingHeartRate = seriesId("resting_heart_rate");
const sdnn = seriesId("heart_rate_variability_sdnn");
const rmssd = seriesId("heart_rate_variability_rmssd");
const averaged = [restingHeartRate, sdnn, rmssd];

const bodyTemperature = seriesId("body_temperature");
const skinTemperature = seriesId("skin_temperature");
const pressure = { systolic: seriesId("blood_pressure_systolic"), diastolic: seriesId("blood_pressure_diastolic") };

export interface Body {
  /** Of the newest slow value, else of the newest reading; null when only averages are known. */
  readonly source: DataSource | null;
  readonly weight_kg: number | null;
  readonly height_cm: number | null;
  readonly body_fat_percent: number | null;
  readonly muscle_mass_kg: number | null;
  readonly bmi: number | null;
  readonly age: number | null;
  readonly period: { readonly start: Date; readonly end: Date };
  readonly resting_heart_rate_bpm: number | null;
  readonly avg_hrv_sdnn_ms: number | null;
  readonly avg_hrv_rmssd_ms: number | null;
  readonly body_temperature: Reading | null;
  readonly skin_temperature: Reading | null;
  readonly blood_pressure: PressureRow | null;
}

/** Null when nothing is known; a body mass index alone is nothing. */
export async function readBody(
  ctx: Context,
  userId: UserId,
  asked: { readonly averagePeriodDays: number; readonly latestWindowHours: number },
): Promise<Body | null> {
  const [db, now] = [ctx.database, ctx.clock()];
  const sources = await rankedSources(db, userId);
  const order = sources.map(({ no }) => no);
  const start = new Date(now.getTime() - asked.averagePeriodDays * 86_400_000);
  const window = { from: new Date(now.getTime() - asked.latestWindowHours * 3_600_000), to: now };
  const [latest, levels, temperatures, blood_pressure, record] = await Promise.all([
    findLatest(db, userId, slow, order, { from: null, to: now }),
    findLevels(db, userId, averaged, { from: start.getTime(), to: now.getTime() }),
    findLatest(db, userId, [bodyTemperature, skinTemperature], order, window),
    findPressure(db, userId, pressure, order, window),
    findPersonalRecord(db, userId),
  ]);
  const slowOf = (series: number) => latest.find((reading) => reading.series === series)?.value ?? null;
  const average = (series: number) => levelOf(mergeLevels(levels.filter((row) => row.series === series), order))?.avg;
  const reading = (series: number) => temperatures.find((found) => found.series === series) ?? null;
  const [weight_kg, height_cm] = [slowOf(weight), slowOf(height)];
  const computed = weight_kg !== null && height_cm !== null && height_cm > 0
    ? Math.round(weight_kg / (height_cm / 100) ** 2 * 10) / 10
    : null;
  const known = latest.some(({ series }) => series !== bodyMassIndex) || levels.length > 0 ||
    temperatures.length > 0 || blood_pressure !== null;
  if (!known) return null;
  const place = ({ source_no }: { source_no: number }) => order.indexOf(source_no);
  const readings = [...temperatures, ...(blood_pressure === null ? [] : [blood_pressure])];
  const newest = [...(latest.length > 0 ? latest : readings)].sort((a, b) => b.at - a.at || place(a) - place(b))[0] ??
    levels[0];
  return {
    source: sources.find(({ no }) => no === newest?.source_no) ?? null,
    weight_kg,
    height_cm,
    body_fat_percent: slowOf(bodyFat),
    muscle_mass_kg: slowOf(leanMass),
    bmi: slowOf(bodyMassIndex) ?? computed,
    age: record?.birth_date ? ageOn(record.birth_date, utcDay(now)) : null,
    period: { start, end: now },
    resting_heart_rate_bpm: average(restingHeartRate) ?? null,
    avg_hrv_sdnn_ms: average(sdnn) ?? null,
    avg_hrv_rmssd_ms: average(rmssd) ?? null,
    body_temperature: reading(bodyTemperature),
    skin_temperature: reading(skinTemperature),
    blood_pressure,
  };
}
