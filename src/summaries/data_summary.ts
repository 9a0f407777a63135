import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { listCustomSeries } from "../timeseries/bucket_queries.ts";
import { readLegend } from "../timeseries/measurement_text.ts";
import { countEvents, countSeries, hasMenstrualCycles } from "./data_queries.ts";

/** What is kept about a person: how much of which series, workouts and nights, and who delivered it. */

type Counts = Record<string, number>;

export interface ProviderData {
  readonly provider: string;
  data_points: number;
  readonly series_counts: Counts;
  workout_count: number;
  sleep_count: number;
}

export interface UserDataSummary {
  readonly user_id: string;
  readonly total_data_points: number;
  readonly total_workouts: number;
  readonly total_sleep_events: number;
  readonly series_type_counts: Counts;
  readonly workout_type_counts: Counts;
  readonly by_provider: ProviderData[];
  readonly has_womens_health_data: boolean;
}

/** Before and after everything that can be stored. */
const always = { start: new Date("1000-01-01T00:00:00Z"), end: new Date("9999-12-31T00:00:00Z") };

/** Of what was recorded, or began, from `start` to before `end`; null leaves that side open. */
export async function summarizeData(
  ctx: Context,
  userId: UserId,
  range: { readonly start: Date | null; readonly end: Date | null },
): Promise<UserDataSummary> {
  const start = range.start ?? always.start;
  const end = range.end ?? always.end;
  const db = ctx.database;
  const [custom, series, events, cycles] = await Promise.all([
    listCustomSeries(db, userId),
    countSeries(db, userId, { start, end }),
    countEvents(db, userId, start, end),
    hasMenstrualCycles(db, userId, start, end),
  ]);
  const legend = readLegend([], custom);
  const providers = new Map<string, ProviderData>();
  const of = (provider: string) => {
    const known = providers.get(provider) ?? {
      provider,
      data_points: 0,
      series_counts: {},
      workout_count: 0,
      sleep_count: 0,
    };
    providers.set(provider, known);
    return known;
  };
  const seriesCounts: Counts = {};
  const workoutCounts: Counts = {};
  for (const { provider, series: id, count } of series) {
    const { code } = legend.series(id);
    const own = of(provider);
    own.data_points += count;
    add(own.series_counts, code, count);
    add(seriesCounts, code, count);
  }
  for (const { provider, type, count } of events) {
    const own = of(provider);
    if (type === null) own.sleep_count += count;
    else {
      own.workout_count += count;
      add(workoutCounts, type, count);
    }
  }
  const all = [...providers.values()].sort((a, b) => a.provider < b.provider ? -1 : 1);
  const sum = (of: (own: ProviderData) => number) => all.reduce((total, own) => total + of(own), 0);
  return {
    user_id: userId,
    total_data_points: sum((own) => own.data_points),
    total_workouts: sum((own) => own.workout_count),
    total_sleep_events: sum((own) => own.sleep_count),
    series_type_counts: seriesCounts,
    workout_type_counts: workoutCounts,
    by_provider: all,
    has_womens_health_data: cycles,
  };
}

function add(counts: Counts, name: string, count: number): void {
  counts[name] = (counts[name] ?? 0) + count;
}
