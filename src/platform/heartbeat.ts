import { type SQL, sql } from "drizzle-orm";
import type { Context } from "./context.ts";
import { type Database, rows } from "./database.ts";
import type { Job } from "./jobs.ts";
import type { Task } from "./tasks.ts";

/**
 * The heartbeat of a worker process: who lives, whose jobs go back to the queue, which jobs have failed for good.
 *
 * The queue's own tables are touched here and nowhere else.
 */

const deadAfterSeconds = 12;

/** Says that this process lives, then does for the others what must be done. */
export async function heartbeat(ctx: Context, id: string, poolIds: string[], tasks: readonly Task[]): Promise<void> {
  await ctx.database.execute(sql`
    insert into worker_process (id, worker_ids, heartbeat_at)
    values (${id}, ${JSON.stringify(poolIds)}::jsonb, now())
    on conflict (id) do update
    set worker_ids = excluded.worker_ids, heartbeat_at = excluded.heartbeat_at`);
  await unlockDeadWorkers(ctx);
  await buryDeadJobs(ctx, tasks);
}

/**
 * Jobs locked for a while by a worker that no living process calls its own go back to the queue, which would hold
 * them for four hours.
 */
async function unlockDeadWorkers(ctx: Context): Promise<void> {
  await ctx.database.transaction(async (db) => {
    const deadSince = sql`now() - make_interval(secs => ${deadAfterSeconds})`;
    await db.execute(sql`delete from worker_process where heartbeat_at < ${deadSince}`);
    const dead = await rows<{ id: string }>(
      db,
      sql`
        select distinct locks.locked_by as id
        from (
          select locked_by, locked_at from graphile_worker._private_jobs
          union all
          select locked_by, locked_at from graphile_worker._private_job_queues
        ) as locks
        where locks.locked_at < ${deadSince}
          and not exists (select from worker_process where worker_process.worker_ids ? locks.locked_by)`,
    );
    if (dead.length === 0) return;
    await db.execute(sql`select graphile_worker.force_unlock_workers(${textArray(dead.map(({ id }) => id))})`);
    ctx.log("warn", "worker.recovered", { workers: dead.length });
  });
}

interface DeadJob {
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
}

/** A job without attempts left tells its row and leaves the queue, both in one transaction. */
async function buryDeadJobs(ctx: Context, tasks: readonly Task[]): Promise<void> {
  const ids = await rows<{ id: string }>(
    ctx.database,
    sql`
      select id::text as id
      from graphile_worker._private_jobs
      where attempts >= max_attempts and locked_at is null
      limit 100`,
  );
  for (const { id } of ids) {
    // One that cannot be buried must not keep the others waiting.
    await buryDeadJob(ctx, tasks, id).catch((error) => ctx.capture(error, { job_id: id }));
  }
}

async function buryDeadJob(ctx: Context, tasks: readonly Task[], id: string): Promise<void> {
  await ctx.database.transaction(async (db) => {
    // Every worker process looks; the one that locks the job buries it.
    const [job] = await rows<DeadJob>(
      db,
      sql`
        select jobs.id::text as id, tasks.identifier as name, jobs.payload
        from graphile_worker._private_jobs as jobs
        join graphile_worker._private_tasks as tasks on tasks.id = jobs.task_id
        where jobs.id = ${id}::bigint
          and jobs.attempts >= jobs.max_attempts
          and jobs.locked_at is null
        for update of jobs skip locked`,
    );
    if (job === undefined) return;
    const owner = tasks.find((item) => item.job.name === job.name);
    const payload = owner?.job.payload.safeParse(job.payload);
    if (owner?.dead !== undefined && payload?.success === true) {
      await owner.dead({ ...ctx, database: db }, payload.data);
    }
    await db.execute(sql`select graphile_worker.complete_jobs(array[${job.id}::bigint])`);
    ctx.log("error", "job.dead", { job: job.name, job_id: job.id });
  });
}

/** Jobs still running at the end of the grace period wait in the queue again, and the attempt does not count. */
export async function handBack(ctx: Context, poolIds: string[]): Promise<void> {
  await ctx.database.transaction(async (db) => {
    await db.execute(sql`
      update graphile_worker._private_jobs
      set attempts = attempts - 1
      where locked_by = any(${textArray(poolIds)})`);
    await db.execute(sql`select graphile_worker.force_unlock_workers(${textArray(poolIds)})`);
  });
}

/**
 * The running job came further than any attempt before it: those count no longer. In the transaction that stores how
 * far it came.
 */
export async function forgetAttempts<Payload>(db: Database, job: Job<Payload>, payload: Payload): Promise<void> {
  await db.execute(sql`
    update graphile_worker._private_jobs
    set attempts = 1
    where key = ${`${job.name}:${job.key(payload)}`}
      and attempts > 1`);
}

/** A `text[]` sent as one JSON parameter. */
function textArray(values: readonly string[]): SQL {
  return sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;
}
