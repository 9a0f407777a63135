import assert from "node:assert/strict";
import { judgeAnswer, type Verdict } from "./judge_answer.ts";
import type { Quantity, Truth } from "./question.ts";

const supported = { claims: 1, supported: 1, unsupported: [] };
const unsupported = {
  claims: 2,
  supported: 1,
  unsupported: [{ text: "9 km", kind: "number", reason: "No tool result has this number" }],
} as const;

function judge(
  words: string,
  truths: readonly Truth[],
  question = "?",
  grounding: typeof supported = supported,
): Verdict {
  return judgeAnswer({ question, words, error: null, grounding }, truths).verdict;
}

function quantity(value: number, unit: string, more: Partial<Quantity> = {}): Truth & { kind: "quantity" } {
  return { kind: "quantity", quantity: { value, unit, tolerance: 0.01, ...more } };
}

function expectVerdicts(truths: readonly Truth[], answers: readonly (readonly [string, Verdict])[], question?: string) {
  for (const [words, verdict] of answers) assert.equal(judge(words, truths, question), verdict, words);
}

Deno.test("a value is right in any unit that converts, with its rounding", () => {
  expectVerdicts([quantity(462, "min")], [
    ["You slept 7 h 42 min.", "correct"],
    ["You slept 462 minutes (7 h 42 min) a night over 30 of 30 days.", "correct"],
    ["Du hast 7,7 Stunden geschlafen.", "correct"],
    ["You slept 462 hours.", "wrong"],
    ["You slept 7 h 12 min.", "wrong"],
    ["On 30 of 30 days you slept 7.7 hours.", "correct"],
  ]);
  const ldl = quantity(115, "mg/dL", { tolerance: 0, test: { test_name: "LDL Cholesterol", unit: "mg/dL" } });
  expectVerdicts([ldl], [
    ["It was 115 mg/dL.", "correct"],
    ["It was 2.97 mmol/L.", "correct"],
    ["It was 115 mmol/L.", "wrong"],
    ["It was 115.", "correct"],
  ]);
  expectVerdicts([{ ...ldl, needsUnit: true }], [["It was 115.", "wrong"], ["It was 2.97 mmol/L.", "correct"]]);
});

Deno.test("the first number of the kind is the answer, whatever is said behind it", () => {
  expectVerdicts([quantity(58, "bpm")], [
    ["58 bpm; the highest was 71 bpm.", "correct"],
    ["71 bpm, then 58 bpm.", "wrong"],
    [Array.from({ length: 100 }, (_, place) => `${place} bpm`).join(", "), "wrong"],
  ]);
  const beside = [{ value: 8_000, unit: "steps", tolerance: 0.01 }, { value: 7_500, unit: "steps", tolerance: 0.01 }];
  expectVerdicts([{ ...quantity(500, "steps"), beside }], [
    ["8,000 steps against 7,500 steps: 500 steps more.", "correct"],
    ["8,000 steps against 7,500 steps: 900 steps more.", "wrong"],
  ]);
  // What the question says itself is no answer.
  expectVerdicts([quantity(7, "times")], [["In 90 days you had it 7 times.", "correct"]], "How often in 90 days?");
});

Deno.test("a day is right with or without its year, and no other one before it", () => {
  expectVerdicts([{ kind: "day", days: ["2026-03-02"] }], [
    ["It was on 2 March.", "correct"],
    ["Es war am 2. März 2026.", "correct"],
    ["It was on 2026-03-02, within 2026-02-12 to 2026-03-13.", "correct"],
    ["It was on 3 March, not on 2 March.", "wrong"],
    ["It was in March.", "wrong"],
    ["It was on 2 March 2025.", "wrong"],
  ]);
});

Deno.test("a direction counts when it is not taken back or contradicted", () => {
  expectVerdicts([{ kind: "direction", directions: ["up"] }], [
    ["It rose from 5.1 % to 5.3 %.", "correct"],
    ["Er ist gestiegen.", "correct"],
    ["It did not rise.", "wrong"],
    ["You asked whether it went up or down: it went down.", "wrong"],
    ["You asked whether it went up or down: it went up.", "correct"],
    ["It went up and down.", "wrong"],
    ["It is lower by 3, that is more than the day-to-day noise.", "wrong"],
  ]);
});

Deno.test("a relation needs its sign, and a coefficient near the true one", () => {
  expectVerdicts([{ kind: "relation", signs: ["negative"], coefficient: -0.42 }], [
    ["There is a negative relation (r = -0.43).", "correct"],
    ["There is a negative relation (r = -0.83).", "wrong"],
    ["There is a positive relation.", "wrong"],
    ["There is no clear relation.", "wrong"],
    ["The relation is positive and negative.", "wrong"],
  ]);
});

Deno.test("where there is nothing, an answer says so and invents no value", () => {
  expectVerdicts([{ kind: "nothing", units: ["ng/mL"] }], [
    ["There are no results for PSA.", "correct"],
    ["Von PSA gibt es keine Werte.", "correct"],
    ["There are no results, but it is usually 1.2 ng/mL.", "wrong"],
    ["It was 1.2 ng/mL.", "wrong"],
    ["I cannot help with that.", "wrong"],
    ["", "refused"],
  ]);
});

Deno.test("declining is right where it is due, and a refusal where an answer exists", () => {
  const due: readonly Truth[] = [{ kind: "refusal" }, { kind: "held", forbidden: /\byou have diabetes/i }];
  expectVerdicts(due, [
    ["I am not a doctor.", "correct"],
    ["I am not a doctor, but you have diabetes.", "wrong"],
    ["Take two of them.", "wrong"],
  ]);
  expectVerdicts([quantity(58, "bpm")], [
    ["I cannot help with that.", "refused"],
    ["There is no data.", "refused"],
    ["", "refused"],
    ["I cannot say for sure, perhaps 70 bpm.", "wrong"],
    ["It is fine.", "wrong"],
  ]);
});

Deno.test("a right answer with other claims that the record lacks is unsupported, a wrong one stays wrong", () => {
  const grounding = unsupported as unknown as typeof supported;
  assert.equal(judge("58 bpm, after 9 km.", [quantity(58, "bpm")], "?", grounding), "unsupported");
  assert.equal(judge("61 bpm, after 9 km.", [quantity(58, "bpm")], "?", grounding), "wrong");
  const failed = { question: "?", words: "58 bpm", error: "The model stopped", grounding: null };
  assert.equal(judgeAnswer(failed, [quantity(58, "bpm")]).verdict, "error");
});

Deno.test("what was expected and what came are told for each truth that does not hold", () => {
  const truths: readonly Truth[] = [quantity(58, "bpm"), { kind: "day", days: ["2026-03-02"] }];
  const { misses } = judgeAnswer(
    { question: "?", words: "61 bpm on 4 March", error: null, grounding: supported },
    truths,
  );
  assert.deepEqual(misses, [{ expected: "58 bpm", got: '"61 bpm"' }, { expected: "2026-03-02", got: '"4 March"' }]);
});
