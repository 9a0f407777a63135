import { Batch } from "../ingest/batch.ts";
import { AppleCounts } from "./apple_counts.ts";
import { AppleRecords, type RecordFields } from "./apple_records.ts";
import { AppleSources } from "./apple_sources.ts";
import { AppleWorkout, type Attributes } from "./apple_workout.ts";
import type { ExportHandler } from "./apple_xml.ts";
import type { ImportCounts } from "./importers.ts";

/** What stands right below the root and is not stored: counted by these names, anything else as "unknown_element". */
const noticedElements: Readonly<Record<string, string>> = {
  ActivitySummary: "activity_summary",
  Audiogram: "audiogram",
  ClinicalRecord: "clinical_record",
  Correlation: "correlation",
  StateOfMind: "state_of_mind",
  VisionPrescription: "vision_prescription",
};

/** What the person told their phone about themselves. */
export interface AppleMe {
  birthDate?: string;
  sex?: string;
}

/** The elements of an export → batches. */
export class AppleReader implements ExportHandler {
  readonly counts: AppleCounts;
  readonly me: AppleMe = {};
  batch: Batch;
  readonly #now: () => Date;
  readonly #passOver: number;
  readonly #sources = new AppleSources();
  readonly #records: AppleRecords;
  /** Elements right below the root that were begun, and whether the last of them is still open. */
  #begun = 0;
  #isOpen = false;
  #workout: AppleWorkout | undefined;
  /** The characteristic whose text is being read. */
  #characteristic: string | undefined;

  constructor(counts: ImportCounts, passOver: number, now: () => Date) {
    this.counts = new AppleCounts(counts);
    this.#passOver = passOver;
    this.#now = now;
    this.batch = new Batch(now());
    this.#records = new AppleRecords(this.#sources, this.counts);
  }

  /** How many elements are done with; a later attempt passes over as many. */
  get elements(): number {
    return this.#begun - (this.#isOpen ? 1 : 0);
  }

  /** The batch so far, for storing; what follows goes into a new one. */
  takeBatch(): Batch {
    const { batch } = this;
    this.batch = new Batch(this.#now(), batch.columns.room);
    return batch;
  }

  record(fields: RecordFields, depth: number): void {
    const isPart = depth > 1;
    if (!isPart) this.#begun++;
    if (this.#passing) return this.#records.passOver(fields, isPart);
    // The parts of a correlation mostly stand by themselves too, and are stored once all the same.
    if (isPart) this.counts.notice("correlated_record");
    else this.counts.read++;
    this.#records.add(this.batch, fields, isPart);
  }

  open(name: string, attributes: Attributes, depth: number): void {
    if (depth === 1) this.#openTop(name, attributes);
    if (depth !== 2 || this.#passing) return;
    if (name.startsWith(characteristicPrefix)) this.#characteristic = name;
    if (this.#workout === undefined) return;
    // Those inside of an activity of the workout are parts of these, so deeper ones are not added.
    if (name === "WorkoutStatistics") this.#workout.addStatistics(attributes);
    else if (name === "MetadataEntry") this.#workout.addMetadata(attributes);
    else if (name === "WorkoutRoute") this.counts.notice("workout_route");
    else if (name === "WorkoutEvent") this.counts.notice("workout_event");
    else if (name === "WorkoutActivity") this.counts.notice("workout_activity");
  }

  close(name: string, depth: number): void {
    this.#characteristic = undefined;
    if (depth !== 1) return;
    this.#isOpen = false;
    const workout = this.#workout;
    this.#workout = undefined;
    if (this.#passing || name === "Me" || name === "ExportDate") return;
    // Only now: an attempt that goes on after a crash begins with the element that was open.
    if (workout === undefined) return this.counts.notice(noticedElements[name] ?? "unknown_element");
    this.counts.read++;
    workout.addTo(this.batch, this.#sources, this.counts);
  }

  text(text: string): void {
    if (this.#characteristic !== undefined) this.#learn(this.#characteristic, text.trim());
  }

  blemish(): void {
    // It is noticed before the element it is in.
    if (this.#begun >= this.#passOver) this.counts.notice("xml_blemish");
  }

  get #passing(): boolean {
    return this.#begun <= this.#passOver;
  }

  #openTop(name: string, attributes: Attributes): void {
    this.#begun++;
    this.#isOpen = true;
    if (this.#passing) return;
    if (name === "Workout") this.#workout = new AppleWorkout(attributes);
    if (name === "Me") { for (const [key, value] of Object.entries(attributes)) this.#learn(key, value ?? ""); }
  }

  #learn(characteristic: string, value: string): void {
    const name = characteristic.replace(characteristicPrefix, "");
    if (name === "DateOfBirth" && /^\d{4}-\d\d-\d\d$/.test(value)) this.me.birthDate = value;
    const sex = /^HKBiologicalSex(Female|Male)$/.exec(value)?.[1];
    if (name === "BiologicalSex" && sex !== undefined) this.me.sex = sex.toLowerCase();
  }
}

const characteristicPrefix = "HKCharacteristicTypeIdentifier";
