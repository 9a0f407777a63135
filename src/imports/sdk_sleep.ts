import type { Batch } from "../ingest/batch.ts";
import type { SleepStageName } from "../sleep/sleep_stage.ts";
import type { Dropped, DropReason } from "./sdk_dropped.ts";
import { type Fields, longestMs, readObject, readText, readTimes } from "./sdk_field.ts";
import type { PhoneProvider } from "./sdk_provider.ts";
import { describeSource } from "./sdk_source.ts";

/** One piece of a night. Sessions are built from the pieces where they are stored. */

/** Spellings of phones, in lower case and without anything but letters. What is named "unknown" is no stage. */
const stages: Readonly<Record<string, SleepStageName>> = {
  inbed: "in_bed",
  awakeinbed: "in_bed",
  sleeping: "sleeping",
  asleep: "sleeping",
  asleepunspecified: "sleeping",
  sleep: "sleeping",
  awake: "awake",
  outofbed: "awake",
  light: "light",
  core: "light",
  asleepcore: "light",
  deep: "deep",
  asleepdeep: "deep",
  rem: "rem",
  asleeprem: "rem",
};

/** Puts a stage into the batch, or notes why not. */
export function addSleep(batch: Batch, provider: PhoneProvider, value: unknown, index: number, dropped: Dropped) {
  const fields = readObject(value);
  const [reason, field] = fields === null ? ["invalid_record", ""] as const : add(batch, provider, fields);
  if (reason !== null) dropped.add(reason, "sleep", index, field);
}

function add(batch: Batch, provider: PhoneProvider, fields: Fields): readonly [DropReason | null, string] {
  const named = readText(fields.stage, 100);
  if (named === null) return ["invalid_record", "stage"];
  const word = named.replace(/^HKCategoryValueSleepAnalysis/, "").toLowerCase().replace(/[^a-z]/g, "");
  const stage = Object.hasOwn(stages, word) ? stages[word] : undefined;
  if (stage === undefined) return ["unknown_stage", "stage"];
  const times = readTimes(fields);
  if (times === null) return ["invalid_date", "startDate"];
  const { start, end, zone_offset } = times;
  // Half a stage says nothing, unlike a measurement without an end.
  if (end === null || end <= start || end - start > longestMs) return ["invalid_date", "endDate"];
  // Refused things leave no source behind.
  const refused = batch.refuseInstant(start) ?? batch.refuseInstant(end);
  if (refused !== null) return [refused, "startDate"];
  const source = batch.addSource(describeSource(provider, fields.source));
  const external_id = readText(fields.id ?? fields.uuid, 200);
  return [batch.addSleepStage({ source, external_id, start, end, zone_offset, stage }), "startDate"];
}
