import { openDatabase } from "../../src/platform/database.ts";
import { startWorker, task } from "../../src/platform/tasks.ts";
import { type Number, numberJob } from "./queue.ts";
import { testConfig } from "./world.ts";

/** A worker in a process of its own whose jobs never end: a test kills it. Argument: the database. */

const url = Deno.args[0] ?? "";
const hang = task<Number>({ job: numberJob({ queue: "serial" }), run: () => new Promise(() => {}) });
const ctx = {
  config: testConfig({ DATABASE_URL: url }),
  database: openDatabase(url, { max: 2, name: "worker-process" }).database,
  clock: () => new Date(),
  fetch: globalThis.fetch,
  log: () => {},
  capture: () => {},
  actor: { kind: "system" },
  stopping: new AbortController().signal,
} as const;
await startWorker(ctx, url, [hang]);
await new Promise(() => setInterval(() => {}, 1_000));
