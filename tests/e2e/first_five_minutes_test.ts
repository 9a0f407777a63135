import assert from "node:assert/strict";
import { type CallOptions, generateClient } from "../support/client.ts";
import { emptyFolder, startProgram } from "../support/process.ts";
import { bloodCount, pngOf, reportPdf } from "../support/report.ts";
import { startOllama, text, toolCall } from "../support/ollama.ts";
import { waitFor } from "../support/wait.ts";

/** What a new user does, with the start command itself as a child process in an empty folder. */

interface Frame {
  readonly type: string;
  readonly name?: string;
  readonly content?: string;
  readonly result?: string;
}

async function frames(response: Response): Promise<Frame[]> {
  const body = await response.text();
  return body.split("\n\n").filter((frame) => frame !== "").map((frame) => {
    assert.match(frame, /^data: /, "frames have no event names");
    return JSON.parse(/^data: (.*)$/m.exec(frame)?.[1] ?? assert.fail(frame));
  });
}

Deno.test("from an empty folder to an answered question", async () => {
  await using ollama = await startOllama((request) => {
    // The extraction model sees nothing; the chat model looks the labs up and repeats what the tool said.
    if (request.format !== undefined) return text(JSON.stringify({ lab_results: [] }));
    const said = request.messages.at(-1);
    if (said?.role !== "tool") return toolCall("get_recent_labs", { days: 3650, test_name: "ferritin" });
    const value = /"value":\s*([\d.]+)/.exec(said.content)?.[1];
    return text(`Your ferritin was ${value} ng/mL.`);
  });
  const folder = await emptyFolder();
  await using program = await startProgram(folder, { OLLAMA_HOST: ollama.url, TZ: "UTC" });
  await program.ready();

  const said = await waitFor("the welcome", () => Promise.resolve(/password +(\S+)/.exec(program.output().out)?.[1]));
  const email = /e-mail +(\S+)/.exec(program.output().out)?.[1] ?? "";
  const call = async (path: string, init: RequestInit & { status?: number } = {}) => {
    const response = await fetch(`${program.url}/api/v1${path}`, init);
    assert.equal(response.status, init.status ?? 200, `${path}: ${response.status}`);
    return response;
  };
  const login = await (await call("/auth/login", {
    method: "POST",
    body: new URLSearchParams({ username: email, password: said }),
  })).json();
  const bearer = { authorization: `Bearer ${login.access_token}` };
  const { key } = await (await call("/developer/api-keys", { method: "POST", headers: bearer, status: 201 })).json();
  // From here on as a developer does it: with a client generated from what the server says of itself.
  await using client = await generateClient(await (await fetch(`${program.url}/openapi.json`)).json());
  client.use(program.url, key);
  const ask = async (operation: string, options: CallOptions, status = 200) => {
    const { data, response, error } = await client.sdk[operation]!(options);
    assert.equal(response.status, status, `${operation}: ${JSON.stringify(error)}`);
    return data as unknown;
  };
  const user = await ask("createUser", { body: { first_name: "Ada", last_name: "Example" } }, 201) as { id: string };

  const pdf = await reportPdf(bloodCount);
  const picture = await pngOf(
    await reportPdf([{ name: "Vitamin D", value: "22.5", unit: "ng/mL", range: "30 - 100" }]),
  );
  for (const [bytes, title] of [[pdf, "Blood count"], [picture, "Vitamin D"]] as const) {
    const body = { user_id: user.id, title, file: new File([bytes as BlobPart], `${title}.pdf`) };
    const { id } = await ask("uploadDocument", { body }, 202) as { id: string };
    const document = await waitFor(title, async () => {
      const found = await ask("getDocument", { path: { document_id: id } }) as {
        status: string;
        status_reason: string;
      };
      return ["completed", "failed"].includes(found.status) ? found : undefined;
    }, 90);
    assert.equal(document.status, "completed", document.status_reason);
  }
  const labs = await ask("listLabs", { query: { user_id: user.id, days: 3650 } }) as Record<string, unknown>[];
  const values = Object.fromEntries(
    labs.map((lab) => [lab.test_name, [lab.value, lab.unit, lab.reference_min, lab.status]]),
  );
  assert.deepEqual(values, {
    Ferritin: [85, "ng/mL", 20, "normal"],
    Hemoglobin: [13.2, "g/dL", 13.5, "low"],
    Leukocytes: [6.1, "10^9/L", 4, "normal"],
    "Troponin T": [null, "ng/mL", null, "normal"],
    "Vitamin D": [22.5, "ng/mL", 30, "low"],
  });

  const symptom = { user_id: user.id, symptom_type: "headache", severity: 4, recorded_at: new Date().toISOString() };
  await ask("createSymptom", { body: symptom }, 201);
  assert.deepEqual(await ask("listSymptomTypes", { query: { user_id: user.id } }), ["headache"]);

  const session = await (await call("/chat/sessions", {
    method: "POST",
    headers: { ...bearer, "content-type": "application/json" },
    body: JSON.stringify({ user_id: user.id }),
    status: 201,
  })).json();
  const answer = await call(`/chat/sessions/${session.id}/messages`, {
    method: "POST",
    headers: { ...bearer, "content-type": "application/json" },
    body: JSON.stringify({ content: "How is my ferritin?" }),
  });
  assert.match(answer.headers.get("content-type") ?? "", /^text\/event-stream/);
  const received = await frames(answer);
  const order = received.map((frame) => frame.type).filter((type, index, all) => type !== all[index - 1]);
  assert.deepEqual(order, ["tool_call", "tool_result", "content", "done"]);
  const result = JSON.parse(received.find((frame) => frame.type === "tool_result")?.result ?? "{}");
  assert.equal(result.results[0].value, 85);
  const words = received.filter((frame) => frame.type === "content").map((frame) => frame.content).join("");
  assert.equal(words, "Your ferritin was 85 ng/mL.");

  const stored = await (await call(`/chat/sessions/${session.id}`, { headers: bearer })).json();
  assert.deepEqual(stored.messages.map((message: { role: string }) => message.role), ["user", "assistant"]);
  assert.equal(stored.title, "How is my ferritin?");

  program.signal("SIGTERM");
  assert.equal((await program.status).code, 0);
  const { out, error } = program.output();
  assert.equal(error, "");
  for (const secret of ["emoglobin", "erritin", "headache", user.id, login.access_token, key]) {
    assert.ok(!out.includes(secret), "neither health values nor credentials are logged");
  }
  await Deno.remove(folder, { recursive: true });
});
