import { sql } from "drizzle-orm";
import type { Context } from "./context.ts";
import { rows } from "./database.ts";
import { AppError } from "./errors.ts";
import { sha256Hex } from "./crypto.ts";

/** Counts attempts in Postgres, so that every process sees the same count. Keys are stored as hashes. */

export interface Limit {
  readonly attempts: number;
  readonly windowSeconds: number;
}

/** Counts one attempt for `key`; past the limit it throws `rate_limited` with the seconds until the window ends. */
export async function countAttempt(ctx: Context, key: string, limit: Limit): Promise<void> {
  const [row] = await rows<{ attempts: number; wait_seconds: number }>(
    ctx.database,
    sql`
      insert into rate_limit (key, window_ends_at, attempts)
      values (${await sha256Hex(key)}, now() + make_interval(secs => ${limit.windowSeconds}), 1)
      on conflict (key) do update
      set
        attempts = case when rate_limit.window_ends_at <= now() then 1 else rate_limit.attempts + 1 end,
        window_ends_at = case
          when rate_limit.window_ends_at <= now() then excluded.window_ends_at
          else rate_limit.window_ends_at
        end
      returning attempts, ceil(extract(epoch from window_ends_at - now()))::int as wait_seconds`,
  );
  if (row !== undefined && row.attempts > limit.attempts) {
    throw new AppError("rate_limited", `Too many attempts; try again in ${row.wait_seconds} seconds`, {
      retryAfterSeconds: row.wait_seconds,
    });
  }
}

/** Forgets the attempts of `key`, after a success. */
export async function forgetAttempts(ctx: Context, key: string): Promise<void> {
  await ctx.database.execute(sql`delete from rate_limit where key = ${await sha256Hex(key)}`);
}

/** Removes windows that have ended. */
export async function sweepAttempts(ctx: Context): Promise<void> {
  await ctx.database.execute(sql`delete from rate_limit where window_ends_at <= now()`);
}
