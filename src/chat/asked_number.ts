import { findClaims } from "./claims.ts";
import { denied } from "./direction_words_table.ts";
import type { NumberFound } from "./printed_claim.ts";
import {
  asksForValue,
  attributed,
  limitAhead,
  limitBehind,
  newestAhead,
  stretchAhead,
} from "./question_words_table.ts";

/**
 * The numbers of a question, and which of them proves nothing. "Is my resting heart rate 72?" suggests a value, and an
 * answer that only agrees has it from nowhere; "above 140" and "in the last 45 days" say what is looked for. Pure.
 */

export interface AskedNumber {
  readonly number: NumberFound;
  /** An answer may deny it, or say whose it is, but not tell it as found. */
  readonly isSuggested: boolean;
}

/** Whoever writes more sentences pastes a text. */
const mostSentences = 200;
const nearest = 28;

/** Each once. */
export function askedNumbers(question: string, names: ReadonlySet<string>): AskedNumber[] {
  const sentences = question.split(/(?<=[!?。！？\n]|\.(?=\s))/);
  const pieces = [...sentences.slice(0, mostSentences), sentences.slice(mostSentences).join("")];
  const found = pieces.flatMap((sentence) => {
    const { plain: { folded }, numbers } = findClaims(sentence, names);
    const isOpen = asksForValue.test(folded);
    return numbers.map((number) => ({ number, isSuggested: !isOpen && !isGiven(number, folded) }));
  });
  return [...new Map(found.map((one) => [`${one.number.text} ${one.isSuggested}`, one])).values()];
}

/** As a limit, or as a stretch of time. */
function isGiven({ start, end, isBound, rounding, unit }: NumberFound, folded: string): boolean {
  const ahead = folded.slice(Math.max(0, start - nearest), start);
  const isDays = unit?.dimension === "months" || unit?.dimension === "night" ||
    (unit?.dimension === "time" && unit.factor >= 1_440);
  return isBound || rounding === "over" || limitAhead.test(ahead) || newestAhead.test(ahead) ||
    (isDays && stretchAhead.test(ahead)) || limitBehind.test(folded.slice(end, end + nearest));
}

/** Whether an answer that repeats the number in this sentence denies it, compares with it, or says whose it is. */
export function leavesOpen(
  { start, end, isBound }: NumberFound,
  folded: string,
  sentence: { readonly start: number; readonly end: number },
): boolean {
  const ahead = folded.slice(Math.max(sentence.start, start - 80), start);
  const behind = folded.slice(end, Math.min(sentence.end, end + 60));
  const clause = [/[^,;:]*$/.exec(ahead)?.[0] ?? "", /^[^,;:]*/.exec(behind)?.[0] ?? ""];
  return isBound || limitAhead.test(ahead) || limitBehind.test(behind) ||
    [ahead, behind].some((text) => attributed.test(text)) || clause.some((text) => denied.test(text));
}
