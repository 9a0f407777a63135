import assert from "node:assert/strict";
import { appleExportStream } from "../support/apple_export.ts";
import { hang, startOllama, text } from "../support/ollama.ts";
import { emptyFolder, type Program, startProgram } from "../support/process.ts";
import { bloodCount, reportPdf, uploadForm } from "../support/report.ts";
import { waitFor } from "../support/wait.ts";

/** One kill -9 for all that a worker may be in the middle of, because the wait for the dead worker's jobs is long. */

/** Four batches: the first one is seen while the others are to come. */
const records = 100_000;

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

const call = ({ url }: Program, key: string) => async (path: string, init: RequestInit = {}) => {
  const headers = { "X-Open-Wearables-API-Key": key, ...init.headers };
  const response = await fetch(`${url}/api/v1${path}`, { ...init, headers });
  assert.ok(response.ok, `${path}: ${response.status}`);
  return await response.json();
};

Deno.test("killed in the middle of an extraction and an import, it goes on after the next start, nothing lost and nothing doubled", async () => {
  let healthy = false;
  await using ollama = await startOllama(() => healthy ? text(JSON.stringify({ lab_results: [] })) : [hang()]);
  const folder = await emptyFolder();
  let [user, document, id, key] = ["", "", "", ""];
  {
    await using program = await startProgram(folder, { OLLAMA_HOST: ollama.url });
    await program.ready();
    key = await waitFor("the key", () => Promise.resolve(/API key +(\S+)/.exec(program.output().out)?.[1]));
    const ask = call(program, key);
    const json = { "content-type": "application/json" };
    user = (await ask("/users", { method: "POST", headers: json, body: "{}" })).id;
    const form = uploadForm(await reportPdf(bloodCount), { user_id: user, title: "Report" });
    document = (await ask("/documents/upload", { method: "POST", body: form })).id;
    // The model hangs, so this is the middle of the extraction for sure.
    await waitFor("the question to the model", () => Promise.resolve(ollama.requests[0]));

    id = (await ask(`/users/${user}/import/apple/xml/direct`, {
      method: "POST",
      headers: { "content-type": "application/xml" },
      body: appleExportStream({ records }),
    })).task_id;
    const read = await waitFor("the first batch", async () => {
      const run: Run = await ask(`/users/${user}/imports/${id}`);
      return run.counts.read > 0 ? run.counts.read : undefined;
    });
    assert.ok(read < records, "the import was over before it could be interrupted");
    program.signal("SIGKILL");
    await program.status;
  }

  healthy = true;
  await using program = await startProgram(folder, { OLLAMA_HOST: ollama.url });
  await program.ready();
  const ask = call(program, key);
  // The dead worker's jobs are free again within 30 s.
  const extracted = waitFor("the document", async () => {
    const { status } = await ask(`/documents/${document}`);
    return status === "extracting" ? undefined : status;
  }, 40);
  const imported = waitFor("the end of the import", async () => {
    const run: Run = await ask(`/users/${user}/imports/${id}`);
    return run.ended_at === null ? undefined : run;
  }, 120);
  const [status, run] = await Promise.all([extracted, imported]);
  assert.equal(status, "completed");
  const labs = await ask(`/labs?user_id=${user}&days=36500`);
  assert.equal(labs.length, bloodCount.length);

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
