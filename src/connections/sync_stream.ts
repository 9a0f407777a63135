import type { UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { databaseIsAway } from "../platform/errors.ts";
import type { Frame } from "../platform/event_stream.ts";
import { UnreadEvents } from "./unread_events.ts";
import type { ShownSyncEvent } from "./sync_queries.ts";

/** What happens while a person's data comes in, as it happens. */

export interface StreamTiming {
  /** After so long without an event a comment shows that the stream is alive. */
  readonly heartbeatMs: number;
  /** So often it looks by itself, for databases whose announcements do not arrive. */
  readonly lookMs: number;
}

export const streamTiming: StreamTiming = { heartbeatMs: 15_000, lookMs: 5_000 };

/**
 * The newest `replay` events, oldest first, and then each new one, until the caller or the person is gone or the
 * server stops. Holds no database connection while it waits.
 */
export async function* syncFrames(
  ctx: Context,
  userId: UserId,
  replay: number,
  gone: AbortSignal,
  timing: StreamTiming = streamTiming,
): AsyncGenerator<Frame> {
  const bell = new Bell();
  // Listened to before anything is read, so that nothing falls in between.
  const unlisten = ctx.listen("sync_event", (payload) => {
    if (payload === null || payload === userId) bell.ring();
  });
  const ending = AbortSignal.any([gone, ctx.stopping]);
  const ring = () => bell.ring();
  ending.addEventListener("abort", ring);
  try {
    yield { comment: "connected" };
    const { unread, events } = await UnreadEvents.open(ctx.database, userId, replay);
    for (const event of events) yield frame(event);
    let quietSince = performance.now();
    while (!ending.aborted) {
      const found = await whileDatabaseIsAway(() => unread.read());
      if (found === null) return;
      for (const event of found.events) yield frame(event);
      if (found.events.length > 0) quietSince = performance.now();
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
    unlisten();
  }
}

/** Nothing new as long as the database cannot be reached; the next look goes on where the last one was. */
async function whileDatabaseIsAway(read: UnreadEvents["read"]): ReturnType<UnreadEvents["read"]> {
  try {
    return await read();
  } catch (error) {
    if (databaseIsAway(error)) return { events: [], more: false };
    throw error;
  }
}

function frame({ no: _, ...event }: ShownSyncEvent): Frame {
  return { event: "sync.status", data: event };
}

/** Wakes the one who waits; rung while nobody waits, it is not forgotten. */
class Bell {
  #rung = false;
  #wake = () => {};

  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  /** Until it rings, `ms` at most. */
  async wait(ms: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(late);
          resolve();
        };
      });
    }
    this.#rung = false;
  }
}
