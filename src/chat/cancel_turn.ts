import type { Context } from "../platform/context.ts";
import { notFound } from "../platform/errors.ts";
import type { ChatTurn } from "./table.ts";
import type { TurnLog } from "./turn_log.ts";
import { askToCancel, findTurn } from "./turn_queries.ts";

/**
 * Asks a turn to end, in whichever process it runs: there it ends with what was said so far, within two seconds. Gives
 * `cancelling`, or how it had ended before.
 */
export async function cancelTurn(ctx: Context, log: TurnLog, turn: ChatTurn): Promise<"cancelling" | "done" | "error"> {
  if (turn.status !== "running") return turn.status;
  const live = log.find(turn.id);
  if (live !== undefined) live.cancel();
  else if (!await askToCancel(ctx.database, turn.id)) {
    // It ended in the same moment, or the conversation was deleted.
    const ended = await findTurn(ctx.database, turn.session_id, turn.id);
    if (ended === undefined || ended.status === "running") throw notFound("Chat message");
    return ended.status;
  }
  return "cancelling";
}
