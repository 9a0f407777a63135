import { eq, sql } from "drizzle-orm";
import type { Database } from "../platform/database.ts";
import type { UserId } from "./access.ts";
import { one } from "./queries.ts";
import { type PersonalRecord, personalRecords } from "./table.ts";

/** Every statement on personal records. */

export type PersonalRecordFields = Pick<PersonalRecord, "birth_date" | "sex" | "gender">;

export async function findPersonalRecord(db: Database, userId: UserId): Promise<PersonalRecord | undefined> {
  return (await db.select().from(personalRecords).where(eq(personalRecords.user_id, userId)))[0];
}

/** Stores what is given; the other fields stay. */
export async function storePersonalRecord(
  db: Database,
  userId: UserId,
  given: Partial<PersonalRecordFields>,
): Promise<PersonalRecord> {
  return one(
    await db.insert(personalRecords).values({ ...given, user_id: userId })
      .onConflictDoUpdate({ target: personalRecords.user_id, set: { ...given, updated_at: sql`now()` } })
      .returning(),
  );
}
