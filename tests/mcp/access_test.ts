import assert from "node:assert/strict";
import { openWorld, type World } from "../support/world.ts";
import { connectProgram } from "./program.ts";

/** What an API key lets a program see and do over MCP. */

const writing = ["log_symptom", "upload_document"];
const ping = { jsonrpc: "2.0", id: 1, method: "ping" };
const accept = "application/json, text/event-stream";

async function post(world: World, headers: Record<string, string>): Promise<Response> {
  return await world.call("//mcp", { json: ping, token: null, headers: { accept, ...headers } });
}

Deno.test("a call without a valid credential is refused as everywhere", async () => {
  await using world = await openWorld();
  const key = await world.createKey();
  const nothing = "Authentication required: provide JWT token or API key";
  const attempts: [Record<string, string>, string][] = [
    [{}, nothing],
    [{ authorization: "Bearer nonsense" }, nothing],
    [{ authorization: `Basic ${btoa(`key:${key}`)}` }, nothing],
    [{ authorization: `Bearer sk-${"0".repeat(32)}` }, "Invalid or missing API key"],
    [{ "x-open-wearables-api-key": "" }, "Invalid or missing API key"],
    [{ "x-open-wearables-api-key": world.token }, "Invalid or missing API key"],
  ];
  for (const [headers, detail] of attempts) {
    const response = await post(world, headers);
    assert.equal(response.status, 401, JSON.stringify(headers));
    assert.equal(response.headers.get("www-authenticate"), "Bearer");
    assert.equal((await response.json()).detail, detail);
  }
  const accepted = [
    { authorization: `Bearer ${key}` },
    { "x-open-wearables-api-key": key },
    { authorization: `Bearer ${world.token}` },
    { authorization: "Bearer nonsense", "x-open-wearables-api-key": key },
  ];
  for (const headers of accepted) {
    assert.deepEqual(await (await post(world, headers)).json(), { jsonrpc: "2.0", id: 1, result: {} });
  }
  // Elsewhere a key is no bearer token, as the contract has it.
  await world.json("/users", { token: key }, 401);
});

Deno.test("a browser's page may call only from an origin that is named", async () => {
  await using world = await openWorld({ CORS_ORIGINS: "https://example.org" });
  const authorization = `Bearer ${await world.createKey()}`;
  for (const origin of ["https://evil.example", world.url, "null"]) {
    const response = await post(world, { authorization, origin });
    assert.equal(response.status, 403, origin);
    await response.body?.cancel();
  }
  const response = await post(world, { authorization, origin: "https://example.org" });
  assert.equal(response.status, 200);
  await response.body?.cancel();
});

Deno.test("a key that may only read sees no tool that writes, and calling one changes nothing", async () => {
  await using world = await openWorld();
  const user_id = await world.createUser();
  await using reader = await connectProgram(world, { scope: "read" });
  await using writer = await connectProgram(world, { scope: "write" });
  const seen = await reader.toolNames();
  assert.deepEqual(seen.filter((name) => writing.includes(name)), []);
  assert.deepEqual((await writer.toolNames()).filter((name) => !seen.includes(name)), writing);
  assert.match(reader.client.getInstructions() ?? "", /can only read/);

  const symptom = { user_id, symptom_type: "headache", severity: 3 };
  const refused = "This API key may only read; use one with the scope write";
  assert.deepEqual(await reader.fail("log_symptom", symptom), { error: refused });
  assert.deepEqual(await reader.fail("upload_document", { user_id, name: "a.pdf", content: "JVBERi0=" }), {
    error: refused,
  });
  assert.deepEqual(await world.json(`/symptoms?user_id=${user_id}`), []);
  assert.deepEqual(await world.json(`/documents?user_id=${user_id}`), []);
});

/** A person with one of everything that tools and resources show, each with `secret` in it. */
async function record(world: World, secret: string): Promise<{ user_id: string; document: string }> {
  const user_id = await world.createUser({ first_name: secret, email: `${secret}@example.org` });
  const recorded_at = new Date().toISOString();
  const symptom = { user_id, symptom_type: secret, severity: 3, recorded_at, notes: secret };
  await world.json("/symptoms", { json: symptom }, 201);
  const lab = { user_id, test_name: secret, value: 1, recorded_at: recorded_at.slice(0, 10) };
  await world.json("/labs", { json: lab }, 201);
  const form = new FormData();
  form.append("user_id", user_id);
  form.append("file", new Blob([`%PDF-1.4 ${secret}`]), `${secret}.pdf`);
  const { id } = await world.json<{ id: string }>("/documents/upload", { body: form }, 202);
  return { user_id, document: `document://${id}` };
}

Deno.test("a key bound to one person sees nothing of another, whatever tool or resource is asked", async () => {
  await using world = await openWorld();
  const own = await record(world, "ownword");
  const other = await record(world, "feldhaus");
  await using program = await connectProgram(world, { user_id: own.user_id });

  const { users, total } = await program.call<{ users: { id: string }[]; total: number }>("get_users");
  assert.deepEqual([users.map(({ id }) => id), total], [[own.user_id], 1]);
  assert.equal((await program.call("get_users", { search: "feldhaus" })).total, 0);

  const { tools } = await program.client.listTools();
  const filled: Record<string, unknown> = {
    ...{ start_date: "2020-01-01", end_date: "2030-01-01", start_time: "2020-01-01", end_time: "2030-01-01" },
    ...{ types: [], test_name: "feldhaus", symptom_type: "feldhaus", severity: 1, name: "a.pdf", content: "JVBERi0=" },
    ...{ date: "2026-01-01", metric: "steps", metric_a: "steps", metric_b: "sleep", query: "feldhaus" },
  };
  let tried = 0;
  for (const { name, inputSchema } of tools.filter(({ inputSchema }) => "user_id" in (inputSchema.properties ?? {}))) {
    const required = (inputSchema.required ?? []).filter((argument) => argument !== "user_id");
    const args = Object.fromEntries(required.map((argument) => [argument, filled[argument] ?? "x"]));
    const nobody = crypto.randomUUID();
    const failure = await program.fail(name, { ...args, user_id: other.user_id });
    assert.equal(failure.error, `User not found: ${other.user_id}`, name);
    // Somebody's id and nobody's alike.
    const unknown = await program.fail(name, { ...args, user_id: nobody });
    assert.deepEqual(JSON.parse(JSON.stringify(unknown).replaceAll(nobody, other.user_id)), failure, name);
    tried++;
  }
  assert.ok(tried >= 12, `${tried} tools`);
  assert.equal((await world.json<unknown[]>(`/symptoms?user_id=${other.user_id}`)).length, 1);
  assert.equal((await world.json<unknown[]>(`/documents?user_id=${other.user_id}`)).length, 1);

  const { resources } = await program.client.listResources();
  assert.deepEqual(resources.map(({ uri }) => uri), [own.document]);
  for (const uri of [other.document, `${other.document}/pages/1`, `document://${crypto.randomUUID()}`]) {
    await assert.rejects(program.client.readResource({ uri }), /Document not found/);
  }
});

Deno.test("user_id may be left out where only one person can be meant", async () => {
  await using world = await openWorld();
  await using everybody = await connectProgram(world);
  assert.match((await everybody.fail("get_symptom_timeline")).error, /no user yet/);
  const { user_id } = await record(world, "ownword");
  assert.equal((await everybody.call("get_symptom_timeline")).user_id, user_id);
  assert.deepEqual((await everybody.call("get_lab_results")).count, 1);
  const { user_id: second } = await record(world, "other");
  assert.match((await everybody.fail("get_symptom_timeline")).error, /user_id is required: there are 2 users/);
  assert.equal((await everybody.call("get_symptom_timeline", { user_id: second })).user_id, second);
  await using bound = await connectProgram(world, { user_id: second });
  assert.equal((await bound.call("get_symptom_timeline")).user_id, second);
});

Deno.test("a key that was deleted is refused in the middle of a conversation", async () => {
  await using world = await openWorld();
  await using program = await connectProgram(world);
  await program.call("get_users");
  const [key] = await world.json<{ id: string }[]>("/developer/api-keys");
  await (await world.call(`/developer/api-keys/${key?.id}`, { method: "DELETE" })).body?.cancel();
  await assert.rejects(program.client.callTool({ name: "get_users", arguments: {} }), /Invalid or missing API key/);
});
