import postgres from "postgres";
import { join } from "node:path";
import type { Context } from "../../src/platform/context.ts";
import { openDatabase } from "../../src/platform/database.ts";
import { startEmbeddedPostgres } from "../../src/platform/embedded_postgres.ts";
import { checkout, emptyFolder, freePort, startProgram } from "../support/process.ts";
import { scansOf, slowScans, type Statement, statementsOf } from "../support/plans.ts";
import { testConfig } from "../support/world.ts";
import { compareLoads } from "./load.ts";
import type { Figure } from "./main.ts";
import { fillPeople, tenMillion } from "./ten_million.ts";
import { benchWriting } from "./writing.ts";

/**
 * Reading and writing at ten million samples over twenty people: bytes a row, pages of time series and summaries beside
 * the same statements through bare postgres.js, the plans of those statements, and an upsert beside COPY.
 */

const reads: Readonly<Record<string, string>> = {
  "timeseries, page of 100": "timeseries?start_time=2025-12-01&end_time=2025-12-07&limit=100",
  "timeseries, page of 10,000": "timeseries?start_time=2025-11-01&end_time=2026-02-28&limit=10000",
  "summaries/activity, 90 days": "summaries/activity?start_date=2025-11-30&end_date=2026-02-28&limit=90",
  "summaries/sleep, 90 nights": "summaries/sleep?start_date=2025-11-30&end_date=2026-02-28&limit=90",
};

const seconds = 6;

export async function benchReading(): Promise<Figure[]> {
  const folder = await emptyFolder();
  const server = await startEmbeddedPostgres(folder, crypto.randomUUID());
  try {
    const program = await startProgram(folder, { DATABASE_URL: server.url, ACCESS_LOG_LEVEL: "off" });
    await using _program = program;
    await program.ready();
    const key = /sk-[0-9a-f]{32}/.exec(program.output().out)?.[0] ?? "";
    const client = postgres(server.url, { max: 1, onnotice: () => {} });
    const pool = openDatabase(server.url, { max: 10, name: "anamnesis-bench" });
    const ctx = benchContext(server.url, pool.database);
    try {
      const filled = await fillPeople(client, tenMillion);
      const figures = [await bytesPerRow(client, filled.rows)];
      const bench = { ctx, client, url: server.url, key, program: program.url, folder };
      const paths = (read: string) => filled.user_ids.map((id) => `/users/${id}/${read}`);
      // Summaries are computed when they are first read.
      for (const read of Object.values(reads)) await requireFullPages(paths(read), bench);
      // Else the worker computes the days that nobody reads, in the middle of a measurement.
      await client`delete from stale_day`;
      for (const [what, read] of Object.entries(reads)) figures.push(...await benchRead(what, paths(read), bench));
      figures.push(...await benchWriting(pool.database, client, filled.user_ids));
      return figures;
    } finally {
      await client.end();
      await pool.close();
    }
  } finally {
    await server.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

async function bytesPerRow(client: postgres.Sql, rows: number): Promise<Figure> {
  const [size] = await client.unsafe<{ bytes: number }[]>("select pg_total_relation_size('sample')::float8 as bytes");
  return { what: `bytes a sample with its index, at ${rows} samples`, value: (size?.bytes ?? NaN) / rows, unit: "B" };
}

interface Bench {
  readonly ctx: Context;
  readonly client: postgres.Sql;
  readonly url: string;
  readonly key: string;
  readonly program: string;
  readonly folder: string;
}

async function benchRead(what: string, paths: readonly string[], bench: Bench): Promise<Figure[]> {
  const headers = { "X-Open-Wearables-API-Key": bench.key };
  const statements: Record<string, Statement[]> = {};
  for (const path of paths) {
    const all = await statementsOf(bench.ctx, bench.url, path, bench.key);
    statements[`/api/v1${path}`] = all.filter(({ text }) => !/^select "[^(]* from "(api_key|user)"/.test(text));
  }
  await requireIndexScans(what, bench.client, Object.values(statements)[0] ?? []);
  await using bare = await startBareServer(bench, statements);
  const figures: Figure[] = [];
  for (const connections of [1, 32]) {
    const ours = { urls: paths.map((path) => `${bench.program}/api/v1${path}`), headers };
    const theirs = { urls: paths.map((path) => `${bare.url}/api/v1${path}`), headers: {} };
    const [our, their] = await compareLoads([ours, theirs], connections, seconds);
    if (our === undefined || their === undefined) continue;
    const where = `${what}, ${connections === 1 ? "1 connection" : `${connections} connections`}`;
    const baseline = "bare postgres.js and Deno.serve";
    figures.push(
      { what: where, value: our.perSecond, unit: "requests/s", baseline: { what: baseline, value: their.perSecond } },
      { what: `${where}, p99`, value: our.p99, unit: "ms", baseline: { what: baseline, value: their.p99 } },
    );
  }
  return figures;
}

/** An answer with fewer rows than it is named after would be quicker than it should. */
async function requireFullPages(paths: readonly string[], { program, key }: Bench): Promise<void> {
  for (const path of paths) {
    const url = new URL(`${program}/api/v1${path}`);
    const response = await fetch(url, { headers: { "X-Open-Wearables-API-Key": key } });
    const { data } = await response.json();
    const limit = url.searchParams.get("limit");
    if (data?.length !== Number(limit)) throw new Error(`${path} gave ${data?.length} rows instead of ${limit}`);
  }
}

async function requireIndexScans(what: string, client: postgres.Sql, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) {
    const slow = slowScans(await scansOf(client, statement), ["sample"]);
    if (slow.length > 0) throw new Error(`${what} reads samples without their index: ${JSON.stringify(slow)}`);
  }
}

async function startBareServer(
  { url, folder }: Bench,
  statements: Record<string, Statement[]>,
): Promise<AsyncDisposable & { readonly url: string }> {
  const port = await freePort();
  const file = join(folder, "statements.json");
  await Deno.writeTextFile(file, JSON.stringify(statements));
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--config",
      join(checkout, "deno.json"),
      "--allow-net",
      "--allow-env",
      `--allow-read=${file}`,
      join(checkout, "tests/bench/bare_server.ts"),
      url,
      String(port),
      file,
    ],
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const address = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 200; attempt++) {
    const response = await fetch(address).catch(() => null);
    await response?.body?.cancel();
    if (response !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url: address,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
    },
  };
}

export function benchContext(url: string, database: Context["database"]): Context {
  return {
    config: { ...testConfig({ DATABASE_URL: url }), ENVIRONMENT: "production" },
    database,
    clock: () => new Date(),
    fetch: globalThis.fetch,
    model: undefined as never,
    background: undefined as never,
    log: () => {},
    capture: () => {},
    actor: { kind: "system" },
    listen: undefined as never,
    stopping: new AbortController().signal,
  };
}
