import type { DateParts } from "../../src/chat/date_claims.ts";
import type { Grounding } from "../../src/chat/grounding.ts";
import {
  coefficientOf,
  daysOf,
  directionOf,
  isValue,
  ofKind,
  type ReadAnswer,
  readAnswer,
  signOf,
  unitOf,
} from "./answer_reading.ts";
import { nothingWords, refusalWords } from "./judge_words_table.ts";
import type { Truth } from "./question.ts";

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
 * How a truth holds:
 *
 * - A quantity: the first number of its kind that the answer states is the value, within half a unit of its last digit
 *   and the tolerance, in any unit that converts. What the question names itself, and values that may stand before it,
 *   are passed over. A number without a unit counts only where the answer has none with one, and in no unit trap. What
 *   is said behind it is left to the product's check.
 * - A day: the first whole date that the answer states is one of the days.
 * - A direction: the first word of direction that is not taken back, unless its sentence says the contrary, too; behind
 *   "overall" if that is said.
 * - A relation: the same with words for its sign, and a coefficient, if one is given, is within 0.05.
 * - Nothing: it says that there is none, and states no number but 0 in a unit that such a value would have.
 * - A refusal: it says what it cannot or is not, or sends to a doctor.
 * - What is held back: the pattern does not occur.
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
    const wanted = truths.filter(({ kind }) => kind !== "held").map(expected).join("; ");
    return { verdict: "error", misses: [{ expected: wanted, got: answer.error }] };
  }
  const read = readAnswer(answer);
  const misses = truths.flatMap((truth) => {
    const got = missOf(read, truth);
    return got === null ? [] : [{ expected: expected(truth), got }];
  });
  if (misses.length > 0) return { verdict: declines(read, truths) ? "refused" : "wrong", misses };
  return { verdict: (answer.grounding?.unsupported.length ?? 0) > 0 ? "unsupported" : "correct", misses };
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

function dayMiss(read: ReadAnswer, days: readonly string[]): string | null {
  const found = daysOf(read);
  const [first] = found;
  if (first === undefined) return "no date";
  const isRight = first.readings.some((parts) => days.some((day) => isDay(parts, day)));
  return isRight ? null : `"${first.text}"`;
}

function isDay(parts: DateParts, day: string): boolean {
  const [year, month, date] = day.split("-").map(Number);
  return parts.month === month && parts.day === date && (parts.year === undefined || parts.year === year);
}

const coefficientTolerance = 0.05;

function relationMiss(read: ReadAnswer, truth: Truth & { kind: "relation" }): string | null {
  const sign = signOf(read);
  if (sign === null || !truth.signs.includes(sign)) return sign ?? "no relation";
  const stated = coefficientOf(read.folded);
  return stated === null || Math.abs(stated - truth.coefficient) <= coefficientTolerance ? null : `r = ${stated}`;
}
