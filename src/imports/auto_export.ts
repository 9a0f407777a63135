import type { Batch } from "../ingest/batch.ts";
import { mapMetrics } from "./auto_export_metrics.ts";
import { Dropped, type Fields, fieldsOf, isFields, readText } from "./auto_export_points.ts";
import { mapSleep } from "./auto_export_sleep.ts";
import { mapWorkouts } from "./auto_export_workouts.ts";

/**
 * Maps what the iOS app "Health Auto Export" posts into a batch:
 * `{data: {metrics: [{name, units, data}], workouts: [], …}}`. Pure. Whatever cannot be understood is left out and
 * counted, the rest is taken.
 */

export interface MapReport {
  /** Samples and daily totals. */
  readonly records: number;
  readonly workouts: number;
  /** Stages and nights. */
  readonly sleep: number;
  /** How much was left out, by reason; never a value. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** What the app can send besides and nothing here stores yet. */
const otherLists = ["stateOfMind", "medications", "symptoms", "cycleTracking", "ecg", "heartRateNotifications"];

/**
 * `receivedAt`: when the request came, milliseconds since 1970; it tells a day that is over from one that is not.
 * `units`: those of the series the person has named already, by code; what arrives for them is converted or left out.
 */
export async function mapAutoExport(
  json: unknown,
  batch: Batch,
  receivedAt: number | null = null,
  units: ReadonlyMap<string, string> = new Map(),
): Promise<MapReport> {
  const dropped = new Dropped();
  const body = isFields(json) ? json : {};
  const data: Fields = isFields(body.data) ? body.data : body;
  const metrics = fieldsOf(data.metrics);
  const nights = metrics.filter(isSleep);
  const before = batch.columns.length + batch.dailyTotals.length;
  await mapMetrics(metrics.filter((metric) => !isSleep(metric)), batch, dropped, { receivedAt, units });
  const sleep = mapSleep(
    nights.map((metric) => ({ units: readText(metric.units), points: fieldsOf(metric.data) })),
    batch,
    dropped,
  );
  const workouts = mapWorkouts(fieldsOf(data.workouts), batch, dropped);
  for (const list of otherLists) {
    const found = data[list];
    if (Array.isArray(found)) dropped.add(`not_imported:${list}`, found.length);
  }
  const records = batch.columns.length + batch.dailyTotals.length - before;
  return { records, workouts, sleep, dropped: dropped.counts };
}

function isSleep(metric: Fields): boolean {
  return (readText(metric.name) ?? "").toLowerCase() === "sleep_analysis";
}
