import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { copyIn, type Database, openDatabase, rows } from "../../src/platform/database.ts";
import { createTestDatabase } from "../support/database.ts";

/** A pool of one connection, so that what is left of a lost one meets the next statement, and somebody who ends it. */
async function openPools() {
  const database = await createTestDatabase();
  const pool = openDatabase(database.url, { max: 1, name: "anamnesis-test" });
  const other = openDatabase(database.url, { max: 1, name: "other" });
  await rows(other.database, sql`create table thing (id int primary key, name text not null)`);
  return {
    pool,
    async loseConnection() {
      const ended = await rows(
        other.database,
        sql`
          select pg_terminate_backend(pid, 5000)
          from pg_stat_activity
          where application_name = 'anamnesis-test' and datname = current_database()`,
      );
      assert.equal(ended.length, 1);
    },
    async stored() {
      return (await rows<{ id: number }>(other.database, sql`select id from thing order by id`)).map(({ id }) => id);
    },
    /** The driver tells the first statement on the next connection how the one before it ended, and runs it not. */
    async again() {
      await rows(pool.database, sql`select 1`).catch((error) => assert.equal(error.cause.code, "57P01"));
      assert.equal((await rows(pool.database, sql`select 1`)).length, 1);
      await pool.database.transaction((db) => insert(db, 9));
    },
    async [Symbol.asyncDispose]() {
      await pool.close();
      await other.close();
      await database.drop();
    },
  };
}

const insert = (db: Database, id: number) => rows(db, sql`insert into thing values (${id}, 'x')`);
const lost = (error: Error) => {
  const code = String(Reflect.get(error, "code") ?? Reflect.get(Object(error.cause), "code"));
  return /^(CONNECTION_CLOSED|ECONNRESET|EPIPE)$/.test(code);
};

Deno.test("a statement whose connection is lost fails, its transaction keeps nothing, and the next one works", async () => {
  await using pools = await openPools();
  const running = Promise.withResolvers<void>();
  const transaction = pools.pool.database.transaction(async (db) => {
    await insert(db, 1);
    const slow = rows(db, sql`select pg_sleep(30)`);
    running.resolve();
    await slow;
  });
  const failed = assert.rejects(transaction, lost);
  await running.promise;
  await pools.loseConnection();
  await failed;
  await pools.again();
  assert.deepEqual(await pools.stored(), [9]);
});

Deno.test("what a transaction asks for after its connection was lost is refused, and never stored outside of it", async () => {
  await using pools = await openPools();
  const [begun, isLost] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const late = Promise.withResolvers<unknown[]>();
  const transaction = pools.pool.database.transaction(async (db) => {
    await insert(db, 1);
    begun.resolve();
    await isLost.promise;
    const more = [() => insert(db, 2), () => db.transaction((inner) => insert(inner, 3)), () => insert(db, 4)];
    late.resolve(await Promise.all(more.map((ask) => ask().catch((error) => error))));
  });
  const failed = assert.rejects(transaction, lost);
  await begun.promise;
  await pools.loseConnection();
  await failed;
  // Another one uses the same place in the pool meanwhile.
  await pools.again();
  isLost.resolve();
  assert.deepEqual((await late.promise).map((error) => lost(error as Error)), [true, true, true]);
  await pools.pool.database.transaction((db) => insert(db, 10));
  assert.deepEqual(await pools.stored(), [9, 10]);
});

Deno.test("a loss inside of a savepoint, of which the transaction makes nothing, ends the transaction", async () => {
  await using pools = await openPools();
  const running = Promise.withResolvers<void>();
  const transaction = pools.pool.database.transaction(async (db) => {
    await insert(db, 1);
    await db.transaction(async (inner) => {
      const slow = rows(inner, sql`select pg_sleep(30)`);
      running.resolve();
      await slow;
    }).catch(() => {});
    await insert(db, 2).catch(() => {});
  });
  const failed = assert.rejects(transaction, lost);
  await running.promise;
  await pools.loseConnection();
  await failed;
  await pools.again();
  assert.deepEqual(await pools.stored(), [9]);
});

Deno.test("rows that are sent when the connection is lost are not stored, and the next connection is sent none", async () => {
  await using pools = await openPools();
  const begun = Promise.withResolvers<void>();
  let sent = 0;
  const pieces = function* () {
    for (let id = 100; id < 1_000_000; id++) {
      if (sent++ === 50) begun.resolve();
      yield new TextEncoder().encode(`${id}\t${"x".repeat(1_000)}\n`);
    }
  };
  const transaction = pools.pool.database.transaction((db) => copyIn(db, "copy thing (id, name) from stdin", pieces()));
  const failed = assert.rejects(transaction, lost);
  await begun.promise;
  await pools.loseConnection();
  await failed;
  await pools.again();
  assert.deepEqual(await pools.stored(), [9]);
});

Deno.test("a transaction that fails by itself is rolled back as ever, and a savepoint leaves the rest", async () => {
  await using pools = await openPools();
  const { database } = pools.pool;
  await assert.rejects(database.transaction(async (db) => void (await insert(db, 1), await insert(db, 1))));
  await assert.rejects(
    database.transaction(async (db) => {
      await insert(db, 1);
      throw new RangeError("enough");
    }),
    RangeError,
  );
  const result = await database.transaction(async (db) => {
    await insert(db, 1);
    await assert.rejects(db.transaction(async (inner) => void (await insert(inner, 2), await insert(inner, 1))));
    await insert(db, 3);
    return "done";
  });
  assert.equal(result, "done");
  assert.deepEqual(await pools.stored(), [1, 3]);
});
