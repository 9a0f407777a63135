import { join } from "node:path";
import postgres from "postgres";
import { startEmbeddedPostgres } from "../src/platform/embedded_postgres.ts";
import { migrate, readMigrations } from "../src/platform/migrate.ts";
import { migrationsFolder } from "../src/services.ts";

/**
 * Runs the tests against a real Postgres that this command starts and stops. Each test clones its database from a
 * migrated template. Arguments are handed to `deno test`: files, `--filter`, `--coverage`.
 */

// Whoever stops the tests must not leave a Postgres behind: the child ends, then this goes on to clean up.
let child: Deno.ChildProcess | undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  if (Deno.build.os !== "windows" || signal === "SIGINT") Deno.addSignalListener(signal, () => child?.kill("SIGKILL"));
}

const folder = await Deno.makeTempDir({ prefix: "anamnesis-test-" });
const settings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"];
const server = await startEmbeddedPostgres(folder, crypto.randomUUID(), settings);
let code = 1;
try {
  const client = postgres(server.url, { max: 1, onnotice: () => {} });
  await client.unsafe("create database test_template");
  await client.end();
  const template = server.url.replace(/[^/]*$/, "test_template");
  await migrate(template, await readMigrations(migrationsFolder));
  child = new Deno.Command(Deno.execPath(), {
    args: [
      "test",
      "--no-prompt",
      "--no-check",
      "--allow-all",
      "--parallel",
      "--sanitize-ops",
      "--sanitize-resources",
      ...Deno.args,
      ...(Deno.args.some((argument) => argument.startsWith("tests")) ? [] : ["tests/"]),
    ],
    cwd: join(import.meta.dirname ?? ".", ".."),
    env: { TEST_POSTGRES_URL: server.url, DENO_JOBS: Deno.env.get("DENO_JOBS") ?? "3" },
  }).spawn();
  code = (await child.status).code;
} finally {
  await server.stop();
  await Deno.remove(folder, { recursive: true });
}
Deno.exit(code);
