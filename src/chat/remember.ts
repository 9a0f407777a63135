import { readAboutUser, type UserId } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { type LocalNow, localNow } from "../summaries/local_now.ts";
import { listMessages } from "./queries.ts";
import type { ChatMessage, ChatSession } from "./table.ts";

/** What a turn starts from, beside its question. */
export interface Remembered {
  readonly userId: UserId;
  /** The newest messages, newest first; the turn's own question may be among them. */
  readonly history: readonly ChatMessage[];
  readonly now: LocalNow;
}

const maxHistory = 200;

/** Reads it while the question is stored, because the one who asks waits for both. */
export async function remember(ctx: Context, session: ChatSession): Promise<Remembered> {
  return await readAboutUser(ctx, session.user_id, async (userId) => {
    const [history, now] = await Promise.all([
      listMessages(ctx.database, session.id, { limit: maxHistory + 1, after: undefined }),
      localNow(ctx, userId),
    ]);
    return { userId, history, now };
  });
}
