import assert from "node:assert/strict";
import { buildApp } from "../../src/app.ts";
import { openDatabase } from "../../src/platform/database.ts";
import { healthRoutes } from "../../src/platform/health.ts";
import { readMigrations } from "../../src/platform/migrate.ts";
import { migrationsFolder } from "../../src/services.ts";
import { serveTestEndpoints } from "../support/endpoints.ts";
import { startProxy } from "../support/proxy.ts";
import { openWorld, type World } from "../support/world.ts";

const known = (await readMigrations(migrationsFolder)).length;
const everythingThere = { status: "ready", database: "ok", migrations: "ok", worker: "ok" };

Deno.test("it greets, and it lives", async () => {
  await using world = await openWorld();
  assert.deepEqual(await world.json("//", { token: null }), { message: "Server is running!" });
  assert.deepEqual(await world.json("//health/live", { token: null }), { status: "live" });
});

Deno.test("it is ready while a worker's heart beats, and not after", async () => {
  await using world = await openWorld();
  const missing = { ...everythingThere, status: "not_ready", worker: "missing" };
  assert.deepEqual(await world.json("//health/ready", { token: null }, 503), missing);
  await world.startWorker();
  assert.deepEqual(await world.json("//health/ready", { token: null }), everythingThere);
  await world.ctx.database.execute("update worker_process set heartbeat_at = now() - interval '13 seconds'");
  assert.deepEqual(await world.json("//health/ready", { token: null }, 503), missing);
});

Deno.test("it is not ready before the migrations of this version are applied", async () => {
  await using world = await openWorld();
  await world.ctx.database.execute("insert into worker_process values (gen_random_uuid(), '[]', now(), now())");
  assert.equal((await world.json("//health/ready")).migrations, "ok");
  await using newer = serveTestEndpoints(world.ctx, healthRoutes(known + 1));
  const response = await fetch(`${newer.url}/health/ready`);
  assert.deepEqual([response.status, await response.json()], [503, {
    ...everythingThere,
    status: "not_ready",
    migrations: "pending",
  }]);
});

/** The same world, whose database is reached through a proxy. */
async function behindProxy(world: World, how: "refused" | "silent"): Promise<void> {
  const { hostname, port } = new URL(world.databaseUrl);
  await using proxy = startProxy(hostname, Number(port));
  const url = new URL(world.databaseUrl);
  url.port = String(proxy.port);
  const pool = openDatabase(url.href, { max: 2, name: "behind-proxy" });
  const ctx = { ...world.ctx, database: pool.database };
  await using server = serveTestEndpoints(ctx, healthRoutes(known));
  try {
    assert.equal((await (await fetch(`${server.url}/health/ready`)).json()).database, "ok");
    proxy.cut(how);
    for (let round = 0; round < 2; round++) {
      const started = performance.now();
      const response = await fetch(`${server.url}/health/ready`);
      assert.deepEqual([response.status, await response.json()], [503, {
        status: "not_ready",
        database: "unreachable",
        migrations: "unknown",
        worker: "unknown",
      }]);
      assert.ok(performance.now() - started < 4_000, "it took too long to say so");
    }
    assert.equal((await (await fetch(`${server.url}/health/live`)).json()).status, "live");
  } finally {
    // Its server will not say goodbye.
    await pool.client.end({ timeout: 0 });
  }
}

Deno.test("without a database it says so within seconds, and lives on", async () => {
  await using world = await openWorld();
  await behindProxy(world, "refused");
});

Deno.test("a database that has gone silent counts as gone", async () => {
  await using world = await openWorld();
  await behindProxy(world, "silent");
});

Deno.test("an operation that cannot reach the database answers 503 with a clear reason", async () => {
  await using world = await openWorld();
  const { hostname, port } = new URL(world.databaseUrl);
  await using proxy = startProxy(hostname, Number(port));
  const url = new URL(world.databaseUrl);
  url.port = String(proxy.port);
  const pool = openDatabase(url.href, { max: 2, name: "behind-proxy" });
  const app = buildApp({ ...world.ctx, database: pool.database }, known);
  const ask = () => app.http.request("/api/v1/users", { headers: { authorization: `Bearer ${world.token}` } });
  try {
    assert.equal((await ask()).status, 200);
    proxy.cut("refused");
    const response = await ask();
    const problem = await response.json();
    assert.deepEqual([response.status, problem.detail], [503, "The database cannot be reached; try again later"]);
  } finally {
    await pool.close();
  }
});
