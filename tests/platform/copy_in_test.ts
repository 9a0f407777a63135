import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { copyIn, openDatabase, rows } from "../../src/platform/database.ts";
import { createTestDatabase } from "../support/database.ts";

const text = new TextEncoder();

/** A pool of one connection, so that one which is left in a bad state is the next one's too. */
async function openTable() {
  const database = await createTestDatabase();
  const pool = openDatabase(database.url, { max: 1, name: "anamnesis-test" });
  await pool.database.execute(sql`create table thing (id int primary key, name text not null)`);
  const copy = (pieces: Iterable<string>) =>
    pool.database.transaction((db) =>
      copyIn(db, "copy thing (id, name) from stdin", [...pieces].map((piece) => text.encode(piece)))
    );
  const count = async () =>
    (await rows<{ count: number }>(pool.database, sql`select count(*)::int from thing`))[0]?.count;
  return {
    database,
    pool,
    copy,
    count,
    async [Symbol.asyncDispose]() {
      await pool.close();
      await database.drop();
    },
  };
}

Deno.test("pieces of any length become rows, also none", async () => {
  await using table = await openTable();
  await table.copy([]);
  assert.equal(await table.count(), 0);
  await table.copy([
    "1\tone\n2",
    "\ttw",
    "o\n",
    ...Array.from({ length: 5_000 }, (_, at) => `${at + 3}\t${"x".repeat(100)}\n`),
  ]);
  assert.equal(await table.count(), 5_002);
});

Deno.test("an error is told with its code, whether it comes early or after the last piece, and nothing is kept", async () => {
  await using table = await openTable();
  await table.copy(["1\tone\n"]);
  // The first row is looked at when everything was sent.
  await assert.rejects(table.copy(["1\tagain\n"]), { code: "23505" });
  const early = ["1\tagain\n", ...Array.from({ length: 20_000 }, (_, at) => `${at + 2}\t${"x".repeat(1_000)}\n`)];
  await assert.rejects(table.copy(early), { code: "23505" });
  await assert.rejects(table.copy(["2\n"]), { code: "22P04" });
  await assert.rejects(
    table.pool.database.transaction((db) => copyIn(db, "copy nothing from stdin", [])),
    { code: "42P01" },
  );
  assert.equal(await table.count(), 1);
  await table.copy(["2\ttwo\n"]);
  assert.equal(await table.count(), 2);
});

Deno.test("who cannot make the next piece keeps nothing and leaves the connection as it was", async () => {
  await using table = await openTable();
  const pieces = function* () {
    yield text.encode("1\tone\n");
    throw new RangeError("no more");
  };
  const copying = table.pool.database.transaction((db) => copyIn(db, "copy thing (id, name) from stdin", pieces()));
  await assert.rejects(copying, RangeError);
  assert.equal(await table.count(), 0);
  await table.copy(["1\tone\n"]);
  assert.equal(await table.count(), 1);
});
