import type { UserId } from "../accounts/access.ts";
import { labValuesByDay, testsOfPerson } from "../labs/trend_queries.ts";
import type { Context } from "../platform/context.ts";
import { addDays } from "../platform/day_range.ts";
import { listSymptomTypes } from "../symptoms/queries.ts";
import { chooseTest } from "../labs/test_name.ts";
import { meantNames, nearestMetrics, plainName } from "./metric_name.ts";
import { knownEvents } from "./metric_queries.ts";
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

/** The days from `from` to `to`, without today where the rest of it would change the value. */
export async function fullDays(metric: Metric, from: string, to: string, today: string): Promise<MetricDay[]> {
  const days = await metric.days(from, to);
  return days.filter(({ day, filled }) => day < today || (metric.todayCounts && !filled));
}

/** Of two series that a name may mean, one that stopped so much earlier is no longer in use. */
const staleAfterDays = 30;

/**
 * The metric that an identifier means: `symptom:<type>`, `lab:<name>`, one of a wearable, else a symptom or a test of
 * the person's by its bare name; undefined for none.
 */
export async function findMetric(ctx: Context, userId: UserId, identifier: string): Promise<Metric | undefined> {
  const [, kind, name] = /^(symptom|lab):\s*(.*)$/is.exec(identifier.trim()) ?? [];
  if (name !== undefined) {
    return kind?.toLowerCase() === "lab" ? await labMetric(ctx, userId, name) : await symptomMetric(ctx, userId, name);
  }
  return wearableMetric(ctx, userId, identifier, await seriesOfPerson(ctx, userId)) ??
    await unprefixedMetric(ctx, userId, identifier);
}

/** "headache" and "HbA1c" where the person has them: models forget the prefix. */
async function unprefixedMetric(ctx: Context, userId: UserId, asked: string): Promise<Metric | undefined> {
  const types = await listSymptomTypes(ctx.database, userId);
  if (types.some((type) => plainName(type) === plainName(asked))) return await symptomMetric(ctx, userId, asked);
  const test = chooseTest(await testsOfPerson(ctx.database, userId), asked);
  return test === null ? undefined : await labMetric(ctx, userId, asked);
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
  return nearestFirst(names, asked);
}

function nearestFirst(names: readonly string[], asked: string): string[] {
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
    nearestFirst(types.map((type) => `symptom:${type}`), asked),
    nearestFirst(tests.map((test) => `lab:${test.test_name}`), asked),
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
