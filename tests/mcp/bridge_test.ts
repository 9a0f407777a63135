import assert from "node:assert/strict";
import { join } from "node:path";
// @ts-types="@modelcontextprotocol/sdk/client/stdio"
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport";
import { checkout, freePort, programsOwn } from "../support/process.ts";
import { openWorld } from "../support/world.ts";
import { connectThrough } from "./program.ts";

/** `deno task mcp`, started by its own command, as a program on the desktop starts it. */

async function bridgeCommand(): Promise<{ command: string; args: string[] }> {
  const { tasks } = JSON.parse(await Deno.readTextFile(join(checkout, "deno.json")));
  const [, ...args] = String(tasks.mcp.command).split(" ");
  return { command: Deno.execPath(), args };
}

/** `settings` beside what a program's environment has. */
async function environment(settings: Record<string, string>): Promise<Record<string, string>> {
  return await Promise.resolve({ PATH: Deno.env.get("PATH") ?? "", HOME: Deno.env.get("HOME") ?? "", ...settings });
}

async function connectBridge(settings: Record<string, string>) {
  const env = await environment(settings);
  const transport = new StdioClientTransport({ ...await bridgeCommand(), cwd: checkout, env, stderr: "pipe" });
  let errors = "";
  transport.stderr?.on("data", (chunk) => errors += chunk);
  const program = await connectThrough(transport as Transport).catch(async (error) => {
    await transport.close();
    throw error;
  });
  return { ...program, errors: () => programsOwn(errors) };
}

/** What the command prints and how it ends, given these lines. */
async function run(settings: Record<string, string>, lines: readonly string[]) {
  const { command, args } = await bridgeCommand();
  const env = await environment(settings);
  const child = new Deno.Command(command, {
    args,
    cwd: checkout,
    clearEnv: true,
    env,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const [output] = await Promise.all([
    child.output(),
    new Blob(lines.map((line) => `${line}\n`)).stream().pipeTo(child.stdin).catch(() => {}),
  ]);
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code: output.code, out: decode(output.stdout), error: programsOwn(decode(output.stderr)) };
}

const list = JSON.stringify({ jsonrpc: "2.0", id: 7, method: "tools/list" });

Deno.test("everything that was asked is answered when the program closes its end, and nothing else is printed", async () => {
  await using world = await openWorld();
  const settings = { ANAMNESIS_URL: world.url, ANAMNESIS_API_KEY: await world.createKey() };
  const { code, out, error } = await run(settings, ["not json", "", list, list.replace("7", '"b"')]);
  assert.equal(code, 0, error);
  const answers = out.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(new Set(answers.map(({ id }) => id)), new Set([7, "b"]));
  assert.ok(answers.every(({ result }) => result.tools.length > 10));
  assert.match(error, /no JSON-RPC message/);
});

Deno.test("what is wrong is told to the program and on standard error, without the key", async () => {
  await using world = await openWorld();
  const key = `sk-${"0".repeat(32)}`;
  const away = `http://127.0.0.1:${await freePort()}`;
  for (
    const [url, message] of [
      [world.url, /refuses ANAMNESIS_API_KEY/],
      [away, /Cannot reach Anamnesis at .*; start it, or correct ANAMNESIS_URL/],
      [`${world.url}/elsewhere`, /answered with status 404/],
    ] as const
  ) {
    const { code, out, error } = await run({ ANAMNESIS_URL: url, ANAMNESIS_API_KEY: key }, [list]);
    assert.equal(code, 0);
    const answer = JSON.parse(out);
    assert.equal(answer.id, 7);
    assert.match(answer.error.message, message);
    assert.match(error, message);
    assert.ok(!(out + error).includes(key));
  }
  const large = await run({ ANAMNESIS_URL: world.url, ANAMNESIS_API_KEY: key }, ["x".repeat(17 * 1024 * 1024)]);
  assert.deepEqual([large.code, large.out], [1, ""]);
  assert.match(large.error, /A message exceeds 16 MB; send documents to POST/);
  const without = await run({ ANAMNESIS_API_KEY: "" }, []);
  assert.deepEqual([without.code, without.out], [1, ""]);
  assert.match(without.error, /^ANAMNESIS_API_KEY is not set; create a key/);
});

Deno.test({
  name: "a program on the desktop reaches what its key may, through standard input and output",
  // The library's transport leaves the timer behind with which it would kill a server that does not end.
  sanitizeOps: false,
  sanitizeResources: false,
}, async () => {
  await using world = await openWorld();
  const user_id = await world.createUser({ first_name: "Ada" });
  await world.createUser({ first_name: "Other" });
  const key = await world.createKey({ scope: "read", user_id });
  await using program = await connectBridge({ ANAMNESIS_URL: world.url, ANAMNESIS_API_KEY: key });
  assert.equal(program.client.getServerVersion()?.name, "anamnesis");
  assert.match(program.client.getInstructions() ?? "", /get_users first/);
  const names = await program.toolNames();
  assert.ok(names.includes("get_activity_summary") && !names.includes("log_symptom"));
  assert.equal((await program.call("get_users")).total, 1);
  assert.match((await program.fail("get_sleep_summary", { user_id: "me" })).error, /User not found: me/);
  await assert.rejects(program.client.readResource({ uri: "document://x" }), /Document not found/);
  const all = await Promise.all(Array.from({ length: 20 }, () => program.call("get_users")));
  assert.equal(all.length, 20);
  assert.equal(program.errors(), "");
});
