import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import type { Database } from "../platform/database.ts";
import { addDays, daysBetween } from "../platform/day_range.ts";
import { type ScoreRow, scoresOfDays } from "../scores/queries.ts";
import { offsetNear } from "../timeseries/offset_near.ts";
import { findOffsets } from "../timeseries/offset_queries.ts";
import { seriesId } from "../timeseries/series_table.ts";
import type { DayBounds } from "./cache_queries.ts";
import { dayNumber, dayText, localDay, runsOfDays } from "./local_days.ts";
import { findRecoveryDays, findRecoverySpan } from "./recovery_queries.ts";
import { type SeriesDay, seriesOfDays } from "./series_by_day.ts";
import { type SleepNight, sleepNights } from "./sleep.ts";
import { rankedSources } from "./source_order.ts";
import type { DataSource } from "../sources/table.ts";

/** How recovered a person was, by local day: a vendor's score where there is one, and what was measured. */

const restingHeartRate = seriesId("resting_heart_rate");
const sdnn = seriesId("heart_rate_variability_sdnn");
const rmssd = seriesId("heart_rate_variability_rmssd");
const spo2 = seriesId("oxygen_saturation");

/** A day with one of these has a row; oxygen alone says nothing about recovery. */
const telling = [restingHeartRate, sdnn, rmssd];

export interface RecoveryDay {
  readonly day: string;
  /** Null when a score names no device: then `provider` says who gave it. */
  readonly source: DataSource | null;
  readonly provider: string | null;
  readonly night: SleepNight | null;
  readonly resting_heart_rate_bpm: number | null;
  readonly avg_hrv_sdnn_ms: number | null;
  readonly avg_hrv_rmssd_ms: number | null;
  readonly avg_spo2_percent: number | null;
  /** 0 to 100; null when nobody gives one. */
  readonly recovery_score: number | null;
}

export interface RecoveryPage extends DayBounds {
  readonly after: string | undefined;
  readonly descending: boolean;
  readonly limit: number;
}

export async function readRecovery(ctx: Context, userId: UserId, page: RecoveryPage): Promise<RecoveryDay[]> {
  const days = await pageDays(ctx, userId, page);
  const db = ctx.database;
  const sources = await rankedSources(db, userId);
  const found: RecoveryDay[] = [];
  for (const run of runsOfDays(days.map(dayNumber), 62)) {
    const [from, last] = [dayText(run.at(0) ?? 0), dayText(run.at(-1) ?? 0)];
    const to = addDays(last, 1);
    const series = await seriesOfDays(db, userId, [...telling, spo2], from, to);
    const scores = Map.groupBy(await scoresOfDays(db, userId, "recovery", from, last), ({ day }) => day);
    const nights = new Map((await sleepNights(ctx, userId, from, to)).map((night) => [night.day, night]));
    const measured = (id: number, day: string) => series.get(id)?.find((row) => row.day === day) ?? null;
    for (const day of run.map(dayText)) {
      const levels = [...telling, spo2].map((id) => measured(id, day));
      found.push(recoveryDay(day, bestScore(scores.get(day) ?? [], sources), nights.get(day) ?? null, levels, sources));
    }
  }
  return page.descending ? found.reverse() : found;
}

/** The days of the page in order of time, looked for in ever longer stretches. */
async function pageDays(ctx: Context, userId: UserId, page: RecoveryPage): Promise<string[]> {
  const { after, descending, limit } = page;
  const span = await findRecoverySpan(ctx.database, userId, telling);
  if (span === null) return [];
  const bounds = [page.from, page.to, span.first, addDays(span.last, 1)];
  let from = [bounds[0], bounds[2], ...(after === undefined || descending ? [] : [addDays(after, 1)])].sort().at(-1) ??
    "";
  let to = [bounds[1], bounds[3], ...(after === undefined || !descending ? [] : [after])].sort()[0] ?? "";
  const found: string[] = [];
  for (let length = limit * 2; from < to && found.length < limit; length *= 2) {
    const step = Math.min(length, daysBetween(from, to));
    const stretch = descending ? { from: addDays(to, -step), to } : { from, to: addDays(from, step) };
    const days = await daysWithin(ctx.database, userId, stretch);
    if (descending) {
      found.unshift(...days);
      to = stretch.from;
    } else {
      found.push(...days);
      from = stretch.to;
    }
  }
  return descending ? found.slice(-limit) : found.slice(0, limit);
}

/** The days of a stretch in order; an instant without an offset lies where the day's values look for it. */
async function daysWithin(db: Database, userId: UserId, stretch: DayBounds): Promise<string[]> {
  const { days, unplaced } = await findRecoveryDays(db, userId, telling, stretch);
  if (unplaced.length === 0) return [...days].sort();
  const range = { from: Math.min(...unplaced), to: Math.max(...unplaced) };
  const known = await findOffsets(db, userId, [...telling, spo2], range);
  const placed = unplaced.map((at) => dayText(localDay(at, offsetNear(known, at))))
    .filter((day) => day >= stretch.from && day < stretch.to);
  return [...new Set([...days, ...placed])].sort();
}

/** Of several vendors' scores that of the best-ranked source counts; of one vendor's the latest. */
function bestScore(scores: readonly ScoreRow[], sources: readonly DataSource[]): ScoreRow | null {
  const rank = (score: ScoreRow) => {
    const place = sources.findIndex(({ id, provider }) => {
      return score.data_source_id === null ? provider === score.provider : id === score.data_source_id;
    });
    return place === -1 ? sources.length : place;
  };
  const given = scores.filter(({ value }) => value !== null);
  return given.reduce<ScoreRow | null>(
    (best, score) => best === null || rank(score) <= rank(best) ? score : best,
    null,
  );
}

function recoveryDay(
  day: string,
  score: ScoreRow | null,
  night: SleepNight | null,
  [pulse, deviation, successive, oxygen]: readonly (SeriesDay | null)[],
  sources: readonly DataSource[],
): RecoveryDay {
  const component = (name: string) => score?.components?.[name]?.value ?? null;
  const no = pulse?.source_no ?? successive?.source_no ?? deviation?.source_no ?? night?.source_no;
  return {
    day,
    source: score === null
      ? sources.find((source) => source.no === no) ?? null
      : sources.find(({ id }) => id === score.data_source_id) ?? null,
    provider: score?.provider ?? null,
    night,
    resting_heart_rate_bpm: component("resting_heart_rate") ?? pulse?.value ?? null,
    avg_hrv_sdnn_ms: deviation?.value ?? null,
    avg_hrv_rmssd_ms: component("hrv_rmssd_milli") ?? successive?.value ?? null,
    avg_spo2_percent: component("spo2_percentage") ?? oxygen?.value ?? null,
    recovery_score: score === null ? null : outOf100(score),
  };
}

/** Polar grades from 1 (very poor) to 6 (very good); the others give 0 to 100. */
function outOf100({ provider, value }: ScoreRow): number | null {
  if (value === null) return null;
  const score = provider === "polar" ? (value - 1) / 5 * 100 : value;
  return Math.round(Math.min(Math.max(score, 0), 100));
}
