import assert from "node:assert/strict";
import { issueTokens } from "../../src/accounts/login.ts";
import { hashPassword } from "../../src/accounts/password.ts";
import { insertDeveloper } from "../../src/accounts/queries.ts";
import { type Operation, readOperations } from "../support/operations.ts";
import { bodyText, type Place, places, request } from "../support/requests.ts";
import { type Call, openWorld, type World } from "../support/world.ts";

/** Put where an id, a number, a date or a word belongs in a path or a query. */
const hostileTexts: readonly string[] = [
  "12",
  "-1",
  "1e999",
  "99999999999999999999",
  "NaN",
  "null",
  "undefined",
  "\u0000",
  "💩",
  "%_\\",
  '\' or 1=1; drop table "user" --',
  "0000-00-00",
  "2026-02-30",
  "+275760-09-13T00:00:00Z",
  "x".repeat(4_000),
];

/** Put where a body's field belongs. */
const hostileValues: readonly unknown[] = [
  null,
  "",
  "   ",
  true,
  -1,
  0.1,
  1e308,
  12345678901234567890,
  [],
  [null],
  {},
  { constructor: { prototype: {} } },
  "\u0000",
  "\ud800",
  "💩",
  '%_\\\'; drop table "user" --',
  "9999-99-99",
  "NaN",
  "x".repeat(70_000),
];

const json = { "content-type": "application/json" };

/** Instead of the whole body. */
const hostileBodies: readonly [string, Call][] = [
  ["no body", {}],
  ["no body but a type", { headers: json }],
  ["an empty body", { headers: json, body: "" }],
  ["null", { headers: json, body: "null" }],
  ["an array", { headers: json, body: "[{}]" }],
  ["a number", { headers: json, body: "12" }],
  ["half an object", { headers: json, body: '{"a":' }],
  ["bytes that are no UTF-8", { headers: json, body: new Uint8Array([0x7b, 0xff, 0x7d]) }],
  ["10,000 arrays in each other", { headers: json, body: "[".repeat(10_000) + "]".repeat(10_000) }],
  ["10,000 objects in each other", { headers: json, body: '{"a":'.repeat(10_000) + "1" + "}".repeat(10_000) }],
  ["plain text", { headers: { "content-type": "text/plain" }, body: "{}" }],
  ["an odd type", { headers: { "content-type": ";;=/" }, body: "{}" }],
  ["an empty form", { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "" }],
  ["a form", { body: new URLSearchParams({ a: "1", user_id: "x" }) }],
  ["a multipart form without a boundary", { headers: { "content-type": "multipart/form-data" }, body: "--" }],
  ["a multipart form cut off", {
    headers: { "content-type": "multipart/form-data; boundary=x" },
    body: '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-',
  }],
];

interface Attempt {
  readonly what: string;
  readonly path: string;
  readonly call: Call;
  /** Whether it goes over the wire: what is wrong with a whole body may break HTTP itself. */
  readonly wired?: boolean;
}

/** What the contract lets a login carry and nobody reads; each of its requests costs a password hash. */
const unread: Readonly<Record<string, readonly string[]>> = {
  login: ["grant_type", "scope", "client_id", "client_secret"],
};

function attempts(operation: Operation, ids: (name: string) => string): Attempt[] {
  const fill = (place: Place, value: unknown) => request(operation, { ids, text: "x", replace: { place, value } });
  const read = places(operation).filter(({ name }) => !unread[operation.id]?.includes(name));
  const made = read.flatMap((place) =>
    (place.in === "body" ? hostileValues : hostileTexts).map((value) => ({
      what: `${place.in} ${place.name} = ${(JSON.stringify(value) ?? "").slice(0, 40)}`,
      ...fill(place, value),
    }))
  );
  const plain = request(operation, { ids, text: "x" });
  const join = plain.path.includes("?") ? "&" : "?";
  const queries = operation.parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name);
  const whole = [
    ...queries.map((name) => [`${name} twice`, `${name}=1&${name}=2`]),
    ["query without names", "=&&=1&%ff&__proto__=1&constructor=2"],
  ].map(([what, query]) => ({ what: what ?? "", path: `${plain.path}${join}${query}`, call: plain.call }));
  const bodies = operation.body === null ? [] : hostileBodies.map(([what, call]) => ({
    what,
    path: plain.path,
    call: { ...call, method: operation.method },
    wired: true,
  }));
  return [...made, ...whole, ...bodies];
}

/** Most are handed to the app without a connection, which would take longer than the answer. */
async function send(world: World, { path, call, wired = false }: Attempt, token: string | null): Promise<Response> {
  if (wired) return await world.call(path, { ...call, token });
  const { method = "GET", body } = call;
  const headers = new Headers(call.headers);
  if (token !== null) headers.set("authorization", `Bearer ${token}`);
  const url = path.startsWith("//") ? world.url + path.slice(1) : `${world.url}/api/v1${path}`;
  const request = new Request(url, { method, headers, ...(body === undefined ? {} : { body }) });
  return await world.app.http.fetch(request, { remoteAddress: "127.0.0.1" });
}

async function judge(world: World, operation: Operation, attempt: Attempt, token: string): Promise<string | null> {
  const response = await send(world, attempt, operation.takesLogin ? token : null);
  const text = await bodyText(response);
  const said = `${operation.id}, ${attempt.what}: ${response.status} ${text.slice(0, 300)}`;
  if (!operation.statuses.has(response.status)) return `${said} (not a documented status)`;
  if (response.status < 400) return null;
  if (response.status >= 500 && response.status !== 503) return said;
  if (response.status === 503 && operation.id === "ready") return null;
  if (response.headers.get("content-type") !== "application/problem+json") return `${said} (not a problem body)`;
  const { detail, status } = JSON.parse(text);
  return typeof detail === "string" && detail !== "" && status === response.status ? null : `${said} (no detail)`;
}

/** A login of a developer of its own. */
async function freshToken({ ctx }: World, password_hash: string): Promise<string> {
  const email = `${crypto.randomUUID()}@example.org`;
  const { id } = await insertDeveloper(ctx.database, { id: crypto.randomUUID(), email, password_hash, role: "owner" });
  const holder = { family_id: crypto.randomUUID(), developer_id: id, user_id: null, app_id: null };
  return (await issueTokens(ctx, ctx.database, { ...holder, token_type: "developer" })).access_token;
}

Deno.test("malformed input is refused as documented, and never an error of ours", async () => {
  await using world = await openWorld({ LOGIN_ATTEMPTS: "1000", MAX_UPLOAD_SIZE_MB: "1" });
  const operations = readOperations(world.app.openapi);
  const user = await world.createUser();
  const password_hash = await hashPassword(world.password);
  const failures: string[] = [];
  let count = 0;
  for (const operation of operations) {
    // Some operations end the login or change the password.
    const token = await freshToken(world, password_hash);
    const ids = (name: string) => name === "user_id" && operation.method !== "DELETE" ? user : crypto.randomUUID();
    const waiting = attempts(operation, ids);
    await Promise.all(Array.from({ length: 6 }, async () => {
      for (let attempt = waiting.shift(); attempt !== undefined; attempt = waiting.shift()) {
        count++;
        const failure = await judge(world, operation, attempt, token);
        if (failure !== null) failures.push(failure);
      }
    }));
  }
  assert.deepEqual(failures, []);
  assert.ok(count > operations.length * 10, `${count} requests`);
  assert.deepEqual(world.log.filter(({ event }) => event === "error").map(({ fields }) => fields), []);
  await world.json(`/users/${user}`);
});
