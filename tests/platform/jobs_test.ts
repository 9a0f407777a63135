import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { enqueue } from "../../src/platform/jobs.ts";
import { startWorker, type Task, task } from "../../src/platform/tasks.ts";
import { eventually, hurry, type Number, numberJob, queuedJobs } from "../support/queue.ts";
import { openWorld, type World } from "../support/world.ts";

/** Runs `work` while a worker of its own runs `tasks`. */
async function withWorker(world: World, tasks: Task[], work: () => Promise<void>, grace?: number): Promise<void> {
  const worker = await startWorker(world.ctx, world.databaseUrl, tasks, grace);
  try {
    await work();
  } finally {
    await worker.stop();
  }
}

Deno.test("a job exists when its transaction commits, and not when it rolls back", async () => {
  await using world = await openWorld();
  const { database } = world.ctx;
  await assert.rejects(database.transaction(async (db) => {
    await enqueue(db, numberJob(), { number: 1 });
    throw new Error("changed my mind");
  }));
  assert.deepEqual(await queuedJobs(world.ctx), []);
  await database.transaction((db) => enqueue(db, numberJob(), { number: 2 }));
  assert.deepEqual((await queuedJobs(world.ctx)).map(({ payload }) => payload), [{ number: 2 }]);
});

Deno.test("a waiting job with the same key is replaced, other keys are not", async () => {
  await using world = await openWorld();
  const job = numberJob({ key: ({ number }) => number < 10 ? "small" : "large" });
  for (const number of [1, 2, 3, 11]) await enqueue(world.ctx.database, job, { number });
  assert.deepEqual((await queuedJobs(world.ctx)).map(({ payload }) => payload), [{ number: 3 }, { number: 11 }]);
});

Deno.test("a payload that is not the job's is refused when it is enqueued and when it is run", async () => {
  await using world = await openWorld();
  const { database } = world.ctx;
  await assert.rejects(enqueue(database, numberJob(), { number: "one" } as unknown as Number));
  assert.deepEqual(await queuedJobs(world.ctx), []);

  await database.execute(`select graphile_worker.add_job('test_number', '{"number":"one"}'::json, max_attempts := 2)`);
  const ran: unknown[] = [];
  const tasks = [task<Number>({ job: numberJob(), run: (_, payload) => Promise.resolve(void ran.push(payload)) })];
  await withWorker(world, tasks, async () => {
    await eventually(async () => (await queuedJobs(world.ctx))[0]?.last_error != null);
  });
  assert.deepEqual(ran, []);
});

Deno.test("jobs of one queue run one after the other, jobs of none side by side", async () => {
  await using world = await openWorld();
  for (const queue of ["serial", null]) {
    let [running, most, done] = [0, 0, 0];
    const job = numberJob({ queue });
    const tasks = [task<Number>({
      job,
      async run() {
        most = Math.max(most, ++running);
        await setTimeout(60);
        running--;
        done++;
      },
    })];
    await world.ctx.database.transaction(async (db) => {
      for (const number of [1, 2, 3, 4]) await enqueue(db, job, { number });
    });
    // Left to itself the queue sleeps two seconds between jobs of one queue.
    await withWorker(world, tasks, () => eventually(() => done === 4, 3));
    if (queue === null) assert.ok(most > 1, "jobs without a queue ran one after the other");
    else assert.equal(most, 1, "jobs of one queue ran at the same time");
  }
});

Deno.test("a failing job is tried as often as it says; then its dead handler is called once and it is gone", async () => {
  await using world = await openWorld();
  const job = numberJob({ attempts: 2 });
  let [runs, dead] = [0, [] as Number[]];
  const tasks = [task<Number>({
    job,
    run() {
      runs++;
      return Promise.reject(new TypeError("Ferritin of Mathilda Feldhaus is 12 ng/ml"));
    },
    dead: (_, payload) => Promise.resolve(void dead.push(payload)),
  })];
  await enqueue(world.ctx.database, job, { number: 7 });
  await withWorker(world, tasks, async () => {
    await eventually(() => runs === 1);
    await eventually(async () => (await queuedJobs(world.ctx))[0]?.last_error != null);
    const [waiting] = await queuedJobs(world.ctx);
    assert.equal(waiting?.due, false, "the second attempt should wait");
    assert.doesNotMatch(waiting?.last_error ?? "", /Ferritin|Feldhaus|12 ng/);
    assert.match(waiting?.last_error ?? "", /TypeError/);
    await hurry(world.ctx);
    await eventually(async () => (await queuedJobs(world.ctx)).length === 0);
  });
  assert.deepEqual([runs, dead], [2, [{ number: 7 }]]);
  const logged = JSON.stringify(world.log);
  assert.ok(logged.includes("job.dead"));
  assert.doesNotMatch(logged, /Ferritin|Feldhaus/);
});

Deno.test("of several workers that find a dead job one buries it", async () => {
  await using world = await openWorld();
  const job = numberJob();
  let calls = 0;
  const dead = async () => {
    calls++;
    await setTimeout(300);
  };
  const tasks = [task<Number>({ job, run: () => Promise.resolve(), dead })];
  await enqueue(world.ctx.database, job, { number: 1 });
  await world.ctx.database.execute("update graphile_worker._private_jobs set attempts = max_attempts");
  const workers = await Promise.all([1, 2, 3].map(() => startWorker(world.ctx, world.databaseUrl, tasks)));
  await Promise.all(workers.map((worker) => worker.stop()));
  assert.equal(calls, 1);
  assert.deepEqual(await queuedJobs(world.ctx), []);
});

Deno.test("what a dead handler writes and the job's end commit together", async () => {
  await using world = await openWorld();
  const job = numberJob({ attempts: 1 });
  let calls = 0;
  const tasks = [task<Number>({
    job,
    run: () => Promise.reject(new Error("no")),
    async dead(ctx) {
      await ctx.database.execute(`insert into rate_limit values ('told', now(), 1)`);
      if (++calls === 1) throw new Error("failed after it wrote");
    },
  })];
  await enqueue(world.ctx.database, job, { number: 1 });
  await enqueue(world.ctx.database, job, { number: 2 });
  await withWorker(world, tasks, async () => {
    // The second job is buried although the first could not be.
    await eventually(() => calls >= 2);
    await eventually(async () => (await queuedJobs(world.ctx)).length === 1);
    assert.equal((await world.ctx.database.execute("select from rate_limit where key = 'told'")).length, 1);
    await world.ctx.database.execute("delete from rate_limit");
    await eventually(async () => (await queuedJobs(world.ctx)).length === 0);
  });
  assert.equal(calls, 3);
});

Deno.test("stopping waits for a running job; one that takes too long goes back without losing an attempt", async () => {
  await using world = await openWorld();
  const job = numberJob({ queue: "serial" });
  let [started, ended] = [0, 0];
  const aborted: boolean[] = [];
  const slow = (milliseconds: number) => [task<Number>({
    job,
    async run(_ctx, _payload, signal) {
      started++;
      await setTimeout(milliseconds, null, { signal }).finally(() => aborted.push(signal.aborted));
      ended++;
    },
  })];
  await enqueue(world.ctx.database, job, { number: 1 });
  await withWorker(world, slow(300), () => eventually(() => started === 1), 5_000);
  assert.deepEqual([started, ended, aborted], [1, 1, [false]]);

  await enqueue(world.ctx.database, job, { number: 2 });
  await withWorker(world, slow(20_000), () => eventually(() => started === 2), 100);
  const [handedBack] = await queuedJobs(world.ctx);
  assert.deepEqual({ ...handedBack, payload: null }, {
    payload: null,
    attempts: 0,
    locked_by: null,
    last_error: null,
    due: true,
  });
  assert.deepEqual([ended, aborted], [1, [false, true]]);
  // Its queue is free too.
  await withWorker(world, slow(1), () => eventually(() => ended === 2));
});

Deno.test("a worker goes on after the database has dropped its connections", async () => {
  await using world = await openWorld();
  const job = numberJob();
  let done = 0;
  await withWorker(world, [task<Number>({ job, run: () => Promise.resolve(void done++) })], async () => {
    await world.ctx.database.execute(`
      select pg_terminate_backend(pid)
      from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    await enqueue(world.ctx.database, job, { number: 1 });
    await eventually(() => done === 1, 15);
  });
});

Deno.test("a connection that the queue gives back twice ends no process", async () => {
  await using world = await openWorld();
  await withWorker(world, [task<Number>({ job: numberJob(), run: () => Promise.resolve() })], async () => {
    Promise.reject(new Error("Release called on client which has already been released to the pool."));
    await setTimeout(10);
  });
});

Deno.test("a scheduled task gets an empty payload, whatever the scheduler adds", async () => {
  await using world = await openWorld();
  const cron = `'{"_cron":{"ts":"2026-03-14T07:00:00Z","backfilled":false}}'::json`;
  await world.ctx.database.execute(`select graphile_worker.add_job('sweep_expired', ${cron})`);
  await world.ctx.database.execute("insert into rate_limit values ('old', now() - interval '1 hour', 1)");
  await world.startWorker();
  await eventually(async () =>
    (await world.ctx.database.execute("select from rate_limit where key = 'old'")).length === 0
  );
});
