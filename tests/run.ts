import { join } from "node:path";
import { startTestPostgres } from "./support/postgres.ts";

/**
 * Runs the tests against a real Postgres that this command starts and stops. Each test clones its database from a
 * migrated template. Arguments are handed to `deno test`: files, `--filter`, `--coverage`.
 */

// Whoever stops the tests must not leave a Postgres behind: the child ends, then this goes on to clean up.
let child: Deno.ChildProcess | undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  if (Deno.build.os !== "windows" || signal === "SIGINT") Deno.addSignalListener(signal, () => child?.kill("SIGKILL"));
}

const server = await startTestPostgres();
let code = 1;
try {
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
    env: { TEST_POSTGRES_URL: server.url, DENO_JOBS: Deno.env.get("DENO_JOBS") ?? "4" },
  }).spawn();
  code = (await child.status).code;
} finally {
  await server[Symbol.asyncDispose]();
}
Deno.exit(code);
