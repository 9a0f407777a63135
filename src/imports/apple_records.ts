import type { Batch, RefusalReason } from "../ingest/batch.ts";
import type { SleepStageName } from "../sleep/sleep_stage.ts";
import type { AppleCounts } from "./apple_counts.ts";
import type { AppleDate } from "./apple_date.ts";
import type { AppleSources } from "./apple_sources.ts";
import { appleOffset } from "./apple_zone.ts";
import { type HealthKitQuantity, healthKitQuantity } from "./healthkit_quantity.ts";

/** The attributes of a `Record` that matter, "" for those it does not have. One object is used for all records. */
export interface RecordFields {
  type: string;
  sourceName: string;
  device: string;
  unit: string;
  /** A number only when it was written as a plain decimal. */
  value: string | number;
  readonly startDate: AppleDate;
  readonly endDate: AppleDate;
  /** Where it was recorded, such as "Europe/Berlin". The dates are in the zone of the phone that wrote the export. */
  timeZone: string;
}

const sleepType = "HKCategoryTypeIdentifierSleepAnalysis";
const sleepPrefix = "HKCategoryValueSleepAnalysis";
const quantityPrefix = "HKQuantityTypeIdentifier";

/** The older watches and phones know only asleep and in bed; theirs are numbers in very old exports. */
const sleepStages: Readonly<Record<string, SleepStageName>> = {
  InBed: "in_bed",
  Asleep: "sleeping",
  AsleepUnspecified: "sleeping",
  Awake: "awake",
  AsleepCore: "light",
  AsleepDeep: "deep",
  AsleepREM: "rem",
};

/** Records → samples and sleep stages. */
export class AppleRecords {
  readonly #sources: AppleSources;
  readonly #counts: AppleCounts;
  readonly #quantities = new Map<string, HealthKitQuantity | null>();
  // Records of a type stand together.
  #lastType = "";
  #lastUnit = "";
  #last: HealthKitQuantity | null = null;
  readonly #sameSecond = new SameSecond();
  /** The parts of correlations are told again after they stood by themselves. */
  readonly #sameSecondOfParts = new SameSecond();

  constructor(sources: AppleSources, counts: AppleCounts) {
    this.#sources = sources;
    this.#counts = counts;
  }

  add(batch: Batch, record: RecordFields, isPart: boolean): void {
    const { type } = record;
    if (type === this.#lastType || type.startsWith(quantityPrefix)) this.#addQuantity(batch, record, isPart);
    else if (type === sleepType) this.#addSleepStage(batch, record);
    else this.#counts.skip("unsupported_type", type);
  }

  /** A record that an earlier attempt stored. */
  passOver(record: RecordFields, isPart: boolean): void {
    if (record.type.startsWith(quantityPrefix) && this.#areRead(record)) this.#placeInSecond(record, isPart);
  }

  #placeInSecond(record: RecordFields, isPart: boolean): number {
    return (isPart ? this.#sameSecondOfParts : this.#sameSecond).place(record);
  }

  #addQuantity(batch: Batch, record: RecordFields, isPart: boolean): void {
    const { type, unit, value, startDate: { at } } = record;
    if (!this.#areRead(record)) return this.#skipDate(record);
    const number = typeof value === "number" ? value : value === "" ? NaN : Number(value);
    if (!Number.isFinite(number)) return this.#counts.skip("invalid_value", type);
    if (type !== this.#lastType || unit !== this.#lastUnit) {
      this.#last = this.#quantity(type, unit);
      [this.#lastType, this.#lastUnit] = [type, unit];
    }
    const quantity = this.#last;
    if (quantity === null) return this.#counts.skip("unknown_unit", type);
    const { custom } = quantity;
    const series = quantity.series ?? (custom === null ? 0 : batch.addCustomSeries(custom.code, custom.unit));
    const refused = batch.addSample(
      series,
      this.#sources.place(batch, record.sourceName, record.device),
      at + this.#placeInSecond(record, isPart),
      quantity.convert(number),
      (record.endDate.at - at) / 1000,
      offsetOf(record),
    );
    if (refused !== null) this.#refuse(refused, type);
  }

  #quantity(type: string, unit: string): HealthKitQuantity | null {
    const key = `${type} ${unit}`;
    const known = this.#quantities.get(key);
    if (known !== undefined) return known;
    const quantity = healthKitQuantity(type, unit === "" ? null : unit);
    if (this.#quantities.size < 1_000) this.#quantities.set(key, quantity);
    return quantity;
  }

  #addSleepStage(batch: Batch, record: RecordFields): void {
    const { type, startDate } = record;
    if (!this.#areRead(record)) return this.#skipDate(record);
    const value = String(record.value);
    const stage = sleepStages[value.startsWith(sleepPrefix) ? value.slice(sleepPrefix.length) : ""];
    if (stage === undefined) return this.#counts.skip("unknown_sleep_stage", value.slice(sleepPrefix.length));
    const { at } = startDate;
    const source = this.#sources.place(batch, record.sourceName, record.device);
    const refused = batch.addSleepStage({
      source,
      start: at,
      end: record.endDate.at,
      zone_offset: offsetOf(record),
      stage,
    });
    if (refused !== null) this.#refuse(refused, type);
  }

  /** An end that is missing is the start; one that cannot be read refuses the record. */
  #areRead({ startDate, endDate }: RecordFields): boolean {
    if (startDate.state === "read" && endDate.state === "absent") {
      [endDate.at, endDate.offset, endDate.state] = [startDate.at, startDate.offset, "read"];
    }
    return startDate.state === "read" && endDate.state === "read" && endDate.at >= startDate.at;
  }

  #skipDate({ type, startDate }: RecordFields): void {
    this.#counts.skip(startDate.state === "absent" ? "missing_startDate" : "invalid_date", type);
  }

  #refuse(reason: RefusalReason, type: string): void {
    this.#counts.skip(reason, type);
  }
}

function offsetOf({ startDate, timeZone }: RecordFields): number | null {
  return timeZone === "" ? startDate.offset : appleOffset(timeZone, startDate.at) ?? startDate.offset;
}

/**
 * Two things eaten at one time are two records of one series, source and second: each after the first is stored a
 * millisecond later than the one before. The same record twice is one.
 */
class SameSecond {
  readonly #seconds = new Map<string, Second>();
  // Records of a type and source mostly stand together.
  #type = "";
  #sourceName = "";
  #device = "";
  #last: Second | undefined;

  /** How many milliseconds behind its second a record is stored. */
  place(record: RecordFields): number {
    const { value, startDate: { at }, endDate: { at: end } } = record;
    const second = this.#second(record);
    if (second.at !== at) {
      [second.at, second.value, second.end, second.more] = [at, value, end, undefined];
      return 0;
    }
    const same = (other: Recorded) => Number(other.value) === Number(value) && other.end === end;
    if (same(second)) return 0;
    const more = second.more ??= [];
    const known = more.findIndex(same);
    if (known !== -1) return known + 1;
    // There are a thousand places in a second.
    return more.length >= 998 ? 999 : more.push({ value, end });
  }

  #second({ type, sourceName, device }: RecordFields): Second {
    if (
      this.#last !== undefined && type === this.#type && sourceName === this.#sourceName && device === this.#device
    ) return this.#last;
    [this.#type, this.#sourceName, this.#device] = [type, sourceName, device];
    const key = `${type}\n${sourceName}\n${device}`;
    let second = this.#seconds.get(key);
    if (second === undefined) {
      if (this.#seconds.size >= 2_000) this.#seconds.clear();
      this.#seconds.set(key, second = { at: NaN, value: "", end: NaN, more: undefined });
    }
    return this.#last = second;
  }
}

interface Recorded {
  readonly value: string | number;
  readonly end: number;
}

/** The last second of a type and source: its first record, and further ones. */
interface Second {
  at: number;
  value: string | number;
  end: number;
  more: Recorded[] | undefined;
}
