import { askedClaims } from "./asked_claims.ts";
import { CheckedAnswer } from "./checked_answer.ts";
import { addDate, emptyFacts, type Facts, plainFact, type ToolEvidence } from "./evidence.ts";
import { readResult } from "./fact_reader.ts";

/**
 * Whether the numbers and dates of an answer, and whether something rose or fell, come from the tool results it was
 * written from. Nothing is judged by what
 * is commonly true: "normal is 70 to 100" needs a result that says so. Pure, and bounded for any text.
 */

export interface UnsupportedClaim {
  /** As written in the answer, "131 mg/dL". */
  readonly text: string;
  /** "direction": a value that rose is said to have fallen, or the other way round. */
  readonly kind: "number" | "date" | "direction";
  readonly reason: string;
}

export interface Grounding {
  readonly claims: number;
  readonly supported: number;
  /** At most a hundred; `claims` and `supported` count all. */
  readonly unsupported: readonly UnsupportedClaim[];
}

export interface Evidence {
  readonly question: string;
  /** The person's local date, `YYYY-MM-DD`. */
  readonly today: string;
  readonly calls: readonly ToolEvidence[];
  /** Tool results of earlier turns that are still in the conversation. */
  readonly earlier?: readonly ToolEvidence[];
}

/** More of a question names no days or limits. */
const mostQuestion = 20_000;

export function checkGrounding(answer: string, evidence: Evidence): Grounding {
  const known = { ...evidence, question: evidence.question.slice(0, mostQuestion) };
  return new CheckedAnswer(answer, readFacts(known), known).grounding();
}

function readFacts({ question, today, calls, earlier = [] }: Evidence): Facts {
  const facts = emptyFacts();
  for (const call of calls) readResult(facts, "result", call);
  for (const call of earlier) readResult(facts, "earlier", call);
  const { numbers, dates, times } = askedClaims(question, facts.names);
  for (const { claim: { readings }, isSuggested } of dates) {
    for (const parts of readings) addDate(isSuggested ? facts.suggested : facts, parts);
  }
  for (const { claim, isSuggested } of times) (isSuggested ? facts.suggested : facts).clocks.add(claim.minutes);
  for (const { claim: { readings, unit, sign }, isSuggested } of numbers) {
    const from = isSuggested ? "suggested" : "said";
    for (const { value } of readings) facts.all.push(plainFact(sign === "-" ? -value : value, unit, from));
  }
  facts.days.add(today);
  return facts;
}

/** What the model is told for its one corrected attempt. */
export function correctionRequest({ unsupported }: Grounding): string {
  const shown = unsupported.slice(0, 20).map(({ text, reason }) => `- "${text.replaceAll("\n", " ")}": ${reason}`);
  const more = unsupported.length > shown.length ? [`- and ${unsupported.length - shown.length} more`] : [];
  return [
    "Your answer has numbers, dates or directions that the tool results do not support:",
    ...shown,
    ...more,
    "",
    "Write the whole answer once more, in the same language. Take every number and date from the tool results, with its",
    "unit and day; call a tool if you need one. Leave out what they do not have, and say that it is missing. Do not give",
    "reference values or advice in numbers from memory. Do not mention this correction.",
  ].join("\n");
}
