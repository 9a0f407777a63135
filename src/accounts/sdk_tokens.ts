import type { Context } from "../platform/context.ts";
import { sha256Hex } from "../platform/crypto.ts";
import type { Database } from "../platform/database.ts";
import { AppError, notFound } from "../platform/errors.ts";
import { lockApplication } from "./application_queries.ts";
import { issueTokens, type Tokens } from "./login.ts";
import { lockUserNo } from "./queries.ts";

/** Tokens for phones. Each login is one person's; refreshing and revoking are those of every login. */

export interface AppCredentials {
  readonly app_id?: string | null | undefined;
  readonly app_secret?: string | null | undefined;
}

/**
 * A phone's first tokens, for a developer or for an application. Credentials that are sent decide: who sends wrong
 * ones learns it, even when logged in.
 */
export async function createUserToken(ctx: Context, userId: string, credentials: AppCredentials): Promise<Tokens> {
  return await ctx.database.transaction(async (db) => {
    const appId = await handingOut(ctx, db, credentials);
    // Only now, so that without a credential nobody learns who exists.
    if (await lockUserNo(db, userId) === undefined) throw notFound("User", userId);
    return await issueSdkTokens(ctx, db, userId, appId);
  });
}

/** The tokens of a new login for this person, stored in `db`'s transaction. */
export async function issueSdkTokens(ctx: Context, db: Database, userId: string, appId: string): Promise<Tokens> {
  return await issueTokens(ctx, db, {
    family_id: crypto.randomUUID(),
    token_type: "sdk",
    developer_id: null,
    user_id: userId,
    app_id: appId,
  });
}

/** What the tokens name as their origin. */
async function handingOut(ctx: Context, db: Database, { app_id, app_secret }: AppCredentials): Promise<string> {
  if (app_id != null && app_secret != null) {
    const application = await lockApplication(db, app_id, await sha256Hex(app_secret));
    if (application === undefined) throw new AppError("unauthenticated", "Invalid app credentials");
    return application.app_id;
  }
  if (ctx.actor.kind === "developer") return `admin:${ctx.actor.developer_id}`;
  throw new AppError(
    "invalid_input",
    "Either app credentials (app_id, app_secret) or admin authentication (Bearer token) is required",
  );
}
