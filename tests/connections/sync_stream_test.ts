import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { tellSync } from "../../src/connections/sync_status.ts";
import { openDatabase, rows } from "../../src/platform/database.ts";
import { openNotifications } from "../../src/platform/notifications.ts";
import { waitFor } from "../support/wait.ts";
import { openWorld, type World } from "../support/world.ts";
import { openStream, serveStreams, step } from "./sync_frames.ts";

const listening = (world: World) =>
  rows<{ pid: number }>(
    world.ctx.database,
    sql`select pid from pg_stat_activity where datname = current_database() and query ilike 'listen%sync_event%'`,
  );

Deno.test("a stream starts with the last events, oldest first, and goes on with what is told", async () => {
  await using world = await openWorld();
  await using server = serveStreams(world);
  const { database } = world.ctx;
  const userId = await world.createUser();
  const other = await world.createUser();
  for (const message of ["one", "two", "three"]) await tellSync(database, step(userId, message));
  await tellSync(database, step(other, "not theirs"));
  await using stream = await openStream(world, server.url, userId, "?replay=2");
  assert.deepEqual(await stream.next(), { comment: "connected" });
  assert.deepEqual(await stream.messages(2), ["two", "three"]);
  await tellSync(database, step(other, "not theirs"));
  await tellSync(database, step(userId, "four", { progress: 7, items_processed: 12, metadata: { batch: "a\nb" } }));
  const frame = await stream.next();
  assert.ok(frame !== null && "event" in frame);
  const { event_id, timestamp, ...event } = frame.event;
  assert.match(String(event_id), /^[0-9a-f-]{36}$/);
  assert.match(String(timestamp), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual(event, {
    run_id: "run-1",
    user_id: userId,
    provider: "apple",
    source: "sdk",
    stage: "processing",
    status: "in_progress",
    message: "four",
    progress: 1,
    items_processed: 12,
    items_total: null,
    error: null,
    primary_user_id: null,
    metadata: { batch: "a\nb" },
    started_at: null,
    ended_at: null,
  });
  const { headers } = stream.response;
  assert.equal(headers.get("content-type"), "text/event-stream");
  assert.equal(headers.get("cache-control"), "no-cache, no-transform");
  assert.equal(headers.get("x-accel-buffering"), "no");
});

Deno.test("an event that commits after a later one is told, and none is told twice", async () => {
  await using world = await openWorld();
  await using server = serveStreams(world);
  const { database } = world.ctx;
  const userId = await world.createUser();
  const slow = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  await tellSync(database, step(userId, "before"));
  const early = database.transaction(async (tx) => {
    await tellSync(tx, step(userId, "early"));
    begun.resolve();
    await slow.promise;
  });
  await begun.promise;
  await tellSync(database, step(userId, "overtook in the replay"));
  await using stream = await openStream(world, server.url, userId, "?replay=1");
  assert.deepEqual(await stream.messages(1), ["overtook in the replay"]);
  for (const message of ["late 1", "late 2", "late 3"]) {
    await tellSync(database, step(userId, message));
    assert.equal(await stream.message(), message);
  }
  slow.resolve();
  await early;
  assert.equal(await stream.message(), "early");
  for (const message of ["after 1", "after 2"]) {
    await tellSync(database, step(userId, message));
    assert.equal(await stream.message(), message);
  }
});

Deno.test("an old transaction that tells before a young one commits does not hide it", async () => {
  await using world = await openWorld();
  await using server = serveStreams(world);
  const { database } = world.ctx;
  const userId = await world.createUser();
  await using stream = await openStream(world, server.url, userId);
  const gate = { old: Promise.withResolvers<void>(), young: Promise.withResolvers<void>() };
  const ready = { old: Promise.withResolvers<void>(), young: Promise.withResolvers<void>() };
  // The old one has its id first, the young one tells first: its number is smaller, its id larger.
  const old = database.transaction(async (tx) => {
    await tx.execute(sql`select pg_current_xact_id()`);
    ready.old.resolve();
    await gate.old.promise;
    await tellSync(tx, step(userId, "old"));
  });
  await ready.old.promise;
  const young = database.transaction(async (tx) => {
    await tellSync(tx, step(userId, "young"));
    ready.young.resolve();
    await gate.young.promise;
  });
  await ready.young.promise;
  gate.old.resolve();
  await old;
  assert.equal(await stream.message(), "old");
  // Looks once more while the young one is still open.
  await tellSync(database, step(userId, "next"));
  assert.equal(await stream.message(), "next");
  gate.young.resolve();
  await young;
  assert.equal(await stream.message(), "young");
});

Deno.test("many writers at once: streams opened in between lose nothing and repeat nothing", async () => {
  await using world = await openWorld();
  await using server = serveStreams(world);
  const userId = await world.createUser();
  // Connections of their own, so that the writers do not wait for each other.
  const pool = openDatabase(world.databaseUrl, { max: 8, name: "writers" });
  const [writers, each] = [8, 40];
  const all = Array.from({ length: writers * each }, (_, index) => `${index % writers}:${Math.floor(index / writers)}`);
  try {
    await using early = await openStream(world, server.url, userId, "?replay=1");
    const writing = Array.from({ length: writers }, async (_, writer) => {
      for (let count = 0; count < each; count++) {
        await pool.database.transaction(async (tx) => {
          await tellSync(tx, step(userId, `${writer}:${count}`, { run_id: `run-${writer}` }));
          // Commits in another order than it told.
          await tx.execute(sql`select pg_sleep(random() * 0.01)`);
          if (count % 10 === 9) await tx.transaction((inner) => inner.execute(sql`select pg_current_xact_id()`));
        });
      }
    });
    const first = await early.messages(20);
    await using late = await openStream(world, server.url, userId, "?replay=200");
    await Promise.all(writing);
    await tellSync(world.ctx.database, step(userId, "last"));
    const rest = async (stream: typeof early) => {
      const told: string[] = [];
      for (let message = await stream.message(); message !== "last"; message = await stream.message()) {
        told.push(message ?? assert.fail("the stream has ended"));
      }
      return told;
    };
    const earlier = [...first, ...await rest(early)];
    assert.deepEqual(earlier.toSorted(), all.toSorted());
    const later = await rest(late);
    assert.equal(new Set(later).size, later.length, "an event was told twice");
    // The late one has at least what was committed after its 200 newest.
    assert.ok(later.length >= 200, `${later.length} events`);
    for (let writer = 0; writer < writers; writer++) {
      const counts = later.filter((message) => message.startsWith(`${writer}:`)).map((message) =>
        Number(message.slice(2))
      );
      const from = counts[0] ?? 0;
      assert.deepEqual(counts, Array.from({ length: each - from }, (_, index) => from + index), "a gap");
    }
  } finally {
    await pool.close();
  }
});

Deno.test("where announcements do not arrive, it looks by itself", async () => {
  await using world = await openWorld();
  await using server = serveStreams(world, { lookMs: 20 }, { ...world.ctx, listen: () => () => {} });
  const userId = await world.createUser();
  await using stream = await openStream(world, server.url, userId);
  assert.deepEqual(await stream.next(), { comment: "connected" });
  await tellSync(world.ctx.database, step(userId, "found"));
  assert.equal(await stream.message(), "found");
});

Deno.test("a heartbeat shows that a quiet stream is alive", async () => {
  await using world = await openWorld();
  await using server = serveStreams(world, { heartbeatMs: 30 });
  const userId = await world.createUser();
  await using stream = await openStream(world, server.url, userId);
  assert.deepEqual(await stream.next(), { comment: "connected" });
  assert.deepEqual(await stream.next(), { comment: "heartbeat" });
  assert.deepEqual(await stream.next(), { comment: "heartbeat" });
  await tellSync(world.ctx.database, step(userId, "found"));
  assert.equal(await stream.message(), "found");
});

Deno.test("streams share one connection, hold none of the pool's, and are forgotten when their callers leave", async () => {
  await using world = await openWorld();
  const pool = openDatabase(world.databaseUrl, { max: 1, name: "listener" });
  const listen = openNotifications(pool.client, (error) => world.ctx.capture(error, {}));
  let heard = 0;
  await using server = serveStreams(world, {}, {
    ...world.ctx,
    listen: (channel, tell) => {
      heard++;
      const unlisten = listen(channel, tell);
      return () => {
        heard--;
        unlisten();
      };
    },
  });
  const userId = await world.createUser();
  const streams = await Promise.all(Array.from({ length: 20 }, () => openStream(world, server.url, userId)));
  try {
    await tellSync(world.ctx.database, step(userId, "everybody"));
    for (const stream of streams) assert.equal(await stream.message(), "everybody");
    assert.equal((await listening(world)).length, 1);
    assert.equal(heard, 20);
    // The pool has six connections; if streams held them, this would wait for ever.
    await world.json("/users");
    for (const stream of streams.slice(1)) stream.leave();
    await waitFor("the callers to be gone", () => Promise.resolve(heard === 1 || undefined));
    await tellSync(world.ctx.database, step(userId, "the one who stayed"));
    assert.equal(await streams[0]?.message(), "the one who stayed");
  } finally {
    for (const stream of streams) await stream[Symbol.asyncDispose]();
    await waitFor("the last caller to be gone", () => Promise.resolve(heard === 0 || undefined));
    await pool.close();
  }
  assert.deepEqual(world.log.filter(({ level }) => level === "error"), []);
});

Deno.test("a caller who does not read holds up nobody else", async () => {
  await using world = await openWorld();
  await using server = serveStreams(world);
  const { database } = world.ctx;
  const userId = await world.createUser();
  await using lazy = await openStream(world, server.url, userId);
  await using eager = await openStream(world, server.url, userId);
  const large = "x".repeat(100_000);
  for (let count = 0; count < 100; count++) {
    await tellSync(database, step(userId, `${count}`, { metadata: { large } }));
    assert.equal(await eager.message(), `${count}`);
  }
  // It reads at last, and gets everything.
  assert.deepEqual(await lazy.messages(100), Array.from({ length: 100 }, (_, count) => `${count}`));
});

Deno.test("a server that stops ends its streams; so does the end of the person", async () => {
  await using world = await openWorld();
  const stopping = new AbortController();
  await using server = serveStreams(world, {}, { ...world.ctx, stopping: stopping.signal });
  await using other = serveStreams(world, { lookMs: 20 });
  const userId = await world.createUser();
  await using stopped = await openStream(world, server.url, userId);
  await using orphaned = await openStream(world, other.url, userId);
  assert.deepEqual(await stopped.next(), { comment: "connected" });
  stopping.abort();
  assert.equal(await stopped.next(), null);
  await world.json(`/users/${userId}`, { method: "DELETE" });
  assert.equal(await orphaned.message(), null);
});
