import postgres from "postgres";

/** A database of its own for one test, cloned from the migrated template. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** `template` null gives an empty database, for tests of the migrations themselves. */
export async function createTestDatabase(template: string | null = "test_template"): Promise<TestDatabase> {
  const server = Deno.env.get("TEST_POSTGRES_URL");
  if (server === undefined) throw new Error("Run the tests with `deno task test`: it starts the Postgres they need");
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  const admin = async (statement: string) => {
    const client = postgres(server, { max: 1, onnotice: () => {} });
    try {
      await client.unsafe(statement);
    } finally {
      await client.end();
    }
  };
  await admin(`create database ${name} template ${template ?? "template0"}`);
  return {
    url: server.replace(/[^/]*$/, name),
    drop: () => admin(`drop database if exists ${name} with (force)`),
  };
}
