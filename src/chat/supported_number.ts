import { type Fact, type Facts, topicsIn } from "./evidence.ts";
import { analyteOf, inUnit, type LabTest, type MeasureUnit } from "./measure_unit.ts";
import { isNamed, wordsOf } from "./named_subject.ts";
import { type NumberFound, printedRange } from "./printed_claim.ts";
import { type DayWords, namesDay, type SentenceContext } from "./sentence_context.ts";

/** Which facts have the number that a sentence states. Pure. */

/** Facts in one unit (and of one laboratory test), by value. */
interface UnitFacts {
  readonly unit: MeasureUnit | null;
  readonly test: LabTest | undefined;
  readonly facts: Fact[];
}

/** Values of a longer list count only where the sentence says which entry it means. */
const shortList = 8;
const mostMatches = 400;

export type Range = readonly [low: number, high: number];

/** The values that a number stands for, in its unit, once per reading. */
export function rangesOf(number: NumberFound): Range[] {
  return number.readings.map((reading) => printedRange(reading, number));
}

export class FactIndex {
  readonly #groups = new Map<string, UnitFacts>();
  /** How many facts of a list share field and label. */
  readonly #alike = new Map<string, number>();

  /** Of each list, the tests in it. */
  readonly #tests = new Map<number, Map<string, LabTest>>();
  /** By list and sentence, the tests that are named. */
  readonly #named = new Map<string, ReadonlySet<string>>();

  constructor({ all }: Facts) {
    for (const fact of all) {
      const { unit, test } = fact;
      const key = unit === null ? "" : `${unit.dimension} ${unit.factor} ${unit.ucum ?? ""} ${test?.test_name ?? ""}`;
      const group = this.#groups.get(key) ?? { unit, test, facts: [] };
      group.facts.push(fact);
      this.#groups.set(key, group);
      if (fact.list !== null && test !== undefined) {
        const tests = this.#tests.get(fact.list.id) ?? new Map<string, LabTest>();
        this.#tests.set(fact.list.id, tests.set(test.test_name, test));
      }
      if (fact.list !== null) this.#alike.set(alikeKey(fact), (this.#alike.get(alikeKey(fact)) ?? 0) + 1);
    }
    for (const { facts } of this.#groups.values()) facts.sort((a, b) => a.value - b.value);
  }

  /** Facts within one of the ranges, whatever the sentence says. */
  within(ranges: readonly Range[], unit: MeasureUnit | null): Fact[] {
    const found: Fact[] = [];
    for (const group of this.#groups.values()) {
      for (const [low, high] of rangesIn(group, ranges, unit)) {
        for (let at = firstFrom(group.facts, low); at < group.facts.length && found.length < mostMatches; at++) {
          const fact = group.facts[at];
          if (fact === undefined || fact.value > high) break;
          found.push(fact);
        }
      }
    }
    return found;
  }

  /** The facts that the sentence can mean. */
  supporting(number: NumberFound, context: SentenceContext, around: Around): Fact[] {
    const ranges = rangesOf(number);
    const below = ranges.map(([low, high]): Range => [-high, -low]);
    // "A negative correlation of 0.46" is -0.46; "r = 0.46" is not.
    const mayLackSign = context.speaksOfFall && !number.isEquation;
    const all = number.sign === "-" ? below : mayLackSign ? [...ranges, ...below] : ranges;
    return this.within(all, number.unit).filter((fact) => this.#isMeant(fact, context, around));
  }

  /** Whether the question names it as a guess. */
  isSuggested(number: NumberFound): boolean {
    return this.within(rangesOf(number), number.unit).some(({ from }) => from === "suggested");
  }

  #isMeant(fact: Fact, context: SentenceContext, around: Around): boolean {
    if (fact.from === "said" || fact.from === "asked") return true;
    if (fact.from === "suggested") return around.leavesOpen;
    if (conflicts(fact.roles, context.roles) || conflicts(fact.topics, context.topics)) return false;
    if (
      fact.topics.some((topic) => sleepTopics.has(topic)) && !fact.topics.some((topic) => around.topics.includes(topic))
    ) return false;
    if (fact.list === null) return true;
    if (fact.test !== undefined && this.#isOtherTest(fact, fact.test, context)) return false;
    if (isOfDays(fact, context.days) || (fact.from === "text" && fact.days.length === 0)) return true;
    if ((this.#alike.get(alikeKey(fact)) ?? 0) > shortList) return false;
    return isNamed(fact.label, fact.test, around.words);
  }

  /** The sentence names a test of the list, but not this one. */
  #isOtherTest({ list }: Fact, test: LabTest, context: SentenceContext): boolean {
    const tests = this.#tests.get(list?.id ?? 0) ?? new Map<string, LabTest>();
    if (tests.size < 2) return false;
    const key = `${list?.id} ${context.index}`;
    let named = this.#named.get(key);
    if (named === undefined) {
      const words = wordsOf(context.words);
      named = new Set(
        [...tests.values()].filter((each) => isNamed(each.test_name, each, words)).map((each) => each.test_name),
      );
      this.#named.set(key, named);
    }
    return named.size > 0 && !named.has(test.test_name) && analyteOf(test) !== null;
  }
}

/** Whether the fact stands alone or in a short list, or is of a day that is named. */
export function isOfDays({ list, days }: Fact, named: DayWords): boolean {
  return list === null || list.length <= shortList || days.some((day) => namesDay(named, day));
}

/** A night's parts are told by name; a pressure's are not always. */
const sleepTopics: ReadonlySet<string> = new Set(["deep", "rem", "light", "awake", "nap"]);

/** The text in which what a number is about may be named; read only where it matters. */
export class Around {
  readonly #text: () => string;
  #words: string | undefined;
  #topics: readonly string[] | undefined;
  readonly #open: () => boolean;
  #leavesOpen: boolean | undefined;

  constructor(text: () => string, leavesOpen: () => boolean) {
    this.#text = text;
    this.#open = leavesOpen;
  }

  /** The words beside the number deny it, compare with it, or say that the person named it. */
  get leavesOpen(): boolean {
    return this.#leavesOpen ??= this.#open();
  }

  get words(): string {
    return this.#words ??= wordsOf(this.#text());
  }

  get topics(): readonly string[] {
    return this.#topics ??= topicsIn(this.#text());
  }
}

const alikeKey = ({ list, field, label }: Fact) => `${list?.id} ${field} ${label}`;

/** "latest" contradicts nothing: the latest value may be the highest. */
function conflicts(ofFact: readonly string[], ofSentence: readonly string[]): boolean {
  const own = ofFact.filter((name) => name !== "latest");
  return own.length > 0 && ofSentence.some((name) => name !== "latest") &&
    !own.some((name) => ofSentence.includes(name));
}

/** The claim's ranges in the unit of the group; none where the units measure different things. */
function rangesIn({ unit, test }: UnitFacts, ranges: readonly Range[], claimed: MeasureUnit | null): Range[] {
  return ranges.flatMap(([low, high]): Range[] => {
    // A share may be stored as a fraction.
    if (claimed?.dimension === "percent" && unit === null && high <= 100 + 1e-6) {
      return [[low, high], [low / 100, high / 100]];
    }
    const [from, to] = [inUnit(low, claimed, unit, test), inUnit(high, claimed, unit, test)];
    return from === undefined || to === undefined ? [] : [[from, to]];
  });
}

function firstFrom(facts: readonly Fact[], low: number): number {
  let [from, to] = [0, facts.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((facts[middle]?.value ?? 0) < low) from = middle + 1;
    else to = middle;
  }
  return from;
}
