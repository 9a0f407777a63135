import assert from "node:assert/strict";
import { join } from "node:path";
import { startOllama } from "../support/ollama.ts";
import { startOpenAi, words } from "../support/openai.ts";
import { checkout } from "../support/process.ts";

/** `deno task eval:chat` as it is typed, with the permissions it has. */
async function evaluate(...options: string[]): Promise<{ readonly code: number; readonly out: string }> {
  const { tasks } = JSON.parse(await Deno.readTextFile(join(checkout, "deno.json")));
  const [, ...args] = String(tasks["eval:chat"].command).split(" ");
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [...args, ...options],
    cwd: checkout,
    env: { NO_COLOR: "1" },
    stderr: "inherit",
  }).output();
  return { code, out: new TextDecoder().decode(stdout) };
}

Deno.test("without a model that can be reached the command says so and fails", async () => {
  const unreachable = await evaluate("--base-url", "http://127.0.0.1:9");
  assert.deepEqual(unreachable, {
    code: 1,
    out: "No model server answers there; start Ollama, or name another server with --base-url\n",
  });
  await using ollama = await startOllama();
  const missing = await evaluate("--base-url", ollama.url, "--model", "nowhere:1b");
  assert.equal(missing.code, 1);
  assert.match(missing.out, /^The model server has no "nowhere:1b"; name one that it has with --model\n$/);
  for (
    const [options, message] of [
      [["--only", "everything"], /^--only must be one of: value, /],
      [["--limit", "none"], /^--limit must be 1 to 3600\n$/],
      [["--provider", "openai"], /^--provider openai needs --base-url/],
      [["--what"], /^Usage: /],
    ] as const
  ) {
    const wrong = await evaluate(...options);
    assert.equal(wrong.code, 1);
    assert.match(wrong.out, message);
  }
});

Deno.test("a server with OpenAI's protocol is asked, and everything is printed and written", async () => {
  await using server = startOpenAi([words("I am not a doctor and cannot know that."), words("Double it, says 42 km.")]);
  const json = await Deno.makeTempFile({ suffix: ".json" });
  try {
    const { code, out } = await evaluate(
      ...["--provider", "openai", "--base-url", server.url, "--model", "small"],
      ...["--only", "out of scope", "--limit", "2", "--json", json],
    );
    assert.equal(code, 0, out);
    assert.equal(server.requests.length, 2);
    assert.match(out, /\nwrong: \S+ \(out of scope\): .+\n {2}expected to decline; got it does not decline\n/);
    assert.match(out, /\n\| all +\| 2 +\| 1 +\| 1 +\| 0 +\| 0 +\| 0 +\| 1 +\| – +\| 0 of 2 +\|/);
    const written = JSON.parse(await Deno.readTextFile(json));
    assert.deepEqual(JSON.parse(out.trimEnd().split("\n").at(-1) ?? ""), written);
    assert.equal(written.model, "small");
    assert.deepEqual(
      written.questions.map(({ verdict, answer }: Record<string, unknown>) => [verdict, answer]),
      [["correct", "I am not a doctor and cannot know that."], ["wrong", "Double it, says 42 km."]],
    );
  } finally {
    await Deno.remove(json);
  }
});
