import type { Context } from "../platform/context.ts";
import type { ChatEvent } from "./event.ts";
import type { LiveTurn } from "./live_turn.ts";
import { addMessage, lockSession } from "./queries.ts";
import { Said } from "./said.ts";
import type { MessageMetadata } from "./table.ts";
import type { TurnLog } from "./turn_log.ts";
import { endTurn, findOrphan, listEvents, listOrphans } from "./turn_queries.ts";

/** The end of a turn: its last event and the answer's message, stored together. */

export interface Ending {
  readonly last: ChatEvent;
  /** What was said; null or blank leaves no message. */
  readonly content: string | null;
  readonly metadata: MessageMetadata | null;
}

/**
 * Stores how the turn ended and shows it to its readers. False when it does not run any more: the conversation was
 * deleted, or somebody took this process for dead.
 */
export async function finishTurn(
  ctx: Context,
  log: TurnLog,
  live: LiveTurn,
  sessionId: string,
  ending: Ending,
): Promise<boolean> {
  await log.stored(live);
  if (live.lost !== null) return false;
  live.finishing = true;
  const seq = live.told + 1;
  const ended = await ctx.database.transaction(async (tx) => {
    // First the conversation, then the turn: who deletes it takes them in this order, too.
    if (!await lockSession(tx, sessionId)) return false;
    if (!await endTurn(tx, live.id, seq, ending.last)) return false;
    if (ending.content === null || ending.content.trim() === "") return true;
    const { content, metadata } = ending;
    const message = { id: live.id, role: "assistant", content, metadata, title: null } as const;
    return await addMessage(tx, sessionId, message) !== undefined;
  });
  if (!ended) return false;
  live.tell(ending.last);
  live.storedUpTo(seq);
  return true;
}

/** Numbers of events that were shown and then lost in a crash of the database are not used again. */
const gapAfterCrash = 10_000;

/**
 * Ends a turn whose process has died: with an error, and with what had been said as the message. False when it lives or
 * has ended already.
 */
export async function endOrphan(ctx: Context, turnId: string): Promise<boolean> {
  const ended = await ctx.database.transaction(async (tx) => {
    const orphan = await findOrphan(tx, turnId);
    if (orphan === undefined || !await lockSession(tx, orphan.session_id)) return false;
    // Looked at again under the lock: it may have ended meanwhile.
    const turn = await findOrphan(tx, turnId);
    if (turn === undefined) return false;
    const said = new Said();
    let seq = 0;
    for (const event of await listEvents(tx, turnId, 0, 1_000_000)) {
      seq = event.seq;
      said.hear(event.data);
    }
    const error = "The server stopped while it answered; ask again";
    await endTurn(tx, turnId, seq + gapAfterCrash, { type: "error", error });
    if (said.text.trim() !== "") {
      const metadata = said.metadata({ interrupted: "server crashed" });
      const message = { id: turnId, role: "assistant", content: said.text, metadata, title: null } as const;
      await addMessage(tx, turn.session_id, message);
    }
    return true;
  });
  if (ended) ctx.log("warn", "turn.orphaned", { turn_id: turnId });
  return ended;
}

/** Ends every turn whose process has died, so that no conversation waits for somebody to look. */
export async function endOrphans(ctx: Context): Promise<void> {
  for (const id of await listOrphans(ctx.database)) {
    // One that cannot be ended must not keep the others waiting.
    await endOrphan(ctx, id).catch((error) => ctx.capture(error, { turn_id: id }));
  }
}
