import { Batch } from "../ingest/batch.ts";
import { type Collection, Dropped } from "./sdk_dropped.ts";
import { readObject } from "./sdk_field.ts";
import type { PhoneProvider } from "./sdk_provider.ts";
import { addRecord } from "./sdk_records.ts";
import { addSleep } from "./sdk_sleep.ts";
import { addWorkout } from "./sdk_workouts.ts";

/** From a phone's whole push to a batch, item by item: one that cannot be read takes no other with it. */

export interface PhonePush {
  readonly batch: Batch;
  readonly dropped: Dropped;
  /** Records, stages and workouts that were looked at. */
  readonly read: number;
  /** False when there was nothing to look at, because `data` is missing or no object. */
  readonly readable: boolean;
}

type Reader = (
  batch: Batch,
  provider: PhoneProvider,
  item: unknown,
  index: number,
  dropped: Dropped,
  ownUnits: ReadonlyMap<string, string>,
) => void;

const readers: readonly (readonly [Exclude<Collection, "data">, Reader])[] = [
  ["records", addRecord],
  ["sleep", addSleep],
  ["workouts", addWorkout],
];

/** After so many items others get a turn, because a push may hold a year. */
const itemsAtOnce = 1_000;

/**
 * `body` is the parsed JSON, whatever it is; nothing about its shape is believed. `ownUnits` are the units of the
 * person's own series by code.
 */
export async function readPush(
  body: unknown,
  provider: PhoneProvider,
  now: Date,
  ownUnits: ReadonlyMap<string, string>,
): Promise<PhonePush> {
  const batch = new Batch(now);
  const dropped = new Dropped();
  const data = readObject(readObject(body)?.data);
  if (data === null) {
    dropped.add("invalid_record", "data", null, "");
    return { batch, dropped, read: 0, readable: false };
  }
  let read = 0;
  for (const [collection, add] of readers) {
    const items = data[collection];
    if (items == null) continue;
    if (!Array.isArray(items)) {
      dropped.add("invalid_record", collection, null, "");
      continue;
    }
    for (const [index, item] of items.entries()) {
      add(batch, provider, item, index, dropped, ownUnits);
      if (++read % itemsAtOnce === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
  return { batch, dropped, read, readable: true };
}
