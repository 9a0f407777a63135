import { addDays } from "../platform/day_range.ts";
import { coverage, periodText } from "../platform/period.ts";
import { seriesOfDays } from "../summaries/series_by_day.ts";
import { seriesId } from "../timeseries/series_table.ts";
import { mean } from "./statistics.ts";
import { level, mostEntries } from "./wearable_days.ts";
import { sourceNames, type Subject, type Summary } from "./wearable_subject.ts";

/** Blood pressure: two series that are read as one. */

const [systolicId, diastolicId] = [seriesId("blood_pressure_systolic"), seriesId("blood_pressure_diastolic")];

export async function bloodPressureSummary({ ctx, user_id, period, sources }: Subject): Promise<Summary | null> {
  const [from, to] = [period.from, addDays(period.to, 1)];
  const found = await seriesOfDays(ctx.database, user_id, [systolicId, diastolicId], from, to);
  const lower = new Map((found.get(diastolicId) ?? []).map((day) => [day.day, day]));
  const days = (found.get(systolicId) ?? []).flatMap((systolic) => {
    const diastolic = lower.get(systolic.day);
    return diastolic === undefined ? [] : [{ day: systolic.day, systolic, diastolic }];
  }).reverse();
  const [latest] = days;
  if (latest === undefined) return null;
  const shown = days.slice(0, mostEntries);
  const values = ({ day, systolic, diastolic }: (typeof days)[number]) => ({
    date: day,
    systolic_avg: level(systolic.value),
    diastolic_avg: level(diastolic.value),
    systolic_max: level(systolic.max ?? systolic.value),
    diastolic_max: level(diastolic.max ?? diastolic.value),
    data_points: systolic.count ?? 1,
  });
  const known = coverage(days.map(({ day }) => day), period);
  const [systolic, diastolic] = [mean(days.map((day) => day.systolic.value)), mean(days.map((d) => d.diastolic.value))];
  return {
    summary: `Average blood pressure ${level(systolic)}/${level(diastolic)} mmHg over ${
      periodText(period)
    } (${known.text}).`,
    unit: "mmHg",
    count: days.length,
    coverage: known,
    sources: sourceNames(days.map(({ systolic }) => systolic.source_no), sources),
    statistics: {
      systolic_avg: level(systolic),
      diastolic_avg: level(diastolic),
      systolic_max: level(Math.max(...days.map(({ systolic }) => systolic.max ?? systolic.value))),
      diastolic_max: level(Math.max(...days.map(({ diastolic }) => diastolic.max ?? diastolic.value))),
      latest: values(latest),
      days_with_data: days.length,
    },
    ...(shown.length === days.length
      ? {}
      : { note: `daily_values has the newest ${shown.length} of ${days.length} days, statistics all of them` }),
    daily_values: shown.map(values),
  };
}
