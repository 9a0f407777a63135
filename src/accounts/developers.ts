import type { Context } from "../platform/context.ts";
import { AppError, notFound, sqlState } from "../platform/errors.ts";
import { requireDeveloperActor, requireManagedDeveloper } from "./access.ts";
import { lockApplicationsOf } from "./application_queries.ts";
import { forgetApiKeys } from "./known_keys.ts";
import { hashPassword, passwordFits } from "./password.ts";
import {
  deleteDeveloper,
  findDeveloper,
  lockOwners,
  revokeAppFamilies,
  revokeDeveloperFamilies,
  updateDeveloper,
} from "./queries.ts";
import type { Developer } from "./table.ts";

/** The people who run this installation. The owner manages all, a member only themselves. */

export interface DeveloperChange {
  readonly first_name?: string | null | undefined;
  readonly last_name?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly password?: string | null | undefined;
}

/** Changes what is given; null means unchanged. A new password ends every other login of that developer. */
export async function changeDeveloper(ctx: Context, id: string, change: DeveloperChange): Promise<Developer> {
  const actor = requireDeveloperActor(ctx);
  const developer = await requireManagedDeveloper(ctx, id);
  const set: Partial<Developer> = {};
  if (change.first_name != null) set.first_name = change.first_name;
  if (change.last_name != null) set.last_name = change.last_name;
  if (change.email != null) set.email = change.email;
  if (change.password != null) {
    requireLength(ctx, change.password);
    set.password_hash = await hashPassword(change.password);
  }
  return await ctx.database.transaction(async (db) => {
    // The developer first: who deletes them at the same time holds them and waits for their logins.
    const changed = await updateDeveloper(db, developer.id, set);
    if (changed === undefined) throw notFound("Developer", id);
    if (set.password_hash !== undefined) {
      const keep = actor.developer_id === developer.id ? actor.family_id : undefined;
      await revokeDeveloperFamilies(db, developer.id, ctx.clock(), keep);
    }
    return changed;
  }).catch((error) => {
    if (sqlState(error) === "23505") throw new AppError("conflict", "Developer with this email already exists.");
    throw error;
  });
}

/** Changes one's own password and ends every login, this one included: a stolen token must not outlive it. */
export async function changePassword(ctx: Context, current: string, next: string): Promise<void> {
  const actor = requireDeveloperActor(ctx);
  const developer = await findDeveloper(ctx.database, actor.developer_id);
  if (!await passwordFits(current, developer?.password_hash)) {
    throw new AppError("invalid_input", "Incorrect current password");
  }
  requireLength(ctx, next);
  const passwordHash = await hashPassword(next);
  await ctx.database.transaction(async (db) => {
    await updateDeveloper(db, actor.developer_id, { password_hash: passwordHash });
    await revokeDeveloperFamilies(db, actor.developer_id, ctx.clock());
  });
}

/**
 * Deletes a developer with their keys, applications and logins, those they handed out to phones included. Phones that
 * redeemed an invitation stay connected: its code was the person's. The last owner stays, or nobody could manage the rest.
 */
export async function removeDeveloper(ctx: Context, id: string): Promise<Developer> {
  const developer = await requireManagedDeveloper(ctx, id);
  await ctx.database.transaction(async (db) => {
    // Two owners who delete each other at once come here one after the other.
    const owners = await lockOwners(db);
    if (owners.every((owner) => owner.id === id)) throw new AppError("conflict", "The last owner cannot be deleted");
    await revokeAppFamilies(db, [`admin:${id}`, ...await lockApplicationsOf(db, id)], ctx.clock());
    await deleteDeveloper(db, id);
  });
  forgetApiKeys(ctx);
  return developer;
}

function requireLength(ctx: Context, password: string): void {
  if (password.length < ctx.config.MIN_PASSWORD_LENGTH) {
    throw new AppError("invalid_input", `String should have at least ${ctx.config.MIN_PASSWORD_LENGTH} characters`);
  }
}
