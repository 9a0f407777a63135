import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Database } from "./database.ts";

/** Declares background jobs and enqueues them with SQL, in the caller's transaction. No queue library is needed. */

export interface Job<Payload> {
  /** The task's identifier, the name of its file under `tasks/`. */
  readonly name: string;
  /** Ids only; parsed when enqueued and again when run. */
  readonly payload: z.ZodType<Payload>;
  readonly attempts: number;
  /** Jobs of one queue run one after the other, so that heavy work stays bounded; null runs them side by side. */
  readonly queue: string | null;
  /** A waiting job with the same key is replaced instead of repeated. */
  readonly key: (payload: Payload) => string;
}

export function declareJob<Payload>(job: Job<Payload>): Job<Payload> {
  return job;
}

/** Adds the job in `db`'s transaction: it exists when the rows it is about exist, or not at all. */
export async function enqueue<Payload>(
  db: Database,
  job: Job<Payload>,
  payload: Payload,
  options: { readonly delaySeconds?: number } = {},
): Promise<void> {
  const parsed = job.payload.parse(payload);
  await db.execute(sql`
    select graphile_worker.add_job(
      ${job.name}::text,
      payload := ${JSON.stringify(parsed)}::json,
      queue_name := ${job.queue}::text,
      run_at := now() + make_interval(secs => ${options.delaySeconds ?? 0}),
      max_attempts := ${job.attempts}::int,
      job_key := ${`${job.name}:${job.key(parsed)}`}::text
    )`);
}
