import { checkGrounding, type Evidence, type Grounding } from "./grounding.ts";
import { missingNotices } from "./notices.ts";
import type { Patient } from "./red_flags.ts";

/** The last look at an answer: are its numbers in the record, and does it still owe the person a word? */

export interface CheckedWords {
  readonly words: string;
  /** They end because the context was full. */
  readonly full: boolean;
  readonly grounding: Grounding;
}

/** `text` is the whole answer, of which `words` are what the last round said. */
export function checkAnswer(
  text: string,
  { words, full }: { readonly words: string; readonly full: boolean },
  evidence: Evidence,
): CheckedWords {
  return { words, full, grounding: checkGrounding(text, evidence) };
}

/**
 * What the answer does not say of values that it was told: that they are out of range, or that they cannot wait.
 * `results` are as the tools gave them; what the model saw of them may be cut.
 */
export function owedNotice(
  text: string,
  { question }: Evidence,
  results: readonly unknown[],
  patient: Patient,
): string | null {
  return missingNotices(text, { question: question.split("\n", 1)[0] ?? "", results, ...patient });
}
