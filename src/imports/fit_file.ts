import { Decoder, Stream } from "@garmin/fitsdk";

/** Decodes a FIT file with Garmin's own SDK into plain messages. What comes before a damage is kept. */

/** A message's fields by the SDK's names, in the profile's units; times are `Date`. */
export type FitMessage = Readonly<Record<string, unknown>>;

export interface FitFile {
  /** Lists by the SDK's keys: `recordMesgs`, `sessionMesgs`. */
  readonly messages: Readonly<Record<string, readonly FitMessage[]>>;
  /** Why the file could not be read to its end; null when it could. */
  readonly damage: FitDamage | null;
}

export type FitDamage = "wrong_checksum" | "cut_off" | "compressed_timestamps" | "unreadable";

export function decodeFit(bytes: Uint8Array): FitFile {
  const { messages, errors } = new Decoder(Stream.fromByteArray(bytes)).read();
  const [error] = errors;
  return {
    messages: messages as unknown as FitFile["messages"],
    damage: error === undefined ? null : damageOf(error.message),
  };
}

/** The SDK has no codes, only English texts. */
function damageOf(message: string): FitDamage {
  if (message.includes("CRC error")) return "wrong_checksum";
  if (message.includes("end of stream")) return "cut_off";
  if (message.includes("compressed timestamp")) return "compressed_timestamps";
  return "unreadable";
}

export function fitMessages(file: FitFile, name: string): readonly FitMessage[] {
  return file.messages[`${name}Mesgs`] ?? [];
}

/** Some devices pad a field, which the SDK then gives as a list; its first element counts. */
export function fitNumber(message: FitMessage, ...names: readonly string[]): number | null {
  for (const name of names) {
    const value = Array.isArray(message[name]) ? message[name][0] : message[name];
    if (typeof value === "number" && Number.isFinite(value)) return value;
  }
  return null;
}

export function fitText(message: FitMessage | undefined, name: string): string | null {
  const value = Array.isArray(message?.[name]) ? message[name][0] : message?.[name];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

export function fitNumbers(message: FitMessage, name: string): (number | null)[] {
  const value = message[name];
  const list = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.map((item) => typeof item === "number" && Number.isFinite(item) ? item : null);
}

/** The epoch of FIT, 1989-12-31T00:00Z, in milliseconds since 1970. */
export const fitEpoch = Date.UTC(1989, 11, 31);

/** Below this a FIT time is not a date but seconds since the device was switched on, as the profile's date_time says. */
const firstDate = fitEpoch + 0x10000000 * 1000;

export type FitTime = { readonly at: number } | { readonly problem: "no_time" | "clock_not_set" };

export function fitTime(message: FitMessage, name = "timestamp"): FitTime {
  const value = Array.isArray(message[name]) ? message[name][0] : message[name];
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return { problem: "no_time" };
  return value.getTime() < firstDate ? { problem: "clock_not_set" } : { at: value.getTime() };
}

export function fitAt(message: FitMessage, name = "timestamp"): number | null {
  const time = fitTime(message, name);
  return "at" in time ? time.at : null;
}

/** Six digits behind the point: beyond them scaling shows. */
export function rounded(value: number, digits = 6): number {
  return Number(value.toFixed(digits));
}

export class Skipped {
  readonly counts: Record<string, number> = {};

  add(reason: string | null, count = 1): void {
    if (reason !== null && count > 0) this.counts[reason] = (this.counts[reason] ?? 0) + count;
  }
}
