import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { tellSync } from "../../src/connections/sync_status.ts";
import { openDatabase, rows } from "../../src/platform/database.ts";
import { waitFor } from "../support/wait.ts";
import { openWorld, type World } from "../support/world.ts";
import { openStream, serveStreams, step } from "./sync_frames.ts";

const listening = (world: World) =>
  rows<{ pid: number }>(
    world.ctx.database,
    sql`select pid from pg_stat_activity where datname = current_database() and query ilike 'listen%sync_event%'`,
  );

/** Whether the database takes new connections; those there are stay. It must be said from another database. */
async function accept(world: World, connections: boolean): Promise<void> {
  const name = new URL(world.databaseUrl).pathname.slice(1);
  const server = openDatabase(world.databaseUrl.replace(/[^/]*$/, "postgres"), { max: 1, name: "administrator" });
  await server.database.execute(sql.raw(`alter database ${name} with allow_connections ${connections}`));
  await server.close();
}

Deno.test("the announcements' connection breaks: it is made anew, and nothing told meanwhile is lost", async () => {
  await using world = await openWorld();
  await using server = serveStreams(world);
  const userId = await world.createUser();
  await using stream = await openStream(world, server.url, userId);
  await tellSync(world.ctx.database, step(userId, "before"));
  assert.equal(await stream.message(), "before");
  for (let round = 0; round < 3; round++) {
    const [connection] = await waitFor("the connection", async () => {
      const found = await listening(world);
      return found.length > 0 ? found : undefined;
    });
    // Told while nobody can listen: the connection is ended and cannot be made anew.
    await accept(world, false);
    await world.ctx.database.execute(sql`select pg_terminate_backend(${connection?.pid}, 5000)`);
    await tellSync(world.ctx.database, step(userId, `meanwhile ${round}`));
    assert.deepEqual(await listening(world), []);
    await accept(world, true);
    assert.equal(await stream.message(), `meanwhile ${round}`);
    await tellSync(world.ctx.database, step(userId, `after ${round}`));
    assert.equal(await stream.message(), `after ${round}`);
  }
});

Deno.test("a database that is away for a moment is waited for", async () => {
  await using world = await openWorld();
  await using server = serveStreams(world, { lookMs: 20 });
  const userId = await world.createUser();
  await using stream = await openStream(world, server.url, userId);
  await tellSync(world.ctx.database, step(userId, "before"));
  assert.equal(await stream.message(), "before");
  const killer = openDatabase(world.databaseUrl, { max: 1, name: "killer" });
  for (let round = 0; round < 5; round++) {
    await killer.client`
      select pg_terminate_backend(pid)
      from pg_stat_activity
      where datname = current_database() and application_name = 'anamnesis-test'`;
    await tellSync(killer.database, step(userId, `after ${round}`));
    assert.equal(await stream.message(), `after ${round}`);
  }
  await killer.close();
});
