import assert from "node:assert/strict";
import { endpoint } from "../../src/platform/endpoint.ts";
import { AppError } from "../../src/platform/errors.ts";
import { startReporter } from "../../src/platform/sentry.ts";
import { serveTestEndpoints } from "../support/endpoints.ts";
import { envelopeItems, startSentry } from "../support/sentry.ts";
import { openWorld, testConfig } from "../support/world.ts";

const secrets = ["Mathilda", "Feldhaus", "ferritin", "sk-0123456789abcdef", "secret-word", "198.51.100.7"];

Deno.test("without a DSN nothing is sent and the library is not even loaded", async () => {
  const logged: unknown[] = [];
  const reporter = await startReporter(testConfig(), (...line) => logged.push(line));
  reporter.capture(new TypeError("Feldhaus"), { request_id: "r-1" });
  await reporter.close();
  assert.equal(Reflect.get(globalThis, "__SENTRY__"), undefined);
  assert.equal(logged.length, 1);
  assert.match(JSON.stringify(logged), /TypeError.*r-1|r-1.*TypeError/);
  assert.doesNotMatch(JSON.stringify(logged), /Feldhaus/);
});

// The library keeps a timer, which may end in the next test, and does not read the answers it gets.
const lax = { sanitizeOps: false, sanitizeResources: false };

Deno.test("with a DSN errors arrive with where and what kind, and nothing about a person", lax, async () => {
  await using sentry = startSentry();
  await using world = await openWorld();
  const settings = { SENTRY_DSN: sentry.dsn, SENTRY_ENV: "sentry-test", DATABASE_URL: world.databaseUrl };
  const logged: string[] = [];
  const reporter = await startReporter(testConfig(settings), (...line) => logged.push(JSON.stringify(line)));
  const ctx = { ...world.ctx, capture: reporter.capture };

  // What the library might pick up on its own.
  await (await fetch(`${world.url}/health/live?name=Feldhaus`)).body?.cancel();

  const failing = endpoint({
    method: "post",
    path: "/fail/{name}",
    operationId: "fail",
    tag: "test",
    summary: "Fails",
    auth: "none",
    success: { status: 200, description: "never" },
  }, async (ctx) => {
    const name = "Mathilda Feldhaus";
    await ctx.database.execute(`select ferritin from nowhere where name = '${name}' and key = 'sk-0123456789abcdef'`);
  });
  await using server = serveTestEndpoints(ctx, [failing]);
  const response = await fetch(`${server.url}/api/v1/fail/Feldhaus?token=secret-word`, {
    method: "POST",
    headers: {
      authorization: "Bearer secret-word",
      cookie: "session=secret-word",
      "x-forwarded-for": "198.51.100.7",
      "x-request-id": "request-of-the-test",
    },
    body: JSON.stringify({ name: "Mathilda" }),
  });
  assert.equal(response.status, 500);
  await response.body?.cancel();

  reporter.capture(new RangeError("ferritin of Mathilda Feldhaus is secret-word"), { document_id: "d-1", page: 3 });
  reporter.capture(new Error("Feldhaus", { cause: new AppError("conflict", "It exists already") }), {
    job: "read_document",
  });
  reporter.capture("Mathilda Feldhaus", {});
  await reporter.close();

  const items = sentry.requests.flatMap(({ body }) => envelopeItems(body));
  const events = items.filter(({ type }) => type === "event").map(({ payload }) => payload);
  assert.equal(events.length, 4);
  assert.deepEqual([...new Set(items.map(({ type }) => type))], ["event"], "only errors are sent");

  const raw = JSON.stringify(sentry.requests);
  for (const secret of secrets) assert.ok(!raw.toLowerCase().includes(secret.toLowerCase()), secret);
  assert.ok(!raw.includes(`"${Deno.hostname()}"`) && !raw.includes(`\\"${Deno.hostname()}\\"`), "the machine's name");
  assert.doesNotMatch(raw, /file:|\/home\//, "where this checkout lies");
  assert.ok(!raw.includes(Deno.cwd()), "where this checkout lies");
  for (const event of events) {
    for (const part of ["breadcrumbs", "user", "request", "server_name", "modules", "message", "threads"]) {
      assert.equal(event[part], undefined, `${part}: ${JSON.stringify(event[part])}`);
    }
    assert.equal(event.environment, "sentry-test");
  }

  type Exception = { type: string; value: string; stacktrace: { frames: { filename: string; function: string }[] } };
  const chains = events.map((event) => (event.exception as { values: Exception[] }).values);
  assert.deepEqual(chains.map((chain) => chain.map(({ type, value }) => [type, value])).sort(), [
    [["PostgresError", "42P01"], ["DrizzleQueryError", "DrizzleQueryError"]],
    [["RangeError", "RangeError"]],
    [["conflict", "conflict"], ["Error", "Error"]],
    [["string", "string"]],
  ]);
  const [range] = chains.find((chain) => chain[0]?.type === "RangeError") ?? [];
  assert.match(range?.stacktrace.frames.at(-1)?.filename ?? "", /^tests\/platform\/sentry_test\.ts$/);
  const found = events.find((event) => JSON.stringify(event.exception).includes("RangeError"));
  assert.deepEqual(found?.extra, { document_id: "d-1", page: 3 });
  assert.ok(events.some((event) => (event.extra as Record<string, unknown>)?.request_id === "request-of-the-test"));
  // The log has the same, whether or not Sentry is reached.
  assert.equal(logged.length, 4);
  for (const secret of secrets) assert.ok(!logged.join().toLowerCase().includes(secret.toLowerCase()), secret);
});

Deno.test("a Sentry that does not answer delays nothing", lax, async () => {
  const settings = { SENTRY_DSN: "http://0123456789abcdef0123456789abcdef@127.0.0.1:9/1" };
  const reporter = await startReporter(testConfig(settings), () => {});
  const started = performance.now();
  for (let count = 0; count < 50; count++) reporter.capture(new Error("x"), {});
  assert.ok(performance.now() - started < 1_000);
  await reporter.close();
  assert.ok(performance.now() - started < 4_000);
});
