import assert from "node:assert/strict";
import { join } from "node:path";
import postgres from "postgres";
import { migrate, type Migration, readMigrations, rollback } from "../../src/platform/migrate.ts";
import { migrationsFolder } from "../../src/services.ts";
import { createTestDatabase } from "../support/database.ts";
import { describeSchema } from "../support/schema.ts";
import { assertSnapshot } from "../support/snapshot.ts";

const migrations = await readMigrations(migrationsFolder);
const last = migrations.length;

async function withDatabase(work: (url: string, client: postgres.Sql) => Promise<void>): Promise<void> {
  const database = await createTestDatabase(null);
  const client = postgres(database.url, { max: 2, onnotice: () => {} });
  try {
    await work(database.url, client);
  } finally {
    await client.end();
    await database.drop();
  }
}

async function appliedNames(client: postgres.Sql): Promise<string[]> {
  return (await client`select name from schema_migration order by id`).map((row) => row.name);
}

function another(change: Partial<Migration>): Migration {
  const id = last + 1;
  return { id, name: `${String(id).padStart(4, "0")}_test`, up: "select 1", down: "select 1", ...change };
}

Deno.test("the migrated schema is the committed snapshot", async () => {
  const database = await createTestDatabase();
  try {
    await assertSnapshot("schema.sql", await describeSchema(database.url));
  } finally {
    await database.drop();
  }
});

Deno.test("every migration goes up, down and up again to the same schema", async () => {
  await withDatabase(async (url) => {
    await migrate(url, []);
    let before = await describeSchema(url);
    for (const [index, migration] of migrations.entries()) {
      const known = migrations.slice(0, index + 1);
      assert.deepEqual(await migrate(url, known), [migration.name]);
      const after = await describeSchema(url);
      assert.notEqual(after, before, `${migration.name} changes nothing`);
      assert.equal(await rollback(url, known), migration.name);
      assert.equal(await describeSchema(url), before, `${migration.name}.down.sql leaves something behind`);
      assert.deepEqual(await migrate(url, known), [migration.name]);
      assert.equal(await describeSchema(url), after, `${migration.name} is different the second time`);
      before = after;
    }
    for (const migration of migrations.toReversed()) assert.equal(await rollback(url, migrations), migration.name);
    assert.equal(await rollback(url, migrations), null);
    assert.deepEqual(await migrate(url, migrations), migrations.map(({ name }) => name));
    assert.equal(await describeSchema(url), before);
  });
});

Deno.test("migrating at once in several processes applies everything once", async () => {
  await withDatabase(async (url, client) => {
    const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(url, migrations)));
    assert.deepEqual(applied.map((names) => names.length).sort((a, b) => a - b), [0, 0, 0, last]);
    assert.deepEqual(await appliedNames(client), migrations.map(({ name }) => name));
  });
});

Deno.test("a migrated database is left alone", async () => {
  await withDatabase(async (url, client) => {
    await migrate(url, migrations);
    const stamps = JSON.stringify(await client`select * from schema_migration order by id`);
    assert.deepEqual(await migrate(url, migrations), []);
    assert.equal(JSON.stringify(await client`select * from schema_migration order by id`), stamps);
  });
});

Deno.test("a migration that was changed, renamed or is unknown is refused, and nothing is applied", async () => {
  await withDatabase(async (url, client) => {
    await migrate(url, [...migrations, another({})]);
    const next = another({ id: last + 2, name: "9999_next", up: "create table next (id int)" });
    const cases: [string, Migration[], RegExp][] = [
      ["text", [...migrations, another({ up: "select 2" }), next], /^Migration \d{4}_test was changed after/],
      ["name", [...migrations, another({ name: "0099_other" }), next], /^Migration \d{4}_test was changed after/],
      [
        "unknown",
        migrations,
        /^The database is newer than this version: it has migration \d{4}_test; update Anamnesis$/,
      ],
    ];
    for (const [what, known, message] of cases) {
      await assert.rejects(migrate(url, known), { name: "StartFailure", message }, what);
    }
    assert.equal((await appliedNames(client)).length, last + 1);
    await assert.rejects(rollback(url, migrations), {
      name: "StartFailure",
      message: /is not in this version's folder$/,
    });
    assert.equal((await client`select to_regclass('next') as found`)[0]?.found, null);
  });
});

Deno.test("a migration that fails leaves nothing half-done and keeps those before it", async () => {
  await withDatabase(async (url, client) => {
    const broken = another({ up: "create table half (id int); insert into half values (1); select 1 / 0;" });
    await assert.rejects(migrate(url, [...migrations, broken]), { code: "22012" });
    assert.deepEqual(await appliedNames(client), migrations.map(({ name }) => name));
    assert.equal((await client`select to_regclass('half') as found`)[0]?.found, null);
    // The lock is gone with the failed process: mended, it goes on.
    assert.deepEqual(await migrate(url, [...migrations, another({})]), [another({}).name]);
  });
});

Deno.test("a rollback that fails leaves the migration applied", async () => {
  await withDatabase(async (url, client) => {
    const known = [
      ...migrations,
      another({ up: "create table kept (id int)", down: "drop table kept; select 1 / 0;" }),
    ];
    await migrate(url, known);
    await assert.rejects(rollback(url, known), { code: "22012" });
    assert.equal((await appliedNames(client)).length, last + 1);
    assert.equal((await client`select to_regclass('kept')::text as found`)[0]?.found, "kept");
  });
});

Deno.test("a folder with a gap in its numbers or without a way back is refused", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "0002_second.sql"), "");
    await assert.rejects(readMigrations(folder), {
      name: "StartFailure",
      message: "Migration 0002_second should have the number 1",
    });
    await Deno.rename(join(folder, "0002_second.sql"), join(folder, "0001_first.sql"));
    await assert.rejects(readMigrations(folder), Deno.errors.NotFound);
    await Deno.writeTextFile(join(folder, "0001_first.down.sql"), "");
    await Deno.writeTextFile(join(folder, "notes.md"), "");
    assert.deepEqual(await readMigrations(folder), [{ id: 1, name: "0001_first", up: "", down: "" }]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
