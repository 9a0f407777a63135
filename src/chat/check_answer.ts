import { checkGrounding, type Evidence, type Grounding } from "./grounding.ts";
import { missingNotices } from "./notices.ts";
import type { Patient } from "./red_flags.ts";
import type { Interruption } from "./table.ts";

/** The last look at an answer: are its numbers in the record, and does it still owe the person a word? */

/** Why a model's words end in the middle: its context was full, or it said the same again and again. */
export type BrokenOff = Extract<Interruption, "context full" | "repeating">;

export interface CheckedWords {
  readonly words: string;
  readonly interrupted: BrokenOff | null;
  readonly grounding: Grounding;
}

/** `text` is the whole answer, of which `words` are what the last round said. */
export function checkAnswer(
  text: string,
  { words, interrupted }: Omit<CheckedWords, "grounding">,
  evidence: Evidence,
): CheckedWords {
  return { words, interrupted, grounding: checkGrounding(text, evidence) };
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
