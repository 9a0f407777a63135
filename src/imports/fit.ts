import type { Batch } from "../ingest/batch.ts";
import { fitSource, fitZoneOffset } from "./fit_device.ts";
import { type FitFile, Skipped } from "./fit_file.ts";
import { mapHealth } from "./fit_health.ts";
import { mapMonitoring } from "./fit_monitoring.ts";
import { mapRecords } from "./fit_records.ts";
import { mapSessions } from "./fit_sessions.ts";

/** Maps a decoded FIT file into a batch. Pure. Positions are kept, as latitude and longitude. */

export interface FitReport {
  /** Messages that hold measurements. */
  readonly read: number;
  /** Left out, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Understood and deliberately not stored. */
  readonly noticed: Readonly<Record<string, number>>;
}

const measuring = ["record", "session", "lap", "length", "split", "monitoring", "weightScale", "bloodPressure"]
  .concat(["stressLevel", "respirationRate", "spo2Data", "hrvValue", "monitoringHrData"]);

/** By the SDK's key. */
const noticing = { hrvMesgs: "beat_interval", workoutStepMesgs: "workout_step", sleepLevelMesgs: "sleep_level" };

export function mapFit(file: FitFile, batch: Batch): FitReport {
  const skipped = new Skipped();
  const zoneOffset = fitZoneOffset(file);
  const source = batch.addSource(fitSource(file));
  for (const map of [mapRecords, mapSessions, mapMonitoring, mapHealth]) map(file, batch, source, zoneOffset, skipped);
  const count = (key: string) => file.messages[key]?.length ?? 0;
  const noticed = Object.entries(noticing).map(([key, what]) => [what, count(key)] as const);
  return {
    read: measuring.reduce((sum, name) => sum + count(`${name}Mesgs`), 0),
    skipped: skipped.counts,
    noticed: Object.fromEntries(noticed.filter(([, found]) => found > 0)),
  };
}
