import type { Batch, SourceIndex } from "../ingest/batch.ts";
import { seriesId } from "../timeseries/series_table.ts";
import { type FitFile, type FitMessage, fitMessages, fitNumber, fitTime, rounded, type Skipped } from "./fit_file.ts";

/** The `record` messages: what the sensors said, mostly once a second. The first field that is there counts. */

interface RecordField {
  readonly fields: readonly string[];
  readonly series: number;
  readonly factor: number;
  /** Zero means that there was no sensor. */
  readonly positive?: boolean;
}

const degreesOfSemicircle = 180 / 2 ** 31;

function field(code: string, fields: readonly string[], factor = 1, positive = false): RecordField {
  return { fields, series: seriesId(code), factor, positive };
}

const recordFields: readonly RecordField[] = [
  field("heart_rate", ["heartRate"], 1, true),
  field("speed", ["enhancedSpeed", "speed"]),
  field("cadence", ["cadence"]),
  field("power", ["power"]),
  field("running_vertical_oscillation", ["verticalOscillation"], 0.1),
  field("running_ground_contact_time", ["stanceTime"]),
  field("running_stride_length", ["stepLength"], 0.1),
  field("elevation", ["enhancedAltitude", "altitude"]),
  field("latitude", ["positionLat"], degreesOfSemicircle),
  field("longitude", ["positionLong"], degreesOfSemicircle),
  field("air_temperature", ["temperature"]),
  field("running_vertical_ratio", ["verticalRatio"]),
  field("running_stance_time_balance", ["stanceTimeBalance"]),
];

export function mapRecords(
  file: FitFile,
  batch: Batch,
  source: SourceIndex,
  zoneOffset: number | null,
  skipped: Skipped,
): void {
  for (const record of fitMessages(file, "record")) {
    const time = fitTime(record);
    if ("problem" in time) {
      skipped.add(time.problem);
      continue;
    }
    for (const found of recordFields) {
      const value = recordValue(record, found);
      if (value !== null) skipped.add(batch.addSample(found.series, source, time.at, value, 0, zoneOffset));
    }
  }
}

function recordValue(record: FitMessage, { fields, factor, positive }: RecordField): number | null {
  const value = fitNumber(record, ...fields);
  return value === null || (positive === true && value <= 0) ? null : rounded(value * factor);
}
