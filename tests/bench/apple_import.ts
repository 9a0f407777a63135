import { ZipWriter } from "@zip.js/zip.js";
import postgres from "postgres";
import { startEmbeddedPostgres } from "../../src/platform/embedded_postgres.ts";
import { appleExportStream } from "../support/apple_export.ts";
import { emptyFolder, type Program, startProgram } from "../support/process.ts";
import type { Figure } from "./main.ts";
import { peakMegabytes } from "./process_memory.ts";

/**
 * An export of Apple Health into the database, in millions of records: rate beside a plain COPY of the same rows, peak
 * memory, and how long others wait meanwhile. `APPLE_IMPORT_MILLIONS=0.5,2,9` measures the long one too.
 */
export async function benchAppleImport(): Promise<Figure[]> {
  const millions = (Deno.env.get("APPLE_IMPORT_MILLIONS") ?? "0.5,2").split(",").map(Number);
  const figures: Figure[] = [];
  for (const million of millions) figures.push(...await measure(million * 1e6, `${million} M records`));
  return figures;
}

async function measure(records: number, name: string): Promise<Figure[]> {
  const folder = await emptyFolder();
  const file = `${folder}/export.zip`;
  await writeZip(file, records);
  const data = `${folder}/data`;
  await Deno.mkdir(data);
  await Deno.chmod(data, 0o755);
  const server = await startEmbeddedPostgres(data, crypto.randomUUID());
  try {
    const environment = { DATABASE_URL: server.url, SECRET_KEY: crypto.randomUUID(), ACCESS_LOG_LEVEL: "off" };
    await using program = await startProgram(folder, environment);
    await program.ready();
    const api = await newPerson(program);
    const idle = await latencies(api.read, () => false, 2_000);
    const first = await importFile(program, api, file);
    const second = await importFile(program, api, file);
    const stored = first.counts.stored.samples;
    if (stored.inserted < records * 0.99 || second.counts.stored.samples.unchanged !== stored.inserted) {
      throw new Error(`The imports stored ${JSON.stringify([stored, second.counts.stored.samples])}`);
    }
    const copy = await copyRate(server.url);
    const calm = { what: "the same read, idle", value: percentile(idle, 0.99) };
    return [
      {
        what: `Apple export, ${name}`,
        value: stored.inserted / first.seconds,
        unit: "rows/s",
        baseline: { what: "COPY of the same rows", value: copy },
      },
      {
        what: `the same file again, ${name}`,
        value: stored.inserted / second.seconds,
        unit: "rows/s",
        baseline: { what: "the first time", value: stored.inserted / first.seconds },
      },
      {
        what: `peak memory of our process (RSS), ${name}`,
        value: await peakMegabytes(program.pid),
        unit: "MB",
        baseline: { what: "allowed", value: 300 },
      },
      {
        what: `p99 of a small read meanwhile, ${name}`,
        value: percentile(first.times, 0.99),
        unit: "ms",
        baseline: calm,
      },
    ];
  } finally {
    await server.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

async function writeZip(path: string, records: number): Promise<void> {
  const file = await Deno.open(path, { create: true, write: true, truncate: true });
  const zip = new ZipWriter(file.writable, { useWebWorkers: false, level: 6 });
  await zip.add("apple_health_export/export.xml", appleExportStream({ records }));
  await zip.close();
}

interface Person {
  readonly upload: (path: string) => Promise<{ task_id: string }>;
  readonly run: (id: string) => Promise<Run>;
  readonly read: () => Promise<unknown>;
}

interface Run {
  readonly status: string;
  readonly error: string | null;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly counts: { readonly stored: { readonly samples: { inserted: number; updated: number; unchanged: number } } };
}

async function newPerson(program: Program): Promise<Person> {
  const key = /API key +(\S+)/.exec(program.output().out)?.[1] ?? "";
  const headers = { "X-Open-Wearables-API-Key": key };
  const call = async (path: string, init: RequestInit = {}) =>
    await (await fetch(`${program.url}/api/v1${path}`, { ...init, headers: { ...headers, ...init.headers } })).json();
  const { id } = await call("/users", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  return {
    // With the length of the file, as browsers and phones send it; a stream of `fetch` is cut into chunks, which costs
    // the server's runtime a multiple.
    async upload(path) {
      const url = `${program.url}/api/v1/users/${id}/import/apple/xml/direct`;
      const sent = ["-H", `X-Open-Wearables-API-Key: ${key}`, "-H", "Content-Type: application/zip", "-T", path];
      const { stdout } = await new Deno.Command("curl", { args: ["-s", "-X", "POST", ...sent, url] }).output();
      return JSON.parse(new TextDecoder().decode(stdout));
    },
    run: (run) => call(`/users/${id}/imports/${run}`),
    read: () => call(`/users/${id}`),
  };
}

async function importFile(program: Program, person: Person, file: string) {
  const { task_id } = await person.upload(file);
  let run = await person.run(task_id);
  let lookedAt = 0;
  const ended = async () => {
    if (performance.now() - lookedAt < 500) return false;
    run = await person.run(task_id);
    lookedAt = performance.now();
    return run.ended_at !== null;
  };
  const times = await latencies(person.read, ended, 3_600_000);
  if (run.status !== "completed") {
    throw new Error(`The import ended: ${run.error} ${program.output().out.slice(-2_000)}`);
  }
  return { times, counts: run.counts, seconds: (Date.parse(run.ended_at!) - Date.parse(run.started_at)) / 1000 };
}

/** One request after the other, with a pause so that they are a small part of the load. */
async function latencies(
  request: () => Promise<unknown>,
  done: () => Promise<boolean> | boolean,
  longest: number,
): Promise<number[]> {
  const times: number[] = [];
  for (const end = performance.now() + longest; performance.now() < end && !await done();) {
    const started = performance.now();
    await request();
    times.push(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return times;
}

/**
 * Rows a second of COPY into a table with the same columns and key, in the order in which they were imported. The server
 * reads the rows from a file of its own, so that nothing but storing them is measured.
 */
async function copyRate(url: string): Promise<number> {
  const db = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [{ folder } = { folder: "" }] = await db<{ folder: string }[]>`
      select current_setting('data_directory') as folder`;
    const file = `'${folder}/rows.copy'`;
    await db.unsafe(`copy sample to ${file} (format binary)`);
    await db`create table copied (like sample including all)`;
    await db`checkpoint`;
    const started = performance.now();
    await db.unsafe(`copy copied from ${file} (format binary)`);
    const seconds = (performance.now() - started) / 1000;
    const [row] = await db<{ count: number }[]>`select count(*)::int as count from copied`;
    return (row?.count ?? 0) / seconds;
  } finally {
    await db.end();
  }
}

function percentile(times: number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
