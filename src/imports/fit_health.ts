import type { Batch, SourceIndex } from "../ingest/batch.ts";
import { seriesId } from "../timeseries/series_table.ts";
import { type FitFile, fitMessages, fitNumber, fitTime, rounded, type Skipped } from "./fit_file.ts";

/** Single measurements of watches, scales and blood-pressure monitors: a message, its fields, their series. */

interface HealthField {
  readonly field: string;
  readonly series: number;
  /** Values below are codes for "none". */
  readonly least: number;
}

interface HealthMessage {
  readonly name: string;
  /** The field of the message that holds its time. */
  readonly time: string;
  readonly fields: readonly HealthField[];
}

function health(
  name: string,
  fields: Readonly<Record<string, string>>,
  least = 0.001,
  time = "timestamp",
): HealthMessage {
  const list = Object.entries(fields).map(([field, code]) => ({ field, series: seriesId(code), least }));
  return { name, time, fields: list };
}

const healthMessages: readonly HealthMessage[] = [
  health("weightScale", { weight: "weight", percentFat: "body_fat_percentage", bmi: "body_mass_index" }),
  health("bloodPressure", {
    systolicPressure: "blood_pressure_systolic",
    diastolicPressure: "blood_pressure_diastolic",
    heartRate: "heart_rate",
  }),
  health("stressLevel", { stressLevelValue: "garmin_stress_level" }, 0, "stressLevelTime"),
  health("respirationRate", { respirationRate: "respiratory_rate" }),
  health("spo2Data", { readingSpo2: "oxygen_saturation" }),
  health("hrvValue", { value: "heart_rate_variability_rmssd" }),
  health("monitoringHrData", { currentDayRestingHeartRate: "resting_heart_rate" }),
];

/** Messages that carry the number of a person on a scale which several use. */
const personal = new Set(["weightScale", "bloodPressure"]);

export function mapHealth(
  file: FitFile,
  batch: Batch,
  source: SourceIndex,
  zoneOffset: number | null,
  skipped: Skipped,
): void {
  const several = usedBySeveral(file);
  for (const { name, time, fields } of healthMessages) {
    for (const message of fitMessages(file, name)) {
      const when = fitTime(message, time);
      // Nothing says which of them the record belongs to.
      if (several && personal.has(name)) skipped.add("several_people");
      else if ("problem" in when) skipped.add(when.problem);
      else {
        for (const { field, series, least } of fields) {
          const value = fitNumber(message, field);
          if (value === null || value < least) continue;
          skipped.add(batch.addSample(series, source, when.at, rounded(value), 0, zoneOffset));
        }
      }
    }
  }
}

function usedBySeveral(file: FitFile): boolean {
  const indexes = [...personal].flatMap((name) => fitMessages(file, name).map((m) => m.userProfileIndex));
  return new Set(indexes).size > 1;
}
