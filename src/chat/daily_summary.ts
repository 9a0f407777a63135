import type { UserId } from "../accounts/access.ts";
import { labsOfDay } from "../labs/queries.ts";
import type { Context } from "../platform/context.ts";
import { addDays } from "../platform/day_range.ts";
import { seriesOfDays } from "../summaries/series_by_day.ts";
import { listDataSources } from "../sources/queries.ts";
import { localNow } from "../summaries/local_now.ts";
import { symptomsOfDay } from "../symptoms/queries.ts";
import { dayFact, type DayMetric } from "./day_fact.ts";
import { seriesOfPerson } from "./metric_series.ts";
import { nightsOf } from "./metric_sleep.ts";
import { workoutsOf } from "./metric_workouts.ts";
import { amount, level } from "./wearable_days.ts";
import { nightFields } from "./wearable_sleep.ts";
import { sourceName, sourceNames } from "./wearable_subject.ts";
import { workoutFields } from "./wearable_workouts.ts";

/** Everything recorded for one calendar day, the person's local one. Sections without an entry are absent. */
export async function dailySummary(ctx: Context, userId: UserId, date: string): Promise<Record<string, unknown>> {
  const [now, sources, labs, symptoms, nights, workouts, measured] = await Promise.all([
    localNow(ctx, userId),
    listDataSources(ctx.database, userId),
    labsOfDay(ctx.database, userId, date),
    symptomsOfDay(ctx.database, userId, date),
    nightsOf(ctx, userId, date, date),
    workoutsOf(ctx, userId, date, date),
    metricsOfDay(ctx, userId, date),
  ]);
  const { wearable_metrics, source_numbers } = measured;
  const names = sourceNames([...source_numbers, ...nights.map(({ source_no }) => source_no)], sources);
  const sections = {
    ...section("lab_results", labs, ({ test_name, value, value_text, unit, status }) => ({
      test_name,
      value,
      // Says what is no plain number: "<0.41", "negative".
      ...(value === null ? { value_text } : {}),
      unit,
      status,
    })),
    ...section("symptoms", symptoms, ({ symptom_type, severity, notes }) => ({ type: symptom_type, severity, notes })),
    ...section("sleep", nights, nightFields),
    ...section("workouts", workouts.toReversed(), workoutFields),
    ...(Object.keys(wearable_metrics).length === 0 ? {} : { wearable_metrics }),
  };
  const empty = Object.keys(sections).length === 0;
  const message = `Nothing is recorded for ${date}.`;
  return {
    user_id: userId,
    date,
    time_zone: `${now.time_zone}; the day is the person's local day`,
    summary: empty ? message : dayFact(date, { labs, symptoms, nights, workouts, metrics: wearable_metrics }),
    ...(empty ? { message } : {
      sources: [
        ...new Set([...names, ...workouts.map(sourceName)]),
        ...(symptoms.length > 0 ? ["the person's own notes"] : []),
        ...(labs.length > 0 ? ["laboratory results"] : []),
      ],
    }),
    ...(!empty && date === now.date ? { note: "The day is not over: totals are of the part that is" } : {}),
    ...sections,
  };
}

function section<Row>(name: string, rows: readonly Row[], show: (row: Row) => unknown): Record<string, unknown> {
  return rows.length === 0 ? {} : { [name]: rows.map(show) };
}

/** Where a person was is no measure of a day, and its mean is no place. */
const withoutMeaning: ReadonlySet<string> = new Set(["latitude", "longitude"]);

interface MeasuredDay {
  readonly wearable_metrics: Readonly<Record<string, DayMetric>>;
  /** The main contributor of each metric. */
  readonly source_numbers: readonly number[];
}

/** By code, in the order of the series table; the sources merged. */
async function metricsOfDay(ctx: Context, userId: UserId, date: string): Promise<MeasuredDay> {
  const known = (await seriesOfPerson(ctx, userId)).filter(({ code }) => !withoutMeaning.has(code));
  const found = await seriesOfDays(ctx.database, userId, known.map(({ id }) => id), date, addDays(date, 1));
  const wearable_metrics = Object.fromEntries(known.flatMap(({ id, code, unit, kind }): [string, DayMetric][] => {
    const [day] = found.get(id) ?? [];
    if (day === undefined) return [];
    if (kind === "amount") return [[code, { unit, total: amount(day.value) }]];
    const { value, min, max, count } = day;
    const range = count === 1 ? {} : { min: level(min ?? value), max: level(max ?? value) };
    return [[code, { unit, data_points: count ?? 1, avg: level(value), ...range }]];
  }));
  return { wearable_metrics, source_numbers: [...found.values()].flatMap(([day]) => day?.source_no ?? []) };
}
