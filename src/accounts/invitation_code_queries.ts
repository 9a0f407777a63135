import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { type Database, rows } from "../platform/database.ts";
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

/** Whose code it is, whatever became of it. */
export async function findInvitedUserId(db: Database, codeHash: string): Promise<string | undefined> {
  const { user_id } = invitationCodes;
  return (await db.select({ user_id }).from(invitationCodes).where(eq(invitationCodes.code_hash, codeHash)))[0]
    ?.user_id;
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

const dayMs = 86_400_000;

/** Removes codes that expired, were redeemed or were revoked more than a day ago; gives their number. */
export async function deleteEndedInvitationCodes(db: Database, now: Date): Promise<number> {
  const dayAgo = new Date(now.getTime() - dayMs).toISOString();
  const deleted = await rows(
    db,
    sql`
      delete from user_invitation_code
      where id in (
        select id
        from user_invitation_code
        where least(expires_at, redeemed_at, revoked_at) < ${dayAgo}::timestamptz
        -- Who deletes a person or a developer at the same time locks the same rows in another order.
        for update skip locked
      )
      returning id`,
  );
  return deleted.length;
}
