import { startWorker, task } from "../../src/platform/tasks.ts";
import { openServices } from "../../src/services.ts";
import { type Number, numberJob } from "./queue.ts";
import { testConfig } from "./world.ts";

/** A worker in a process of its own whose jobs never end: a test kills it. Argument: the database. */

const services = await openServices(testConfig({ DATABASE_URL: Deno.args[0] ?? "" }), () => {});
const hang = task<Number>({ job: numberJob({ queue: "serial" }), run: () => new Promise(() => {}) });
await startWorker(services.ctx, services.url, [hang]);
await new Promise(() => setInterval(() => {}, 1_000));
