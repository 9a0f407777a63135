import assert from "node:assert/strict";
import { mcpTools } from "../../src/mcp/tools.ts";
import { tools as chatTools } from "../../src/tools.ts";
import { openWorld, type World } from "../support/world.ts";
import { connectProgram } from "./program.ts";

/** `/mcp` as HTTP and JSON-RPC: what is refused and how, and that a hostile message is never an error of ours. */

const accept = "application/json, text/event-stream";
const ping = { jsonrpc: "2.0", id: 1, method: "ping" };

async function send(world: World, key: string, body: BodyInit, headers: Record<string, string> = {}) {
  return await world.call("//mcp", {
    key,
    body,
    headers: { accept, "content-type": "application/json", ...headers },
  });
}

async function statusOf(sent: Promise<Response>): Promise<number> {
  const response = await sent;
  await response.body?.cancel();
  return response.status;
}

Deno.test("a program is told who answers, what day it is and how to go about it", async () => {
  let now = new Date("2026-03-14T23:59:00Z");
  await using world = await openWorld({}, () => now);
  await using program = await connectProgram(world);
  assert.equal(program.client.getServerVersion()?.name, "anamnesis");
  assert.match(
    program.client.getInstructions() ?? "",
    /Today is 2026-03-14 \(UTC\)[\s\S]*get_users first[\s\S]*14 days/,
  );
  now = new Date("2026-03-15T00:01:00Z");
  await using next = await connectProgram(world);
  assert.match(next.client.getInstructions() ?? "", /Today is 2026-03-15/);

  const { prompts } = await program.client.listPrompts();
  assert.deepEqual(prompts.map(({ name }) => name), ["present_health_data"]);
  const { messages } = await program.client.getPrompt({ name: "present_health_data" });
  assert.equal(messages.length, 1);
  assert.match(JSON.stringify(messages), /two decimals.*kcal.*bpm.*one decimal/);
  await assert.rejects(program.client.getPrompt({ name: "other" }), /Unknown prompt: other/);
  await assert.rejects(program.client.callTool({ name: "other" }), /Unknown tool: other/);
  const { resourceTemplates } = await program.client.listResourceTemplates();
  assert.deepEqual(resourceTemplates.map(({ uriTemplate }) => uriTemplate), [
    "document://{id}",
    "document://{id}/pages/{number}",
  ]);
});

Deno.test("the tools of the chat are offered with their arguments, and the person as one more", async () => {
  await using world = await openWorld();
  const user_id = await world.createUser();
  await using program = await connectProgram(world);
  const { tools } = await program.client.listTools();
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  assert.equal(byName.size, tools.length, "a name is used twice");
  assert.ok(chatTools.length >= 6);
  for (const { name, description, parameters } of chatTools) {
    const offered = byName.get(name);
    assert.equal(offered?.description, description);
    const { properties = {}, required = [] } = offered.inputSchema;
    assert.deepEqual(Object.keys(properties), ["user_id", ...Object.keys(Object(parameters.properties))], name);
    assert.deepEqual(required, parameters.required ?? [], name);
    assert.equal(offered.annotations?.readOnlyHint, true);
  }
  assert.equal(byName.get("log_symptom")?.annotations?.readOnlyHint, false);
  const args = { test_name: "Ferritin", months: "6" };
  const answer = await program.call("get_lab_trend", { user_id, ...args });
  const known = await chatTools.find(({ name }) => name === "get_lab_trend")?.call(world.ctx, user_id, args);
  assert.deepEqual(answer, JSON.parse(JSON.stringify(known)));
  assert.equal(answer.user_id, user_id);
  assert.match((await program.fail("get_lab_trend", { user_id })).error, /test_name/);
});

Deno.test("where the chat has a tool of a predecessor's name, programs get the predecessor's", () => {
  const [first] = chatTools;
  assert.ok(first);
  const offered = mcpTools([{ ...first, name: "get_sleep_summary" }, first]);
  const names = offered.map(({ name }) => name);
  assert.equal(names.filter((name) => name === "get_sleep_summary").length, 1);
  assert.ok(names.includes(first.name));
  assert.notEqual(offered.find(({ name }) => name === "get_sleep_summary")?.description, first.description);
});

Deno.test("only POST is answered, by any process, without a session", async () => {
  await using world = await openWorld();
  const key = await world.createKey();
  for (const method of ["GET", "DELETE", "PUT", "PATCH"]) {
    const response = await world.call("//mcp", { method, key, headers: { accept: "text/event-stream" } });
    assert.equal(response.status, 405, method);
    assert.equal(response.headers.get("allow"), "POST");
    assert.equal((await response.json()).detail, "Method Not Allowed");
  }
  const list = JSON.stringify({ jsonrpc: "2.0", id: "a", method: "tools/list" });
  const response = await send(world, key, list, { "mcp-protocol-version": "2025-06-18" });
  assert.equal(response.headers.get("mcp-session-id"), null);
  const { id, result } = await response.json();
  assert.equal(id, "a");
  assert.ok(result.tools.length > 10);
});

Deno.test("the newest version that both know is agreed on", async () => {
  await using world = await openWorld();
  const key = await world.createKey();
  const initialize = (protocolVersion: string) => {
    const params = { protocolVersion, capabilities: {}, clientInfo: { name: "a", version: "1" } };
    return JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params });
  };
  for (const version of ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]) {
    const { result } = await (await send(world, key, initialize(version))).json();
    assert.equal(result.protocolVersion, version);
  }
  const { result } = await (await send(world, key, initialize("1999-01-01"))).json();
  assert.equal(result.protocolVersion, "2025-11-25");
  const response = await send(world, key, JSON.stringify(ping), { "mcp-protocol-version": "1999-01-01" });
  assert.equal(response.status, 400);
  assert.match((await response.json()).error.message, /protocol version/i);
});

Deno.test("notifications, batches and requests side by side are answered each by its id", async () => {
  await using world = await openWorld();
  const key = await world.createKey();
  const note = { jsonrpc: "2.0", method: "notifications/initialized" };
  assert.equal(await statusOf(send(world, key, JSON.stringify(note))), 202);
  const batch = [note, ping, { jsonrpc: "2.0", id: "b", method: "nonsense" }];
  const answers: { id: unknown; error?: { code: number } }[] = await (await send(world, key, JSON.stringify(batch)))
    .json();
  assert.deepEqual(answers.map(({ id, error }) => [id, error?.code]), [[1, undefined], ["b", -32601]]);

  // Cancelling from within the same batch must not leave the caller waiting for ever.
  const cancel = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } };
  const users = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "get_users", arguments: {} } };
  const response = await world.call("//mcp", {
    key,
    json: [users, cancel],
    headers: { accept },
    signal: AbortSignal.timeout(5_000),
  });
  assert.equal(response.status, 200);
  await response.body?.cancel();

  const many = await Promise.all(Array.from({ length: 40 }, async (_, id) => {
    const call = { jsonrpc: "2.0", id, method: "tools/call", params: { name: "get_users", arguments: { limit: 1 } } };
    return (await (await send(world, key, JSON.stringify(call))).json()).id;
  }));
  assert.deepEqual(many, Array.from({ length: 40 }, (_, id) => id));
});

Deno.test("a message that is none is refused with a reason, whatever it is", async () => {
  await using world = await openWorld();
  const key = await world.createKey();
  const call = (params: unknown) => JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params });
  const refused: [string, BodyInit, number][] = [
    ["half an object", '{"jsonrpc":', 400],
    ["nothing", "", 400],
    ["a number", "12", 400],
    ["null", "null", 400],
    ["an object of another kind", "{}", 400],
    ["an older version", '{"jsonrpc":"1.0","id":1,"method":"ping"}', 400],
    ["an id that is none", '{"jsonrpc":"2.0","id":{},"method":"ping"}', 400],
    ["bytes that are no UTF-8", new Uint8Array([0x7b, 0xff, 0x7d]), 400],
    ["arrays in each other", "[".repeat(10_000) + "]".repeat(10_000), 400],
    ["a batch of many", JSON.stringify(Array.from({ length: 101 }, () => ping)), 400],
    ["too many bytes", new Uint8Array(16 * 1024 * 1024), 413],
  ];
  for (const [what, body, status] of refused) {
    const response = await send(world, key, body);
    assert.equal(response.status, status, what);
    const { jsonrpc, error } = await response.json();
    assert.equal(jsonrpc, "2.0", what);
    assert.ok(error.code < 0 && error.message.length > 0, what);
  }
  assert.equal(await statusOf(send(world, key, "{}", { "content-type": "text/plain" })), 415);
  assert.equal(await statusOf(send(world, key, JSON.stringify(ping), { accept: "text/html" })), 406);

  const wrong = [{}, { name: 1 }, { name: "get_users", arguments: [] }, null, { name: "\u0000".repeat(1000) }];
  for (const params of wrong) {
    const response = await send(world, key, call(params));
    assert.ok([200, 400].includes(response.status), JSON.stringify(params));
    const { error } = await response.json();
    assert.ok(error.code < 0, JSON.stringify(params));
  }
  const deep = "[".repeat(5_000) + "]".repeat(5_000);
  const response = await send(
    world,
    key,
    `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_users","arguments":{"search":${deep}}}}`,
  );
  const { result } = await response.json();
  assert.equal(result.isError, true);
  assert.deepEqual(world.log.filter(({ level }) => level === "error"), []);
});

Deno.test("an error of ours tells the request's id and nothing else", async () => {
  await using world = await openWorld();
  await using program = await connectProgram(world);
  await world.ctx.database.execute('alter table "user" rename column last_name to elsewhere');
  const { error } = await program.fail("get_users", { search: "feldhaus" });
  assert.match(error, /^Internal error; quote request [\w-]+ when you report it$/);
  await world.ctx.database.execute("alter table medical_document rename to elsewhere");
  await assert.rejects(program.client.listResources(), /Internal error; quote request/);
  const lines = JSON.stringify(world.log);
  assert.doesNotMatch(lines, /feldhaus|sk-[0-9a-f]{32}/);
  assert.equal(world.log.filter(({ event }) => event === "error").length, 2);
  const requests = world.log.filter(({ event, fields }) => event === "request" && fields.route === "/mcp");
  assert.ok(requests.length > 3);
  assert.equal(requests.at(-1)?.fields.actor, "api_key");
});
