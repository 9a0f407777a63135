import type { Context } from "../platform/context.ts";
import { toHex } from "../platform/crypto.ts";
import { AppError, notFound } from "../platform/errors.ts";
import { countAttempt, forgetAttempts } from "../platform/rate_limit.ts";
import { requireDeveloperActor } from "./access.ts";
import { signingKey } from "./access_token.ts";
import {
  findInvitedUserId,
  insertInvitationCode,
  revokeInvitationCodes,
  spendInvitationCode,
} from "./invitation_code_queries.ts";
import type { Tokens } from "./login.ts";
import { holdUser, lockUserNo } from "./queries.ts";
import { issueSdkTokens } from "./sdk_tokens.ts";
import type { InvitationCode } from "./table.ts";

/** Codes that a person types into their phone to connect it, once and within a week. */

/** 32 symbols, without those that are taken for one another: I and 1, O and 0. */
const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const lifetimeMs = 7 * 86_400_000;
const windowSeconds = 15 * 60;

export interface IssuedCode {
  readonly row: InvitationCode;
  readonly code: string;
}

/** A new code for this person; the one they had not used yet stops working. */
export async function createInvitationCode(ctx: Context, userId: string): Promise<IssuedCode> {
  const actor = requireDeveloperActor(ctx);
  const code = newCode();
  const codeHash = await hashCode(ctx, code);
  return await ctx.database.transaction(async (db) => {
    // Two codes at once are made one after the other, or neither would see what it must revoke.
    if (await lockUserNo(db, userId) === undefined) throw notFound("User", userId);
    const now = ctx.clock();
    await revokeInvitationCodes(db, userId, now);
    const row = await insertInvitationCode(db, {
      id: crypto.randomUUID(),
      code_hash: codeHash,
      user_id: userId,
      created_by_id: actor.developer_id,
      created_at: now,
      expires_at: new Date(now.getTime() + lifetimeMs),
    });
    return { row, code };
  });
}

export interface RedeemedCode extends Tokens {
  readonly user_id: string;
}

/** Swaps a code for tokens. Unknown, spent, revoked and expired codes answer alike. */
export async function redeemInvitationCode(ctx: Context, code: string, address: string): Promise<RedeemedCode> {
  const tried = `invitation-code:${address}`;
  await countAttempt(ctx, tried, { attempts: ctx.config.LOGIN_ATTEMPTS, windowSeconds });
  const codeHash = await hashCode(ctx, code);
  const redeemed = await ctx.database.transaction(async (db) => {
    const userId = await findInvitedUserId(db, codeHash);
    // The person first: who deletes them at the same time holds them and waits for the code.
    const isThere = userId !== undefined && await holdUser(db, userId);
    const row = isThere ? await spendInvitationCode(db, codeHash, ctx.clock()) : undefined;
    if (row === undefined) throw new AppError("not_found", "Invalid or expired invitation code");
    const tokens = await issueSdkTokens(ctx, db, row.user_id, `invite:${row.created_by_id}`);
    return { ...tokens, user_id: row.user_id };
  });
  await forgetAttempts(ctx, tried);
  return redeemed;
}

function newCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join("");
}

/** HMAC-SHA-256: with the database alone, nobody finds the code by trying all. */
async function hashCode(ctx: Context, code: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(signingKey(ctx)), algorithm, false, ["sign"]);
  const signed = await crypto.subtle.sign("HMAC", key, encoder.encode(`invitation-code:${code}`));
  return toHex(new Uint8Array(signed));
}
