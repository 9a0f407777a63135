import { findClaims } from "./claims.ts";
import type { DateFound, TimeFound } from "./date_claims.ts";
import { denied } from "./direction_words_table.ts";
import { stretchWords } from "./grounding_words_table.ts";
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
 * The numbers, dates and times of a question, and which of them prove nothing. "Is my resting heart rate 72?" suggests a
 * value, and an answer that only agrees has it from nowhere; "above 140" and "in the last 45 days" say what is looked
 * for. Pure.
 */

export interface Asked<Claim> {
  readonly claim: Claim;
  /** An answer may deny it, or say whose it is, but not tell it as found. */
  readonly isSuggested: boolean;
}

export interface AskedClaims {
  /** Each once. */
  readonly numbers: readonly Asked<NumberFound>[];
  readonly dates: readonly Asked<DateFound>[];
  readonly times: readonly Asked<TimeFound>[];
}

/** Whoever writes more sentences pastes a text. */
const mostSentences = 200;
const nearest = 28;

export function askedClaims(question: string, names: ReadonlySet<string>): AskedClaims {
  const sentences = question.split(/(?<=[!?。！？\n]|\.(?=\s))/);
  const pieces = [...sentences.slice(0, mostSentences), sentences.slice(mostSentences).join("")];
  const found = pieces.map((sentence) => {
    const { plain: { folded }, numbers, dates, times } = findClaims(sentence, names);
    const isOpen = asksForValue.test(folded);
    const isEnd = ({ start }: DateFound | TimeFound) =>
      stretchWords.test(folded.slice(Math.max(0, start - nearest), start));
    return {
      numbers: numbers.map((claim) => ({ claim, isSuggested: !isOpen && !isGiven(claim, folded) })),
      dates: dates.map((claim) => ({ claim, isSuggested: !isOpen && !isEnd(claim) })),
      times: times.map((claim) => ({ claim, isSuggested: !isOpen && !isEnd(claim) })),
    };
  });
  const numbers = found.flatMap((piece) => piece.numbers);
  return {
    numbers: [...new Map(numbers.map((one) => [`${one.claim.text} ${one.isSuggested}`, one])).values()],
    dates: found.flatMap((piece) => piece.dates),
    times: found.flatMap((piece) => piece.times),
  };
}

/** As a limit, or as a stretch of time. */
function isGiven({ start, end, isBound, rounding, unit }: NumberFound, folded: string): boolean {
  const ahead = folded.slice(Math.max(0, start - nearest), start);
  const isDays = unit?.dimension === "months" || unit?.dimension === "night" ||
    (unit?.dimension === "time" && unit.factor >= 1_440);
  return isBound || rounding === "over" || limitAhead.test(ahead) || newestAhead.test(ahead) ||
    (isDays && stretchAhead.test(ahead)) || limitBehind.test(folded.slice(end, end + nearest));
}

/** Whether an answer that repeats the claim in this sentence denies it, compares with it, or says whose it is. */
export function leavesOpen(
  { start, end, isBound = false }: { readonly start: number; readonly end: number; readonly isBound?: boolean },
  folded: string,
  sentence: { readonly start: number; readonly end: number },
): boolean {
  const ahead = folded.slice(Math.max(sentence.start, start - 80), start);
  const behind = folded.slice(end, Math.min(sentence.end, end + 60));
  const clause = [/[^,;:]*$/.exec(ahead)?.[0] ?? "", /^[^,;:]*/.exec(behind)?.[0] ?? ""];
  return isBound || limitAhead.test(ahead) || limitBehind.test(behind) ||
    [ahead, behind].some((text) => attributed.test(text)) || clause.some((text) => denied.test(text));
}
