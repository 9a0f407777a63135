import { Logger, parseCronItems, run, type TaskList } from "graphile-worker";
import { sql } from "drizzle-orm";
import { EventEmitter } from "node:events";
import type { Context } from "./context.ts";
import { describeError } from "./errors.ts";
import { handBack, heartbeat } from "./heartbeat.ts";
import type { Job } from "./jobs.ts";

/** Declares background tasks and runs them; `heartbeat.ts` cares for the jobs of processes that died. */

export interface Task<Payload = unknown> {
  readonly job: Job<Payload>;
  run(ctx: Context, payload: Payload, signal: AbortSignal): Promise<void>;
  /** Called once when no attempt is left, in the transaction that removes the job: tell the row it was about. */
  dead?(ctx: Context, payload: Payload): Promise<void>;
  /** Five-field cron expression, UTC; such a task gets an empty payload. */
  readonly schedule?: string;
}

export function task<Payload>(definition: Task<Payload>): Task {
  return definition as unknown as Task;
}

export interface Worker {
  /** Lets running jobs end within the grace period, then hands them back to the queue. */
  stop(): Promise<void>;
}

const heartbeatMs = 3_000;
export const graceMs = 10_000;

/** `grace` is how many milliseconds running jobs get at the end; tests shorten it. */
export async function startWorker(
  ctx: Context,
  url: string,
  tasks: readonly Task[],
  grace: number = graceMs,
): Promise<Worker> {
  addEventListener("unhandledrejection", forgiveSecondRelease);
  const processId = crypto.randomUUID();
  const poolIds: string[] = [];
  const aborter = new AbortController();
  const events = new EventEmitter();
  // The queue locks jobs in the name of the pool, not of the pool's workers.
  events.on("pool:create", ({ workerPool }: { workerPool: { id: string } }) => poolIds.push(workerPool.id));
  const stopNudging = nudgeSerialQueues(events);
  const looked = firstLook(events);
  const runner = await run({
    connectionString: url,
    concurrency: ctx.config.WORKER_CONCURRENCY,
    maxPoolSize: ctx.config.WORKER_CONCURRENCY + 2,
    noHandleSignals: true,
    events: events as never,
    taskList: taskList(ctx, tasks, aborter.signal),
    preset: {
      worker: {
        // Without a batch the library leaves a failed completion as an unhandled rejection.
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
        // Its abort signal is not the one jobs get; the timer for it need not outlive the worker.
        gracefulShutdownAbortTimeout: 0,
      },
    },
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
  await looked.catch(async (error) => {
    await runner.stop();
    throw error;
  });
  let beating = Promise.resolve();
  const beat = () => {
    beating = beating.then(() => heartbeat(ctx, processId, poolIds, tasks)).catch((error) => ctx.capture(error, {}));
    return beating;
  };
  await beat();
  const timer = setInterval(beat, heartbeatMs);
  const forget = async () => {
    clearInterval(timer);
    await beating;
    await ctx.database.execute(sql`delete from worker_process where id = ${processId}`).catch(() => {});
  };
  let stopping = false;
  runner.promise.catch(() => {}).then(async () => {
    if (stopping) return;
    // Without a heartbeat readiness says that the worker is missing.
    ctx.log("error", "worker.ended");
    stopNudging();
    await forget();
  });
  return {
    async stop() {
      stopping = true;
      stopNudging();
      const end = runner.stop().catch(() => {});
      if (!await endsWithin(end, grace)) {
        await handBack(ctx, poolIds).catch((error) => ctx.capture(error, {}));
        aborter.abort();
        // Jobs that heed the signal end now, and the queue's connections with them.
        await endsWithin(end, 1_000);
      }
      aborter.abort();
      await forget();
    },
  };
}

/**
 * The library (graphile-worker 0.18) may give its listening connection back twice when the database drops connections,
 * and tells nobody but the runtime, which would end the process. The connection is back by then, and nothing is lost.
 * Added again, the same function stays one listener; it outlives the worker, because this may happen after its end.
 */
function forgiveSecondRelease(event: PromiseRejectionEvent): void {
  if (
    /^Release called on client which has already been released/.test(
      String(Reflect.get(Object(event.reason), "message")),
    )
  ) {
    event.preventDefault();
  }
}

/** Resolves when the queue was read once. The library remembers a first failure for ever, so it must end the start. */
function firstLook(events: EventEmitter): Promise<void> {
  const looked = new Promise<void>((resolve, reject) => {
    events.once("worker:getJob:empty", () => resolve());
    events.once("job:start", () => resolve());
    events.once("worker:getJob:error", ({ error }: { error: unknown }) => reject(error));
  });
  // It may fail before anybody waits for it.
  looked.catch(() => {});
  return looked;
}

/**
 * A worker looks for its next job before the last one's queue is known to be free, and would then sleep for two
 * seconds: looks again a moment later. Returns how to stop that.
 */
function nudgeSerialQueues(events: EventEmitter): () => void {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const ended = (event: { worker: { workerPool: Nudged }; job: { job_queue_id: number | null } }) => {
    if (event.job.job_queue_id === null) return;
    for (const delay of [10, 100]) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        try {
          event.worker.workerPool.nudge(1);
        } catch {
          // The pool has begun to shut down on its own.
        }
      }, delay);
      timers.add(timer);
    }
  };
  events.on("job:complete", ended);
  return () => {
    events.off("job:complete", ended);
    for (const timer of timers) clearTimeout(timer);
  };
}

interface Nudged {
  nudge(workers: number): void;
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

async function endsWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => timer = setTimeout(() => resolve(false), milliseconds));
  const ended = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return ended;
}
