import type { ScoreCategory } from "../scores/score_category.ts";
import type { SleepStageName } from "../sleep/sleep_stage.ts";
import type { DeviceType } from "../sources/device_type.ts";
import type { Provider } from "../sources/provider_table.ts";
import { seriesById } from "../timeseries/series_table.ts";
import type { WorkoutType } from "../workouts/workout_type_table.ts";
import { SampleColumns } from "./sample_columns.ts";

/**
 * Unified data on its way in, from whichever door. A batch belongs to one person and is stored in one transaction by
 * `ingest`. Samples are kept in columns, because there may be millions of them; everything else is few.
 *
 * Instants are milliseconds since 1970; offsets are minutes east of UTC, null where the sender did not say.
 */

/** The device and app that measured. Provider, model and source together are its identity. */
export interface SourceDescription {
  readonly provider: Provider;
  /** The writing app or the vendor's tag. */
  readonly source?: string | null;
  readonly device_model?: string | null;
  readonly software_version?: string | null;
  /** Told from the model when absent. */
  readonly device_type?: DeviceType | null;
  readonly original_source_name?: string | null;
}

/** A source's place in its batch, given by `addSource`. */
export type SourceIndex = number & { readonly __brand: "SourceIndex" };

/** An id of the series table, or what `addCustomSeries` gave. */
export type SeriesKey = number;

interface Timed {
  readonly source: SourceIndex;
  readonly external_id?: string | null;
  readonly start: number;
  readonly end: number;
  readonly zone_offset: number | null;
}

export interface BatchWorkout extends Timed {
  readonly type: WorkoutType;
  readonly name?: string | null;
  readonly duration_seconds?: number | null;
  readonly moving_time_seconds?: number | null;
  /** Beats a minute. */
  readonly heart_rate_min?: number | null;
  readonly heart_rate_max?: number | null;
  readonly heart_rate_avg?: number | null;
  /** Kilocalories. */
  readonly energy_burned?: number | null;
  /** Metres. */
  readonly distance?: number | null;
  readonly steps_count?: number | null;
  /** Metres a second. */
  readonly average_speed?: number | null;
  readonly max_speed?: number | null;
  readonly average_watts?: number | null;
  readonly max_watts?: number | null;
  /** Steps or revolutions a minute. */
  readonly average_cadence?: number | null;
  /** Metres. */
  readonly total_elevation_gain?: number | null;
  readonly elev_high?: number | null;
  readonly elev_low?: number | null;
  readonly segments?: readonly unknown[] | null;
  readonly hr_zones?: unknown;
  readonly power_zones?: unknown;
}

/** A piece of a night. Sessions are built from the pieces, in whatever order they come. */
export interface BatchSleepStage extends Timed {
  readonly stage: SleepStageName;
}

/** A night that a vendor delivers whole. With `stages`, its sums are computed; without, these are taken. */
export interface BatchSleepSession extends Timed {
  readonly is_nap: boolean;
  readonly in_bed_seconds?: number | null;
  readonly asleep_seconds?: number | null;
  readonly light_seconds?: number | null;
  readonly deep_seconds?: number | null;
  readonly rem_seconds?: number | null;
  readonly awake_seconds?: number | null;
  readonly efficiency_percent?: number | null;
  readonly stages?: readonly { stage: SleepStageName; start: number; end: number }[] | null;
}

export interface BatchCycle extends Timed {
  /** The contract's detail fields, by their names. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface BatchScore {
  readonly source?: SourceIndex | null;
  readonly provider: Provider;
  readonly category: ScoreCategory;
  readonly value: number | null;
  readonly qualifier?: string | null;
  readonly at: number;
  readonly zone_offset: number | null;
  readonly components?: Readonly<Record<string, { value?: number | null; qualifier?: string | null }>> | null;
}

/** Samples in plain lists; the same place in each is one sample. */
export interface SampleLists {
  readonly series: SeriesKey[];
  readonly source: SourceIndex[];
  readonly at: number[];
  readonly value: number[];
  readonly duration_seconds: number[];
  readonly zone_offset: (number | null)[];
}

export interface BatchDailyTotal {
  readonly series: SeriesKey;
  readonly source: SourceIndex;
  /** The local day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly at: number;
  readonly value: number;
  readonly zone_offset: number | null;
}

/** Why something was left out; a key for counting, never a value. */
export type RefusalReason = "invalid_value" | "invalid_date" | "in_the_future";

/** Beyond this nothing is a measurement, and sums of it would overflow. */
export const largestValue = 1e15;

const earliest = Date.UTC(1900, 0, 1);
const dayMs = 86_400_000;

export class Batch {
  readonly sources: SourceDescription[] = [];
  readonly customSeries: { readonly code: string; readonly unit: string }[] = [];
  readonly columns: SampleColumns;
  readonly dailyTotals: BatchDailyTotal[] = [];
  readonly workouts: BatchWorkout[] = [];
  readonly sleepStages: BatchSleepStage[] = [];
  readonly sleepSessions: BatchSleepSession[] = [];
  readonly cycles: BatchCycle[] = [];
  readonly scores: BatchScore[] = [];

  readonly #sourceIndexes = new Map<string, SourceIndex>();
  readonly #latest: number;

  /**
   * `now` bounds what is believed: nothing may lie more than a day ahead of it. Who knows about how many samples will
   * come says so.
   */
  constructor(now: Date, roomForSamples?: number) {
    this.#latest = now.getTime() + dayMs;
    this.columns = new SampleColumns(roomForSamples);
  }

  /** A copy of the samples, for those who look at few. */
  get samples(): SampleLists {
    return this.columns.lists;
  }

  /** How many things are in it, samples included. */
  get size(): number {
    return this.columns.length + this.dailyTotals.length + this.workouts.length + this.sleepStages.length +
      this.sleepSessions.length + this.cycles.length + this.scores.length;
  }

  /** The same identity again gives the same index; the first version and type that are named stay. */
  addSource(description: SourceDescription): SourceIndex {
    const { provider, source = "", device_model = "" } = description;
    const key = `${provider}\u0000${device_model ?? ""}\u0000${source ?? ""}`;
    const known = this.#sourceIndexes.get(key);
    if (known !== undefined) return known;
    const index = this.sources.push(description) - 1 as SourceIndex;
    this.#sourceIndexes.set(key, index);
    return index;
  }

  /** A series that is not in the table, named by whoever sends it. `code` is lower_snake_case. */
  addCustomSeries(code: string, unit: string): SeriesKey {
    const known = this.customSeries.findIndex((series) => series.code === code);
    return -1 - (known === -1 ? this.customSeries.push({ code, unit }) - 1 : known);
  }

  /** Null when it was taken. An interval starts at `at`; an instant has `durationSeconds` 0. */
  addSample(
    series: SeriesKey,
    source: SourceIndex,
    at: number,
    value: number,
    durationSeconds: number,
    zoneOffset: number | null,
  ): RefusalReason | null {
    if (!isValueOf(series, value)) return "invalid_value";
    const refused = this.refuseInstant(at);
    if (refused !== null) return refused;
    // Whole milliseconds: parts of them would be rounded, and not everywhere in the same way.
    this.columns.add(
      series,
      source,
      Math.round(at),
      value,
      wholeSeconds(durationSeconds),
      believableOffset(zoneOffset),
    );
    return null;
  }

  addDailyTotal(total: BatchDailyTotal): RefusalReason | null {
    if (!isValueOf(total.series, total.value)) return "invalid_value";
    const refused = this.refuseInstant(total.at);
    if (refused === null) this.dailyTotals.push({ ...total, zone_offset: believableOffset(total.zone_offset) });
    return refused;
  }

  addWorkout(workout: BatchWorkout): RefusalReason | null {
    const refused = this.#refuseSpan(workout, workout.start <= workout.end);
    if (refused === null) this.workouts.push({ ...workout, zone_offset: believableOffset(workout.zone_offset) });
    return refused;
  }

  addSleepStage(stage: BatchSleepStage): RefusalReason | null {
    const refused = this.#refuseSpan(stage, stage.start < stage.end);
    if (refused === null) this.sleepStages.push({ ...stage, zone_offset: believableOffset(stage.zone_offset) });
    return refused;
  }

  addSleepSession(session: BatchSleepSession): RefusalReason | null {
    const refused = this.#refuseSpan(session, session.start < session.end);
    if (refused === null) this.sleepSessions.push({ ...session, zone_offset: believableOffset(session.zone_offset) });
    return refused;
  }

  addCycle(cycle: BatchCycle): RefusalReason | null {
    const refused = this.#refuseSpan(cycle, cycle.start <= cycle.end);
    if (refused === null) this.cycles.push(cycle);
    return refused;
  }

  addScore(score: BatchScore): RefusalReason | null {
    if (score.value !== null && !isValue(score.value)) return "invalid_value";
    const refused = this.refuseInstant(score.at);
    if (refused === null) this.scores.push({ ...score, zone_offset: believableOffset(score.zone_offset) });
    return refused;
  }

  /** Why an instant cannot be believed; null when it can. */
  refuseInstant(at: number): RefusalReason | null {
    if (!(at >= earliest)) return "invalid_date";
    return at > this.#latest ? "in_the_future" : null;
  }

  #refuseSpan({ start, end }: Timed, ordered: boolean): RefusalReason | null {
    if (!ordered || !(end - start <= 366 * dayMs)) return "invalid_date";
    return this.refuseInstant(start) ?? this.refuseInstant(end);
  }
}

function isValue(value: number): boolean {
  return Math.abs(value) <= largestValue;
}

/** An amount is not less than nothing. */
function isValueOf(series: SeriesKey, value: number): boolean {
  return isValue(value) && (value >= 0 || seriesById(series)?.aggregation !== "sum");
}

/** No sample lasts longer than a day and a bit; what claims to is taken as an instant. */
function wholeSeconds(seconds: number): number {
  return seconds > 0 && seconds <= 100_000 ? Math.round(seconds) : 0;
}

function believableOffset(minutes: number | null): number | null {
  return minutes !== null && Math.abs(minutes) <= 14 * 60 ? Math.round(minutes) : null;
}
