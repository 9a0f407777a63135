import type { Batch } from "../ingest/batch.ts";
import { isNap } from "../sleep/build_session.ts";
import type { SleepStageName } from "../sleep/sleep_stage.ts";
import { entry } from "./auto_export_metric_table.ts";
import { type Dropped, type Fields, type Moment, readMoment, readNumber, readText } from "./auto_export_points.ts";
import { autoExportSource } from "./auto_export_source.ts";

/**
 * `sleep_analysis`: with the app's summing switched off every stage comes by itself (`startDate`, `endDate`, `value`),
 * with it one entry a night with hours of each stage.
 */

const stages: Readonly<Record<string, SleepStageName>> = {
  core: "light",
  asleepcore: "light",
  light: "light",
  deep: "deep",
  asleepdeep: "deep",
  rem: "rem",
  asleeprem: "rem",
  awake: "awake",
  inbed: "in_bed",
  asleep: "sleeping",
  unspecified: "sleeping",
  asleepunspecified: "sleeping",
};

/** How many stages and nights were taken. */
export function mapSleep(
  metrics: readonly { units: string | null; points: readonly Fields[] }[],
  batch: Batch,
  dropped: Dropped,
): number {
  let taken = 0;
  for (const { units, points } of metrics) {
    const unitSeconds = units === "min" ? 60 : units === "s" || units === "sec" ? 1 : 3600;
    for (const point of points) {
      const reason = readText(point.value) === null ? addNight(point, unitSeconds, batch) : addStage(point, batch);
      dropped.add(reason);
      if (reason === null) taken++;
    }
  }
  return taken;
}

function addStage(point: Fields, batch: Batch): string | null {
  const name = (readText(point.value) ?? "").replace(/^HKCategoryValueSleepAnalysis/, "").toLowerCase()
    .replace(/[^a-z]/g, "");
  const stage = entry(stages, name);
  if (stage === undefined) return "unknown_sleep_stage";
  const start = readMoment(point.startDate) ?? readMoment(point.start);
  const end = readMoment(point.endDate) ?? readMoment(point.end);
  if (start === null || end === null) return "invalid_date";
  const source = autoExportSource(batch, readText(point.source));
  return batch.addSleepStage({ stage, source, start: start.at, end: end.at, zone_offset: start.zone_offset });
}

function addNight(point: Fields, unitSeconds: number, batch: Batch): string | null {
  const moment = (...names: string[]) => names.map((name) => readMoment(point[name])).filter((found) => found !== null);
  const starts = moment("inBedStart", "sleepStart");
  const ends = moment("inBedEnd", "sleepEnd");
  const start = earliest(starts);
  if (start === null || ends.length === 0) return "invalid_date";
  const end = Math.max(...ends.map(({ at }) => at));
  const seconds = (name: string) => {
    const value = readNumber(point[name]);
    return value === null || value < 0 ? null : Math.round(value * unitSeconds);
  };
  const [light, deep, rem] = [seconds("core"), seconds("deep"), seconds("rem")];
  const staged = (light ?? 0) + (deep ?? 0) + (rem ?? 0);
  // Without stages the app writes zeros for them.
  const known = (value: number | null) => staged === 0 ? null : value;
  const asleep = positive(seconds("totalSleep")) ?? positive(Math.max(staged, seconds("asleep") ?? 0));
  if (asleep === null) return "invalid_value";
  const inBed = Math.max(positive(seconds("inBed")) ?? Math.round((end - start.at) / 1000), asleep);
  return batch.addSleepSession({
    source: autoExportSource(batch, readText(point.source) ?? readText(point.sleepSource)),
    start: start.at,
    end,
    zone_offset: start.zone_offset,
    is_nap: isNap(asleep, start.at, start.zone_offset),
    in_bed_seconds: inBed,
    asleep_seconds: asleep,
    light_seconds: known(light),
    deep_seconds: known(deep),
    rem_seconds: known(rem),
    awake_seconds: known(seconds("awake")),
    efficiency_percent: Math.round(asleep / inBed * 10_000) / 100,
  });
}

function earliest(moments: readonly Moment[]): Moment | null {
  return moments.reduce<Moment | null>((first, next) => first === null || next.at < first.at ? next : first, null);
}

function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null;
}
