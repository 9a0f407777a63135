import type { RefusalReason } from "../ingest/batch.ts";

/** What of a push could not be stored, and why. Places and reasons only: never a value, a name or a text. */

export type DropReason =
  | RefusalReason
  /** Not of the documented shape. */
  | "invalid_record"
  | "unknown_type"
  /** The unit measures something else, or is not known. */
  | "unknown_unit"
  /** A series of the person's own is in another one. */
  | "other_unit"
  /** The type would be one more series than a person may have of their own. */
  | "too_many_series"
  | "unknown_stage"
  | "unknown_statistic";

export type Collection = "data" | "records" | "sleep" | "workouts";

export interface DroppedItem {
  readonly collection: Collection;
  /** Its place in the collection; null for the collection itself. */
  readonly index: number | null;
  readonly field: string;
  readonly message: string;
}

const messages: Readonly<Record<DropReason, string>> = {
  invalid_value: "Input should be a finite number",
  invalid_date: "Input should be a valid datetime, and the end not before the start",
  in_the_future: "The date lies in the future",
  invalid_record: "Input is not of the documented shape",
  unknown_type: "The type is not known",
  unknown_unit: "The unit is not known for this type",
  other_unit: "The unit is not the one that the series is in",
  too_many_series: "The person has too many series of their own for another one",
  unknown_stage: "The stage is not known",
  unknown_statistic: "The statistic is not known",
};

/** So many are named one by one; the others are counted. */
const namedItems = 50;

export class Dropped {
  readonly reasons: Partial<Record<DropReason, number>> = {};
  readonly items: DroppedItem[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(reason: DropReason, collection: Collection, index: number | null, field: string): void {
    this.#count++;
    this.reasons[reason] = (this.reasons[reason] ?? 0) + 1;
    if (this.items.length < namedItems) this.items.push({ collection, index, field, message: messages[reason] });
  }
}
