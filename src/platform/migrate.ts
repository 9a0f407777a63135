import { join } from "node:path";
import { runMigrations } from "graphile-worker";
import postgres from "postgres";
import { sha256Hex } from "./crypto.ts";
import { StartFailure } from "./failure.ts";

/** Applies `migrations/NNNN_<change>.sql` in order under an advisory lock, and takes the newest one back. */

export interface Migration {
  readonly id: number;
  readonly name: string;
  readonly up: string;
  readonly down: string;
}

/** "anam" in ASCII: two processes that start at once migrate one after the other. */
const lockKey = 0x616e616d;

/** The migrations of a folder, in order; throws when a number is missing or a way back is. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (/^\d{4}_\w+\.sql$/.test(entry.name)) names.push(entry.name.slice(0, -4));
  }
  return await Promise.all(
    names.sort().map(async (name, index) => {
      const id = Number(name.slice(0, 4));
      if (id !== index + 1) throw new StartFailure(`Migration ${name} should have the number ${index + 1}`);
      return {
        id,
        name,
        up: await Deno.readTextFile(join(folder, `${name}.sql`)),
        down: await Deno.readTextFile(join(folder, `${name}.down.sql`)),
      };
    }),
  );
}

/** Brings the database up to date, the queue's own schema included. Returns the names applied now. */
export async function migrate(url: string, migrations: readonly Migration[]): Promise<string[]> {
  return await withLock(url, async (client) => {
    await client`
      create table if not exists schema_migration (
        id integer primary key,
        name text not null,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`;
    const applied = await client<{ id: number; name: string; checksum: string }[]>`
      select id, name, checksum from schema_migration order by id`;
    await refuseDrift(applied, migrations);
    if (applied.length === 0 || applied.length < migrations.length) await runMigrations({ connectionString: url });
    const names: string[] = [];
    for (const migration of migrations.slice(applied.length)) {
      const checksum = await sha256Hex(migration.up);
      await client.begin(async (transaction) => {
        await transaction.unsafe(migration.up);
        await transaction`
          insert into schema_migration (id, name, checksum)
          values (${migration.id}, ${migration.name}, ${checksum})`;
      });
      names.push(migration.name);
    }
    return names;
  });
}

/** Takes back the newest applied migration. Returns its name, or null when none is applied. */
export async function rollback(url: string, migrations: readonly Migration[]): Promise<string | null> {
  return await withLock(url, async (client) => {
    const [newest] = await client<{ id: number; name: string }[]>`
      select id, name from schema_migration order by id desc limit 1`;
    if (newest === undefined) return null;
    const migration = migrations.find(({ id }) => id === newest.id);
    if (migration === undefined) throw new StartFailure(`Migration ${newest.name} is not in this version's folder`);
    await client.begin(async (transaction) => {
      await transaction.unsafe(migration.down);
      await transaction`delete from schema_migration where id = ${newest.id}`;
    });
    return newest.name;
  });
}

async function refuseDrift(
  applied: readonly { id: number; name: string; checksum: string }[],
  migrations: readonly Migration[],
): Promise<void> {
  for (const [index, row] of applied.entries()) {
    const migration = migrations[index];
    if (migration === undefined) {
      throw new StartFailure(`The database is newer than this version: it has migration ${row.name}; update Anamnesis`);
    }
    if (migration.name !== row.name || await sha256Hex(migration.up) !== row.checksum) {
      throw new StartFailure(`Migration ${row.name} was changed after it was applied; restore the file`);
    }
  }
}

async function withLock<T>(url: string, work: (client: postgres.Sql) => Promise<T>): Promise<T> {
  // Session locks and sessions' state need the same connection throughout.
  const client = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: "anamnesis-migrate" } });
  try {
    await client`select pg_advisory_lock(${lockKey})`;
    return await work(client);
  } finally {
    await client.end({ timeout: 5 });
  }
}
