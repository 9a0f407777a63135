import assert from "node:assert/strict";
import { z } from "@hono/zod-openapi";
import { endpoint } from "../../src/platform/endpoint.ts";
import { calendarDate, instant, queryBoolean, queryInteger, shortText, uuid } from "../../src/platform/scalars.ts";
import { serveTestEndpoints } from "../support/endpoints.ts";
import { openWorld } from "../support/world.ts";

const everything = endpoint({
  method: "post",
  path: "/everything/{id}",
  operationId: "everything",
  tag: "test",
  summary: "Takes one of each",
  auth: "none",
  params: z.object({ id: uuid }),
  query: z.object({ limit: queryInteger(1, 100, 20), exact: queryBoolean.optional() }),
  body: {
    kind: "json",
    schema: z.object({
      name: shortText(1, 5),
      severity: z.int().min(0).max(10),
      kind: z.enum(["one", "two", "three"]),
      tags: z.array(z.string()).min(1).max(2),
      day: calendarDate,
      at: instant,
      email: z.email(),
      site: z.url(),
      flag: z.boolean(),
      map: z.record(z.string(), z.number()),
      amount: z.number().gt(0).lt(5),
    }).partial(),
  },
  success: { status: 200, description: "What was understood", schema: z.unknown() },
}, (_ctx, input) => Promise.resolve(input));

const required = endpoint({
  method: "post",
  path: "/required",
  operationId: "required",
  tag: "test",
  summary: "Needs both fields",
  auth: "none",
  body: { kind: "json", schema: z.object({ severity: z.int(), kind: z.enum(["one", "two"]) }) },
  success: { status: 200, description: "What was understood", schema: z.unknown() },
}, (_ctx, input) => Promise.resolve(input));

const id = "3f1c9a52-7f0e-4c61-9a54-2f6b1d0c8e11";

/** Field, value, detail. */
const refused: [string, unknown, string][] = [
  ["name", 1, "Input should be a valid string"],
  ["name", "", "String should have at least 1 characters"],
  ["name", "   ", "String should have at least 1 characters"],
  ["name", "longer than five", "String should have at most 5 characters"],
  ["name", null, "Input should be a valid string"],
  ["severity", "3", "Input should be a valid number"],
  ["severity", 1.5, "Input should be a valid integer"],
  ["severity", 11, "Input should be less than or equal to 10"],
  ["severity", -1, "Input should be greater than or equal to 0"],
  ["severity", 1e30, "Input should be less than or equal to 9007199254740991"],
  ["kind", "four", "Input should be 'one', 'two' or 'three'"],
  ["tags", "a", "Input should be a valid list"],
  ["tags", [], "List should have at least 1 items"],
  ["tags", ["a", "b", "c"], "List should have at most 2 items"],
  ["day", "2026-02-30", "Input should be a valid date in the format YYYY-MM-DD"],
  ["day", "0000-01-01", "date is out of range"],
  ["at", "yesterday", "Input should be a valid datetime"],
  ["at", "2026-02-30T10:00:00Z", "Input should be a valid datetime"],
  ["email", "no", "value is not a valid email address"],
  ["site", "no", "Input should be a valid URL"],
  ["flag", "true", "Input should be a valid boolean"],
  ["map", [], "Input should be a valid dictionary"],
  ["map", { a: "x" }, "Input should be a valid number"],
  ["amount", 0, "Input should be greater than 0"],
  ["amount", 5, "Input should be less than 5"],
];

Deno.test("each kind of wrong field is refused in the contract's words, without quoting the value", async () => {
  await using world = await openWorld();
  await using server = serveTestEndpoints(world.ctx, [everything, required]);
  const post = (path: string, body: string | undefined) =>
    fetch(`${server.url}/api/v1${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body }),
    });

  for (const [field, value, detail] of refused) {
    const response = await post(`/everything/${id}`, JSON.stringify({ [field]: value }));
    const body = await response.json();
    assert.deepEqual([response.status, body.detail], [400, detail], `${field} = ${JSON.stringify(value)}`);
    assert.equal(body.errors[0].message, detail);
    assert.match(body.errors[0].path, new RegExp(`^body\\.${field}(\\.|$)`));
  }

  const places: [string, string | undefined, string, string][] = [
    ["/everything/12", "{}", "path.id", "Input should be a valid UUID"],
    [`/everything/${id}?limit=0`, "{}", "query.limit", "Input should be greater than or equal to 1"],
    [`/everything/${id}?limit=101`, "{}", "query.limit", "Input should be less than or equal to 100"],
    [`/everything/${id}?limit=ten`, "{}", "query.limit", "Input should be a valid integer"],
    [`/everything/${id}?limit=`, "{}", "query.limit", "Input should be a valid integer"],
    [`/everything/${id}?exact=yes`, "{}", "query.exact", "Input should be '0', '1', 'true' or 'false'"],
    ["/required", undefined, "body", "Field required"],
    ["/required", "", "body", "Field required"],
    ["/required", "{}", "body.severity", "Field required"],
    ["/required", '{"severity":1}', "body.kind", "Field required"],
    ["/required", "[]", "body", "Input should be a valid dictionary"],
    ["/required", "null", "body", "Input should be a valid dictionary"],
    ["/required", '"text"', "body", "Input should be a valid dictionary"],
  ];
  for (const [path, body, place, detail] of places) {
    const answer = await (await post(path, body)).json();
    assert.deepEqual([answer.status, answer.errors[0].path, answer.detail], [400, place, detail], `${path} ${body}`);
  }
});

Deno.test("all findings are listed, the first one is the detail", async () => {
  await using world = await openWorld();
  await using server = serveTestEndpoints(world.ctx, [required]);
  const response = await fetch(`${server.url}/api/v1/required`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"kind":"three"}',
  });
  const { detail, errors } = await response.json();
  assert.equal(detail, "Field required");
  assert.deepEqual(errors, [
    { path: "body.severity", message: "Field required" },
    { path: "body.kind", message: "Input should be 'one' or 'two'" },
  ]);
});

Deno.test("what is right is understood: numbers, flags, offsets, upper-case ids, defaults", async () => {
  await using world = await openWorld();
  await using server = serveTestEndpoints(world.ctx, [everything]);
  const response = await fetch(`${server.url}/api/v1/everything/${id.toUpperCase()}?exact=1`, {
    method: "POST",
    headers: { "content-type": "application/vnd.test+json; charset=utf-8" },
    body: JSON.stringify({ name: "  Ada ", severity: 0, day: "2024-02-29", at: "2026-03-14 07:30:00 +0100" }),
  });
  assert.deepEqual(await response.json(), {
    params: { id },
    query: { limit: 20, exact: true },
    body: {
      name: "Ada",
      severity: 0,
      day: "2024-02-29",
      at: { at: "2026-03-14T06:30:00.000Z", zone_offset: "+01:00" },
    },
  });
});
