import { fitAt, type FitFile, type FitMessage, fitMessages, fitNumber, fitText, rounded } from "./fit_file.ts";

/** Laps, splits and pool lengths of a session as the contract's segments; what a device left out is left out. */

type SegmentKind = "lap" | "split" | "length";

/** Wire name, the SDK's names (the first that is there counts), factor. */
type NumberField = readonly [string, readonly string[], number?];

const numberFields: Readonly<Record<SegmentKind, readonly NumberField[]>> = {
  lap: [
    ["distance_meters", ["totalDistance"]],
    ["avg_heart_rate", ["avgHeartRate"]],
    ["max_heart_rate", ["maxHeartRate"]],
    ["avg_speed", ["enhancedAvgSpeed", "avgSpeed"]],
    ["max_speed", ["enhancedMaxSpeed", "maxSpeed"]],
    ["avg_power", ["avgPower"]],
    ["max_power", ["maxPower"]],
    ["normalized_power", ["normalizedPower"]],
    ["avg_cadence", ["avgRunningCadence", "avgCadence"]],
    ["total_strides", ["totalStrides"]],
    ["total_ascent", ["totalAscent"]],
    ["total_descent", ["totalDescent"]],
    ["avg_vertical_oscillation", ["avgVerticalOscillation"], 0.1],
    ["avg_step_length", ["avgStepLength"], 0.1],
    ["avg_vertical_ratio", ["avgVerticalRatio"]],
    ["avg_stance_time", ["avgStanceTime"]],
    ["avg_stance_time_balance", ["avgStanceTimeBalance"]],
  ],
  split: [["distance_meters", ["totalDistance"]], ["avg_speed", ["avgSpeed"]]],
  length: [["total_strokes", ["totalStrokes"]], ["avg_speed", ["avgSpeed"]]],
};

const textFields: Readonly<Record<SegmentKind, readonly (readonly [string, string])[]>> = {
  lap: [],
  split: [["split_type", "splitType"]],
  length: [["swim_stroke", "swimStroke"], ["length_type", "lengthType"]],
};

/** Those that begin within the session; null when there are none. `index` counts each kind from 0. */
export function fitSegments(file: FitFile, start: number, end: number): Record<string, unknown>[] | null {
  const segments = (["lap", "split", "length"] as const).flatMap((kind) => {
    const known = new Set<string>();
    const fitting = fitMessages(file, kind).filter((message) => {
      const at = fitAt(message, "startTime");
      const elapsed = fitNumber(message, "totalElapsedTime");
      const key = `${at} ${elapsed}`;
      // A second's tolerance at the start; the end belongs to the next part of a multisport file.
      const within = at !== null && elapsed !== null && at >= start - 1000 && (at < end || at === start);
      if (!within || known.has(key)) return false;
      known.add(key);
      return true;
    });
    return fitting.map((message, index) => segmentOf(kind, message, index));
  });
  return segments.length === 0 ? null : segments;
}

function segmentOf(kind: SegmentKind, message: FitMessage, index: number): Record<string, unknown> {
  const numbers = numberFields[kind].flatMap(([name, fields, factor = 1]) => {
    const value = fitNumber(message, ...fields);
    return value === null ? [] : [[name, rounded(value * factor, 2)]];
  });
  const texts = textFields[kind].flatMap(([name, field]) => {
    const value = fitText(message, field);
    return value === null ? [] : [[name, value]];
  });
  return {
    kind,
    index,
    start_time: new Date(fitAt(message, "startTime") ?? 0).toISOString(),
    elapsed_seconds: rounded(fitNumber(message, "totalElapsedTime") ?? 0, 2),
    ...Object.fromEntries([...numbers, ...texts]),
  };
}
