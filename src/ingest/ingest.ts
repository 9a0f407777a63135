import type { UserId } from "../accounts/access.ts";
import type { Database } from "../platform/database.ts";
import { enqueue } from "../platform/jobs.ts";
import { computeScores } from "../scores/jobs.ts";
import { markStaleDays } from "../timeseries/stale_days.ts";
import { seriesId } from "../timeseries/series_table.ts";
import type { Batch } from "./batch.ts";
import { lockPerson } from "./person.ts";
import { saveDailyTotals } from "./save_daily_totals.ts";
import { saveCycles, saveWorkouts } from "./save_events.ts";
import { type SampleRun, sampleRuns } from "./sample_runs.ts";
import { recordedRanges, saveSamples, storedRuns } from "./save_samples.ts";
import { saveScores } from "./save_scores.ts";
import { saveCustomSeries } from "./save_series.ts";
import { saveSleep } from "./save_sleep.ts";
import { saveSources } from "./save_sources.ts";
import type { Tally } from "./tally.ts";

/** The one door in: what a batch holds is stored, deduplicated, in one transaction. */

export interface Outcome {
  readonly samples: Tally;
  readonly daily_totals: Tally;
  readonly workouts: Tally;
  /** Sessions, also when the batch held only stages. */
  readonly sleep_sessions: Tally;
  readonly menstrual_cycles: Tally;
  readonly health_scores: Tally;
}

/** What scores are computed from, besides sleep. */
const scoredSeries = [seriesId("heart_rate_variability_rmssd"), seriesId("heart_rate_variability_sdnn")];

/** So that the batches of a long import lead to few computations. */
const scoreDelaySeconds = 5;

/** A batch with its samples written out for sending, see `makeReady`. */
export interface ReadyBatch {
  readonly batch: Batch;
  readonly runs: readonly SampleRun[];
}

/** Does beforehand what storing a batch takes of this thread, for one who has something to wait for anyway. */
export function makeReady(batch: Batch): ReadyBatch {
  return { batch, runs: sampleRuns(batch) };
}

/**
 * Stores a batch. The same again changes nothing; a changed value updates. The person is locked meanwhile, so that two
 * imports at once do not disturb each other. `also` runs in the same transaction, after everything is stored: a
 * checkpoint or a status belongs there. A person who was deleted meanwhile is `not_found`.
 */
export async function ingest(
  db: Database,
  userId: UserId,
  given: Batch | ReadyBatch,
  also?: (db: Database, outcome: Outcome) => Promise<void>,
): Promise<Outcome> {
  const { batch, runs } = "runs" in given ? given : makeReady(given);
  return await db.transaction(async (db) => {
    const person = await lockPerson(db, userId);
    // What is not waited for one by one travels together; the order stays.
    const [sources, custom, recorded] = await Promise.all([
      saveSources(db, person, batch),
      saveCustomSeries(db, person, batch),
      runs.length === 0 ? new Map() : recordedRanges(db, person),
    ]);
    const stored = storedRuns(distinct(batch, runs, sources), sources, custom);
    const samples = await saveSamples(db, person, stored, batch.columns.length, recorded);
    const totals = await saveDailyTotals(db, person, batch, sources, custom);
    const workouts = await saveWorkouts(db, person, batch, sources);
    const sleep = await saveSleep(db, person, batch, sources);
    const cycles = await saveCycles(db, person, batch, sources);
    const scores = await saveScores(db, person, batch, sources);

    const everyDay = [samples, totals, workouts, sleep, scores].flatMap((saved) => [...saved.days]);
    const scored = scoredSeries.some((id) => samples.series.has(id)) ? [...samples.days, ...sleep.days] : sleep.days;
    const scoredDays = [...scored];
    const outcome = {
      samples: samples.tally,
      daily_totals: totals.tally,
      workouts: workouts.tally,
      sleep_sessions: sleep.tally,
      menstrual_cycles: cycles.tally,
      health_scores: scores.tally,
    };
    await Promise.all([
      markStaleDays(db, person.no, everyDay, ["summary"]),
      markStaleDays(db, person.no, scoredDays, ["score"]),
      ...(scoredDays.length > 0
        ? [enqueue(db, computeScores, { user_id: userId }, { delaySeconds: scoreDelaySeconds })]
        : []),
    ]);
    await also?.(db, outcome);
    return outcome;
  });
}

/** Sources whose names differ by blanks only are stored as one; their samples are put in order together. */
function distinct(batch: Batch, runs: readonly SampleRun[], sourceNos: readonly number[]): readonly SampleRun[] {
  const same = sourceNos.map((no) => sourceNos.indexOf(no));
  return same.every((first, place) => first === place) ? runs : sampleRuns(batch, same);
}
