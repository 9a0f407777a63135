import { type ChangeWord, type Clause, clausesOf, isDenied, saysNothing } from "./change_words.ts";
import { changesBetween, changesOf, waysOf, wholeChanges } from "./course_changes.ts";
import {
  betterHigher,
  betterLower,
  comparedWith,
  earlier,
  lessAhead,
  lessBehind,
  moreAhead,
  moreBehind,
  possessives,
  pronouns,
} from "./direction_words_table.ts";
import type { ToolEvidence } from "./evidence.ts";
import { type Course, coursesIn } from "./known_course.ts";
import { analyteOf } from "./measure_unit.ts";
import { namesMetric, wordsOf } from "./named_subject.ts";
import type { NumberFound } from "./printed_claim.ts";
import type { SentenceContext } from "./sentence_context.ts";

/**
 * Whether "rose" should be "fell". A direction is judged only where the results leave no doubt: every value that the
 * sentence can mean went the same way, and the sentence says of what was that it rose or fell, not of what might be.
 * Pure.
 */

type Way = 1 | -1;

export interface DirectionFound {
  readonly start: number;
  readonly text: string;
  readonly isRight: boolean;
}

/** "Ha subido ligeramente": more words have a subject of their own. */
const mostBare = 3;

export class Directions {
  /** Of this turn, and of earlier ones. */
  readonly #courses: readonly (readonly Course[])[];
  readonly #question: string;
  readonly #folded: string;
  readonly #clauses = new Map<SentenceContext, readonly Clause[]>();
  readonly #meant = new Map<Clause, readonly Course[]>();

  /** `folded` is the answer in small letters without accents, `question` the same of what was asked. */
  constructor(
    calls: readonly ToolEvidence[],
    earlier: readonly ToolEvidence[],
    folded: string,
    question: string,
  ) {
    this.#courses = [coursesIn(calls), coursesIn(earlier)].filter((courses) => courses.length > 0);
    this.#folded = folded;
    this.#question = wordsOf(question.split("\n", 1)[0]?.slice(0, 500) ?? "");
  }

  /** What is wrong with a difference that the results have, but the other way round; null for any other number. */
  problemOf(number: NumberFound, context: SentenceContext): string | null {
    if (this.#courses.length === 0 || number.readings.length === 0) return null;
    const clause = this.#clausesOf(context).find(({ start, end }) => number.start >= start && number.start < end);
    if (clause === undefined || saysNothing(context.words) || isDenied(clause)) return null;
    const meant = this.#meantBy(clause, context);
    const shown = waysOf(meant.flatMap((course) => changesOf(number, course)));
    const said = this.#saidOf(number, context, clause, meant);
    if (said === null || shown.size === 0 || shown.has(said)) return null;
    return `The tool results have this difference as a ${said > 0 ? "fall" : "rise"}`;
  }

  /** Directions that stand without the size of the change: "fell from 158 to 131", "it rose". */
  claimsIn(context: SentenceContext): DirectionFound[] {
    if (this.#courses.length === 0 || saysNothing(context.words)) return [];
    const clauses = this.#clausesOf(context);
    return clauses.flatMap((clause) => {
      const words = clause.changes;
      const [word] = words;
      if (word === undefined || isDenied(clause)) return [];
      const meant = this.#meantBy(clause, context);
      const said = onlyWay(words.map((each) => wayOfWord(each, meant)));
      // "It fell in May (from 5 to 4)": where the sentence goes one way only, all of its numbers are looked at.
      const isAlone = clauses.every((other) => other === clause || other.changes.length === 0);
      const near = isAlone ? context : clause;
      const numbers = context.numbers.filter((number) =>
        number.start >= near.start && number.start < near.end && !isYear(number) && !isStretch(number)
      );
      const shown = numbers.length > 0
        ? onlyWay([...waysOf(meant.flatMap((course) => changesBetween(numbers, course)))])
        : this.#isAbout(clause, context, meant)
        ? onlyWay([...waysOf(meant.flatMap(wholeChanges))])
        : null;
      if (said === null || shown === null) return [];
      const text = this.#folded.slice(clause.start + word.start, clause.start + word.end);
      return [{ start: clause.start + word.start, text, isRight: shown === said }];
    });
  }

  /** Courses that the clause names, else the sentence, else the question, else all; those of this turn before others. */
  #meantBy(clause: Clause, context: SentenceContext): readonly Course[] {
    const known = this.#meant.get(clause);
    if (known !== undefined) return known;
    const named = [wordsOf(clause.words), wordsOf(context.words), this.#question].flatMap((words) =>
      this.#courses.map((courses) => courses.filter(({ name, test }) => namesMetric(name, test, words)))
    );
    const meant = [...named, ...this.#courses].find((found) => found.length > 0) ?? [];
    this.#meant.set(clause, meant);
    return meant;
  }

  #clausesOf(context: SentenceContext): readonly Clause[] {
    const known = this.#clauses.get(context) ?? clausesOf(context, this.#folded);
    this.#clauses.set(context, known);
    return known;
  }

  /** Without a number the clause must be about the one thing that was looked up. */
  #isAbout({ words }: Clause, { own }: SentenceContext, meant: readonly Course[]): boolean {
    if (own.dates.some(({ day }) => day !== undefined) || own.weekdays.length > 0) return false;
    const named = wordsOf(words);
    const [first] = meant;
    if (first === undefined || meant.some(({ name }) => name !== first.name)) return false;
    if (namesMetric(first.name, first.test, named)) return true;
    return pronouns.test(words) || (!possessives.test(words) && named.trim().split(" ").length <= mostBare);
  }

  #saidOf(number: NumberFound, context: SentenceContext, clause: Clause, meant: readonly Course[]): Way | null {
    if (number.sign !== "") return number.sign === "+" ? 1 : -1;
    const behind = this.#folded.slice(number.end, Math.min(context.end, number.end + 60));
    const ahead = this.#folded.slice(Math.max(context.start, number.start - 12), number.start);
    const more = moreBehind.test(behind) || moreAhead.test(ahead);
    const less = lessBehind.test(behind) || lessAhead.test(ahead);
    if (more !== less) {
      // "In 2024 it was 27 mg/dL higher" says that it fell.
      const before = this.#folded.slice(context.start, number.start);
      const isPast = earlier.test(before) || context.dates.some(({ start }) => start < number.start);
      return isPast && !comparedWith.test(before) ? null : more ? 1 : -1;
    }
    const changes = clause.changes.length > 0
      ? clause.changes
      : this.#clausesOf(context).flatMap((other) => other.changes);
    return onlyWay(changes.map((word) => wayOfWord(word, meant)));
  }
}

function wayOfWord({ kind }: ChangeWord, meant: readonly Course[]): Way | null {
  if (kind === "rise") return 1;
  if (kind === "fall") return -1;
  const better = onlyWay(meant.map(betterWay));
  if (better === null) return null;
  return kind === "better" ? better : better === 1 ? -1 : 1;
}

function betterWay({ name, test }: Course): Way | null {
  const id = test === undefined ? name : analyteOf(test)?.id ?? name;
  return betterHigher.has(id) ? 1 : betterLower.has(id) ? -1 : null;
}

/** The one way that all go; null where they differ, or one is unknown. */
function onlyWay<Found extends number>(ways: readonly (Found | null)[]): Found | null {
  const [first = null] = ways;
  return ways.every((way) => way === first) ? first : null;
}

/** "Over two years": no value. */
function isStretch({ unit }: NumberFound): boolean {
  return unit?.dimension === "months" || (unit?.dimension === "time" && unit.factor >= 1_440);
}

function isYear({ unit, text }: NumberFound): boolean {
  return unit === null && /^(?:19|20)\d\d$/.test(text);
}
