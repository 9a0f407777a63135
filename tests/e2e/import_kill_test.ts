import assert from "node:assert/strict";
import { appleExportStream } from "../support/apple_export.ts";
import { emptyFolder, startProgram } from "../support/process.ts";
import { waitFor } from "../support/wait.ts";

const records = 150_000;

interface Run {
  readonly status: string;
  readonly error: string | null;
  readonly ended_at: string | null;
  readonly counts: {
    readonly read: number;
    readonly stored: { readonly samples: Tally; readonly workouts: Tally };
  };
}

interface Tally {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
}

Deno.test("killed in the middle of an import, it goes on after the next start, nothing lost and nothing doubled", async () => {
  const folder = await emptyFolder();
  let key = "";
  let [user, id, read] = ["", "", 0];
  const api = (url: string) => async (path: string, init: RequestInit = {}) => {
    const headers = { "X-Open-Wearables-API-Key": key, ...init.headers };
    const response = await fetch(`${url}/api/v1${path}`, { ...init, headers });
    assert.ok(response.ok, `${path}: ${response.status}`);
    return await response.json();
  };
  {
    await using program = await startProgram(folder);
    await program.ready();
    key = await waitFor("the key", () => Promise.resolve(/API key +(\S+)/.exec(program.output().out)?.[1]));
    const call = api(program.url);
    const json = { "content-type": "application/json" };
    user = (await call("/users", { method: "POST", headers: json, body: "{}" })).id;
    id = (await call(`/users/${user}/import/apple/xml/direct`, {
      method: "POST",
      headers: { "content-type": "application/xml" },
      body: appleExportStream({ records }),
    })).task_id;
    read = await waitFor("the first batch", async () => {
      const run: Run = await call(`/users/${user}/imports/${id}`);
      return run.counts.read > 0 ? run.counts.read : undefined;
    });
    assert.ok(read < records, "the import was over before it could be interrupted");
    program.signal("SIGKILL");
    await program.status;
  }

  await using program = await startProgram(folder);
  await program.ready();
  const call = api(program.url);
  // The dead worker's job is free again within 30 s.
  const run = await waitFor("the end of the import", async () => {
    const run: Run = await call(`/users/${user}/imports/${id}`);
    return run.ended_at === null ? undefined : run;
  }, 120);
  assert.deepEqual([run.status, run.error], ["completed", null]);
  // It went on from where it was: what came before was not even looked at again.
  const { samples, workouts } = run.counts.stored;
  assert.deepEqual(samples, { inserted: records, updated: 0, unchanged: 0 });
  const days = Math.ceil(records / 1_370);
  assert.deepEqual(workouts, { inserted: Math.ceil(days / 3), updated: 0, unchanged: 0 });
  assert.equal(run.counts.read, records + days * 10 + Math.ceil(days / 3));
  program.signal("SIGTERM");
  assert.equal((await program.status).code, 0);
  await Deno.remove(folder, { recursive: true });
});
