import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { type AskedPeriod, askedPeriod, coverage, periodFields, periodText } from "../platform/period.ts";
import { localNow } from "../summaries/local_now.ts";
import { averagePace } from "../workouts/pace.ts";
import { workoutTypes } from "../workouts/workout_type_table.ts";
import { inUnit, spoken } from "./fact_sentence.ts";
import { nearestMetrics, plainName } from "./metric_name.ts";
import { type Workout, workoutsOf } from "./metric_workouts.ts";
import { mean, rounded } from "./statistics.ts";
import { sourceName } from "./wearable_subject.ts";
import { workoutFields } from "./wearable_workouts.ts";

/** A person's workouts of a period, all or of one type, with totals by type. */

/** Workouts are long to tell: so many fit into a small model's context. */
const mostShown = 15;
const mostTypes = 12;

export interface AskedWorkouts extends AskedPeriod {
  readonly type?: string | undefined;
}

export async function workoutList(
  ctx: Context,
  user_id: UserId,
  asked: AskedWorkouts,
): Promise<Record<string, unknown>> {
  const { date: today, time_zone } = await localNow(ctx, user_id);
  const period = askedPeriod(today, asked);
  if ("error" in period) return period;
  const all = await workoutsOf(ctx, user_id, period.from, period.to);
  const counts = [...Map.groupBy(all, ({ type }) => type)].sort(([, a], [, b]) => b.length - a.length);
  const types = asked.type === undefined ? [] : meantTypes(asked.type);
  if (asked.type !== undefined && types.length === 0) {
    const nearest = nearestMetrics(workoutTypes, asked.type, 3);
    return {
      user_id,
      error: `Unknown workout type '${asked.type}'.${
        nearest.length === 0 ? "" : ` Did you mean ${nearest.join(" or ")}?`
      }`,
      recorded_types: counts.slice(0, mostTypes).map(([type]) => type),
    };
  }
  const workouts = asked.type === undefined ? all : all.filter(({ type }) => types.includes(type));
  const known = coverage(workouts.map(({ day }) => day), period, "have a workout");
  const what = asked.type === undefined ? "workouts" : `${types.map(spoken).join(" or ")} workouts`;
  const when = `over ${periodText(period)} (${known.text})`;
  const minutes = Math.floor(minutesOf(workouts));
  const kilometres = rounded(distanceOf(workouts) / 1000, 1);
  return {
    user_id,
    ...(asked.type === undefined ? {} : { type: asked.type }),
    ...periodFields(period, time_zone),
    summary: workouts.length === 0
      ? `No ${what} recorded ${when}.`
      : `${workouts.length} ${workouts.length === 1 ? what.replace(/s$/, "") : what}, ${
        inUnit(minutes, "minutes")
      } in all` +
        `${kilometres === 0 ? "" : `, ${kilometres} km`}, ${when}.`,
    count: workouts.length,
    coverage: known,
    sources: [...new Set(workouts.map(sourceName))],
    totals_by_type: [...Map.groupBy(workouts, ({ type }) => type)]
      .sort(([, a], [, b]) => b.length - a.length).slice(0, mostTypes)
      .map(([type, own]) => ({ type, ...totals(own) })),
    ...(workouts.length === 0 && all.length > 0
      ? { recorded_types: counts.slice(0, mostTypes).map(([type]) => type) }
      : {}),
    ...(workouts.length > mostShown
      ? { cut: `Only the newest ${mostShown} of ${workouts.length} workouts are listed; totals_by_type counts all` }
      : {}),
    workouts: workouts.slice(0, mostShown).map((workout) => ({
      date: workout.day,
      ...workoutFields(workout),
      ...paceField(averagePace({ ...workout, duration_seconds: workout.minutes * 60 })),
    })),
  };
}

/** "run" is running, "swimming" also the pool and open water: types with these words in their name. */
function meantTypes(asked: string): readonly string[] {
  const plain = plainName(asked).replace(/_?(?:workouts?|trainings?|sessions?|activit(?:y|ies))$/, "");
  const name = words[plain] ?? plain;
  if ((workoutTypes as readonly string[]).includes(name)) {
    return workoutTypes.filter((type) => type === name || type.endsWith(`_${name}`));
  }
  return name.length < 3 ? [] : workoutTypes.filter((type) => type.split("_").some((word) => word.startsWith(name)));
}

/** What people say for a type. */
const words: Readonly<Record<string, string>> = {
  run: "running",
  runs: "running",
  jog: "running",
  jogging: "running",
  walk: "walking",
  walks: "walking",
  hike: "hiking",
  hikes: "hiking",
  bike: "cycling",
  biking: "cycling",
  ride: "cycling",
  rides: "cycling",
  swim: "swimming",
  swims: "swimming",
  strength: "strength_training",
  weights: "strength_training",
  weightlifting: "strength_training",
  gym: "strength_training",
  rowing: "rowing_machine",
  laufen: "running",
  radfahren: "cycling",
  schwimmen: "swimming",
  course: "running",
  velo: "cycling",
  natation: "swimming",
  correr: "running",
  ciclismo: "cycling",
  natacion: "swimming",
};

function minutesOf(workouts: readonly Workout[]): number {
  return workouts.reduce((sum, { minutes }) => sum + minutes, 0);
}

function distanceOf(workouts: readonly Workout[]): number {
  return workouts.reduce((sum, { distance }) => sum + (distance ?? 0), 0);
}

function totals(workouts: readonly Workout[]): Record<string, unknown> {
  const rates = workouts.flatMap(({ heart_rate_avg }) => heart_rate_avg ?? []);
  const energy = workouts.reduce((sum, { energy_burned }) => sum + (energy_burned ?? 0), 0);
  const paced = workouts.filter((each) => averagePace({ ...each, duration_seconds: each.minutes * 60 }) !== null);
  const seconds = paced.reduce((sum, each) => sum + (each.moving_time_seconds ?? each.minutes * 60), 0);
  return {
    count: workouts.length,
    duration_minutes: Math.floor(minutesOf(workouts)),
    longest_minutes: Math.floor(workouts.reduce((most, { minutes }) => Math.max(most, minutes), 0)),
    ...(distanceOf(workouts) === 0 ? {} : { distance_km: rounded(distanceOf(workouts) / 1000, 1) }),
    ...(energy === 0 ? {} : { energy_kcal: rounded(energy, 0) }),
    ...(rates.length === 0 ? {} : { avg_heart_rate_bpm: rounded(mean(rates), 0) }),
    ...paceField(paced.length === 0 ? null : Math.round(seconds / distanceOf(paced) * 1000)),
  };
}

/** Seconds for a kilometre as "5:32". */
function paceField(seconds: number | null): Record<string, string> {
  if (seconds === null) return {};
  return { avg_pace_min_per_km: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` };
}
