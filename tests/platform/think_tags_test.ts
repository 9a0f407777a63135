import assert from "node:assert/strict";
import type { ModelPart } from "../../src/platform/model.ts";
import { separateThoughts } from "../../src/platform/think_tags.ts";

async function* contents(pieces: readonly string[]): AsyncGenerator<ModelPart> {
  for (const content of pieces) yield { type: "content", content };
  yield { type: "end", reason: "stop" };
}

/** The thoughts and the answer, each in one. */
async function separated(pieces: readonly string[], wanted = true): Promise<{ thinking: string; content: string }> {
  const all = { thinking: "", content: "" };
  for await (const part of separateThoughts(contents(pieces), wanted)) {
    if (part.type === "thinking" || part.type === "content") all[part.type] += part.content;
  }
  return all;
}

const whole = "\n<think>\nLDL < 100? </thin 131 is more.</think>\n\nYour LDL is <131 mg/dL.";
const expected = { thinking: "\nLDL < 100? </thin 131 is more.", content: "Your LDL is <131 mg/dL." };

Deno.test("thoughts are found wherever the tags are cut into pieces", async () => {
  for (let size = 1; size <= whole.length; size++) {
    const pieces = whole.match(new RegExp(`[\\s\\S]{1,${size}}`, "g")) ?? [];
    assert.deepEqual(await separated(pieces), expected, `pieces of ${size}`);
  }
  for (let cut = 1; cut < whole.length; cut++) {
    assert.deepEqual(await separated([whole.slice(0, cut), whole.slice(cut)]), expected, `cut at ${cut}`);
  }
});

Deno.test("thoughts that nobody asked for do not appear", async () => {
  assert.deepEqual(await separated([...whole], false), { thinking: "", content: expected.content });
});

Deno.test("several thoughts before the answer, other tags, and a thought that does not end", async () => {
  assert.deepEqual(await separated(["<think>a</think>\n<thinking>b</thin", "king> c"]), {
    thinking: "ab",
    content: "c",
  });
  assert.deepEqual(await separated(["<think>still </th"]), { thinking: "still </th", content: "" });
});

Deno.test("an answer may speak about tags, and one that only begins like a tag is whole", async () => {
  for (const text of ["The tag <think> opens a thought</think>", "<thin", "<thinker> is no tag", "< 5", "<"]) {
    assert.deepEqual(await separated([...text]), { thinking: "", content: text });
  }
});

Deno.test("words are passed on at once", async () => {
  const found = separateThoughts(contents(["Your", " LDL"]), false);
  assert.deepEqual((await found.next()).value, { type: "content", content: "Your" });
  await found.return();
});
