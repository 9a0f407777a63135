import assert from "node:assert/strict";
import { endsRepeating } from "../../src/chat/repeating_text.ts";
import { hang, say, startOllama } from "../support/ollama.ts";
import { openWorld } from "../support/world.ts";
import { ask, messages, openSession, words } from "./turn.ts";

/** A model that says the same again and again is stopped; what an answer may repeat is not. */

Deno.test("a text that repeats a piece to its end is one, a table or a list is none", () => {
  const line = "Addressing a conference call\n";
  assert.equal(endsRepeating(`Your steps were fine.\n${line.repeat(20)}Addr`), true);
  assert.equal(endsRepeating("是的".repeat(300)), true);
  assert.equal(endsRepeating(line.repeat(10)), false);
  assert.equal(endsRepeating(`${line.repeat(40)}And then it went on with other words, at last.`), false);
  const row = (day: number) => `| 2026-03-${String(day).padStart(2, "0")} | 72 bpm | normal |\n`;
  assert.equal(endsRepeating(Array.from({ length: 40 }, (_, day) => row(day)).join("")), false);
  assert.equal(endsRepeating(`|${"---|".repeat(200)}`), false);
});

Deno.test("an answer that repeats itself ends, says so, and lets the model go", async () => {
  await using ollama = await startOllama([[...say("You walk. " + "Again and again. ".repeat(200)), hang()]]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const session = await openSession(world);
  const found = await ask(world, session.id, "Hi");
  const done = found.at(-1);
  assert.ok(done?.type === "done" && done.interrupted === "repeating", JSON.stringify(done));
  assert.ok(words(found).length < 1_000, "not all of it is told");
  assert.equal((await messages(world, session.id))[1]?.message_metadata?.interrupted, "repeating");
  assert.equal(await ollama.requests[0]?.outcome, "aborted");
});
