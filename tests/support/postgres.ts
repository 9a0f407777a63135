import postgres from "postgres";
import { startEmbeddedPostgres } from "../../src/platform/embedded_postgres.ts";
import { migrate, readMigrations } from "../../src/platform/migrate.ts";
import { migrationsFolder } from "../../src/services.ts";

/** A Postgres of its own in a temporary folder, with the migrated template that tests clone their databases from. */

export interface TestPostgres extends AsyncDisposable {
  /** What `TEST_POSTGRES_URL` must be. */
  readonly url: string;
}

export async function startTestPostgres(): Promise<TestPostgres> {
  await using opened = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "anamnesis-test-" });
  opened.defer(() => Deno.remove(folder, { recursive: true }));
  const settings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"];
  const server = await startEmbeddedPostgres(folder, crypto.randomUUID(), settings);
  opened.defer(() => server.stop());
  const client = postgres(server.url, { max: 1, onnotice: () => {} });
  await client.unsafe("create database test_template");
  await client.end();
  await migrate(server.url.replace(/[^/]*$/, "test_template"), await readMigrations(migrationsFolder));
  const all = opened.move();
  return { url: server.url, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
