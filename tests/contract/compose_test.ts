import assert from "node:assert/strict";
import { join } from "node:path";
import { parse } from "yaml";
import { readConfig } from "../../src/platform/config.ts";
import { settings } from "../../src/platform/config_table.ts";
import { checkout } from "../support/process.ts";

interface Service {
  environment?: Record<string, string>;
  ports?: string[];
  profiles?: string[];
  healthcheck?: { test: string[] };
  deploy?: { resources?: { limits?: { memory?: string } } };
  volumes?: string[];
}

async function services(): Promise<Record<string, Service>> {
  return parse(await Deno.readTextFile(join(checkout, "docker-compose.yml"))).services;
}

/** `${NAME:-default}` and `${NAME:?message}`, as the compose program fills them in. */
function filledIn(text: string, environment: Record<string, string>): string {
  return text.replace(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)\}/g, (_, name, fallback) => environment[name] ?? fallback ?? "");
}

Deno.test("every variable given to the app is a setting, and together they are a valid configuration", async () => {
  const environment = (await services()).app?.environment ?? {};
  for (const name of Object.keys(environment)) assert.ok(Object.hasOwn(settings, name), `${name} is no setting`);
  const own = { POSTGRES_PASSWORD: "0123456789abcdef", SECRET_KEY: "0".repeat(64) };
  const values = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filledIn(value, own)]));
  const result = readConfig(values);
  assert.ok("config" in result, "problems" in result ? result.problems.join("; ") : "");
  assert.equal(result.config.DOCLING_URL, null);
  assert.equal(result.config.API_HOST, "0.0.0.0");
});

Deno.test("nothing secret has a default", async () => {
  const text = await Deno.readTextFile(join(checkout, "docker-compose.yml"));
  for (const name of ["POSTGRES_PASSWORD", "SECRET_KEY"]) {
    assert.match(text, new RegExp(`\\$\\{${name}:\\?`));
    assert.doesNotMatch(text, new RegExp(`\\$\\{${name}:-`));
  }
});

Deno.test("services have health checks and memory limits; only the app publishes a port, to this machine", async () => {
  const all = await services();
  assert.deepEqual(Object.keys(all), ["app", "postgres", "ollama", "docling"]);
  for (const [name, service] of Object.entries(all)) {
    assert.ok(service.healthcheck?.test.length, `${name} has no health check`);
    assert.match(service.deploy?.resources?.limits?.memory ?? "", /^\d+[MG]$/, name);
    if (name !== "app") assert.equal(service.ports, undefined, `${name} publishes ports`);
  }
  assert.deepEqual(all.app?.ports, ["127.0.0.1:8000:8000"]);
  assert.deepEqual([all.ollama?.profiles, all.docling?.profiles], [["ollama"], ["docling"]]);
  assert.deepEqual([all.app?.profiles, all.postgres?.profiles], [undefined, undefined]);
  assert.deepEqual(all.postgres?.volumes, ["postgres-data:/var/lib/postgresql"]);
});

Deno.test("the app's health check tells ready from not ready", async () => {
  const test = (await services()).app?.healthcheck?.test ?? [];
  assert.ok(test.every((word) => typeof word === "string"), JSON.stringify(test));
  const [kind, program, verb, code] = test;
  assert.deepEqual([kind, program, verb], ["CMD", "deno", "eval"]);
  for (const [status, exit] of [[200, 0], [503, 1]] as const) {
    const answer = () => new Response("", { status });
    await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer);
    const here = String(code).replace("127.0.0.1:8000", `127.0.0.1:${server.addr.port}`);
    const { code: exited } = await new Deno.Command(Deno.execPath(), { args: ["eval", here] }).output();
    assert.equal(exited, exit);
  }
});
