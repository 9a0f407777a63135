import type { Context } from "../platform/context.ts";
import { publicError } from "../platform/http.ts";
import { ModelError } from "../platform/model.ts";
import type { Tool } from "../platform/tool.ts";
import { answer } from "./answer.ts";
import { type Ending, finishTurn } from "./end_turn.ts";
import type { LiveTurn } from "./live_turn.ts";
import { Said } from "./said.ts";
import type { Turn } from "./start_turn.ts";
import type { MessageMetadata } from "./table.ts";
import { notRunning, type TurnLog } from "./turn_log.ts";

/** Runs one turn to its end, whoever reads it. */

/**
 * Tells the log what happens and how it ends; never throws. `requestId` is quoted where the error is not known.
 */
export async function runTurn(
  ctx: Context,
  tools: readonly Tool[],
  log: TurnLog,
  turn: Turn,
  live: LiveTurn,
  requestId: string,
): Promise<void> {
  const said = new Said();
  const ending = AbortSignal.any([live.ending, ctx.stopping]);
  try {
    let end: Ending;
    try {
      end = await answered(ctx, tools, log, turn, live, said, ending);
    } catch (error) {
      end = brokenOff(ctx, live, said, error, requestId);
    }
    await store(ctx, log, turn, live, end, requestId);
  } finally {
    log.close(live);
  }
}

async function answered(
  ctx: Context,
  tools: readonly Tool[],
  log: TurnLog,
  turn: Turn,
  live: LiveTurn,
  said: Said,
  signal: AbortSignal,
): Promise<Ending> {
  const events = answer(ctx, tools, turn, said, signal);
  let next = await events.next();
  for (; !next.done; next = await events.next()) log.tell(live, next.value);
  if (said.text.trim() === "") return failed("The model gave an empty answer; ask again or in other words", said, {});
  const { interrupted, grounding, corrected } = next.value;
  const how = {
    grounding,
    ...(corrected ? { corrected } as const : {}),
    ...(interrupted === null ? {} : { interrupted }),
  };
  return { last: { type: "done", ...how }, content: said.text, metadata: said.metadata(how) };
}

/** How a turn ends that something stopped. What was said until then is kept. */
function brokenOff(ctx: Context, live: LiveTurn, said: Said, error: unknown, requestId: string): Ending {
  if (live.ending.aborted) {
    const interrupted = { interrupted: "cancelled" } as const;
    return { last: { type: "done", ...interrupted }, content: said.text, metadata: said.metadata(interrupted) };
  }
  if (ctx.stopping.aborted) {
    return failed("The server is stopping; ask again", said, { interrupted: "server stopping" });
  }
  if (error instanceof ModelError) {
    ctx.log("warn", "model.failed", { problem: error.problem, turn_id: live.id });
    return failed(error.message, said, { error: error.problem });
  }
  return failed(publicError(ctx, error, requestId).message, said, { error: "internal" });
}

function failed(error: string, said: Said, how: Omit<MessageMetadata, "tool_calls">): Ending {
  return { last: { type: "error", error }, content: said.text, metadata: said.metadata(how) };
}

async function store(
  ctx: Context,
  log: TurnLog,
  turn: Turn,
  live: LiveTurn,
  end: Ending,
  requestId: string,
): Promise<void> {
  try {
    if (!await finishTurn(ctx, log, live, turn.session.id, end)) live.lose(notRunning);
  } catch (error) {
    const { message } = publicError(ctx, error, requestId);
    // Without its message a turn can still say that it failed; when that cannot be stored either, it ends as an orphan.
    const last = { type: "error", error: message } as const;
    await finishTurn(ctx, log, live, turn.session.id, { last, content: null, metadata: null })
      .catch((again) => ctx.capture(again, { turn_id: live.id }));
    live.lose(message);
  }
}
