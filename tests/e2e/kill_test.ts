import assert from "node:assert/strict";
import { hang, startOllama, text } from "../support/ollama.ts";
import { emptyFolder, startProgram } from "../support/process.ts";
import { bloodCount, reportPdf, uploadForm } from "../support/report.ts";
import { waitFor } from "../support/wait.ts";

Deno.test("killed in the middle of an extraction, it completes after the next start, nothing doubled", async () => {
  let healthy = false;
  await using ollama = await startOllama(() => healthy ? text(JSON.stringify({ lab_results: [] })) : [hang()]);
  const folder = await emptyFolder();
  let document = "";
  let user = "";
  let key = "";
  {
    await using program = await startProgram(folder, { OLLAMA_HOST: ollama.url });
    await program.ready();
    key = await waitFor("the key", () => Promise.resolve(/API key +(\S+)/.exec(program.output().out)?.[1]));
    const headers = { "X-Open-Wearables-API-Key": key };
    const made = await fetch(`${program.url}/api/v1/users`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: "{}",
    });
    user = (await made.json()).id;
    const upload = await fetch(`${program.url}/api/v1/documents/upload`, {
      method: "POST",
      headers,
      body: uploadForm(await reportPdf(bloodCount), { user_id: user, title: "Report" }),
    });
    document = (await upload.json()).id;
    // The model hangs, so this is the middle of the extraction for sure.
    await waitFor("the question to the model", () => Promise.resolve(ollama.requests[0]));
    program.signal("SIGKILL");
    await program.status;
  }

  healthy = true;
  await using program = await startProgram(folder, { OLLAMA_HOST: ollama.url });
  await program.ready();
  const headers = { "X-Open-Wearables-API-Key": key };
  const ask = async (path: string) => await (await fetch(`${program.url}/api/v1${path}`, { headers })).json();
  // The dead worker's job is free again within 30 s.
  const ended = await waitFor("the document", async () => {
    const { status } = await ask(`/documents/${document}`);
    return status === "extracting" ? undefined : status;
  }, 40);
  assert.equal(ended, "completed");
  const labs = await ask(`/labs?user_id=${user}&days=36500`);
  assert.equal(labs.length, bloodCount.length);
  program.signal("SIGTERM");
  assert.equal((await program.status).code, 0);
  await Deno.remove(folder, { recursive: true });
});
