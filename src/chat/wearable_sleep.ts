import { coverage, periodText } from "../platform/period.ts";
import { longestSession } from "../summaries/sleep_night.ts";
import { hours } from "./fact_sentence.ts";
import { nightsOf, type ToldNight } from "./metric_sleep.ts";
import { mean, rounded } from "./statistics.ts";
import { grouped, localTime, newestDays } from "./wearable_days.ts";
import { sourceNames, type Subject, type Summary } from "./wearable_subject.ts";

/** A person's nights by the day of waking up. Naps are counted beside them, never as nights. */

/** Nights are long to tell: so many fit into a small model's context. */
const mostRecords = 31;

export async function sleepSummary({ ctx, user_id, period, sources }: Subject): Promise<Summary | null> {
  const days = (await nightsOf(ctx, user_id, period.from, period.to)).reverse();
  if (days.length === 0) return null;
  const nights = days.filter(({ main }) => main.length > 0);
  const readings = nights.map((night) => ({ day: night.day, value: asleepMinutes(night) }));
  const longer = grouped(readings, "level", period, "records", mostRecords);
  const names = sourceNames(days.map(({ source_no }) => source_no), sources);
  const shown = longer === null ? nights : nights.slice(0, newestDays);
  const known = coverage(nights.map(({ day }) => day), period);
  const average = mean(readings.map(({ value }) => value));
  return {
    summary: nights.length === 0
      ? `No night is recorded over ${periodText(period)}, only naps.`
      : `Average sleep ${Math.floor(average)} minutes (${hours(Math.floor(average))}) a night over ` +
        `${periodText(period)} (${known.text}).`,
    unit: "minutes asleep",
    count: nights.length,
    coverage: known,
    sources: names,
    statistics: { ...nightStatistics(nights), ...napStatistics(days) },
    ...longer,
    records: shown.map((night) => ({
      date: night.day,
      ...shortFields(night),
      ...(names.length > 1 ? { source: sourceNames([night.source_no], sources)[0] ?? "unknown" } : {}),
    })),
  };
}

/** All that is known of a night; what was not recorded is absent. */
export function nightFields(night: ToldNight): Record<string, unknown> {
  const { sums } = night;
  return {
    ...shortFields(night),
    ...minutesField("time_in_bed_minutes", sums.in_bed_seconds),
    ...minutesField("light_minutes", sums.light_seconds),
    ...minutesField("awake_minutes", sums.awake_seconds),
  };
}

/** What a list of nights has room for. */
function shortFields(night: ToldNight): Record<string, unknown> {
  const session = longestSession(night);
  const { sums } = night;
  return {
    ...(session === null ? {} : {
      start: localTime(session.start, session.zone_offset),
      end: localTime(session.end, session.zone_offset),
      duration_minutes: Math.floor(asleepMinutes(night)),
    }),
    ...(sums.efficiency_percent === null ? {} : { efficiency_percent: rounded(sums.efficiency_percent, 1) }),
    ...minutesField("deep_minutes", sums.deep_seconds),
    ...minutesField("rem_minutes", sums.rem_seconds),
    ...(night.naps.length === 0
      ? {}
      : { nap_count: night.naps.length, nap_minutes: Math.floor(sums.nap_seconds / 60) }),
  };
}

function minutesField(name: string, seconds: number | null): Record<string, number> {
  return seconds === null ? {} : { [name]: Math.floor(seconds / 60) };
}

function asleepMinutes({ sums }: ToldNight): number {
  return (sums.asleep_seconds ?? 0) / 60;
}

export function nightStatistics(nights: readonly ToldNight[]): Record<string, unknown> {
  if (nights.length === 0) return { nights_tracked: 0 };
  const minutes = nights.map(asleepMinutes);
  const average = (name: string, values: readonly (number | null)[], decimals: number) => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? {} : { [name]: rounded(mean(known), decimals) };
  };
  const inMinutes = (seconds: number | null) => seconds === null ? null : seconds / 60;
  return {
    avg_duration_minutes: Math.floor(mean(minutes)),
    min_duration_minutes: Math.floor(Math.min(...minutes)),
    max_duration_minutes: Math.floor(Math.max(...minutes)),
    nights_tracked: nights.length,
    ...average("avg_efficiency_percent", nights.map(({ sums }) => sums.efficiency_percent), 1),
    ...average("avg_deep_minutes", nights.map(({ sums }) => inMinutes(sums.deep_seconds)), 0),
    ...average("avg_rem_minutes", nights.map(({ sums }) => inMinutes(sums.rem_seconds)), 0),
  };
}

export function napStatistics(days: readonly ToldNight[]): Record<string, unknown> {
  return {
    nap_count: days.reduce((count, { naps }) => count + naps.length, 0),
    nap_total_minutes: Math.floor(days.reduce((sum, { sums }) => sum + sums.nap_seconds, 0) / 60),
  };
}
