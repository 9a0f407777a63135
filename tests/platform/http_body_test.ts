import assert from "node:assert/strict";
import { sendRaw } from "../support/endpoints.ts";
import { type Call, openWorld, type World } from "../support/world.ts";

const json = { "content-type": "application/json" };

async function refusal(world: World, call: Call, path = "/users"): Promise<[number, string]> {
  const response = await world.call(path, { method: "POST", ...call });
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  const body = await response.json();
  assert.equal(body.status, response.status);
  return [response.status, body.detail];
}

Deno.test("bodies that are not what they should be are refused, each with its reason", async () => {
  await using world = await openWorld();
  const bytes = (...parts: number[]) => new Uint8Array(parts);
  const cases: [string, Call, number, string][] = [
    ["no JSON", { headers: json, body: "{first_name: 1}" }, 400, "JSON decode error"],
    ["cut off", { headers: json, body: '{"first_name":"A' }, 400, "JSON decode error"],
    ["NaN", { headers: json, body: '{"first_name":NaN}' }, 400, "JSON decode error"],
    ["empty", { headers: json, body: "" }, 400, "Field required"],
    ["absent", { headers: json }, 400, "Field required"],
    ["array", { headers: json, body: "[]" }, 400, "Input should be a valid dictionary"],
    [
      "text/plain",
      { headers: { "content-type": "text/plain" }, body: "{}" },
      415,
      "Content-Type must be application/json",
    ],
    ["form", { body: new URLSearchParams({ a: "1" }) }, 415, "Content-Type must be application/json"],
    ["not UTF-8", { headers: json, body: bytes(0x7b, 0xff, 0xfe, 0x7d) }, 400, "The body is not valid UTF-8"],
    ["cut-off UTF-8", { headers: json, body: bytes(0x22, 0xe2, 0x82) }, 400, "The body is not valid UTF-8"],
    ["NUL", { headers: json, body: '{"first_name":"a\\u0000b"}' }, 400, "Text must not contain NUL characters"],
    ["NUL in a key", { headers: json, body: '{"a\\u0000":1}' }, 400, "Text must not contain NUL characters"],
    ["deep", { headers: json, body: "[".repeat(10_000) + "]".repeat(10_000) }, 400, "The body is nested too deeply"],
    ["deep, cut off", { headers: json, body: '{"a":'.repeat(100_000) }, 400, "JSON decode error"],
    ["large", { headers: json, body: `{"a":"${"x".repeat(1024 * 1024)}"}` }, 413, "The body exceeds 1048576 bytes"],
  ];
  for (const [what, call, status, detail] of cases) {
    assert.deepEqual(await refusal(world, call), [status, detail], what);
  }
  // A form where a form belongs, and JSON where it does not.
  const login = { token: null, json: { username: "a", password: "b" } };
  assert.deepEqual(await refusal(world, login, "/auth/login"), [
    415,
    "Content-Type must be application/x-www-form-urlencoded",
  ]);
  const nul = { token: null, body: new URLSearchParams({ username: "a\u0000", password: "b" }) };
  assert.deepEqual(await refusal(world, nul, "/auth/login"), [400, "Text must not contain NUL characters"]);
  assert.equal((await world.json<{ total: number }>("/users")).total, 0);
});

Deno.test("no answer quotes the body", async () => {
  await using world = await openWorld();
  for (const body of ['{"first_name":Mathilda}', '{"email":"Mathilda"}', '{"first_name":{"Mathilda":1}}', "Mathilda"]) {
    const response = await world.call("/users", { headers: json, body });
    assert.equal(response.status, 400);
    assert.doesNotMatch(await response.text(), /Mathilda/);
  }
  assert.doesNotMatch(JSON.stringify(world.log), /Mathilda/);
});

Deno.test("an endless body is cut off at the limit, whatever it says about its length", async () => {
  await using world = await openWorld();
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 64 * 1024;
      if (sent > 256 * 1024 * 1024) controller.close();
      else controller.enqueue(new Uint8Array(64 * 1024).fill(32));
    },
  });
  const response = await world.call("/users", { headers: json, body: endless });
  assert.equal(response.status, 413);
  await response.body?.cancel();
  assert.ok(sent < 16 * 1024 * 1024, `${sent} bytes were taken`);

  const head = `POST /api/v1/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${world.token}\r\n` +
    "Content-Type: application/json\r\nConnection: close\r\n";
  const announced = await sendRaw(world.url, `${head}Content-Length: 99999999999\r\n\r\n{}`);
  assert.match(announced, /^HTTP\/1\.1 413 /);
});

Deno.test("a caller who hangs up half-way is no error of ours", async () => {
  await using world = await openWorld();
  const { hostname, port } = new URL(world.url);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  await connection.write(new TextEncoder().encode(
    `POST /api/v1/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${world.token}\r\n` +
      'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"first_name":',
  ));
  await new Promise((resolve) => setTimeout(resolve, 200));
  connection.close();
  await new Promise((resolve) => setTimeout(resolve, 200));
  await world.json("//health/live");
  assert.deepEqual(world.log.filter(({ level }) => level === "error"), []);
});
