import type { UserId } from "../accounts/access.ts";
import { lockUserNo } from "../accounts/queries.ts";
import type { Database } from "../platform/database.ts";
import { notFound } from "../platform/errors.ts";

/** A person by both keys: the public id, and the short one that measurements carry. */
export interface Person {
  readonly id: UserId;
  readonly no: number;
}

/** Until the transaction ends nobody else writes this person's measurements, and nobody deletes the person. */
export async function lockPerson(db: Database, id: UserId): Promise<Person> {
  const no = await lockUserNo(db, id);
  if (no === undefined) throw notFound("User", id);
  return { id, no };
}
