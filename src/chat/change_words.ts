import { betterments, denied, falls, rises, unreal, worsenings } from "./direction_words_table.ts";
import type { SentenceContext } from "./sentence_context.ts";

/** Where an answer speaks of change, clause by clause. Pure. */

/** Part of a sentence, between commas, brackets, or words for "and". */
export interface Clause {
  readonly start: number;
  readonly end: number;
  readonly words: string;
  readonly changes: readonly ChangeWord[];
  /** The words since the change before it: "non è aumentato" is cut behind "è", which is also "and". */
  readonly since: string;
}

export interface ChangeWord {
  readonly start: number;
  readonly end: number;
  readonly kind: "rise" | "fall" | "better" | "worse";
}

const kinds = [["rise", rises], ["fall", falls], ["better", betterments], ["worse", worsenings]] as const;
const everywhere = kinds.map(([kind, { source }]) => [kind, new RegExp(source, "g")] as const);

function wordsOfChange(words: string): ChangeWord[] {
  return everywhere.flatMap(([kind, pattern]) =>
    [...words.matchAll(pattern)].map(({ index, 0: found }) => ({ start: index, end: index + found.length, kind }))
  );
}

/** Nothing is said of what was: it may be, is so in general, or is asked. */
export function saysNothing(words: string): boolean {
  return unreal.test(words) || /\?\s*$/.test(words);
}

/** Whether the change is said not to have been. */
export function isDenied({ since }: Clause): boolean {
  return denied.test(since);
}

const mostSentence = 4_000;
const separators =
  /[,;:|()](?!\d)| (?:and|und|y|et|e|en|ve|but|aber|pero|mais|ma|mas|maar|while|wahrend|mientras|tandis) |和|而/g;

export function clausesOf({ start, end }: SentenceContext, folded: string): Clause[] {
  const text = folded.slice(start, Math.min(end, start + mostSentence));
  const clauses: Clause[] = [];
  let [from, behind] = [0, 0];
  const add = (to: number) => {
    const words = text.slice(from, to);
    const changes = wordsOfChange(words);
    clauses.push({
      start: start + from,
      end: start + to,
      words,
      changes,
      since: text.slice(Math.max(behind, to - 400), to),
    });
    from = to;
    if (changes.length > 0) behind = to;
  };
  for (const { index, 0: mark } of text.matchAll(separators)) add(index + mark.length);
  add(text.length);
  return clauses;
}
