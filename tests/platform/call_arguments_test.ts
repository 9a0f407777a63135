import assert from "node:assert/strict";
import { z } from "zod";
import { callArguments } from "../../src/platform/call_arguments.ts";
import { callTool, declareTool } from "../../src/platform/tool.ts";
import type { Context } from "../../src/platform/context.ts";

Deno.test("arguments are read from an object, its JSON, and JSON in JSON", () => {
  for (const written of [{ days: 3 }, '{"days":3}', ' {"days": 3}\n', JSON.stringify('{"days":3}')]) {
    assert.deepEqual(callArguments(written), { days: 3 });
  }
  for (const written of [undefined, null, "", "{}", {}]) assert.deepEqual(callArguments(written), {});
});

Deno.test("what is no JSON object is an error that the model can mend, not a call without arguments", async () => {
  let ran = false;
  const tool = declareTool({
    name: "recent",
    description: "Recent results",
    args: z.object({ days: z.int().default(90) }),
    run: () => Promise.resolve(ran = true),
  });
  for (const written of ['{"days": 3', "[1]", [1], 7, '"days"', "x".repeat(100_000)]) {
    const args = callArguments(written);
    assert.ok(JSON.stringify(args).length < 400, "the model's own text is kept short");
    const answer = await callTool({} as Context, [tool], "a person", "recent", args);
    assert.deepEqual(answer, {
      error: "The arguments are not a JSON object; call the tool again with one",
      expected: tool.parameters,
    });
  }
  assert.equal(ran, false);
  await callTool({} as Context, [tool], "a person", "recent", callArguments(""));
  assert.equal(ran, true);
});
