import type { Batch, RefusalReason } from "../ingest/batch.ts";
import type { SleepStageName } from "../sleep/sleep_stage.ts";
import type { AppleCounts } from "./apple_counts.ts";
import { AppleDate } from "./apple_date.ts";
import type { AppleSources } from "./apple_sources.ts";
import { type HealthKitQuantity, healthKitQuantity } from "./healthkit_quantity.ts";

/** The attributes of a `Record` that matter, "" for those it does not have. One object is used for all of them. */
export interface RecordFields {
  type: string;
  sourceName: string;
  device: string;
  unit: string;
  value: string;
  startDate: string;
  endDate: string;
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
  readonly #start = new AppleDate();
  readonly #end = new AppleDate();
  readonly #quantities = new Map<string, HealthKitQuantity | null>();
  // Records of a type stand together.
  #lastType = "";
  #lastUnit = "";
  #last: HealthKitQuantity | null = null;

  constructor(sources: AppleSources, counts: AppleCounts) {
    this.#sources = sources;
    this.#counts = counts;
  }

  add(batch: Batch, record: RecordFields): void {
    const { type } = record;
    if (type.startsWith(quantityPrefix)) this.#addQuantity(batch, record);
    else if (type === sleepType) this.#addSleepStage(batch, record);
    else this.#counts.skip("unsupported_type", type);
  }

  #addQuantity(batch: Batch, record: RecordFields): void {
    const { type, unit, value } = record;
    if (!this.#readDates(record)) return;
    const number = value === "" ? NaN : Number(value);
    if (!Number.isFinite(number)) return this.#counts.skip("invalid_value", type);
    if (type !== this.#lastType || unit !== this.#lastUnit) {
      this.#last = this.#quantity(type, unit);
      [this.#lastType, this.#lastUnit] = [type, unit];
    }
    const quantity = this.#last;
    if (quantity === null) return this.#counts.skip("unknown_unit", type);
    const { custom } = quantity;
    const series = quantity.series ?? (custom === null ? 0 : batch.addCustomSeries(custom.code, custom.unit));
    const { at, offset } = this.#start;
    const refused = batch.addSample(
      series,
      this.#sources.place(batch, record.sourceName, record.device),
      at,
      quantity.convert(number),
      (this.#end.at - at) / 1000,
      offset,
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
    const { type, value } = record;
    if (!this.#readDates(record)) return;
    const stage = sleepStages[value.startsWith(sleepPrefix) ? value.slice(sleepPrefix.length) : ""];
    if (stage === undefined) return this.#counts.skip("unknown_sleep_stage", value.slice(sleepPrefix.length));
    const { at, offset } = this.#start;
    const source = this.#sources.place(batch, record.sourceName, record.device);
    const refused = batch.addSleepStage({ source, start: at, end: this.#end.at, zone_offset: offset, stage });
    if (refused !== null) this.#refuse(refused, type);
  }

  /** An end that is missing is the start; one that cannot be read refuses the record. */
  #readDates(record: RecordFields): boolean {
    const { type, startDate, endDate } = record;
    if (startDate === "") {
      this.#counts.skip("missing_startDate", type);
      return false;
    }
    const read = this.#start.read(startDate) && this.#end.read(endDate === "" ? startDate : endDate) &&
      this.#end.at >= this.#start.at;
    if (!read) this.#counts.skip("invalid_date", type);
    return read;
  }

  #refuse(reason: RefusalReason, type: string): void {
    this.#counts.skip(reason, type);
  }
}
