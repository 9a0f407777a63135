import type { Context } from "../platform/context.ts";
import { AppError, notFound, sqlState } from "../platform/errors.ts";
import { requireUser } from "./access.ts";
import { findPersonalRecord, type PersonalRecordFields, storePersonalRecord } from "./personal_record_queries.ts";

/** Birth date, sex and gender of a person: what formulas about age and body need to know. */

export type PersonalRecordChange = {
  readonly [Field in keyof PersonalRecordFields]?: PersonalRecordFields[Field] | undefined;
};

const nothing: PersonalRecordFields = { birth_date: null, sex: null, gender: null };

/** What is known; all null when nothing was stored. */
export async function getPersonalRecord(ctx: Context, userId: string): Promise<PersonalRecordFields> {
  return await findPersonalRecord(ctx.database, await requireUser(ctx, userId)) ?? nothing;
}

/** Changes the fields that are given; null clears one. */
export async function changePersonalRecord(
  ctx: Context,
  userId: string,
  change: PersonalRecordChange,
): Promise<PersonalRecordFields> {
  const user_id = await requireUser(ctx, userId);
  if (change.birth_date != null) requireBirthDate(ctx, change.birth_date);
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  try {
    return await storePersonalRecord(ctx.database, user_id, given);
  } catch (error) {
    // The person was deleted between the check and the insert.
    throw sqlState(error) === "23503" ? notFound("User", userId) : error;
  }
}

function requireBirthDate(ctx: Context, day: string): void {
  // Where the day begins first it is 14 hours ahead of UTC.
  const latestToday = new Date(ctx.clock().getTime() + 14 * 3_600_000).toISOString().slice(0, 10);
  const message = day > latestToday
    ? "birth_date must not be in the future"
    : day < "1900-01-01"
    ? "birth_date must not be before 1900-01-01"
    : null;
  if (message !== null) {
    throw new AppError("invalid_input", message, { issues: [{ path: "body.birth_date", message }] });
  }
}
