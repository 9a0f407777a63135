import type { Context } from "../platform/context.ts";
import { randomToken, sha256Hex } from "../platform/crypto.ts";
import type { Database } from "../platform/database.ts";
import { AppError, notFound } from "../platform/errors.ts";
import { countAttempt, forgetAttempts } from "../platform/rate_limit.ts";
import { signAccessToken } from "./access_token.ts";
import { requireDeveloperActor } from "./access.ts";
import { passwordFits } from "./password.ts";
import {
  findDeveloperByEmail,
  insertRefreshToken,
  lockRefreshToken,
  replaceRefreshToken,
  revokeFamily,
} from "./queries.ts";
import type { RefreshToken } from "./table.ts";

/** Login, refresh and logout. A login is a family of refresh tokens, each of which works once. */

export interface Tokens {
  readonly access_token: string;
  readonly token_type: "bearer";
  readonly refresh_token: string;
  /** Seconds until the access token expires. */
  readonly expires_in: number;
}

const windowSeconds = 15 * 60;

/** Checks e-mail and password. Unknown e-mails and wrong passwords answer alike, in words and in time. */
export async function login(ctx: Context, email: string, password: string, address: string): Promise<Tokens> {
  const account = email.trim().toLowerCase();
  const tried = `login:${account}:${address}`;
  const attempts = ctx.config.LOGIN_ATTEMPTS;
  await countAttempt(ctx, tried, { attempts, windowSeconds });
  // Ten times as many from elsewhere: a household shares an address, and a stranger must not lock an account.
  await countAttempt(ctx, `login:account:${account}`, { attempts: attempts * 10, windowSeconds });
  await countAttempt(ctx, `login:address:${address}`, { attempts: attempts * 10, windowSeconds });
  const developer = await findDeveloperByEmail(ctx.database, email.trim());
  if (!await passwordFits(password, developer?.password_hash) || developer === undefined) {
    throw new AppError("unauthenticated", "Incorrect email or password");
  }
  await forgetAttempts(ctx, tried);
  return await issueTokens(ctx, ctx.database, {
    family_id: crypto.randomUUID(),
    token_type: "developer",
    developer_id: developer.id,
    user_id: null,
    app_id: null,
  });
}

type Holder = Pick<RefreshToken, "family_id" | "token_type" | "developer_id" | "user_id" | "app_id">;

/** A new access token and a new refresh token of the holder's family, stored in `db`'s transaction. */
export async function issueTokens(ctx: Context, db: Database, holder: Holder): Promise<Tokens> {
  const refreshToken = randomToken("rt-", 16);
  const lifetimeMs = ctx.config.REFRESH_TOKEN_EXPIRE_DAYS * 86_400_000;
  await insertRefreshToken(db, {
    ...holder,
    id: crypto.randomUUID(),
    token_hash: await sha256Hex(refreshToken),
    expires_at: new Date(ctx.clock().getTime() + lifetimeMs),
  });
  const access = await signAccessToken(ctx, {
    sub: holder.developer_id ?? holder.user_id ?? "",
    sid: holder.family_id,
    ...(holder.token_type === "sdk" ? { scope: "sdk" as const } : {}),
    ...(holder.app_id === null ? {} : { app_id: holder.app_id }),
  });
  return {
    access_token: access,
    token_type: "bearer",
    refresh_token: refreshToken,
    expires_in: ctx.config.ACCESS_TOKEN_EXPIRE_MINUTES * 60,
  };
}

/** Swaps a refresh token for new tokens. A token used twice was stolen or copied: its whole login ends. */
export async function refresh(ctx: Context, refreshToken: string): Promise<Tokens> {
  const tokenHash = await sha256Hex(refreshToken);
  const tokens = await ctx.database.transaction(async (db) => {
    const row = await lockRefreshToken(db, tokenHash);
    const now = ctx.clock();
    if (row === undefined || row.revoked_at !== null || row.expires_at <= now) return null;
    if (row.replaced_at !== null) {
      // Returned, not thrown: the revocation must be committed.
      await revokeFamily(db, row.family_id, now);
      ctx.log("warn", "refresh_token.reused", { family_id: row.family_id });
      return null;
    }
    await replaceRefreshToken(db, row.id, now);
    return await issueTokens(ctx, db, row);
  });
  if (tokens === null) throw new AppError("unauthenticated", "Invalid or revoked refresh token");
  return tokens;
}

/** Ends the login a refresh token belongs to, whether or not the token was already spent. */
export async function revoke(ctx: Context, refreshToken: string): Promise<void> {
  const tokenHash = await sha256Hex(refreshToken);
  const known = await ctx.database.transaction(async (db) => {
    const row = await lockRefreshToken(db, tokenHash);
    if (row === undefined || row.revoked_at !== null) return false;
    await revokeFamily(db, row.family_id, ctx.clock());
    return true;
  });
  if (!known) throw notFound("Refresh token");
}

/** Ends the login of the token that made this call: its access tokens stop working at once. */
export async function logout(ctx: Context): Promise<void> {
  await revokeFamily(ctx.database, requireDeveloperActor(ctx).family_id, ctx.clock());
}
