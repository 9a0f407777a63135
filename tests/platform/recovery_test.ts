import assert from "node:assert/strict";
import { enqueue } from "../../src/platform/jobs.ts";
import { startWorker, task } from "../../src/platform/tasks.ts";
import { eventually, type Number, numberJob, queuedJobs } from "../support/queue.ts";
import { openWorld } from "../support/world.ts";

const job = numberJob({ queue: "serial" });

Deno.test("the job of a killed process runs again elsewhere within 30 seconds", async () => {
  await using world = await openWorld();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--allow-all",
      `${import.meta.dirname}/../support/worker_process.ts`,
      world.databaseUrl,
    ],
    stdin: "null",
  }).spawn();
  await enqueue(world.ctx.database, job, { number: 1 });
  await eventually(async () => (await queuedJobs(world.ctx))[0]?.locked_by != null, 20, "the child took no job");
  child.kill("SIGKILL");
  await child.status;
  const killed = performance.now();

  const ran: number[] = [];
  const run = (_: unknown, payload: Number) => Promise.resolve(void ran.push(payload.number));
  const worker = await startWorker(world.ctx, world.databaseUrl, [task<Number>({ job, run })]);
  try {
    await eventually(() => ran.length > 0, 30, "the job stayed locked");
  } finally {
    await worker.stop();
  }
  assert.deepEqual(ran, [1]);
  // It was the missing heartbeat, not an unlocked job, that gave it back.
  assert.ok(performance.now() - killed > 5_000);
  assert.ok(world.log.some(({ event }) => event === "worker.recovered"));
  assert.deepEqual(await queuedJobs(world.ctx), []);
});

Deno.test("a process whose heart beats keeps its jobs", async () => {
  await using world = await openWorld();
  let [runs, ended] = [0, 0];
  const run = async () => {
    runs++;
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    ended++;
  };
  const [one, two] = await Promise.all(
    [1, 2].map(() => startWorker(world.ctx, world.databaseUrl, [task<Number>({ job, run })])),
  );
  await enqueue(world.ctx.database, job, { number: 1 });
  await eventually(() => ended === 1);
  await Promise.all([one?.stop(), two?.stop()]);
  assert.equal(runs, 1);
  assert.equal((await world.ctx.database.execute("select from worker_process")).length, 0);
});
