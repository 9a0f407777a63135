import type { Batch, SourceIndex } from "../ingest/batch.ts";
import { seriesId } from "../timeseries/series_table.ts";
import { fitAt, type FitFile, type FitMessage, fitMessages, fitNumber, fitText, type Skipped } from "./fit_file.ts";

/**
 * All-day files. A watch counts steps from local midnight, walking and running each for itself; what was added since
 * its last message becomes a sample over that time. What came before a file's first message is not known, unless the
 * file begins at local midnight.
 */

const heartRate = seriesId("heart_rate");
const steps = seriesId("steps");

type Add = (series: number, at: number, value: number, seconds: number) => void;

export function mapMonitoring(
  file: FitFile,
  batch: Batch,
  source: SourceIndex,
  zoneOffset: number | null,
  skipped: Skipped,
): void {
  const add: Add = (series, at, value, seconds) =>
    skipped.add(batch.addSample(series, source, at, value, seconds, zoneOffset));
  const messages = withTimes(fitMessages(file, "monitoring"), monitoringStart(file));
  for (const { at, message } of messages) {
    const rate = fitNumber(message, "heartRate");
    if (rate !== null && rate > 0) add(heartRate, at, rate, 0);
  }
  mapSteps(messages, midnightStart(file, zoneOffset), add);
}

interface Timed {
  readonly at: number;
  readonly message: FitMessage;
}

function monitoringStart(file: FitFile): number | null {
  return fitMessages(file, "monitoringInfo").map((info) => fitAt(info)).find((at) => at !== null) ?? null;
}

/** The file's start when that is local midnight, from where all counters are known to be zero. */
function midnightStart(file: FitFile, zoneOffset: number | null): number | null {
  const start = monitoringStart(file);
  if (start === null || zoneOffset === null) return null;
  return (start + zoneOffset * 60_000) % dayMs === 0 ? start : null;
}

/** Most messages carry the last 16 bits of their time only; the rest comes from the message before. */
function withTimes(messages: readonly FitMessage[], start: number | null): Timed[] {
  const timed: Timed[] = [];
  let last = start;
  for (const message of messages) {
    const whole = fitAt(message);
    const short = fitNumber(message, "timestamp16");
    if (whole !== null) last = whole;
    else if (short === null || last === null) continue;
    else last = last + (((short - fitSeconds(last)) % 65_536) + 65_536) % 65_536 * 1000;
    timed.push({ at: last, message });
  }
  return timed;
}

/** Seconds since FIT's epoch, the last 16 bits of which `timestamp16` holds. */
function fitSeconds(at: number): number {
  return Math.floor((at - Date.UTC(1989, 11, 31)) / 1000);
}

interface Counter {
  readonly at: number;
  readonly value: number;
}

const dayMs = 86_400_000;

/** A day's last message says how long it was; then all counters start again, whatever the time zone. */
function closesDay(message: FitMessage): boolean {
  return (fitNumber(message, "durationMin") ?? 0) >= 23 * 60;
}

function mapSteps(messages: readonly Timed[], midnight: number | null, add: Add): void {
  const counters = new Map<string, Counter>();
  /** Walking and running may be counted over the same time, which is one sample. */
  const taken = new Map<number, { value: number; seconds: number }>();
  for (const { at, message } of messages) {
    const kind = fitText(message, "activityType");
    if (kind !== "walking" && kind !== "running") continue;
    const value = stepsIn(message);
    if (value === null) continue;
    const before = counters.get(kind) ?? (midnight === null ? undefined : { at: midnight, value: 0 });
    counters.set(kind, { at, value: closesDay(message) ? 0 : value });
    if (before === undefined || at <= before.at) continue;
    // A smaller count than before has started from zero.
    const added = value < before.value ? value : value - before.value;
    if (added <= 0) continue;
    const known = taken.get(before.at);
    const seconds = (at - before.at) / 1000;
    taken.set(before.at, { value: added + (known?.value ?? 0), seconds: Math.max(seconds, known?.seconds ?? 0) });
  }
  for (const [at, { value, seconds }] of taken) add(steps, at, value, seconds);
}

/** Cycles are of both feet; a cycle has two steps. */
function stepsIn(message: FitMessage): number | null {
  const cycles = fitNumber(message, "cycles");
  return fitNumber(message, "steps") ?? (cycles === null ? null : cycles * 2);
}
