import { Encoder, Profile } from "@garmin/fitsdk";
import { mapFit } from "../../src/imports/fit.ts";
import { decodeFit } from "../../src/imports/fit_file.ts";
import { Batch } from "../../src/ingest/batch.ts";
import { seriesById } from "../../src/timeseries/series_table.ts";

/** FIT files made message by message, and what becomes of them. */

export type Fields = Record<string, unknown>;

export const fitNumbers = Profile.MesgNum as unknown as Readonly<Record<string, number>>;

/** A file of these messages, by the SDK's names: `["RECORD", {heartRate: 150}]`. */
export function fit(...messages: readonly (readonly [string, Fields])[]): Uint8Array {
  const encoder = new Encoder();
  for (const [name, fields] of messages) encoder.onMesg(fitNumbers[name] as never, fields as never);
  return encoder.close();
}

export function map(bytes: Uint8Array) {
  const file = decodeFit(bytes);
  const batch = new Batch(new Date("2026-03-15T12:00:00Z"));
  return { batch, damage: file.damage, ...mapFit(file, batch) };
}

export const start = Date.parse("2026-03-14T08:00:00Z");
export const at = (seconds: number) => new Date(start + seconds * 1000);
export const fitSeconds = (instant: Date) => (instant.getTime() - Date.UTC(1989, 11, 31)) / 1000;

/** `code value` of each sample, seconds from the start, length. */
export function samples(batch: Batch): string[] {
  const { series, at, value, duration_seconds } = batch.samples;
  return series.map((id, place) =>
    `${((at[place] ?? 0) - start) / 1000} ${seriesById(id)?.code} ${value[place]} ${duration_seconds[place]}`
  );
}

export const fileId: readonly [string, Fields] = ["FILE_ID", {
  type: "activity",
  manufacturer: "garmin",
  product: 2697,
  timeCreated: at(0),
}];
