import type { UserId } from "../accounts/access.ts";
import { labValuesByDay, testsOfPerson } from "../labs/trend_queries.ts";
import type { Context } from "../platform/context.ts";
import { addDays, utcDay } from "../platform/day_range.ts";
import { listSymptomTypes } from "../symptoms/queries.ts";
import { chooseTest } from "../labs/test_name.ts";
import { meantNames, nearestMetrics } from "./metric_name.ts";
import { knownEvents, newestOffset } from "./metric_queries.ts";
import { scoreMetric, scoreMetricName } from "./metric_scores.ts";
import { type PersonSeries, seriesMetric, seriesOfPerson, totalSuffix } from "./metric_series.ts";
import { sleepMetric, sleepMetricNames } from "./metric_sleep.ts";
import { symptomMetric } from "./metric_symptoms.ts";
import { workoutMetric, workoutMetricNames } from "./metric_workouts.ts";
import type { MetricKind, Reading } from "./wearable_days.ts";

/** Daily series of a person by identifier, whatever they are made of. */

export interface Metric {
  /** How it is called from here on. */
  readonly name: string;
  readonly unit: string;
  readonly kind: MetricKind;
  /** Whether a day that is not over can be compared with others. */
  readonly todayCounts: boolean;
  /** For somebody who may have meant something else. */
  readonly hint?: string;
  /** When something of it was last recorded, where that is known. */
  readonly last_day?: string;
  /** The local days, both inclusive, oldest first. A day that is unknown is absent. */
  days(from: string, to: string): Promise<MetricDay[]>;
}

export interface MetricDay extends Reading {
  /** The main contributor. */
  readonly source_no?: number;
  /** Nothing was noted, and that means zero. */
  readonly filled?: true;
}

/** The metric of a wearable that is meant by a name, or undefined. */
export function wearableMetric(
  ctx: Context,
  userId: UserId,
  name: string,
  known: readonly PersonSeries[],
): Metric | undefined {
  // A code of the person's own may contain what `plainName` would change.
  const exact = known.find(({ custom, code }) => custom && code === name.trim());
  const found = (exact === undefined ? meantNames(name) : [exact.code]).flatMap((meant) => {
    const measured = seriesMetric(ctx, userId, meant, known);
    if (measured?.last_day !== undefined) return [measured];
    const other = scoreMetric(ctx, userId, meant) ?? sleepMetric(ctx, userId, meant) ??
      workoutMetric(ctx, userId, meant);
    return other ?? measured ?? [];
  });
  const newest = found.reduce((latest, { last_day = "" }) => last_day > latest ? last_day : latest, "");
  const inUse = newest === "" ? "" : addDays(newest, -staleAfterDays);
  return found.find(({ last_day = "" }) => last_day !== "" && last_day >= inUse) ?? found[0];
}

/** Of two series that a name may mean, one that stopped so much earlier is no longer in use. */
const staleAfterDays = 30;

/** The metric that an identifier means: `symptom:<type>`, `lab:<name>`, or one of a wearable; undefined for none. */
export async function findMetric(ctx: Context, userId: UserId, identifier: string): Promise<Metric | undefined> {
  const [, kind, name] = /^(symptom|lab):\s*(.*)$/is.exec(identifier.trim()) ?? [];
  if (name === undefined) return wearableMetric(ctx, userId, identifier, await seriesOfPerson(ctx, userId));
  return kind?.toLowerCase() === "lab" ? await labMetric(ctx, userId, name) : await symptomMetric(ctx, userId, name);
}

async function labMetric(ctx: Context, userId: UserId, asked: string): Promise<Metric> {
  const group = chooseTest(await testsOfPerson(ctx.database, userId), asked)?.group;
  return {
    name: `lab:${group?.test_name ?? asked}`,
    unit: group?.unit ?? "",
    kind: "level",
    todayCounts: true,
    days: async (from, to) => (await labValuesByDay(ctx.database, userId, asked, from)).filter(({ day }) => day <= to),
  };
}

/** The person's local day of now, as far as a measurement says where they are; else that of UTC. */
export async function personToday(ctx: Context, userId: UserId): Promise<string> {
  const now = ctx.clock();
  const offset = await newestOffset(ctx.database, userId, now) ?? 0;
  return utcDay(new Date(now.getTime() + offset * 60_000));
}

/** Names of what there is of this person from wearables; those most like `asked` come first. */
export async function wearableNames(
  ctx: Context,
  userId: UserId,
  known: readonly PersonSeries[],
  asked = "",
): Promise<string[]> {
  const { sleep, workouts, scores } = await knownEvents(ctx.database, userId);
  const names = [
    ...known.flatMap(({ code, custom }) => custom ? [code, code + totalSuffix] : [code]),
    ...sleep ? sleepMetricNames : [],
    ...workouts ? workoutMetricNames : [],
    ...scores.map(scoreMetricName),
  ];
  return [...new Set([...nearestMetrics(names, asked, names.length), ...names])];
}

const shownMetrics = 30;

/** Identifiers of what this person has, at most thirty: of symptoms, tests and wearables each a fair share. */
export async function availableMetrics(ctx: Context, userId: UserId, asked = ""): Promise<string[]> {
  const [types, tests, known] = await Promise.all([
    listSymptomTypes(ctx.database, userId),
    testsOfPerson(ctx.database, userId),
    seriesOfPerson(ctx, userId),
  ]);
  const kinds = [
    types.map((type) => `symptom:${type}`),
    tests.map((test) => `lab:${test.test_name}`),
    await wearableNames(ctx, userId, known, asked),
  ];
  const shares = kinds.map(() => 0);
  for (let left = shownMetrics, given = 1; left > 0 && given > 0;) {
    given = 0;
    for (const [kind, names] of kinds.entries()) {
      const share = shares[kind] ?? 0;
      if (left === 0 || share >= names.length) continue;
      shares[kind] = share + 1;
      [left, given] = [left - 1, given + 1];
    }
  }
  return kinds.flatMap((names, kind) => names.slice(0, shares[kind]));
}
