import { type Claims, findClaims } from "../../src/chat/claims.ts";
import type { DateParts } from "../../src/chat/date_claims.ts";
import { inUnit, type MeasureUnit, score, unitNamed } from "../../src/chat/measure_unit.ts";
import { type NumberFound, printedRange } from "../../src/chat/printed_claim.ts";
import { directionWords, negation, overallWords, relationWords } from "./judge_words_table.ts";
import type { Direction, Quantity, Sign } from "./question.ts";

/** What an answer states: numbers of a kind, days, a direction, a relation. Pure. */

export interface ReadAnswer {
  readonly words: string;
  readonly folded: string;
  readonly claims: Claims;
  readonly asked: Claims;
}

export function readAnswer({ words, question }: { readonly words: string; readonly question: string }): ReadAnswer {
  const claims = findClaims(words.replaceAll("’", "'"), new Set());
  return {
    words,
    folded: claims.plain.folded,
    claims,
    asked: findClaims(question, new Set()),
  };
}

export function isValue(number: NumberFound, { value, unit, tolerance, test }: Quantity): boolean {
  const inPrinted = inUnit(value, unitOf(unit), number.unit, test);
  if (inPrinted === undefined) return false;
  const slack = Math.abs(inPrinted) * tolerance;
  return number.readings.some((reading) => {
    const [low, high] = printedRange(reading, number);
    return Math.abs(inPrinted) >= low - slack && Math.abs(inPrinted) <= high + slack;
  });
}

/** Numbers that may answer for a value in this unit: in a unit of its kind, else those without any. */
export function ofKind({ claims, asked }: ReadAnswer, unit: MeasureUnit, needsUnit: boolean): NumberFound[] {
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

interface DayFound {
  readonly text: string;
  readonly readings: readonly DateParts[];
}

/** Whole dates, month and day, in the order they are said. */
export function daysOf({ claims }: ReadAnswer): DayFound[] {
  return claims.dates.map(({ start, end, readings }) => ({
    start,
    text: claims.plain.text.slice(start, end),
    readings,
  }))
    .filter(({ readings }) => readings.every(({ day, month }) => day !== undefined && month !== undefined))
    .sort((a, b) => a.start - b.start);
}

/** "up or down" repeats the question. */
const alternatives = /\b\w+ (?:or|oder|ou|o) \w+\b/g;

export function directionOf({ folded, claims }: ReadAnswer): Direction | null {
  const plain = folded.replace(alternatives, (found) => " ".repeat(found.length));
  const overall = Math.max(0, plain.search(overallWords));
  return firstOf(directionWords, " ".repeat(overall) + plain.slice(overall), claims.ends) ??
    firstOf(directionWords, plain, claims.ends);
}

/** By words; where no word says it, by the sign of the coefficient. */
export function signOf({ folded, claims }: ReadAnswer): Sign | null {
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

/** The first coefficient of a correlation that is stated. */
export function coefficientOf(folded: string): number | null {
  const stated = coefficients.exec(folded)?.[1];
  return stated === undefined ? null : Number(stated.replace(",", ".").replace("−", "-"));
}
