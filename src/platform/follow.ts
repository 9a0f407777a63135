import { Bell } from "./bell.ts";
import type { Context } from "./context.ts";
import { databaseIsAway } from "./errors.ts";
import type { Frame } from "./event_stream.ts";

/** A stream that tells what is there and then goes on with what comes, looking whenever it is told that there is more. */

export interface StreamTiming {
  /** After so long without a frame a comment shows that the stream is alive. */
  readonly heartbeatMs: number;
  /** So often it looks by itself, for databases whose announcements do not arrive. */
  readonly lookMs: number;
}

export const streamTiming: StreamTiming = { heartbeatMs: 15_000, lookMs: 5_000 };

export interface Found {
  readonly frames: readonly Frame[];
  /** A next look has something at once. */
  readonly more: boolean;
  /** Nothing comes any more. */
  readonly over?: boolean;
}

/**
 * What `look` finds, until it is over, the caller is gone or the server stops. A stream that does not wait holds no
 * database connection. While the database cannot be reached there is nothing new.
 */
export async function* follow(
  ctx: Context,
  gone: AbortSignal,
  bell: Bell,
  look: () => Promise<Found>,
  timing: StreamTiming,
): AsyncGenerator<Frame> {
  const ending = AbortSignal.any([gone, ctx.stopping]);
  const ring = () => bell.ring();
  ending.addEventListener("abort", ring);
  try {
    let quietSince = performance.now();
    while (!ending.aborted) {
      const found = await whileDatabaseIsAway(look);
      yield* found.frames;
      if (found.over) return;
      if (found.frames.length > 0) quietSince = performance.now();
      if (found.more) continue;
      const untilHeartbeat = quietSince + timing.heartbeatMs - performance.now();
      if (untilHeartbeat > 0) await bell.wait(Math.min(untilHeartbeat, timing.lookMs));
      else {
        yield { comment: "heartbeat" };
        quietSince = performance.now();
      }
    }
  } finally {
    ending.removeEventListener("abort", ring);
  }
}

/** The next look goes on where the last one was. */
async function whileDatabaseIsAway(look: () => Promise<Found>): Promise<Found> {
  try {
    return await look();
  } catch (error) {
    if (databaseIsAway(error)) return { frames: [], more: false };
    throw error;
  }
}
