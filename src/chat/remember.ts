import { readAboutUser, type UserId } from "../accounts/access.ts";
import { findPersonalRecord } from "../accounts/personal_record_queries.ts";
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
  /** `YYYY-MM-DD`; null where it is not known. */
  readonly birth_date: string | null;
}

const maxHistory = 200;

/** Reads it while the question is stored, because the one who asks waits for both. */
export async function remember(ctx: Context, session: ChatSession): Promise<Remembered> {
  return await readAboutUser(ctx, session.user_id, async (userId) => {
    const [history, now, person] = await Promise.all([
      listMessages(ctx.database, session.id, { limit: maxHistory + 1, after: undefined }),
      localNow(ctx, userId),
      findPersonalRecord(ctx.database, userId),
    ]);
    return { userId, history, now, birth_date: person?.birth_date ?? null };
  });
}
