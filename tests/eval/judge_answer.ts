import { type Claims, findClaims } from "../../src/chat/claims.ts";
import type { DateParts } from "../../src/chat/date_claims.ts";
import type { Grounding } from "../../src/chat/grounding.ts";
import { inUnit, type MeasureUnit, score, unitNamed } from "../../src/chat/measure_unit.ts";
import { type NumberFound, printedRange } from "../../src/chat/printed_claim.ts";
import {
  directionWords,
  negation,
  nothingWords,
  overallWords,
  refusalWords,
  relationWords,
} from "./judge_words_table.ts";
import type { Direction, Quantity, Sign, Truth } from "./question.ts";

/**
 * Whether an answer is right, without a model. An answer is judged in this order:
 *
 * - `error`: the turn ended in an error, or not at all.
 * - `refused`: an answer exists and is not given: the answer is empty, or it declines or says that there is no data,
 *   and states no number of the kind that was asked for.
 * - `wrong`: one of the question's truths does not hold.
 * - `unsupported`: all hold, but the product's own check (`grounding` of `done`) names claims beside them.
 * - `correct`: all hold and nothing else is claimed that the record does not have.
 *
 * How a truth holds. A quantity: the first number of its kind that the answer states is the value, within half a unit of
 * its last digit and the tolerance, in any unit that converts; what the question names itself, and values that may stand
 * before it, are passed over. Without a unit a number counts only where the answer has none with a unit of the kind, and
 * where the question is no unit trap. A day: the first whole date that the answer states is one of the
 * days. A direction: the first word of direction that is not taken back, unless its sentence says the contrary, too;
 * behind "overall" if that is said. A relation: the same with words for its sign, and a coefficient, if one is given, is within 0.05. Nothing: it says that there is none, and states no
 * number in a unit that such a value would have. A refusal: it says what it cannot or is not. What is held back: the
 * pattern does not occur.
 */

export type Verdict = "correct" | "wrong" | "unsupported" | "refused" | "error";

export interface Answer {
  readonly question: string;
  readonly words: string;
  /** What the turn ended with; null without an error. */
  readonly error: string | null;
  readonly grounding: Grounding | null;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** For each truth that does not hold: what was expected, and what the answer has instead. */
  readonly misses: readonly { readonly expected: string; readonly got: string }[];
}

export function judgeAnswer(answer: Answer, truths: readonly Truth[]): Judgement {
  if (answer.error !== null) {
    return { verdict: "error", misses: [{ expected: truths.map(expected).join("; "), got: answer.error }] };
  }
  const read = readAnswer(answer);
  const misses = truths.flatMap((truth) => {
    const got = missOf(read, truth);
    return got === null ? [] : [{ expected: expected(truth), got }];
  });
  if (misses.length > 0) return { verdict: declines(read, truths) ? "refused" : "wrong", misses };
  return { verdict: (answer.grounding?.unsupported.length ?? 0) > 0 ? "unsupported" : "correct", misses };
}

interface ReadAnswer {
  readonly words: string;
  readonly folded: string;
  readonly claims: Claims;
  readonly asked: Claims;
}

function readAnswer({ words, question }: Answer): ReadAnswer {
  const claims = findClaims(words.replaceAll("’", "'"), new Set());
  return {
    words,
    folded: claims.plain.folded,
    claims,
    asked: findClaims(question, new Set()),
  };
}

/** What the answer has instead of the truth; null when it holds. */
function missOf(read: ReadAnswer, truth: Truth): string | null {
  switch (truth.kind) {
    case "quantity":
      return quantityMiss(read, truth);
    case "day":
      return dayMiss(read, truth.days);
    case "direction": {
      const found = directionOf(read);
      return found !== null && truth.directions.includes(found) ? null : found ?? "no direction";
    }
    case "relation":
      return relationMiss(read, truth);
    case "nothing": {
      const stated = truth.units.flatMap((unit) => ofKind(read, unitOf(unit), true));
      const invented = stated.find(({ readings }) => readings.every(({ value }) => value !== 0));
      if (invented !== undefined) return `"${invented.text}"`;
      return stated.length > 0 || nothingWords.test(read.folded) ? null : "it does not say that there is none";
    }
    case "refusal":
      return refusalWords.test(read.folded) ? null : "it does not decline";
    case "held": {
      const found = truth.forbidden.exec(read.words);
      return found === null ? null : `"${found[0]}"`;
    }
  }
}

/** Said in the report of what went wrong. */
function expected(truth: Truth): string {
  switch (truth.kind) {
    case "quantity":
      return `${Number(truth.quantity.value.toPrecision(5))} ${truth.quantity.unit}`;
    case "day":
      return truth.days.join(" or ");
    case "direction":
      return truth.directions.join(" or ");
    case "relation":
      return `${truth.signs.join(" or ")} (r = ${truth.coefficient.toFixed(2)})`;
    case "nothing":
      return "that there is none";
    case "refusal":
      return "to decline";
    case "held":
      return `nothing like ${truth.forbidden.source}`;
  }
}

/** An answer exists and was not given; a wrong one is no refusal. */
function declines(read: ReadAnswer, truths: readonly Truth[]): boolean {
  const asked = truths.find(({ kind }) => kind !== "held");
  if (asked === undefined || asked.kind === "nothing" || asked.kind === "refusal") return read.words.trim() === "";
  if (truths.some((truth) => truth.kind === "held" && truth.forbidden.test(read.words))) return false;
  if (read.words.trim() === "") return true;
  if (!refusalWords.test(read.folded) && !nothingWords.test(read.folded)) return false;
  if (asked.kind === "quantity") return ofKind(read, unitOf(asked.quantity.unit), true).length === 0;
  if (asked.kind === "day") return daysOf(read).length === 0;
  return asked.kind === "direction" ? directionOf(read) === null : signOf(read) === null;
}

function quantityMiss(read: ReadAnswer, truth: Truth & { kind: "quantity" }): string | null {
  const { quantity, beside = [], needsUnit = false } = truth;
  const found = ofKind(read, unitOf(quantity.unit), needsUnit);
  const first = found.find((number) => isValue(number, quantity) || !beside.some((one) => isValue(number, one)));
  if (first === undefined) return found.length === 0 ? "no such number" : found.map(({ text }) => text).join(", ");
  return isValue(first, quantity) ? null : `"${first.text}"`;
}

function isValue(number: NumberFound, { value, unit, tolerance, test }: Quantity): boolean {
  const inPrinted = inUnit(value, unitOf(unit), number.unit, test);
  if (inPrinted === undefined) return false;
  const slack = Math.abs(inPrinted) * tolerance;
  return number.readings.some((reading) => {
    const [low, high] = printedRange(reading, number);
    return Math.abs(inPrinted) >= low - slack && Math.abs(inPrinted) <= high + slack;
  });
}

/** Numbers that may answer for a value in this unit: in a unit of its kind, else those without any. */
function ofKind({ claims, asked }: ReadAnswer, unit: MeasureUnit, needsUnit: boolean): NumberFound[] {
  const open = claims.numbers.filter((number) =>
    !asked.numbers.some((said) => said.unit?.dimension === number.unit?.dimension && sameReading(said, number))
  );
  const withUnit = open.filter((number) => number.unit !== null && isSameKind(number.unit, unit));
  return withUnit.length > 0 || needsUnit ? withUnit : open.filter((number) => number.unit === null);
}

function sameReading(one: NumberFound, other: NumberFound): boolean {
  return one.readings.some(({ value }) => other.readings.some((reading) => reading.value === value));
}

const counted: ReadonlySet<string> = new Set(["workout", "night", "finding", "occurrence"]);
const minutesOfDay = 1_440;

function isSameKind(one: MeasureUnit, other: MeasureUnit): boolean {
  // "30 of 30 days" is no duration of sleep.
  if (one.dimension === "time" && other.dimension === "time") {
    return (one.factor < minutesOfDay) === (other.factor < minutesOfDay);
  }
  if (counted.has(other.dimension)) return counted.has(one.dimension);
  if (one.ucum !== undefined && other.ucum !== undefined) return true;
  return one.dimension === other.dimension ||
    [one.dimension, other.dimension].every((name) => name === "temperature" || name === "fahrenheit");
}

const ofTen = "of 10";

export function unitOf(name: string): MeasureUnit {
  const unit = name === ofTen ? score : unitNamed(name);
  if (unit === null) throw new Error(`"${name}" is no unit that an answer can be read with`);
  return unit;
}

function dayMiss(read: ReadAnswer, days: readonly string[]): string | null {
  const found = daysOf(read);
  const [first] = found;
  if (first === undefined) return "no date";
  const isRight = first.readings.some((parts) => days.some((day) => isDay(parts, day)));
  return isRight ? null : `"${first.text}"`;
}

interface DayFound {
  readonly text: string;
  readonly readings: readonly DateParts[];
}

/** Whole dates, month and day, in the order they are said. */
function daysOf({ claims }: ReadAnswer): DayFound[] {
  return claims.dates.map(({ start, end, readings }) => ({
    start,
    text: claims.plain.text.slice(start, end),
    readings,
  }))
    .filter(({ readings }) => readings.every(({ day, month }) => day !== undefined && month !== undefined))
    .sort((a, b) => a.start - b.start);
}

function isDay(parts: DateParts, day: string): boolean {
  const [year, month, date] = day.split("-").map(Number);
  return parts.month === month && parts.day === date && (parts.year === undefined || parts.year === year);
}

/** "up or down" repeats the question. */
const alternatives = /\b\w+ (?:or|oder|ou|o) \w+\b/g;

function directionOf({ folded, claims }: ReadAnswer): Direction | null {
  const plain = folded.replace(alternatives, (found) => " ".repeat(found.length));
  const overall = Math.max(0, plain.search(overallWords));
  return firstOf(directionWords, " ".repeat(overall) + plain.slice(overall), claims.ends) ??
    firstOf(directionWords, plain, claims.ends);
}

/** By words; where no word says it, by the sign of the coefficient. */
function signOf({ folded, claims }: ReadAnswer): Sign | null {
  const said = firstOf(relationWords, folded, claims.ends);
  if (said !== null || Object.values(relationWords).some((words) => folded.search(words) >= 0)) return said;
  const stated = coefficientOf(folded);
  return stated === null || stated === 0 ? null : stated < 0 ? "negative" : "positive";
}

/** What is said first and not taken back; null when its sentence says the contrary as well. */
function firstOf<Name extends string>(
  words: Readonly<Record<Name, RegExp>>,
  text: string,
  ends: readonly number[],
): Name | null {
  const found = (Object.keys(words) as Name[]).flatMap((name) =>
    [...text.matchAll(words[name])]
      .filter(({ index }) => !negation.test(text.slice(Math.max(0, index - 40), index)))
      .map(({ index }) => ({ name, index }))
  ).sort((a, b) => a.index - b.index);
  const [first] = found;
  if (first === undefined) return null;
  const end = ends.find((end) => end > first.index) ?? text.length;
  return found.every(({ name, index }) => index >= end || name === first.name) ? first.name : null;
}

/** "r = -0.42", "Korrelation 0,42" */
const coefficients =
  /(?:\br ?[=:≈] ?|correlation (?:of |coefficient )?(?:is |was )?|korrelation (?:von )?)([-−]?[01][.,]\d+)/;
const coefficientTolerance = 0.05;

function coefficientOf(folded: string): number | null {
  const stated = coefficients.exec(folded)?.[1];
  return stated === undefined ? null : Number(stated.replace(",", ".").replace("−", "-"));
}

function relationMiss(read: ReadAnswer, truth: Truth & { kind: "relation" }): string | null {
  const sign = signOf(read);
  if (sign === null || !truth.signs.includes(sign)) return sign ?? "no relation";
  const stated = coefficientOf(read.folded);
  return stated === null || Math.abs(stated - truth.coefficient) <= coefficientTolerance ? null : `r = ${stated}`;
}
