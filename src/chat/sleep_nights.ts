import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { type AskedPeriod, askedPeriod, coverage, periodFields, periodText } from "../platform/period.ts";
import { listDataSources } from "../sources/queries.ts";
import { localNow } from "../summaries/local_now.ts";
import { longestSession } from "../summaries/sleep_night.ts";
import { clockText, meanClock, minuteOfDay } from "./clock_times.ts";
import { inUnit } from "./fact_sentence.ts";
import { nightsOf, type ToldNight } from "./metric_sleep.ts";
import { mean, rounded } from "./statistics.ts";
import { grouped, newestDays } from "./wearable_days.ts";
import { napStatistics, nightStatistics } from "./wearable_sleep.ts";
import { sourceNames } from "./wearable_subject.ts";

/** A person's nights with stages and bed times, and their naps apart. */

/** Nights are long to tell: so many fit into a small model's context. */
const mostNights = 14;
const mostNaps = 10;

export async function sleepNights(ctx: Context, user_id: UserId, asked: AskedPeriod): Promise<Record<string, unknown>> {
  const { date: today, time_zone } = await localNow(ctx, user_id);
  const period = askedPeriod(today, asked);
  if ("error" in period) return period;
  const days = (await nightsOf(ctx, user_id, period.from, period.to)).reverse();
  const nights = days.filter(({ main }) => main.length > 0);
  const readings = nights.map((night) => ({ day: night.day, value: asleepMinutes(night) }));
  const longer = grouped(readings, "level", period, "nights", mostNights);
  const shown = longer === null ? nights : nights.slice(0, newestDays);
  const naps = days.flatMap(napsOf);
  const known = coverage(nights.map(({ day }) => day), period, "have a night");
  const when = `over ${periodText(period)} (${known.text})`;
  const times = bedTimes(nights);
  return {
    user_id,
    ...periodFields(period, time_zone),
    night_belongs_to: "the day of waking up",
    summary: nights.length === 0
      ? `No night is recorded ${when}.`
      : `Average sleep ${inUnit(Math.floor(mean(readings.map(({ value }) => value))), "minutes")} a night ${when}` +
        `${times === null ? "" : `, usually from ${times.avg_bed_time} to ${times.avg_wake_time}`}.`,
    unit: "minutes",
    count: nights.length,
    coverage: known,
    sources: sourceNames(days.map(({ source_no }) => source_no), await listDataSources(ctx.database, user_id)),
    statistics: { ...nightStatistics(nights), ...averages(nights), ...times, ...napStatistics(days) },
    ...longer,
    nights: shown.map(nightRow),
    ...(naps.length === 0 ? {} : { naps: naps.slice(0, mostNaps) }),
    ...(naps.length > mostNaps
      ? { naps_left_out: `${naps.length - mostNaps} older naps are counted, but not listed` }
      : {}),
  };
}

function asleepMinutes({ sums }: ToldNight): number {
  return (sums.asleep_seconds ?? 0) / 60;
}

function nightRow(night: ToldNight): Record<string, unknown> {
  const { sums, day } = night;
  const session = longestSession(night);
  const minutes = (name: string, seconds: number | null) =>
    seconds === null ? {} : { [name]: Math.floor(seconds / 60) };
  return {
    date: day,
    ...(session === null ? {} : {
      bed_time: clockText(minuteOfDay(session.start, session.zone_offset)),
      wake_time: clockText(minuteOfDay(session.end, session.zone_offset)),
    }),
    asleep: Math.floor(asleepMinutes(night)),
    ...minutes("in_bed", sums.in_bed_seconds),
    ...minutes("deep", sums.deep_seconds),
    ...minutes("rem", sums.rem_seconds),
    ...minutes("light", sums.light_seconds),
    ...minutes("awake", sums.awake_seconds),
    ...(sums.efficiency_percent === null ? {} : { efficiency_percent: rounded(sums.efficiency_percent, 1) }),
  };
}

function averages(nights: readonly ToldNight[]): Record<string, number> {
  const average = (name: string, seconds: readonly (number | null)[]) => {
    const known = seconds.filter((value) => value !== null);
    return known.length === 0 ? {} : { [name]: rounded(mean(known) / 60, 0) };
  };
  return {
    ...average("avg_light_minutes", nights.map(({ sums }) => sums.light_seconds)),
    ...average("avg_awake_minutes", nights.map(({ sums }) => sums.awake_seconds)),
    ...average("avg_in_bed_minutes", nights.map(({ sums }) => sums.in_bed_seconds)),
  };
}

function bedTimes(nights: readonly ToldNight[]): { avg_bed_time: string; avg_wake_time: string } | null {
  const sessions = nights.flatMap((night) => longestSession(night) ?? []);
  const bed = meanClock(sessions.map(({ start, zone_offset }) => minuteOfDay(start, zone_offset)));
  const wake = meanClock(sessions.map(({ end, zone_offset }) => minuteOfDay(end, zone_offset)));
  return bed === null || wake === null ? null : { avg_bed_time: clockText(bed), avg_wake_time: clockText(wake) };
}

function napsOf({ day, naps }: ToldNight): Record<string, unknown>[] {
  return naps.toReversed().map(({ start, end, zone_offset }) => ({
    date: day,
    start: clockText(minuteOfDay(start, zone_offset)),
    end: clockText(minuteOfDay(end, zone_offset)),
    minutes: Math.floor((end - start) / 60_000),
  }));
}
