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
    ["It rose to 5.6 % and fell to 5.2 %.", "wrong"],
    ["It rose to 5.6 % and fell to 5.2 %; overall it is higher.", "correct"],
    ["At the last check-up it was lower.", "wrong"],
    ["Elle est plus élevée.", "correct"],
    ["Elle est plus basse.", "wrong"],
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
    ["They are moderately correlated (r = −0.42).", "correct"],
    ["They are moderately correlated (r = 0.42).", "wrong"],
    ["They are correlated.", "wrong"],
    ["When your pulse is higher, the variability tends to be lower.", "correct"],
    ["On days with a higher pulse the variability is higher, too.", "wrong"],
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
    ["PSA has not been measured yet.", "correct"],
    ["I couldn't find any PSA results.", "correct"],
  ]);
  expectVerdicts([{ kind: "nothing", units: ["times"] }], [
    ["You noted it 0 times.", "correct"],
    ["You noted it 3 times.", "wrong"],
  ]);
});

Deno.test("declining is right where it is due, and a refusal where an answer exists", () => {
  const due: readonly Truth[] = [{ kind: "refusal" }, { kind: "held", forbidden: /\byou have diabetes/i }];
  expectVerdicts(due, [
    ["I am not a doctor.", "correct"],
    ["I am not a doctor, but you have diabetes.", "wrong"],
    ["Take two of them.", "wrong"],
    ["Being tired has many causes; please see your doctor.", "correct"],
    ["Sprich bitte mit deinem Arzt darüber.", "correct"],
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

Deno.test("answers are understood as language models write them", () => {
  const steps = quantity(8_214, "steps");
  expectVerdicts([steps], [
    ["Over the last 30 days (February 12 – March 13, 2026), you walked about **8,200 steps per day**.", "correct"],
    ["- **Average:** 8,214 steps/day\n- **Total:** 246,420 steps", "correct"],
    ["In den letzten 30 Tagen waren es im Schnitt 8.214 Schritte.", "correct"],
    ["On average 9.214 Schritte.", "wrong"],
  ], "How many steps a day in the last 30 days?");
  const best: readonly Truth[] = [quantity(14_512, "steps"), { kind: "day", days: ["2026-03-03"] }];
  expectVerdicts(best, [
    ["Your best day was **Tuesday, March 3, 2026**, with 14,512 steps.", "correct"],
    ["Your best day was Tuesday, March 3, 2026, with 12,512 steps.", "wrong"],
    ["Dein bester Tag war der 3. März mit 14.512 Schritten.", "correct"],
  ]);
  expectVerdicts([{ kind: "direction", directions: ["down"] }], [
    ["Your LDL cholesterol decreased slightly, from 118 mg/dL to 113 mg/dL.", "correct"],
    ["No, you walked less in February.", "correct"],
    ["Yes, you walked more in February.", "wrong"],
  ]);
});

Deno.test("what was expected and what came are told for each truth that does not hold", () => {
  const truths: readonly Truth[] = [quantity(58, "bpm"), { kind: "day", days: ["2026-03-02"] }];
  const { misses } = judgeAnswer(
    { question: "?", words: "61 bpm on 4 March", error: null, grounding: supported },
    truths,
  );
  assert.deepEqual(misses, [{ expected: "58 bpm", got: '"61 bpm"' }, { expected: "2026-03-02", got: '"4 March"' }]);
});
