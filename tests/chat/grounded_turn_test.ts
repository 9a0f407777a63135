import assert from "node:assert/strict";
import { z } from "zod";
import { messageRoutes } from "../../src/chat/routes/messages.ts";
import { declareTool } from "../../src/platform/tool.ts";
import { serveTestEndpoints } from "../support/endpoints.ts";
import { say, startOllama, text, think, toolCall, toolCalls } from "../support/ollama.ts";
import { openWorld, type World } from "../support/world.ts";
import { addLab, ask, type Frame, frames, messages, openSession, words } from "./turn.ts";

/** An answer's numbers are checked after it was said, and once more asked for when that is configured. */

const lookUp = toolCall("get_recent_labs", { days: 3650, test_name: "LDL" });

async function sessionWithLdl(world: World): Promise<{ id: string; user_id: string }> {
  const session = await openSession(world);
  const ldl = { test_name: "LDL Cholesterol", value: 131, recorded_at: "2025-03-14" };
  await addLab(world, session.user_id, ldl);
  return session;
}

function last(found: readonly Frame[]): Frame & { type: "done" } {
  const frame = found.at(-1);
  return frame?.type === "done" ? frame : assert.fail(JSON.stringify(frame));
}

Deno.test("a number that no look-up has is named in the last frame and in the stored message", async () => {
  await using ollama = await startOllama([lookUp, text("Your LDL was 131 mg/dL on 14 March 2025, not 99 mg/dL.")]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const session = await sessionWithLdl(world);
  const { grounding, corrected } = last(await ask(world, session.id, "How was my LDL?"));
  assert.equal(grounding?.claims, 3);
  assert.equal(grounding?.supported, 2);
  assert.deepEqual(grounding?.unsupported.map(({ text, kind }) => [text, kind]), [["99 mg/dL", "number"]]);
  assert.equal(corrected, undefined);
  assert.deepEqual((await messages(world, session.id))[1]?.message_metadata?.grounding, grounding);
  assert.equal(ollama.requests.length, 2, "nothing is asked again unless that is configured");
});

Deno.test("agreeing with a number of the question supports nothing, nor does a rise that the results show as a fall", async () => {
  await using ollama = await startOllama([
    text("Yes, your LDL is 99 mg/dL."),
    toolCall("get_lab_trend", { test_name: "LDL", months: 60 }),
    text("Your LDL rose from 158 to 131 mg/dL, by 17 %."),
  ]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const session = await sessionWithLdl(world);
  await addLab(world, session.user_id, { test_name: "LDL Cholesterol", value: 158, recorded_at: "2024-03-14" });
  const agreed = last(await ask(world, session.id, "Is my LDL 99 mg/dL?")).grounding;
  assert.deepEqual(agreed?.unsupported.map(({ text, reason }) => [text, reason]), [
    ["99 mg/dL", "Only the question has this number"],
  ]);
  const { grounding } = last(await ask(world, session.id, "Did it change?"));
  assert.deepEqual(grounding?.unsupported.map(({ text, kind }) => [text, kind]), [
    ["rose", "direction"],
    ["17 %", "number"],
  ]);
  assert.equal(grounding?.claims, 4);
});

Deno.test("a later answer may repeat what an earlier turn looked up", async () => {
  await using ollama = await startOllama([lookUp, text("It was 131 mg/dL."), text("As I said, 131 mg/dL.")]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  const session = await sessionWithLdl(world);
  await ask(world, session.id, "How was my LDL?");
  const { grounding } = last(await ask(world, session.id, "Say it again"));
  assert.deepEqual([grounding?.claims, grounding?.supported], [1, 1]);
});

Deno.test("when configured, an unsupported number goes back once, and only the better answer is said", async () => {
  await using ollama = await startOllama([
    lookUp,
    text("Your LDL was 99 mg/dL."),
    text("Your LDL was 131 mg/dL."),
  ]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url, CHAT_CORRECTION: "true" });
  const session = await sessionWithLdl(world);
  const found = await ask(world, session.id, "How was my LDL?");
  assert.equal(words(found), "Your LDL was 131 mg/dL.");
  const { grounding, corrected } = last(found);
  assert.deepEqual([corrected, grounding?.unsupported], [true, []]);
  const [said, request] = ollama.requests[2]?.messages.slice(-2) ?? [];
  assert.deepEqual([said?.role, said?.content], ["assistant", "Your LDL was 99 mg/dL."]);
  assert.equal(request?.role, "user");
  assert.match(request?.content ?? "", /"99 mg\/dL"/);
  const stored = (await messages(world, session.id))[1];
  assert.deepEqual([stored?.content, stored?.message_metadata?.corrected], [words(found), true]);
});

Deno.test("a second answer that is no better is not said", async () => {
  for (const second of ["Your LDL was 98 mg/dL or 97 mg/dL.", " "]) {
    await using ollama = await startOllama([lookUp, text("Your LDL was 99 mg/dL."), text(second)]);
    await using world = await openWorld({ OLLAMA_HOST: ollama.url, CHAT_CORRECTION: "true" });
    const session = await sessionWithLdl(world);
    const found = await ask(world, session.id, "How was my LDL?");
    assert.equal(words(found), "Your LDL was 99 mg/dL.");
    assert.deepEqual([last(found).corrected, last(found).grounding?.unsupported.length], [undefined, 1]);
    assert.equal(ollama.requests.length, 3);
  }
});

Deno.test("thoughts are told when they are asked for, and are no part of the answer", async () => {
  for (const thinking of [true, false]) {
    await using ollama = await startOllama(() => [...think("131? I should look"), ...text("Hello.")]);
    await using world = await openWorld({ OLLAMA_HOST: ollama.url });
    const session = await openSession(world);
    const json = { content: "Hi", thinking };
    const found = await Array.fromAsync(
      frames(await world.call(`/chat/sessions/${session.id}/messages`, { json })),
    );
    const thoughts = found.flatMap((frame) => frame.type === "thinking" ? [frame.content] : []);
    assert.deepEqual(thoughts, thinking ? ["131? I should look"] : []);
    assert.equal((await messages(world, session.id))[1]?.content, "Hello.");
    assert.equal(last(found).grounding?.claims, 0);
  }
});

Deno.test("the calls of one round run side by side, and are told in the order they were made", async () => {
  const met = Promise.withResolvers<void>();
  let running = 0;
  const meeting = (name: string) =>
    declareTool({
      name,
      description: "Waits until the other one runs, too",
      args: z.object({}),
      async run() {
        if (++running === 2) met.resolve();
        await met.promise;
        return { summary: name };
      },
    });
  await using ollama = await startOllama([
    [...say("Both."), ...toolCalls(["first", {}], ["second", {}])],
    text("They met."),
  ]);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url });
  await using server = serveTestEndpoints(world.ctx, messageRoutes(world.ctx, [meeting("first"), meeting("second")]));
  const session = await openSession(world);
  const found = await ask({ ...world, url: server.url }, session.id, "Meet");
  assert.deepEqual(
    found.flatMap((frame) =>
      frame.type === "tool_call" || frame.type === "tool_result" ? [frame.type, frame.name] : []
    ),
    ["tool_call", "first", "tool_result", "first", "tool_call", "second", "tool_result", "second"],
  );
  assert.equal(found.at(-1)?.type, "done");
});
