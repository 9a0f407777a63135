import type { Batch, SourceIndex } from "../ingest/batch.ts";
import { fitSegments } from "./fit_segments.ts";
import { fitHeartRateZones, fitPowerZones } from "./fit_zones.ts";
import { fitWorkoutType, onFoot } from "./fit_sport_table.ts";
import {
  fitAt,
  type FitFile,
  type FitMessage,
  fitMessages,
  fitNumber,
  fitText,
  fitTime,
  rounded,
  type Skipped,
} from "./fit_file.ts";

/** The `session` messages: each is a workout; a multisport file has one for each part. */

export function mapSessions(
  file: FitFile,
  batch: Batch,
  source: SourceIndex,
  zoneOffset: number | null,
  skipped: Skipped,
): void {
  const seen = new Set<string>();
  for (const [index, session] of fitMessages(file, "session").entries()) {
    const start = fitTime(session, "startTime");
    if ("problem" in start) {
      skipped.add(`session_${start.problem}`);
      continue;
    }
    const end = endOf(session, start.at);
    // Files that were put together can hold the same activity twice.
    if (seen.has(`${start.at} ${end}`)) {
      skipped.add("repeated_session");
      continue;
    }
    seen.add(`${start.at} ${end}`);
    skipped.add(batch.addWorkout({
      source,
      start: start.at,
      end,
      zone_offset: zoneOffset,
      ...workoutOf(file, session, index, start.at, end),
    }));
  }
}

function endOf(session: FitMessage, start: number): number {
  const seconds = said(session, "totalElapsedTime", "totalTimerTime");
  if (seconds !== null) return start + Math.round(seconds * 1000);
  return Math.max(start, fitAt(session) ?? start);
}

function workoutOf(file: FitFile, session: FitMessage, index: number, start: number, end: number) {
  const type = fitWorkoutType(fitText(session, "sport"), fitText(session, "subSport"));
  const steps = onFoot.has(type) ? 2 : 1;
  const measured = recordedBetween(file, start, end);
  const cadence = said(session, "avgRunningCadence", "avgCadence");
  const strides = said(session, "totalStrides") ?? (steps === 2 ? said(session, "totalCycles") : null);
  // Devices without a power meter write zeros.
  const powered = said(session, "maxPower", "avgPower") !== 0;
  const moving = said(session, "totalMovingTime") ?? said(session, "totalTimerTime");
  return {
    type,
    name: fitText(session, "sportProfileName"),
    duration_seconds: Math.round((end - start) / 1000),
    moving_time_seconds: moving === null ? null : Math.round(moving),
    heart_rate_min: positive(said(session, "minHeartRate")) ?? measured.heart_rate_min,
    heart_rate_max: positive(said(session, "maxHeartRate")) ?? measured.heart_rate_max,
    heart_rate_avg: positive(said(session, "avgHeartRate")) ?? measured.heart_rate_avg,
    energy_burned: said(session, "totalCalories"),
    distance: said(session, "totalDistance"),
    steps_count: steps === 2 && strides !== null ? Math.round(strides * 2) : null,
    average_speed: said(session, "enhancedAvgSpeed", "avgSpeed"),
    max_speed: said(session, "enhancedMaxSpeed", "maxSpeed"),
    average_watts: powered ? said(session, "avgPower") : null,
    max_watts: positive(said(session, "maxPower")),
    average_cadence: cadence === null || cadence <= 0
      ? null
      : rounded((cadence + (said(session, "avgFractionalCadence") ?? 0)) * steps, 2),
    total_elevation_gain: said(session, "totalAscent"),
    elev_high: said(session, "enhancedMaxAltitude", "maxAltitude") ?? measured.elev_high,
    elev_low: said(session, "enhancedMinAltitude", "minAltitude") ?? measured.elev_low,
    segments: fitSegments(file, start, end),
    hr_zones: fitHeartRateZones(file, index),
    power_zones: fitPowerZones(file, index),
  };
}

/** Without the digits that scaling leaves behind. */
function said(message: FitMessage, ...names: readonly string[]): number | null {
  const value = fitNumber(message, ...names);
  return value === null ? null : rounded(value);
}

function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null;
}

/** What the records of the session say, where the session itself does not. */
function recordedBetween(file: FitFile, start: number, end: number) {
  let [low, high, sum, count] = [Infinity, -Infinity, 0, 0];
  let [lowest, highest] = [Infinity, -Infinity];
  for (const record of fitMessages(file, "record")) {
    const at = fitAt(record);
    if (at === null || at < start || at > end) continue;
    const rate = positive(fitNumber(record, "heartRate"));
    if (rate !== null) [low, high, sum, count] = [Math.min(low, rate), Math.max(high, rate), sum + rate, count + 1];
    const height = fitNumber(record, "enhancedAltitude", "altitude");
    if (height !== null) [lowest, highest] = [Math.min(lowest, height), Math.max(highest, height)];
  }
  const finite = (value: number) => Number.isFinite(value) ? rounded(value) : null;
  return {
    heart_rate_min: finite(low),
    heart_rate_max: finite(high),
    heart_rate_avg: count === 0 ? null : rounded(sum / count, 2),
    elev_high: finite(highest),
    elev_low: finite(lowest),
  };
}
