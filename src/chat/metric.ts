import type { UserId } from "../accounts/access.ts";
import { labValuesByDay, testsOfPerson } from "../labs/queries.ts";
import type { Context } from "../platform/context.ts";
import { listSymptomTypes, symptomSeverityByDay } from "../symptoms/queries.ts";
import type { DayValue } from "./correlation.ts";

/** Daily series by identifier: `symptom:<type>` is the mean severity, `lab:<name>` the value in one unit. */

const shownMetrics = 30;

/** The series from this day on, or undefined when the identifier is of no known kind. */
export async function metricByDay(
  ctx: Context,
  userId: UserId,
  metric: string,
  fromDay: string,
): Promise<DayValue[] | undefined> {
  const [, kind, name] = /^(symptom|lab):\s*(.*)$/is.exec(metric.trim()) ?? [];
  if (name === undefined) return undefined;
  return kind?.toLowerCase() === "lab"
    ? await labValuesByDay(ctx.database, userId, name, fromDay)
    : await symptomSeverityByDay(ctx.database, userId, name, fromDay);
}

/** Identifiers of what this person has, at most thirty: half of them symptoms when there are so many. */
export async function availableMetrics(ctx: Context, userId: UserId): Promise<string[]> {
  const [types, tests] = await Promise.all([
    listSymptomTypes(ctx.database, userId),
    testsOfPerson(ctx.database, userId),
  ]);
  const symptoms = types.map((type) => `symptom:${type}`);
  const labs = tests.map((test) => `lab:${test.test_name}`);
  const shownSymptoms = symptoms.slice(0, Math.max(shownMetrics / 2, shownMetrics - labs.length));
  return [...shownSymptoms, ...labs.slice(0, shownMetrics - shownSymptoms.length)];
}
