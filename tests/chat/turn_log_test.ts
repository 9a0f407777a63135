import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { say, startOllama, text } from "../support/ollama.ts";
import { waitFor } from "../support/wait.ts";
import { openWorld } from "../support/world.ts";
import { frames, messages, openSession, send, words } from "./turn.ts";

Deno.test("an answer whose words cannot be stored now holds up nobody's first words, and loses none", async () => {
  const gate = Promise.withResolvers<void>();
  await using ollama = await startOllama(({ messages }) =>
    String(messages.at(-1)?.content).startsWith("Slow")
      ? [...say("One two"), { until: () => gate.promise }, ...text(" three four.")]
      : text("Quick.")
  );
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const [slow, quick] = [await openSession(world), await openSession(world)];
  const stream = frames(await send(world, slow.id, "Slow"));
  const seen = [(await stream.next()).value!];
  // Somebody else holds the row of the slow turn, so that the statement with its words waits.
  const holds = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  const holding = world.ctx.database.transaction(async (db) => {
    await db.execute(sql`select from chat_turn where session_id = ${slow.id} for update`);
    holds.resolve();
    await letGo.promise;
  });
  await holds.promise;
  gate.resolve();
  await waitFor("the statement that waits", async () => {
    const waiting = await world.ctx.database.execute(
      sql`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
    );
    return waiting.length > 0 ? true : undefined;
  });
  const quickly = frames(await send(world, quick.id, "Quick"));
  assert.equal((await quickly.next()).value?.type, "content");
  letGo.resolve();
  await holding;
  for await (const frame of stream) seen.push(frame);
  assert.equal(words(seen), "One two three four.");
  assert.equal((await Array.fromAsync(quickly)).at(-1)?.type, "done");
  const answer = await waitFor("the answer", async () => (await messages(world, quick.id))[1], 10);
  assert.equal(answer.content, "Quick.");
});
