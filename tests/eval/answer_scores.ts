import type { Asked } from "./ask_questions.ts";
import type { Verdict } from "./judge_answer.ts";
import { categories } from "./question.ts";
import { table } from "./score_table.ts";

/** How well questions were answered: counts by category, as a table and as data. Pure. */

export interface Scores {
  readonly questions: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Answers of which the product's own check names claims, whatever they were judged. */
  readonly flagged: number;
  readonly calls: number;
  /** Calls whose result is no error. */
  readonly valid_calls: number;
  readonly questions_with_calls: number;
  readonly median_seconds: number;
  readonly p95_seconds: number;
}

const verdicts = ["correct", "wrong", "unsupported", "refused", "error"] as const;

export function scoresOf(asked: readonly Asked[]): Scores {
  const calls = asked.flatMap((one) => one.calls);
  const seconds = asked.map((one) => one.seconds).sort((a, b) => a - b);
  const count = (verdict: Verdict) => asked.filter((one) => one.verdict === verdict).length;
  return {
    questions: asked.length,
    verdicts: {
      correct: count("correct"),
      wrong: count("wrong"),
      unsupported: count("unsupported"),
      refused: count("refused"),
      error: count("error"),
    },
    flagged: asked.filter(({ answer }) => (answer.grounding?.unsupported.length ?? 0) > 0).length,
    calls: calls.length,
    valid_calls: calls.filter(({ valid }) => valid).length,
    questions_with_calls: asked.filter((one) => one.calls.length > 0).length,
    median_seconds: quantile(seconds, 0.5),
    p95_seconds: quantile(seconds, 0.95),
  };
}

/** The smallest value that at least this share does not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Markdown: a row for each category that was asked, and one for all. */
export function scoreTable(asked: readonly Asked[]): string {
  const groups = categories.flatMap((category): [string, readonly Asked[]][] => {
    const own = asked.filter(({ question }) => question.category === category);
    return own.length === 0 ? [] : [[category, own]];
  });
  const head = [
    "questions about",
    "asked",
    ...verdicts,
    "flagged",
    "valid tool calls",
    "asked a tool",
    "seconds, median",
    "p95",
  ];
  return table([head, ...[...groups, ["all", asked] as const].map(([name, own]) => scoreRow(name, scoresOf(own)))]);
}

function scoreRow(name: string, scores: Scores): string[] {
  const { calls, valid_calls, questions, questions_with_calls } = scores;
  return [
    name,
    `${questions}`,
    ...verdicts.map((verdict) => `${scores.verdicts[verdict]}`),
    `${scores.flagged}`,
    calls === 0 ? "–" : `${valid_calls} of ${calls}`,
    `${questions_with_calls} of ${questions}`,
    scores.median_seconds.toFixed(2),
    scores.p95_seconds.toFixed(2),
  ];
}

/** Of an answer that is not correct, everything that is needed to see who is wrong: the model or the judge. */
export function explained({ question, verdict, misses, answer, calls }: Asked): string {
  const claims = answer.grounding?.unsupported ?? [];
  return [
    `${verdict}: ${question.id} (${question.category}): ${question.text}`,
    ...misses.map((miss) => `  expected ${miss.expected}; got ${miss.got}`),
    ...claims.map((claim) => `  not in the record: "${claim.text}": ${claim.reason}`),
    `  tools: ${calls.map(({ tool, valid }) => valid ? tool : `${tool} (error)`).join(", ") || "none"}`,
    `  said: ${answer.words.slice(0, 600).replaceAll("\n", " ") || "nothing"}`,
  ].join("\n");
}

/** What `--json` writes. The person is invented, so that answers may be in it. */
export function scoresAsJson(asked: readonly Asked[], about: Readonly<Record<string, unknown>>): unknown {
  return {
    ...about,
    all: scoresOf(asked),
    categories: Object.fromEntries(
      categories.map((
        category,
      ) => [category, scoresOf(asked.filter(({ question }) => question.category === category))]),
    ),
    questions: asked.map(({ question, verdict, misses, answer, calls, seconds }) => ({
      id: question.id,
      category: question.category,
      question: question.text,
      verdict,
      misses,
      unsupported: answer.grounding?.unsupported ?? [],
      error: answer.error,
      calls,
      seconds: Number(seconds.toFixed(3)),
      answer: answer.words,
    })),
  };
}
