import assert from "node:assert/strict";
import { join } from "node:path";
import { startOldPostgres } from "../support/old_postgres.ts";
import { emptyFolder, freePort, startProgram } from "../support/process.ts";

/** Runs the start command, which must give up with one line that says what to mend; returns the line. */
async function failure(
  settings: Record<string, string>,
  args: string[] = [],
  prepare: (folder: string) => Promise<void> = async () => {},
): Promise<string> {
  const folder = await emptyFolder();
  await prepare(folder);
  await using program = await startProgram(folder, settings, args);
  const { code } = await program.status;
  const { out, error } = program.output();
  assert.equal(code, 1, out + error);
  assert.match(error, /^[^\n]+\n$/, "one line on standard error");
  assert.doesNotMatch(error, /^\s+at |file:\/\/|\.ts:\d/m, "a stack trace");
  assert.doesNotMatch(out, /"level":"error"/);
  for (const postgres of [join(folder, ".data/postgres/postmaster.pid")]) {
    assert.equal(await Deno.stat(postgres).catch(() => null), null, "it left a Postgres running");
  }
  await Deno.remove(folder, { recursive: true });
  return error.trimEnd();
}

/** The tests' own Postgres. */
const server = () => new URL(Deno.env.get("TEST_POSTGRES_URL") ?? "");

function database(change: (url: URL) => void): { DATABASE_URL: string } {
  const url = server();
  change(url);
  return { DATABASE_URL: url.href };
}

Deno.test("a port that is taken", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const port = String(listener.addr.port);
  assert.equal(
    await failure({ API_PORT: port }),
    `API_PORT ${port} is taken; stop what listens there or choose another API_PORT`,
  );
});

Deno.test("an address that is not this machine's", async () => {
  assert.match(await failure({ API_HOST: "203.0.113.1" }), /^API_HOST "203\.0\.113\.1" with API_PORT \d+ cannot be/);
});

Deno.test("a database that cannot be used says why, never its password", async () => {
  const nowhere = await freePort();
  const cases: [Record<string, string>, string][] = [
    [
      { DATABASE_URL: `postgres://user:secret-word@127.0.0.1:${nowhere}/x` },
      "nothing listens at that address; start Postgres or correct host and port in DATABASE_URL",
    ],
    [
      { DATABASE_URL: "postgres://user:secret-word@no-such-host.invalid/x" },
      "the host name is unknown; correct it in DATABASE_URL",
    ],
    [database((url) => url.password = "secret-word"), "the password is wrong; correct it in DATABASE_URL"],
    [
      database((url) => url.pathname = "/secret-word"),
      "the database does not exist; create it or correct its name in DATABASE_URL",
    ],
  ];
  for (const [settings, advice] of cases) {
    for (const given of [settings, { ...settings, SECRET_KEY: "0123456789abcdef0123456789abcdef" }]) {
      assert.equal(await failure(given), `DATABASE_URL cannot be used: ${advice}`);
    }
  }
});

Deno.test("a Postgres that is too old", async () => {
  await using old = startOldPostgres(140_012);
  assert.equal(
    await failure({ DATABASE_URL: old.url }),
    "DATABASE_URL leads to Postgres 14; version 15 or newer is needed",
  );
});

Deno.test("a DATA_DIR that cannot be written to", async () => {
  const line = await failure(
    { DATA_DIR: "file/data" },
    [],
    (folder) => Deno.writeTextFile(join(folder, "file"), ""),
  );
  assert.match(line, /^DATA_DIR "file\/data" cannot be written to \(\w+\); make it writable for this user or choose/);
});

Deno.test("secrets that are not readable as such", async () => {
  const line = await failure({}, [], async (folder) => {
    await Deno.mkdir(join(folder, ".data"));
    await Deno.writeTextFile(join(folder, ".data/secrets.json"), "secret-word");
  });
  assert.match(line, /^".*secrets\.json" is not readable as the secrets of this installation; restore it/);
});

Deno.test("a configuration with three mistakes names all three in one line, and no value", async () => {
  const line = await failure({ API_PORT: "secret-word", OLLAMA_HOST: "secret-word", SECRET_KEY: "secret-word" });
  assert.match(line, /^Configuration is not valid: /);
  for (const name of ["API_PORT", "OLLAMA_HOST", "SECRET_KEY"]) assert.ok(line.includes(name), name);
  assert.ok(!line.includes("secret-word"));
});

Deno.test("an unknown option", async () => {
  for (const option of ["--only=both", "--demon", "extra"]) {
    assert.equal(await failure({}, [option]), "Unknown option; use --only=api, --only=worker or --demo");
  }
});
