import { sql } from "drizzle-orm";
import { z } from "zod";
import { rows } from "../../src/platform/database.ts";
import type { Context } from "../../src/platform/context.ts";
import { declareJob, type Job } from "../../src/platform/jobs.ts";

/** Jobs of the tests' own, and a look into the queue. */

export type Number = { readonly number: number };

export function numberJob(options: Partial<Pick<Job<Number>, "attempts" | "queue" | "key">> = {}): Job<Number> {
  return declareJob({
    name: "test_number",
    payload: z.object({ number: z.int() }),
    attempts: 3,
    queue: null,
    key: ({ number }) => String(number),
    ...options,
  });
}

export interface QueuedJob {
  readonly payload: unknown;
  readonly attempts: number;
  readonly locked_by: string | null;
  readonly last_error: string | null;
  readonly due: boolean;
}

export async function queuedJobs(ctx: Context): Promise<QueuedJob[]> {
  return await rows(
    ctx.database,
    sql`
      select payload, attempts, locked_by, last_error, run_at <= now() as due
      from graphile_worker._private_jobs
      order by id`,
  );
}

/** Makes waiting retries due now, so that a test need not wait for the queue's pauses. */
export async function hurry(ctx: Context): Promise<void> {
  await ctx.database.execute(sql`update graphile_worker._private_jobs set run_at = now() where locked_at is null`);
  await ctx.database.execute(sql`select pg_notify('jobs:insert', '{"count":1}')`);
}

/** Asks every 20 ms until `what` holds; fails after `seconds`. */
export async function eventually(
  what: () => boolean | Promise<boolean>,
  seconds = 10,
  message = "it did not happen in time",
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!await what()) {
    if (performance.now() > end) throw new Error(`${message} (${seconds} s)`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
