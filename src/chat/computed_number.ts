import { change, type Cited, citedChanges, citedTotals, type Computed, mayMeet, share } from "./cited_arithmetic.ts";
import type { Fact, Facts } from "./evidence.ts";
import { type ListFacts, spoken, statisticsOf } from "./list_statistics.ts";
import { changeWords } from "./grounding_words_table.ts";
import { inUnit, type MeasureUnit } from "./measure_unit.ts";
import type { NumberFound } from "./printed_claim.ts";
import type { SentenceContext } from "./sentence_context.ts";
import { isOfDays, type Range, rangesOf } from "./supported_number.ts";

/**
 * Numbers that follow from facts by arithmetic. In much data some pair has nearly any difference, so only arithmetic that
 * the sentence speaks of is tried, and only on operands it can mean: numbers that the answer itself cites beside it,
 * statistics of one list, fields of one name in two results. Pure.
 */

const mostAlike = 8;
const countedUnits: ReadonlySet<string> = new Set(["night", "workout", "finding", "occurrence"]);

export class Arithmetic {
  readonly #lists = new Map<string, ListFacts>();
  readonly #alike = new Map<string, Fact[]>();
  readonly #objects = new Map<number, Fact[]>();
  readonly #tallies = new Set<number>();
  readonly #missing = new Set<number>();
  readonly #beyond = new Map<NumberFound, readonly number[]>();
  #knownChanges: readonly Computed[] | undefined;

  constructor(facts: Facts) {
    for (const fact of facts.all) {
      if (fact.from !== "result") continue;
      if (fact.list !== null) {
        push(this.#lists, `${fact.list.id} ${fact.path} ${fact.label} ${fact.unit?.factor}`, fact);
      } else if (!fact.path.includes("reference")) pushFact(this.#alike, `${fact.field} ${fact.unit?.dimension}`, fact);
      pushFact(this.#objects, fact.object, fact);
    }
    for (const counts of facts.lists.values()) for (const count of counts) this.#tallies.add(count);
    const asked = facts.all.filter(({ field }) => field === "period_days" || field === "days").map(({ value }) =>
      value
    );
    for (const { field, value } of facts.all) {
      if (/with_data$|^count$|tracked$/.test(field)) { for (const days of asked) this.#missing.add(days - value); }
    }
  }

  /** Whether the number follows from what its sentence speaks of. */
  explains(
    number: NumberFound,
    context: SentenceContext,
    cited: readonly Cited[],
    limits: readonly NumberFound[] = [],
  ): boolean {
    const ranges = rangesOf(number);
    const fits = ({ value, unit }: Computed) => isWithin(ranges, value, unit, number, context);
    return this.#listStatistics(number, context, cited).some(fits) ||
      this.#counts(number, context, limits).some(fits) ||
      (speaksOfChange(number, context) &&
        (this.#changes().some(fits) || citedChanges(number, cited).some(fits))) ||
      citedTotals(number, context, cited).some(fits) ||
      this.#shares(number, context, cited).some(fits);
  }

  #listStatistics(number: NumberFound, context: SentenceContext, cited: readonly Cited[]): Computed[] {
    const lengths = cited.filter(({ number: { unit }, isSameSentence }) => isSameSentence && isDays(unit))
      .map(({ value }) => value);
    return [...this.#lists.values()].flatMap((list) => {
      const { facts, unit } = list;
      if (facts.length < 2 || !mayMeet(unit, number.unit)) return [];
      const counts = new Set([facts.length, ...lengths.filter((count) => count > 1 && count < facts.length)]);
      return [...counts].flatMap((count) => spoken(statisticsOf(list, count), context)).map((value) => ({
        value,
        unit,
      }));
    });
  }

  /** Entries of a list, of one kind in it, or beyond a limit that the sentence names. */
  #counts(number: NumberFound, { words }: SentenceContext, limits: readonly NumberFound[]): Computed[] {
    const { unit } = number;
    const counts = unit === null || countedUnits.has(unit.dimension) || isDays(unit);
    if (!counts || number.readings.every(({ value }) => !Number.isInteger(value) || value > 400)) return [];
    const tallies = [...this.#tallies];
    const missing =
      /miss|without|no data|fehl|ohne|keine|sin |falta|manqu|sans|pas de|senza|manca|sem |falt|zonder|geen|ontbr|eksik|yok|没有|缺/
          .test(words)
        ? [...this.#missing]
        : [];
    const beyond = limits.filter((limit) => limit !== number).flatMap((limit) => this.countsBeyond(limit));
    return [...tallies, ...missing, ...beyond].map((value) => ({ value, unit }));
  }

  /** In each list, how many values lie beyond a limit: above "more than 10,000", below "under 50", either side of any other; not all, nor none. */
  countsBeyond(limit: NumberFound): readonly number[] {
    const known = this.#beyond.get(limit);
    if (known !== undefined) return known;
    const { rounding, unit } = limit;
    const found = limit.readings.flatMap(({ value }) =>
      [...this.#lists.values()].flatMap(({ facts, unit: own }) => {
        const bound = inUnit(value, unit, own, facts[0]?.test);
        if (bound === undefined || facts.length < 2) return [];
        const above = facts.filter((fact) => fact.value > bound).length;
        const atLeast = facts.filter((fact) => fact.value >= bound).length;
        return [
          ...(rounding === "under" ? [] : [above, atLeast]),
          ...(rounding === "over" ? [] : [facts.length - above, facts.length - atLeast]),
        ].filter((count) => count > 0 && count < facts.length);
      })
    );
    this.#beyond.set(limit, found);
    return found;
  }

  /** Between fields of one name in two results, the ends of a list, and a value and its limits. */
  #changes(): readonly Computed[] {
    if (this.#knownChanges !== undefined) return this.#knownChanges;
    const found: Computed[] = [];
    for (const facts of this.#alike.values()) {
      if (facts.length < 2 || facts.length > mostAlike) continue;
      for (const one of facts) {
        for (const other of facts) if (one !== other && one.object !== other.object) found.push(...change(one, other));
      }
    }
    for (const { facts } of this.#lists.values()) {
      const dated = facts.filter(({ days }) => days.length > 0).toSorted((a, b) =>
        (a.days[0] ?? "") < (b.days[0] ?? "") ? -1 : 1
      );
      const [first, last] = [dated[0], dated.at(-1)];
      if (first !== undefined && last !== undefined && first !== last) found.push(...change(first, last));
    }
    for (const facts of this.#objects.values()) {
      const limits = facts.filter(({ path }) => path.includes("reference"));
      const [value] = facts.filter(({ field }) => field === "value");
      if (value !== undefined) { for (const limit of limits) found.push(...change(limit, value)); }
    }
    this.#knownChanges = found;
    return found;
  }

  /** A part of the largest amount in its object; of two tallies that stand in the sentence; a total by its count. */
  #shares(number: NumberFound, { roles, days }: SentenceContext, cited: readonly Cited[]): Computed[] {
    const found: Computed[] = [];
    if (number.unit?.dimension === "percent") {
      for (const facts of this.#objects.values()) {
        if (facts.length > 40 || facts.length < 2 || !facts.some((fact) => isOfDays(fact, days))) continue;
        const parts = facts.filter(({ unit }) => unit?.dimension === "time" && unit.factor === 1);
        const whole = parts.find(({ field }) => field.endsWith("duration_minutes"));
        if (whole !== undefined) {
          for (const part of parts) if (part !== whole) found.push(share(part.value, whole.value));
        }
      }
      const near = cited.filter(({ number: { unit } }) => unit?.dimension !== "percent").slice(-6);
      for (const one of near) {
        for (const other of near) {
          if (one !== other && mayMeet(one.number.unit, other.number.unit) && one.value < other.value) {
            found.push(share(one.value, other.value));
          }
        }
      }
    }
    if (!roles.includes("average")) return found;
    for (const facts of this.#objects.values()) {
      const total = facts.filter(({ field }) => field.includes("total") && !/workouts|count/.test(field));
      const counts = facts.filter(({ field, value }) =>
        /with_data|count|tracked|total_workouts/.test(field) && value > 0
      );
      for (const one of total) for (const { value } of counts) found.push({ value: one.value / value, unit: one.unit });
    }
    return found;
  }
}

/** Of a number without a unit only what stands close to it is believed. */
function speaksOfChange({ sign, unit, start, end }: NumberFound, context: SentenceContext): boolean {
  if (sign !== "" || !context.speaksOfChange) return sign !== "";
  if (unit !== null) return true;
  const from = start - context.start;
  return changeWords.test(context.words.slice(Math.max(0, from - 24), from)) ||
    changeWords.test(context.words.slice(end - context.start, end - context.start + 20));
}

function isWithin(
  ranges: readonly Range[],
  value: number,
  unit: MeasureUnit | null,
  number: NumberFound,
  { speaksOfChange }: SentenceContext,
): boolean {
  const inClaimed = inUnit(value, unit, number.unit, undefined);
  if (inClaimed === undefined) return false;
  const sizes = number.sign === "-"
    ? [-inClaimed]
    : speaksOfChange && number.sign === ""
    ? [inClaimed, -inClaimed]
    : [inClaimed];
  return ranges.some(([low, high]) => sizes.some((size) => size >= low && size <= high));
}

function isDays(unit: MeasureUnit | null): boolean {
  return unit !== null && (unit.dimension === "night" || (unit.dimension === "time" && unit.factor === 1_440));
}

function push(lists: Map<string, ListFacts>, key: string, fact: Fact): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, { facts: [fact], unit: fact.unit, statistics: new Map() });
  else list.facts.push(fact);
}

function pushFact<Key>(groups: Map<Key, Fact[]>, key: Key, fact: Fact): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [fact]);
  else group.push(fact);
}
