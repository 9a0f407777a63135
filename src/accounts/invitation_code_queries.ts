import { and, eq, gt, isNull } from "drizzle-orm";
import type { Database } from "../platform/database.ts";
import { one } from "./queries.ts";
import { type InvitationCode, invitationCodes } from "./table.ts";

/** Every statement on invitation codes. An open code is neither redeemed nor revoked. */

const open = and(isNull(invitationCodes.redeemed_at), isNull(invitationCodes.revoked_at));

export async function insertInvitationCode(
  db: Database,
  row: typeof invitationCodes.$inferInsert,
): Promise<InvitationCode> {
  return one(await db.insert(invitationCodes).values(row).returning());
}

export async function revokeInvitationCodes(db: Database, userId: string, now: Date): Promise<void> {
  await db.update(invitationCodes).set({ revoked_at: now }).where(and(eq(invitationCodes.user_id, userId), open));
}

/** Spends an open code and gives it back. Of two at once the second waits and then finds it spent. */
export async function spendInvitationCode(
  db: Database,
  codeHash: string,
  now: Date,
): Promise<InvitationCode | undefined> {
  const valid = and(eq(invitationCodes.code_hash, codeHash), open, gt(invitationCodes.expires_at, now));
  return (await db.update(invitationCodes).set({ redeemed_at: now }).where(valid).returning())[0];
}
