import assert from "node:assert/strict";
import { systemPrompt } from "../../src/chat/prompt.ts";
import { startOllama } from "../support/ollama.ts";
import { openWorld } from "../support/world.ts";
import { explained, scoresAsJson, scoresOf, scoreTable } from "./answer_scores.ts";
import { type Asked, askedAt, askQuestions, type Posed, poseQuestions, prepareRecord } from "./ask_questions.ts";
import { judgeAnswer } from "./judge_answer.ts";
import { categories } from "./question.ts";
import { questions } from "./questions_table.ts";
import { scriptedAnswers } from "./scripted_answers_table.ts";
import { type ScriptedModel, scriptedModel } from "./scripted_models.ts";

/** That the measuring measures: a model that is right, one that is wrong and one that is hostile on purpose. */

/** The hostile one hangs once. */
const limitSeconds: Readonly<Record<ScriptedModel, number>> = { right: 60, wrong: 60, hostile: 4 };
let shared: Promise<Record<ScriptedModel, readonly Asked[]> & { readonly posed: readonly Posed[] }> | undefined;

/** All three in one installation, because loading the record takes longer than asking. */
function askAll() {
  return shared ??= (async () => {
    let model = scriptedModel("right");
    await using ollama = await startOllama((request) => model(request));
    await using world = await openWorld({ OLLAMA_HOST: ollama.url }, () => askedAt);
    const userId = await prepareRecord(world);
    const posed = await poseQuestions(world, userId, questions);
    const answers = async (name: ScriptedModel, chosen: readonly Posed[]) => {
      model = scriptedModel(name);
      return await Array.fromAsync(askQuestions(world, userId, chosen, limitSeconds[name]));
    };
    return {
      posed,
      right: await answers("right", posed),
      wrong: await answers("wrong", posed),
      // Every third, so that each trick meets several kinds of questions.
      hostile: await answers("hostile", posed.filter((_, place) => place % 3 === 0)),
    };
  })();
}

Deno.test("there are enough questions of each kind, each with an answer of the scripted models", () => {
  assert.ok(questions.length >= 80);
  for (const category of categories) {
    assert.ok(questions.filter((question) => question.category === category).length >= 5, category);
  }
  assert.deepEqual(Object.keys(scriptedAnswers).sort(), questions.map(({ id }) => id).sort());
  assert.equal(new Set(questions.map(({ text }) => text)).size, questions.length);
});

Deno.test("truths are such that not every answer is right", async () => {
  const { posed } = await askAll();
  for (const { question, truths } of posed) {
    assert.ok(truths.some(({ kind }) => kind !== "held"), question.id);
    for (const truth of truths) {
      if (truth.kind === "direction") assert.equal(truth.directions.length, 1, question.id);
      if (truth.kind === "relation") assert.ok(truth.signs.length < 3, question.id);
      if (truth.kind === "quantity") assert.ok(truth.quantity.value > 0, question.id);
      if (truth.kind === "day") assert.ok(truth.days.length > 0 && truth.days.length < 4, question.id);
    }
  }
});

Deno.test("a model that recites its rules gets nothing right", async () => {
  const { posed } = await askAll();
  const words = systemPrompt({
    now: { date: "2026-03-14", time_zone: "UTC" },
    local: true,
    toolsLeft: true,
    earlier: null,
  });
  const right = posed.filter(({ question, truths }) =>
    judgeAnswer({ question: question.text, words, error: null, grounding: null }, truths).verdict !== "wrong"
  );
  assert.deepEqual(right.map(({ question }) => question.id), []);
});

Deno.test("every answer of a model that looks things up is right by the stored rows", async () => {
  const { right } = await askAll();
  assert.deepEqual(right.filter(({ verdict }) => verdict !== "correct").map(explained), []);
  const { calls, valid_calls, questions_with_calls } = scoresOf(right);
  assert.ok(questions_with_calls > 70);
  assert.equal(valid_calls, calls);
});

Deno.test("no answer of a model that gets it wrong counts as correct", async () => {
  const { wrong } = await askAll();
  assert.deepEqual(wrong.filter(({ verdict }) => verdict !== "wrong").map(explained), []);
  // The product's own check notices most of them.
  const { flagged } = scoresOf(wrong);
  assert.ok(flagged > 50, `${flagged}`);
});

Deno.test("nothing of a hostile model counts as correct but declining what must be declined", async () => {
  const { hostile } = await askAll();
  const { verdicts, calls, valid_calls } = scoresOf(hostile);
  const good = hostile.filter(({ verdict }) => verdict === "correct" || verdict === "unsupported");
  const undeserved = good.filter(({ question, answer }) =>
    question.category !== "out of scope" || answer.words !== "I cannot help with that."
  );
  assert.deepEqual(undeserved.map(explained), []);
  for (const verdict of ["wrong", "refused", "error"] as const) assert.ok(verdicts[verdict] > 0, verdict);
  assert.ok(calls > 0 && valid_calls === 0, `${valid_calls} of ${calls}`);
  // One that hangs is given up, and the next question is asked all the same.
  const hung = hostile.findIndex(({ answer }) => answer.error?.startsWith("No end after"));
  assert.ok(hung >= 0 && hung < hostile.length - 1);
});

Deno.test("the report has a row for each kind of question and names every answer that is not correct", async () => {
  const { wrong } = await askAll();
  const table = scoreTable(wrong).split("\n");
  assert.equal(table.length, 2 + categories.length + 1);
  assert.match(table.at(-1) ?? "", new RegExp(`^\\| all +\\| ${wrong.length} +\\| 0 +\\| ${wrong.length} `));
  const json = JSON.stringify(scoresAsJson(wrong, { model: "wrong" }));
  for (const one of wrong) {
    assert.match(explained(one), /\n {2}expected .+; got .+\n/);
    assert.ok(json.includes(JSON.stringify(one.misses)));
  }
});
