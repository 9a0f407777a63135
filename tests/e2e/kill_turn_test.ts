import assert from "node:assert/strict";
import { frames, type Message, numberedFrames, words } from "../chat/turn.ts";
import { hang, say, startOllama, text } from "../support/ollama.ts";
import { emptyFolder, type Program, startProgram } from "../support/process.ts";
import { waitFor } from "../support/wait.ts";

const call = ({ url }: Program, key: string) => async (path: string, body?: unknown) => {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { "X-Open-Wearables-API-Key": key, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  assert.ok(response.ok, `${path}: ${response.status}`);
  return response;
};

Deno.test("killed in the middle of an answer: after the next start it ends as an error, keeps what was said, and the conversation goes on", async () => {
  let healthy = false;
  await using ollama = await startOllama(() => healthy ? text("Better now.") : [...say("Your LDL is"), hang()]);
  const folder = await emptyFolder();
  let [key, session, message] = ["", "", ""];
  let seen = 0;
  {
    await using program = await startProgram(folder, { OLLAMA_HOST: ollama.url });
    await program.ready();
    key = await waitFor("the key", () => Promise.resolve(/API key +(\S+)/.exec(program.output().out)?.[1]));
    const ask = call(program, key);
    const user = await (await ask("/users", {})).json();
    session = (await (await ask("/chat/sessions", { user_id: user.id })).json()).id;
    const response = await ask(`/chat/sessions/${session}/messages`, { content: "How is my LDL?" });
    message = response.headers.get("x-message-id") ?? "";
    let said = "";
    for await (const { id, frame } of numberedFrames(response)) {
      seen = id;
      said += frame.type === "content" ? frame.content : "";
      if (said === "Your LDL is") break;
    }
    program.signal("SIGKILL");
    await program.status;
  }

  healthy = true;
  await using program = await startProgram(folder, { OLLAMA_HOST: ollama.url });
  await program.ready();
  const ask = call(program, key);
  const follow = await fetch(`${program.url}/api/v1/chat/sessions/${session}/messages/${message}/stream`, {
    headers: { "X-Open-Wearables-API-Key": key, "Last-Event-ID": String(seen) },
  });
  const rest = await Array.fromAsync(frames(follow));
  assert.deepEqual(rest.map(({ type }) => type), ["error"]);
  const stored: Message[] = await (await ask(`/chat/sessions/${session}/messages`)).json();
  assert.deepEqual(stored.map(({ role, content }) => [role, content]), [
    ["user", "How is my LDL?"],
    ["assistant", "Your LDL is"],
  ]);
  assert.equal(stored[1]?.message_metadata?.interrupted, "server crashed");
  const next = await ask(`/chat/sessions/${session}/messages`, { content: "And now?" });
  assert.equal(words(await Array.fromAsync(frames(next))), "Better now.");
  program.signal("SIGTERM");
  assert.equal((await program.status).code, 0);
  await Deno.remove(folder, { recursive: true });
});
