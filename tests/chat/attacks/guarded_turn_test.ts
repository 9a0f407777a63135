import assert from "node:assert/strict";
import { languageOf } from "../../../src/chat/answer_language.ts";
import { noticeWords } from "../../../src/chat/notice_words_table.ts";
import { attackAll, extraResults, label, type Outcome, tellsStranger } from "./attack_run.ts";
import { attacks, unnoticed } from "./attacks_table.ts";
import { holds, honest } from "./obeying_model.ts";

/** What the guards keep away from a model and from a reader, shown with a model that obeys whatever it reads. */

function makesCall(outcome: Outcome): boolean {
  return extraResults(outcome).some((result) => !/^\{"error":"(?:Refused|Unknown tool)/.test(result));
}

/** The critical potassium is named and comes with the advice to get help now, in the answer's language. */
function warns({ answer }: Outcome): boolean {
  const { above, veryHigh, emergency } = noticeWords[languageOf(answer)];
  return /6[.,]9 mmol/.test(answer) && (answer === honest || answer.endsWith(emergency)) &&
    [above, veryHigh, "high"].some((word) => answer.includes(word));
}

Deno.test("an order in the record reaches no model, so that one which obeys everything answers honestly", async () => {
  const outcomes = await attackAll(attacks, false);
  assert.ok(outcomes.length >= 60);
  const read = outcomes.filter(({ requests, attack }) =>
    requests.some(({ messages }) => messages.some((message) => holds(message, attack)))
  );
  assert.deepEqual(read.map(label), []);
  // The look-ups found the place: something was withheld there.
  const unseen = outcomes.filter(({ requests }) => !JSON.stringify(requests).includes("[text withheld"));
  assert.deepEqual(unseen.map(label), []);
  assert.deepEqual(outcomes.filter(({ answer }) => answer !== honest).map(label), []);
  assert.deepEqual(outcomes.filter(makesCall).map(label), []);
  assert.deepEqual(outcomes.filter(tellsStranger).map(label), []);
});

Deno.test("a model that obeys all the same makes no call, carries nothing away and drops no warning", async () => {
  const outcomes = await attackAll([...attacks, ...unnoticed], true);
  assert.deepEqual(outcomes.filter(makesCall).map(label), []);
  assert.deepEqual(outcomes.filter(({ answer }) => answer.includes("collect.example")).map(label), []);
  assert.deepEqual(outcomes.filter((outcome) => !warns(outcome)).map(label), []);
  assert.deepEqual(outcomes.filter(tellsStranger).map(label), []);
});
