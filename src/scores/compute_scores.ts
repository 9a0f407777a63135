import { requireUser, type UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import type { Database } from "../platform/database.ts";
import { addDays, utcDay } from "../platform/day_range.ts";
import { AppError } from "../platform/errors.ts";
import { enqueue } from "../platform/jobs.ts";
import { lockUserNo } from "../accounts/queries.ts";
import type { SourceRank } from "../sleep/queries.ts";
import { sourceRanks } from "../sleep/source_ranks.ts";
import { seriesId } from "../timeseries/series_table.ts";
import { computeScores } from "./jobs.ts";
import { archivedDays, type AsleepInterval, mainNights, nightMeans, type NightRow } from "./night_queries.ts";
import { type ComputedScore, replaceScores, takeStaleScoreDays, usersWithStaleScores } from "./queries.ts";
import { resilience, resilienceDays } from "./resilience.ts";
import { type Night, sleepScore } from "./sleep_score.ts";

/**
 * Computes a person's sleep and resilience scores again for the days that changed and those that look back on them. A
 * score is a function of what is stored, so that running twice gives the same, and so does one part after another.
 */

/** Days of a transaction: nights with their stages take memory, and who stores measurements waits meanwhile. */
const daysAtOnce = 365;

/** A bedtime is compared with those of this many days before. */
const bedtimeDays = 15;
const mostBedtimes = 14;

export async function computeStaleScores(ctx: Context, id: string): Promise<void> {
  const userId = await requireUser(ctx, id).catch((error) => {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  });
  // Deleted meanwhile, and the days with them.
  if (userId === null) return;
  while (await computeOldest(ctx, userId) === daysAtOnce);
}

/** How many days it took off the list. */
async function computeOldest(ctx: Context, userId: UserId): Promise<number> {
  return await ctx.database.transaction(async (db) => {
    const userNo = await lockUserNo(db, userId);
    if (userNo === undefined) return 0;
    const stale = await takeStaleScoreDays(db, userNo, daysAtOnce);
    const [first, last] = [stale.at(0), stale.at(-1)];
    if (first === undefined || last === undefined) return 0;
    const today = utcDay(ctx.clock());
    const references = await computable(db, userNo, referenceDays(stale, today));
    const nights = await nightsAround(db, userNo, await sourceRanks(db, userId), first, last, today);
    const days = withFollowing(stale, bedtimeDays);
    await replaceScores(db, userNo, "sleep", [...days], sleepScores(nights, days));
    await replaceScores(db, userNo, "resilience", references, await resilienceScores(db, userNo, nights, references));
    return stale.length;
  });
}

/** The nights that scores of the stale days and of the last week look at; what lies between may be years. */
async function nightsAround(
  db: Database,
  userNo: number,
  ranks: readonly SourceRank[],
  first: string,
  last: string,
  today: string,
): Promise<NightRow[]> {
  const to = addDays(last, bedtimeDays);
  const from = addDays(first < today ? first : today, -bedtimeDays);
  const around = await mainNights(db, userNo, ranks, from, to);
  const [weeksAgo, next] = [addDays(today, -2 * resilienceDays), addDays(to, 1)];
  return [...around, ...await mainNights(db, userNo, ranks, weeksAgo > next ? weeksAgo : next, today)];
}

/** Looks after what no job came for, such as days that a deletion changed. */
export async function requestStaleScores(ctx: Context): Promise<void> {
  for (const user_id of await usersWithStaleScores(ctx.database)) {
    await enqueue(ctx.database, computeScores, { user_id });
  }
}

function withFollowing(days: readonly string[], count: number): Set<string> {
  return new Set(days.flatMap((day) => Array.from({ length: count + 1 }, (_, later) => addDays(day, later))));
}

/**
 * The days whose week before holds a changed night, none in the future. The last week is always among them, because
 * its days were still to come when its nights did.
 */
function referenceDays(stale: readonly string[], today: string): string[] {
  const lastWeek = Array.from({ length: resilienceDays + 1 }, (_, ago) => addDays(today, -ago));
  return [...new Set([...withFollowing(stale, resilienceDays), ...lastWeek])].filter((day) => day <= today).sort();
}

/** A score whose week is archived stays: when in the night something was measured is gone. */
async function computable(db: Database, userNo: number, references: readonly string[]): Promise<string[]> {
  const [first, last] = [references.at(0), references.at(-1)];
  if (first === undefined || last === undefined) return [];
  // A night begins on the evening before the first wake day of the week.
  const archived = await archivedDays(db, userNo, [rmssd.id, sdnn.id], addDays(first, -resilienceDays - 1), last);
  if (archived.size === 0) return [...references];
  return references.filter((day) => !week(day).some((wake) => archived.has(wake) || archived.has(addDays(wake, -1))));
}

function sleepScores(nights: readonly NightRow[], days: ReadonlySet<string>): ComputedScore[] {
  return nights.flatMap((night, index) => {
    if (!days.has(night.day)) return [];
    const since = addDays(night.day, -bedtimeDays);
    const earlier = nights.slice(Math.max(0, index - mostBedtimes), index).filter(({ day }) => day >= since);
    const score = sleepScore(readNight(night, earlier.map(bedtime)));
    if (score === null) return [];
    const { value, ...pillars } = score;
    return [{
      value,
      recorded_at: new Date(night.end).toISOString(),
      zone_offset: night.zone_offset,
      components: Object.fromEntries(
        Object.entries(pillars).map(([name, points]) => [
          name,
          points === null ? { value: null, qualifier: "unknown" } : { value: points },
        ]),
      ),
      source_no: night.source_no,
      sleep_session_id: night.id,
    }];
  });
}

function readNight(night: NightRow, earlier_bedtimes: readonly number[]): Night {
  const minutes = (seconds: number | null) => seconds === null ? null : Math.floor(seconds / 60);
  return {
    asleep_minutes: Math.floor(night.asleep_seconds / 60),
    deep_minutes: minutes(night.deep_seconds),
    rem_minutes: minutes(night.rem_seconds),
    awake_minutes: minutes(night.awake_seconds),
    bedtime: bedtime(night),
    earlier_bedtimes,
    stages: night.stages?.map(({ stage, start_time, end_time }) => ({
      stage,
      start: Date.parse(start_time),
      end: Date.parse(end_time),
    })) ?? null,
  };
}

/** Minutes after local midnight. */
function bedtime({ start, zone_offset }: NightRow): number {
  const local = new Date(start + (zone_offset ?? 0) * 60_000);
  return local.getUTCHours() * 60 + local.getUTCMinutes();
}

const rmssd = { id: seriesId("heart_rate_variability_rmssd"), name: "RMSSD" };
const sdnn = { id: seriesId("heart_rate_variability_sdnn"), name: "SDNN" };

/** From RMSSD, or from SDNN where there is too little of that; the two are never mixed. */
async function resilienceScores(
  db: Database,
  userNo: number,
  nights: readonly NightRow[],
  references: readonly string[],
): Promise<ComputedScore[]> {
  const wanted = new Set(references.flatMap((day) => week(day)));
  const intervals = nights.filter(({ day }) => wanted.has(day)).flatMap(asleepIntervals);
  const means = new Map(
    (await nightMeans(db, userNo, [rmssd.id, sdnn.id], intervals)).map(({ day, series, mean }) =>
      [`${series} ${day}`, mean] as const
    ),
  );
  return references.flatMap((reference) => {
    for (const { id, name } of [rmssd, sdnn]) {
      const score = resilience(week(reference).flatMap((day) => means.get(`${id} ${day}`) ?? []));
      if (score === null) continue;
      return [{
        value: score.value,
        recorded_at: `${reference}T00:00:00.000Z`,
        zone_offset: null,
        components: {
          resilience_score: { value: score.value },
          cv: { value: score.cv },
          days_counted: { value: score.days },
          metric_type: { qualifier: name },
        },
        source_no: null,
        sleep_session_id: null,
      }];
    }
    return [];
  });
}

/** The wake days of the week before a day. */
function week(reference: string): string[] {
  return Array.from({ length: resilienceDays }, (_, ago) => addDays(reference, -1 - ago));
}

/** When somebody slept; the whole session where no stages tell. Stages that touch are one interval. */
function asleepIntervals({ day, start, end, stages }: NightRow): AsleepInterval[] {
  if (stages === null || stages.length === 0) return [{ day, start, end }];
  const intervals: { day: string; start: number; end: number }[] = [];
  for (const { stage, start_time, end_time } of stages) {
    if (stage === "awake" || stage === "in_bed") continue;
    const [from, to] = [Date.parse(start_time), Date.parse(end_time)];
    const last = intervals.at(-1);
    if (last !== undefined && from <= last.end) last.end = Math.max(last.end, to);
    else intervals.push({ day, start: from, end: to });
  }
  return intervals;
}
