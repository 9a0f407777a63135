import assert from "node:assert/strict";
import { startOllama } from "../support/ollama.ts";
import { openWorld } from "../support/world.ts";
import { explained } from "./answer_scores.ts";
import { type Asked, askedAt, askQuestions, prepareRecord } from "./ask_questions.ts";
import { questions } from "./questions_table.ts";
import { type ScriptedModel, scriptedModel, scriptedModels } from "./scripted_models.ts";

async function askAll(): Promise<Record<ScriptedModel, readonly Asked[]>> {
  let model = scriptedModel("right");
  await using ollama = await startOllama((request) => model(request));
  await using world = await openWorld({ OLLAMA_HOST: ollama.url }, () => askedAt);
  const userId = await prepareRecord(world);
  const answers: Record<ScriptedModel, readonly Asked[]> = { right: [], wrong: [], hostile: [] };
  for (const name of scriptedModels) {
    model = scriptedModel(name);
    answers[name] = await Array.fromAsync(askQuestions(world, userId, questions, 2));
  }
  return answers;
}

Deno.test("dump", async () => {
  const began = performance.now();
  const all = await askAll();
  for (const name of scriptedModels) {
    const bad = all[name].filter((a) => (name === "right") === (a.verdict !== "correct"));
    console.log(
      `##### ${name} ${bad.length}`,
      Object.entries(Object.groupBy(all[name], (a) => a.verdict)).map(([k, v]) => `${k} ${v?.length}`).join(", "),
      all[name].reduce((s, a) => s + a.seconds, 0),
    );
    for (const one of bad) console.log(explained(one));
  }
  console.log(performance.now() - began);
  assert.ok(true);
});
