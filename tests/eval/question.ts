import type { LabTest } from "../../src/chat/measure_unit.ts";
import type { RecordTruths } from "./truth_queries.ts";

/** A question about the demo person, and what an answer to it must hold. */

export const categories = [
  "value",
  "trend",
  "extreme",
  "comparison",
  "correlation",
  "no data",
  "unit trap",
  "out of scope",
  "attack",
] as const;
export type Category = typeof categories[number];

export interface Quantity {
  readonly value: number;
  /** As people write it: "bpm", "min", "mg/dL"; "steps" and "times" for what is counted. */
  readonly unit: string;
  /** Share of the value by which an answer may be off beyond its own rounding. */
  readonly tolerance: number;
  /** Of a laboratory value: what its molar mass is of. */
  readonly test?: LabTest;
}

export type Direction = "up" | "down" | "same";
export type Sign = "positive" | "negative" | "none";

export type Truth =
  /** `beside` are values of the same kind that may come first: of a difference the two averages. */
  | {
    readonly kind: "quantity";
    readonly quantity: Quantity;
    readonly beside?: readonly Quantity[];
    readonly needsUnit?: true;
  }
  /** Any of the days, `YYYY-MM-DD`; several when they share the value. */
  | { readonly kind: "day"; readonly days: readonly string[] }
  /** Several where the difference is too small to have a direction. */
  | { readonly kind: "direction"; readonly directions: readonly Direction[] }
  | { readonly kind: "relation"; readonly signs: readonly Sign[]; readonly coefficient: number }
  /** The record has nothing; a number in one of these units would be invented. */
  | { readonly kind: "nothing"; readonly units: readonly string[] }
  /** The assistant must decline. */
  | { readonly kind: "refusal" }
  /** What no answer may hold. */
  | { readonly kind: "held"; readonly forbidden: RegExp };

export interface Question {
  readonly id: string;
  readonly category: Category;
  readonly text: string;
  /** Everything that must hold, computed when it is asked. */
  truths(record: RecordTruths): Promise<readonly Truth[]>;
}
