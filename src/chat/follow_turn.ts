import { Bell } from "../platform/bell.ts";
import type { Context } from "../platform/context.ts";
import type { Frame } from "../platform/event_stream.ts";
import { follow, type Found, type StreamTiming } from "../platform/follow.ts";
import { endOrphan } from "./end_turn.ts";
import { type ChatEvent, isLast } from "./event.ts";
import type { LiveTurn } from "./live_turn.ts";
import { findMessage } from "./queries.ts";
import type { ChatTurn } from "./table.ts";
import type { TurnLog } from "./turn_log.ts";
import { findTurn, listEvents } from "./turn_queries.ts";

/** What a turn tells, from any event on, to any number of readers in any process. */

/** Read at a time, and so what a slow reader of a long answer costs in memory. */
const pageSize = 500;

/** Frames after the event `seen` (0: all of them); the last is `done` or `error`. Ids are the events' numbers. */
export async function* turnFrames(
  ctx: Context,
  log: TurnLog,
  turn: Pick<ChatTurn, "id" | "session_id">,
  seen: number,
  gone: AbortSignal,
  timing: StreamTiming,
): AsyncGenerator<Frame> {
  const live = log.find(turn.id);
  const bell = new Bell();
  const ring = () => bell.ring();
  const stop = live === undefined ? log.onForeign(turn.id, ring) : live.onChange(ring);
  const reader = live === undefined ? new StoredReader(ctx, turn, seen) : new LiveReader(live, seen);
  try {
    yield* follow(untilToldOf(ctx, live), gone, bell, () => reader.look(), timing);
  } finally {
    stop();
  }
}

/** A turn of this process tells by itself that the server stops; its readers wait for that. */
function untilToldOf(ctx: Context, live: LiveTurn | undefined): Context {
  return live === undefined ? ctx : { ...ctx, stopping: new AbortController().signal };
}

class LiveReader {
  constructor(private readonly live: LiveTurn, private seen: number) {}

  look(): Promise<Found> {
    const frames = this.live.shown(this.seen).map((event, index) => frame(this.seen + index + 1, event));
    this.seen += frames.length;
    const over = this.live.over;
    const { lost } = this.live;
    if (lost !== null) frames.push({ data: { type: "error", error: lost } });
    return Promise.resolve({ frames, more: false, over });
  }
}

class StoredReader {
  constructor(
    private readonly ctx: Context,
    private readonly turn: Pick<ChatTurn, "id" | "session_id">,
    private seen: number,
  ) {}

  async look(): Promise<Found> {
    const events = await listEvents(this.ctx.database, this.turn.id, this.seen, pageSize);
    this.seen = events.at(-1)?.seq ?? this.seen;
    const frames = events.map(({ seq, data }) => frame(seq, data));
    const last = events.at(-1);
    if (last !== undefined && isLast(last.data)) return { frames, more: false, over: true };
    if (events.length === pageSize) return { frames, more: true };
    const turn = await findTurn(this.ctx.database, this.turn.session_id, this.turn.id);
    if (turn === undefined) return { frames, more: false, over: true };
    if (turn.status === "running") return { frames, more: await endOrphan(this.ctx, turn.id) };
    return frames.length > 0 ? { frames, more: true } : await this.#ended(turn);
  }

  /** It ended between the two statements, or all events were seen, or they were deleted long after the end: then the stored message says it all. */
  async #ended(turn: ChatTurn): Promise<Found> {
    const unread = await listEvents(this.ctx.database, turn.id, this.seen, 1);
    if (unread.length > 0) return { frames: [], more: true };
    const kept = await listEvents(this.ctx.database, turn.id, 0, 1);
    if (kept.length > 0) return { frames: [], more: false, over: true };
    const message = await findMessage(this.ctx.database, turn.session_id, turn.id);
    const events: ChatEvent[] = [
      ...(message?.message_metadata?.tool_calls ?? []).flatMap((call): ChatEvent[] => [
        { type: "tool_call", name: call.tool, arguments: call.arguments },
        { type: "tool_result", name: call.tool, result: call.result },
      ]),
      ...(message === undefined ? [] : [{ type: "content", content: message.content } as const]),
      turn.status === "done" ? { type: "done" } : { type: "error", error: "The answer was not completed; ask again" },
    ];
    return { frames: events.map((data) => ({ data })), more: false, over: true };
  }
}

function frame(seq: number, data: ChatEvent): Frame {
  return { id: String(seq), data };
}
