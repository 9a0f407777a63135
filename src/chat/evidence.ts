import type { DateParts } from "./date_claims.ts";
import { roles, topics } from "./grounding_words_table.ts";
import type { LabTest, MeasureUnit } from "./measure_unit.ts";

/** What tool results say, as numbers with unit, field, day and list, and as days. Any JSON is understood. Pure. */

export interface ToolEvidence {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** JSON text, as the model saw it. */
  readonly result: string;
}

export interface Fact {
  readonly value: number;
  readonly unit: MeasureUnit | null;
  /** The name of the field. */
  readonly field: string;
  /** Names of fields from the outside to the number, in small letters with blanks. */
  readonly path: string;
  readonly roles: readonly string[];
  readonly topics: readonly string[];
  /** `YYYY-MM-DD` or `YYYY-MM`, of the nearest object that has one; none for statistics and the like. */
  readonly days: readonly string[];
  readonly test?: LabTest | undefined;
  readonly label: string;
  /** Facts of one object have the same. */
  readonly object: number;
  /** Of the list that it stands in. */
  readonly list: List | null;
  /**
   * "said" by the person, as a limit or the like: supports by value, never by arithmetic. "suggested" by the question:
   * supports only what denies it or says whose it is.
   */
  readonly from: "result" | "earlier" | "said" | "suggested" | "asked" | "text";
}

export interface List {
  readonly id: number;
  readonly length: number;
}

export interface Dates {
  /** Every day, month or year that is named, `YYYY-MM-DD`, `YYYY-MM`, `YYYY`. */
  readonly days: Set<string>;
  /** Dates in words without a year. */
  readonly partial: DateParts[];
  /** Minutes of the day that are named. */
  readonly clocks: Set<number>;
}

export interface Facts extends Dates {
  readonly all: Fact[];
  /** How many objects were read. */
  objects: number;
  /** What only the question suggests. */
  readonly suggested: Dates;
  /** Names with digits, in small letters. */
  readonly names: Set<string>;
  /** Lists by id: how many entries, and how many of them share a word, as "status high". */
  readonly lists: Map<number, readonly number[]>;
}

export function emptyFacts(): Facts {
  const dates = (): Dates => ({ days: new Set(), partial: [], clocks: new Set() });
  return { ...dates(), suggested: dates(), all: [], objects: 0, names: new Set(), lists: new Map() };
}

export function addDate(facts: Dates, { year, month, day }: DateParts): void {
  const two = (part: number) => String(part).padStart(2, "0");
  if (year !== undefined && month !== undefined && day !== undefined) {
    facts.days.add(`${year}-${two(month)}-${two(day)}`);
  } else if (year !== undefined && month !== undefined) facts.days.add(`${year}-${two(month)}`);
  else if (year !== undefined) facts.days.add(String(year));
  else facts.partial.push({ ...(month === undefined ? {} : { month }), ...(day === undefined ? {} : { day }) });
}

export function plainFact(value: number, unit: MeasureUnit | null, from: Fact["from"]): Fact {
  return { value, unit, field: "", path: "", roles: [], topics: [], days: [], label: "", object: -1, list: null, from };
}

/** The statistics that words name: "average", "highest". */
export function rolesIn(words: string): readonly string[] {
  return namesIn(roles, words);
}

/** The parts of a night or a pressure that words name. */
export function topicsIn(words: string): readonly string[] {
  return namesIn(topics, words);
}

function namesIn(table: typeof roles, words: string): readonly string[] {
  return table.filter(([, pattern]) => pattern.test(words)).map(([name]) => name);
}
