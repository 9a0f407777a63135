import { type DateFound, taken } from "./date_claims.ts";
import type { Fact } from "./evidence.ts";
import { stretchWords } from "./grounding_words_table.ts";
import type { NumberFound } from "./printed_claim.ts";
import { type DayWords, namesDay, type SentenceContext } from "./sentence_context.ts";
import { type FactIndex, rangesOf } from "./supported_number.ts";

/** Whether a value is said of the day that the record has it for. Pure. */

/** A night has the days it began and ended on; a value of more days says nothing about one. */
const mostDays = 6;
/** Smaller numbers without a unit are counts and scores, which come on many days. */
const leastBare = 20;
/** So many values beside it are looked at. */
const mostOthers = 30;

/**
 * A problem where the record has this value, but only for other days than those the words beside it name; else null. A
 * clause with a date decides, else the sentence. "Before 14 March" decides nothing, nor does a value without a day, nor
 * a sentence in which another value is that date's.
 */
export function valueOfOtherDay(
  number: NumberFound,
  context: SentenceContext,
  found: readonly Fact[],
  index: FactIndex,
  folded: string,
): string | null {
  const inSentence = exactDates(context, folded);
  if (inSentence.length === 0 || (number.unit === null && (number.readings[0]?.value ?? 0) < leastBare)) return null;
  if (found.some(({ from }) => from === "said" || from === "suggested" || from === "asked")) return null;
  // A statistic repeats a dated value, but not on another day.
  if (found.some((fact) => fact.days.length === 0 && !fact.path.includes("statistics"))) return null;
  const days = new Set(
    index.within(rangesOf(number), number.unit).flatMap((fact) => fact.from === "result" ? fact.days : []),
  );
  if (days.size === 0 || days.size > mostDays) return null;

  const clause = clauseOf(number, context, folded);
  const own = inSentence.filter(({ start }) => start >= clause.start && start < clause.end);
  const [place, beside] = own.length > 0 ? [clause, own] : [context, inSentence];
  const dates: DayWords = {
    dates: [...beside.flatMap(({ readings }) => readings), ...(own.length > 0 ? [] : context.own.dates)],
    weekdays: context.own.weekdays,
  };
  if ([...days].some((day) => namesDay(dates, day))) return null;
  // The date may be another value's: "120 before, 131 on 14 March".
  const others = context.numbers.filter((one) => one !== number && one.start >= place.start && one.start < place.end)
    .slice(0, mostOthers);
  const isOf = (one: NumberFound) =>
    index.within(rangesOf(one), one.unit).some((fact) =>
      fact.from === "result" && fact.days.some((day) => namesDay(dates, day))
    );
  if (others.some(isOf)) return null;
  return `The tool results have this value for ${[...days].sort().join(", ")} only`;
}

/** The days that a sentence names; none where it speaks of a stretch of time. */
function exactDates({ dates }: SentenceContext, folded: string): readonly DateFound[] {
  const isStretch = dates.some(({ start, readings }) =>
    stretchWords.test(folded.slice(Math.max(0, start - 24), start)) || readings.some(({ day }) => day === undefined)
  );
  return isStretch ? [] : dates;
}

const mostSentence = 4_000;

/** The part of the sentence between commas, brackets, or words for "and". */
function clauseOf(
  number: NumberFound,
  { start, end, dates }: SentenceContext,
  folded: string,
): { readonly start: number; readonly end: number } {
  let covered = folded.slice(start, Math.min(end, start + mostSentence));
  for (const date of dates) {
    const at = date.start - start;
    if (at > mostSentence) break;
    covered = covered.slice(0, at) + taken.repeat(date.end - date.start) + covered.slice(at + date.end - date.start);
  }
  let [from, to] = [start, end];
  for (
    const { index, 0: mark } of covered.matchAll(
      /[,;|](?!\d)| (?:and|und|y|et|e|en|ve|but|aber|pero|mais|ma|mas|maar) |和|而/g,
    )
  ) {
    if (start + index < number.start) from = start + index + mark.length;
    else {
      to = start + index;
      break;
    }
  }
  return { start: from, end: to };
}
