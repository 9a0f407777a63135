import type { UserId } from "../accounts/access.ts";
import { Bell } from "../platform/bell.ts";
import type { Context } from "../platform/context.ts";
import type { Frame } from "../platform/event_stream.ts";
import { follow, type StreamTiming, streamTiming } from "../platform/follow.ts";
import { UnreadEvents } from "./unread_events.ts";
import type { ShownSyncEvent } from "./sync_queries.ts";

/**
 * What happens while a person's data comes in, as it happens: the newest `replay` events, oldest first, and then each
 * new one, until the caller or the person is gone or the server stops.
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
  try {
    yield { comment: "connected" };
    const { unread, events } = await UnreadEvents.open(ctx.database, userId, replay);
    for (const event of events) yield frame(event);
    yield* follow(ctx, gone, bell, async () => {
      const found = await unread.read();
      return found === null
        ? { frames: [], more: false, over: true }
        : { frames: found.events.map(frame), more: found.more };
    }, timing);
  } finally {
    unlisten();
  }
}

function frame({ no: _, ...event }: ShownSyncEvent): Frame {
  return { event: "sync.status", data: event };
}
