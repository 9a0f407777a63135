import assert from "node:assert/strict";
import { z } from "@hono/zod-openapi";
import { type Endpoint, endpoint } from "../../src/platform/endpoint.ts";
import { AppError } from "../../src/platform/errors.ts";
import { uuid } from "../../src/platform/scalars.ts";
import { sendRaw, serveTestEndpoints } from "../support/endpoints.ts";
import { openWorld, type World } from "../support/world.ts";

const id = "3f1c9a52-7f0e-4c61-9a54-2f6b1d0c8e11";

function failing(name: string, fail: (world: World) => unknown, world: World): Endpoint {
  return endpoint({
    method: "get",
    path: `/fail/${name}`,
    operationId: name,
    tag: "test",
    summary: name,
    auth: "none",
    success: { status: 200, description: "never" },
  }, async () => {
    await Promise.resolve();
    throw await fail(world);
  });
}

Deno.test("an AppError becomes a problem body; what it was caused by stays inside", async () => {
  await using world = await openWorld();
  await using server = serveTestEndpoints(world.ctx, [
    failing("limited", () =>
      new AppError("rate_limited", "Too many attempts", {
        retryAfterSeconds: 7,
        cause: new Error("Mathilda Feldhaus, ferritin 12"),
      }), world),
  ]);
  const response = await fetch(`${server.url}/api/v1/fail/limited`, { headers: { "x-request-id": "test-request-1" } });
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  assert.equal(response.headers.get("retry-after"), "7");
  assert.deepEqual(await response.json(), {
    type: "about:blank",
    title: "Too Many Requests",
    status: 429,
    detail: "Too many attempts",
    code: "rate_limited",
    request_id: "test-request-1",
  });
});

Deno.test("an unknown error tells the caller the request's id, and the log nothing private", async () => {
  await using world = await openWorld();
  const secret = "Mathilda Feldhaus";
  const errors: [string, (world: World) => unknown][] = [
    ["thrown", () => new Error(`ferritin of ${secret}`)],
    ["string", () => secret],
    ["parse", () => {
      try {
        return JSON.parse(secret);
      } catch (error) {
        return error;
      }
    }],
    [
      "driver",
      async ({ ctx }) =>
        await ctx.database.execute(`select '${secret}' as name, missing from developer`).catch((error) => error),
    ],
    ["caused", () => new TypeError(secret, { cause: new RangeError(secret) })],
  ];
  await using server = serveTestEndpoints(world.ctx, errors.map(([name, fail]) => failing(name, fail, world)));
  for (const [name] of errors) {
    const response = await fetch(`${server.url}/api/v1/fail/${name}?name=${encodeURIComponent(secret)}`);
    const body = await response.json();
    const request = response.headers.get("x-request-id");
    assert.deepEqual(
      [response.status, body.status, body.code, body.request_id, body.detail],
      [500, 500, "internal", request, `Internal error; quote request ${request} when you report it`],
      name,
    );
    const reported = world.log.filter(({ event, fields }) => event === "error" && fields.request_id === request);
    assert.equal(reported.length, 1, `${name} should be reported once`);
  }
  assert.doesNotMatch(JSON.stringify(world.log), /Mathilda|Feldhaus|ferritin/);
  assert.ok(
    world.log.some(({ fields }) => (fields.cause as { code?: string })?.code === "42703" || fields.code === "42703"),
  );
});

Deno.test("a value that a column cannot hold is the caller's mistake", async () => {
  await using world = await openWorld();
  const statements = {
    "22003": "select 3000000000::int4",
    "22001": `insert into developer (id, email, password_hash, role)
      values (gen_random_uuid(), repeat('a', 300), '', 'member')`,
    "22008": "select '2026-02-30'::date",
    "22P02": "select 'x'::uuid",
  };
  const names = Object.keys(statements);
  await using server = serveTestEndpoints(
    world.ctx,
    Object.entries(statements).map(([code, statement]) =>
      failing(code, ({ ctx }) => ctx.database.execute(statement).then(() => null, (error) => error), world)
    ),
  );
  for (const name of names) {
    const response = await fetch(`${server.url}/api/v1/fail/${name}`);
    const body = await response.json();
    assert.deepEqual([response.status, body.detail], [400, "A value is outside the range that can be stored"], name);
  }
});

Deno.test("unknown paths answer 404, known paths with another method 405 with Allow", async () => {
  await using world = await openWorld();
  for (const path of ["//nowhere", "/nowhere", "/users/1/2/3", "//api/v2/users", "//docs/../../etc/passwd"]) {
    const response = await world.call(path);
    const body = await response.json();
    assert.deepEqual([response.status, body.detail, body.code], [404, "Not Found", "not_found"], path);
  }
  for (const method of ["DELETE", "PUT", "OPTIONS", "PROPFIND"]) {
    const response = await world.call("/users", { method });
    assert.equal(response.status, 405, method);
    assert.deepEqual(response.headers.get("allow")?.split(", ").sort(), ["GET", "POST"]);
    assert.equal((await response.json()).detail, "Method Not Allowed");
  }
});

Deno.test("HEAD answers as GET does, without a body", async () => {
  await using world = await openWorld();
  for (const [path, status] of [["//health/live", 200], ["/users", 200], ["/nowhere", 404]] as const) {
    const [head, get] = [await world.call(path, { method: "HEAD" }), await world.call(path)];
    assert.equal(await head.text(), "");
    await get.body?.cancel();
    assert.equal(head.status, status);
    assert.equal(head.headers.get("content-type"), get.headers.get("content-type"));
  }
});

Deno.test("the caller's request id is echoed when it is sane, and replaced when not", async () => {
  await using world = await openWorld();
  for (const sane of ["12345678", "a-B_9".repeat(12)]) {
    const response = await world.call("//health/live", { headers: { "x-request-id": sane } });
    await response.body?.cancel();
    assert.equal(response.headers.get("x-request-id"), sane);
  }
  for (const odd of ["1234567", "a".repeat(65), "<script>alert(1)</script>", "with space", ""]) {
    const response = await world.call("//health/live", { headers: { "x-request-id": odd } });
    await response.body?.cancel();
    assert.match(response.headers.get("x-request-id") ?? "", /^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  }
});

Deno.test("every request is one line with its route, without values, query or credentials", async () => {
  await using world = await openWorld();
  const key = await world.createKey();
  const user = await world.createUser({ first_name: "Mathilda" });
  world.log.length = 0;
  await (await world.call(`/users/${user}?note=feldhaus`, { key })).body?.cancel();
  await (await world.call("/users?search=mathilda")).body?.cancel();
  await (await world.call("/nowhere/mathilda", { key: "sk-wrong" })).body?.cancel();
  await (await world.call(`/users/${user}/mathilda`, { method: "POST", json: { first_name: "Mathilda" } })).body
    ?.cancel();
  await (await world.call("/users", { json: { email: "mathilda" } })).body?.cancel();
  await (await world.call("/users", { key: "sk-wrong-mathilda" })).body?.cancel();

  const lines = world.log.filter(({ event }) => event === "request");
  assert.deepEqual(
    lines.map(({ fields }) => [fields.method, fields.route, fields.status, fields.actor]),
    [
      ["GET", "/api/v1/users/:user_id", 200, "api_key"],
      ["GET", "/api/v1/users", 200, "developer"],
      ["GET", null, 404, undefined],
      ["POST", null, 404, undefined],
      ["POST", "/api/v1/users", 400, "developer"],
      ["GET", "/api/v1/users", 401, undefined],
    ].map(([method, route, ...rest]) => [method, route ?? "/*", ...rest]),
  );
  for (const { fields } of lines) {
    assert.equal(typeof fields.request_id, "string");
    assert.ok(Number(fields.duration_ms) > 0);
  }
  const written = JSON.stringify(world.log);
  assert.doesNotMatch(written, /mathilda|feldhaus|sk-|eyJ/i);
  assert.ok(!written.includes(user) && !written.includes(key) && !written.includes(world.token));
});

Deno.test("ACCESS_LOG_LEVEL chooses the requests that are logged", async () => {
  for (const [level, statuses] of [["errors", [404]], ["off", []]] as const) {
    await using world = await openWorld({ ACCESS_LOG_LEVEL: level });
    world.log.length = 0;
    await (await world.call("//health/live")).body?.cancel();
    await (await world.call("//nowhere")).body?.cancel();
    assert.deepEqual(world.log.map(({ fields }) => fields.status), statuses);
  }
});

Deno.test("path values that are not percent-encoded properly are refused like any other wrong value", async () => {
  await using world = await openWorld();
  for (const path of ["%", "%zz", "%ff%fe", "%00", "%E0%A4%A", "..%2f..", "a%20b", "%F0%9F%98%80"]) {
    const answer = await sendRaw(
      world.url,
      `GET /api/v1/users/${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${world.token}\r\nConnection: close\r\n\r\n`,
    );
    assert.match(answer, /^HTTP\/1\.1 400 /, path);
    assert.match(answer, /"code":"invalid_input"/, path);
  }
  const query = await sendRaw(
    world.url,
    `GET /api/v1/users?search=%ff%zz&limit=1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${world.token}\r\n` +
      "Connection: close\r\n\r\n",
  );
  assert.match(query, /^HTTP\/1\.1 200 /);
});

Deno.test("a proxy's X-Forwarded-For counts only when proxies are trusted", async () => {
  const address = endpoint({
    method: "get",
    path: `/address/{id}`,
    operationId: "address",
    tag: "test",
    summary: "Who calls",
    auth: "none",
    params: z.object({ id: uuid }),
    success: { status: 200, description: "The address", schema: z.string() },
  }, (_ctx, _input, request) => Promise.resolve(request.address));
  for (const [trusted, expected] of [["false", "127.0.0.1"], ["true", "203.0.113.9"]] as const) {
    await using world = await openWorld({ TRUST_PROXY: trusted });
    await using server = serveTestEndpoints(world.ctx, [address]);
    // Whatever the caller wrote stands before what the proxy added.
    const headers = { "x-forwarded-for": "198.51.100.1, 203.0.113.9" };
    assert.equal(await (await fetch(`${server.url}/api/v1/address/${id}`, { headers })).json(), expected);
  }
});
