import assert from "node:assert/strict";
import { join } from "node:path";
import { emptyFolder, freePort, type Program, startProgram } from "../support/process.ts";
import { waitFor } from "../support/wait.ts";

/** How the program ends when it is asked to, whatever it is doing. */

function keyOf(program: Program): string {
  return /API key +(\S+)/.exec(program.output().out)?.[1] ?? "";
}

async function assertCleanEnd(program: Program, folder: string): Promise<void> {
  const { code } = await program.status;
  const { out, error } = program.output();
  assert.deepEqual([code, error], [0, ""]);
  assert.match(out.trimEnd().split("\n").at(-1) ?? "", /"event":"stopped"/);
  assert.equal(await Deno.stat(join(folder, ".data/postgres/postmaster.pid")).catch(() => null), null);
  await Deno.remove(folder, { recursive: true });
}

Deno.test("asked to stop while it starts, it finishes starting and stops", async () => {
  const folder = await emptyFolder();
  await using program = await startProgram(folder);
  // The cluster is being made: the signal handlers stand, nothing else does.
  await waitFor("the cluster", async () => await Deno.stat(join(folder, ".data/postgres")).catch(() => undefined));
  program.signal("SIGTERM");
  await assertCleanEnd(program, folder);
});

Deno.test("a request whose body still arrives is answered, new ones are turned away; Ctrl-C twice changes nothing", async () => {
  const folder = await emptyFolder();
  await using program = await startProgram(folder);
  await program.ready();
  const headers = { "x-open-wearables-api-key": keyOf(program), "content-type": "application/json" };
  let sendRest = () => {};
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(new TextEncoder().encode('{"first_name":'));
      await new Promise<void>((resolve) => sendRest = resolve);
      controller.enqueue(new TextEncoder().encode('"Ada"}'));
      controller.close();
    },
  });
  const slow = fetch(`${program.url}/api/v1/users`, { method: "POST", headers, body });
  await new Promise((resolve) => setTimeout(resolve, 300));
  program.signal("SIGINT");
  await waitFor("the stop", () => Promise.resolve(program.output().out.includes('"stopping"') || undefined));
  program.signal("SIGINT");
  const late = await fetch(`${program.url}/health/live`);
  assert.deepEqual([late.status, (await late.json()).code], [503, "unavailable"]);
  sendRest();
  const response = await slow;
  assert.deepEqual([response.status, (await response.json()).first_name], [201, "Ada"]);
  await assertCleanEnd(program, folder);
});

Deno.test("a first start that fails does not use up the credentials", async () => {
  const folder = await emptyFolder();
  const API_PORT = String(await freePort());
  {
    using _listener = Deno.listen({ hostname: "127.0.0.1", port: Number(API_PORT) });
    await using failed = await startProgram(folder, { API_PORT });
    assert.equal((await failed.status).code, 1);
    assert.equal(keyOf(failed), "");
  }
  await using program = await startProgram(folder, { API_PORT });
  await program.ready();
  assert.match(keyOf(program), /^sk-[0-9a-f]{32}$/);
  program.signal("SIGTERM");
  await assertCleanEnd(program, folder);
});
