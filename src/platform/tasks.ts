import { Logger, parseCronItems, run, type TaskList } from "graphile-worker";
import { sql } from "drizzle-orm";
import { EventEmitter } from "node:events";
import type { Context } from "./context.ts";
import { rows } from "./database.ts";
import { describeError } from "./errors.ts";
import type { Job } from "./jobs.ts";

/**
 * Runs background jobs, keeps a heartbeat, gives back the jobs of processes that died, and tells a job's row when it
 * has failed for good.
 */

export interface Task<Payload = unknown> {
  readonly job: Job<Payload>;
  run(ctx: Context, payload: Payload, signal: AbortSignal): Promise<void>;
  /** Called once when no attempt is left: write the reason on the row the job was about. */
  dead?(ctx: Context, payload: Payload): Promise<void>;
  /** Five-field cron expression, UTC; such a task gets an empty payload. */
  readonly schedule?: string;
}

export function task<Payload>(definition: Task<Payload>): Task {
  return definition as unknown as Task;
}

export interface Worker {
  /** Lets running jobs end within `graceMs`, then hands them back to the queue. */
  stop(): Promise<void>;
}

const heartbeatMs = 3_000;
const deadAfterSeconds = 12;
export const graceMs = 10_000;

export async function startWorker(ctx: Context, url: string, tasks: readonly Task[]): Promise<Worker> {
  const processId = crypto.randomUUID();
  const workerIds = new Set<string>();
  const aborter = new AbortController();
  const events = new EventEmitter();
  events.on("worker:create", ({ worker }: { worker: { workerId: string } }) => workerIds.add(worker.workerId));
  const runner = await run({
    connectionString: url,
    concurrency: ctx.config.WORKER_CONCURRENCY,
    maxPoolSize: ctx.config.WORKER_CONCURRENCY + 2,
    noHandleSignals: true,
    events: events as never,
    taskList: taskList(ctx, tasks, aborter.signal),
    parsedCronItems: parseCronItems(
      tasks.filter((item) => item.schedule !== undefined).map((item) => ({
        task: item.job.name,
        match: item.schedule ?? "",
        options: { backfillPeriod: 0, jobKey: item.job.name },
        payload: {},
      })),
    ),
    logger: new Logger(() => () => {}),
  });
  const beat = () => heartbeat(ctx, processId, [...workerIds], tasks).catch((error) => ctx.capture(error, {}));
  await beat();
  const timer = setInterval(beat, heartbeatMs);
  return {
    async stop() {
      clearInterval(timer);
      const ended = await endsWithin(runner.stop().catch(() => {}), graceMs);
      if (!ended) await handBack(ctx, [...workerIds]);
      aborter.abort();
      await ctx.database.execute(sql`delete from worker_process where id = ${processId}`).catch(() => {});
    },
  };
}

function taskList(ctx: Context, tasks: readonly Task[], signal: AbortSignal): TaskList {
  return Object.fromEntries(tasks.map((item) => [
    item.job.name,
    async (payload: unknown, helpers: { job: { id: string; attempts: number } }) => {
      const started = performance.now();
      // `_cron` is what the scheduler adds to a payload.
      const { _cron: _, ...fields } = (payload ?? {}) as Record<string, unknown>;
      const about = { job: item.job.name, job_id: helpers.job.id, attempt: helpers.job.attempts };
      try {
        await item.run(ctx, item.job.payload.parse(fields), signal);
        ctx.log("info", "job", { ...about, duration_ms: Math.round(performance.now() - started) });
      } catch (error) {
        ctx.capture(error, about);
        // What the queue stores as last error must not hold a foreign message either.
        throw new Error(JSON.stringify(describeError(error)).slice(0, 500));
      }
    },
  ]));
}

async function heartbeat(ctx: Context, id: string, workerIds: string[], tasks: readonly Task[]): Promise<void> {
  await ctx.database.execute(sql`
    insert into worker_process (id, worker_ids, heartbeat_at)
    values (${id}, ${JSON.stringify(workerIds)}::jsonb, now())
    on conflict (id) do update
    set worker_ids = excluded.worker_ids, heartbeat_at = excluded.heartbeat_at`);
  await unlockDeadWorkers(ctx);
  await buryDeadJobs(ctx, tasks);
}

/** Jobs locked by a process without a heartbeat go back to the queue; it would hold them for four hours. */
async function unlockDeadWorkers(ctx: Context): Promise<void> {
  const dead = await rows<{ worker_ids: string[] }>(
    ctx.database,
    sql`
      delete from worker_process
      where heartbeat_at < now() - make_interval(secs => ${deadAfterSeconds})
      returning worker_ids`,
  );
  const ids = dead.flatMap((row) => row.worker_ids);
  if (ids.length === 0) return;
  await ctx.database.execute(sql`
    select graphile_worker.force_unlock_workers(
      array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
    )`);
  ctx.log("warn", "worker.recovered", { processes: dead.length, workers: ids.length });
}

/** A job without attempts left tells its row and leaves the queue. */
async function buryDeadJobs(ctx: Context, tasks: readonly Task[]): Promise<void> {
  const dead = await rows<{ id: string; name: string; payload: unknown }>(
    ctx.database,
    sql`
      select jobs.id::text as id, tasks.identifier as name, jobs.payload
      from graphile_worker._private_jobs as jobs
      join graphile_worker._private_tasks as tasks on tasks.id = jobs.task_id
      where jobs.attempts >= jobs.max_attempts and jobs.locked_at is null
      limit 100`,
  );
  for (const job of dead) {
    const owner = tasks.find((item) => item.job.name === job.name);
    const payload = owner?.job.payload.safeParse(job.payload);
    if (owner?.dead !== undefined && payload?.success === true) await owner.dead(ctx, payload.data);
    await ctx.database.execute(sql`select graphile_worker.complete_jobs(array[${job.id}::bigint])`);
    ctx.log("error", "job.dead", { job: job.name, job_id: job.id });
  }
}

/** Jobs still running at the end of the grace period wait in the queue again, and the attempt does not count. */
async function handBack(ctx: Context, workerIds: string[]): Promise<void> {
  const ids = sql`array(select jsonb_array_elements_text(${JSON.stringify(workerIds)}::jsonb))`;
  await ctx.database.execute(sql`
    update graphile_worker._private_jobs
    set attempts = attempts - 1
    where locked_by = any(${ids})`);
  await ctx.database.execute(sql`select graphile_worker.force_unlock_workers(${ids})`);
}

async function endsWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => timer = setTimeout(() => resolve(false), milliseconds));
  const ended = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return ended;
}
