import type { Context } from "../platform/context.ts";
import { AppError, notFound, sqlState, violatedConstraint } from "../platform/errors.ts";
import { boundUser, requireUserRow } from "./access.ts";
import { forgetApiKeys } from "./known_keys.ts";
import { deleteUser, findUserByExternalId, insertUser, updateUser } from "./queries.ts";
import type { User } from "./table.ts";

/** The people whose records are kept. */

export interface UserFields {
  readonly first_name?: string | null | undefined;
  readonly last_name?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly external_user_id?: string | null | undefined;
}

/** Creates a person. A known `external_user_id` returns the person who has it; a known e-mail is a conflict. */
export async function createUser(ctx: Context, fields: UserFields): Promise<User> {
  if (boundUser(ctx.actor) !== null) {
    throw new AppError("forbidden", "This API key is bound to one user and cannot create another");
  }
  const existing = await knownExternalId(ctx, fields);
  if (existing !== undefined) return existing;
  try {
    return await insertUser(ctx.database, { ...given(fields), id: crypto.randomUUID() });
  } catch (error) {
    // Two requests with one new external id at once: the second finds what the first made.
    const raced = sqlState(error) === "23505" ? await knownExternalId(ctx, fields) : undefined;
    if (raced !== undefined) return raced;
    throw conflict(error);
  }
}

/** Changes what is given; null means unchanged. */
export async function changeUser(ctx: Context, id: string, fields: UserFields): Promise<User> {
  await requireUserRow(ctx, id);
  const changed = await updateUser(ctx.database, id, given(fields)).catch((error) => {
    throw conflict(error);
  });
  if (changed === undefined) throw notFound("User", id);
  return changed;
}

/** Deletes the person with every document, result, symptom and conversation. */
export async function removeUser(ctx: Context, id: string): Promise<User> {
  const user = await requireUserRow(ctx, id);
  await deleteUser(ctx.database, id);
  forgetApiKeys(ctx);
  return user;
}

async function knownExternalId(ctx: Context, fields: UserFields): Promise<User | undefined> {
  return fields.external_user_id == null
    ? undefined
    : await findUserByExternalId(ctx.database, fields.external_user_id);
}

function given(fields: UserFields): Partial<User> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
}

function conflict(error: unknown): unknown {
  if (sqlState(error) !== "23505") return error;
  const field = violatedConstraint(error) === "user_email_key" ? "email" : "external_user_id";
  return new AppError("conflict", `User with this ${field} already exists.`);
}
