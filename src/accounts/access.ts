import type { Actor, Context } from "../platform/context.ts";
import { AppError, notFound } from "../platform/errors.ts";
import { findDeveloper, findUser } from "./queries.ts";
import type { Developer, User } from "./table.ts";

/**
 * A person's id that this actor may use. Queries about a person take nothing else, so that a forgotten check does
 * not compile; only the functions below make one.
 */
export type UserId = string & { readonly __brand: "UserId" };

/** A person whom this actor may reach. */
export type ReachedUser = User & { readonly id: UserId };

/** The person, or 404: the same answer for a stranger as for nobody. */
export async function requireUserRow(ctx: Context, id: string): Promise<ReachedUser> {
  const user = mayReach(ctx.actor, id) ? await findUser(ctx.database, id) : undefined;
  if (user === undefined) throw notFound("User", id);
  return user as ReachedUser;
}

export async function requireUser(ctx: Context, id: string): Promise<UserId> {
  return (await requireUserRow(ctx, id)).id;
}

/**
 * Reads about a person while it is looked up whether there is one, so that a short read does not wait twice. What was
 * read is given only to who may have it; `read` may write nothing but what is
 * computed from what is stored.
 */
export async function readAboutUser<T>(ctx: Context, id: string, read: (userId: UserId) => Promise<T>): Promise<T> {
  if (!mayReach(ctx.actor, id)) throw notFound("User", id);
  const [user, found] = await Promise.allSettled([requireUser(ctx, id), read(id as UserId)]);
  if (user.status === "rejected") throw user.reason;
  if (found.status === "rejected") throw found.reason;
  return found.value;
}

/**
 * The same for a read whose statement finds out by itself whether there is this person, and gives undefined when not:
 * one wait on the database instead of two.
 */
export async function readOfUser<T>(
  ctx: Context,
  id: string,
  read: (userId: UserId) => Promise<T | undefined>,
): Promise<T> {
  if (!mayReach(ctx.actor, id)) throw notFound("User", id);
  const found = await read(id as UserId).catch(async (error) => {
    await requireUser(ctx, id);
    throw error;
  });
  if (found === undefined) throw notFound("User", id);
  return found;
}

/**
 * `requireUser` for endpoints that phones call: the contract tells a phone that its token is another person's. Nothing
 * is given away by that, because the token is compared and no record looked up.
 */
export async function requireSdkUser(ctx: Context, id: string): Promise<UserId> {
  if (ctx.actor.kind === "sdk" && ctx.actor.user_id !== id) {
    throw new AppError("forbidden", "Token does not match user_id");
  }
  return await requireUser(ctx, id);
}

/** Whether rows of this person exist for the actor at all. */
export function mayReach(actor: Actor, userId: string): boolean {
  switch (actor.kind) {
    case "system":
    case "developer":
      return true;
    case "api_key":
      return actor.user_id === null || actor.user_id === userId;
    case "sdk":
      return actor.user_id === userId;
    case "nobody":
      return false;
  }
}

/** The one person an actor is bound to, or null when it may reach everybody. */
export function boundUser(actor: Actor): string | null {
  return actor.kind === "api_key" || actor.kind === "sdk" ? actor.user_id : null;
}

export type DeveloperActor = Extract<Actor, { kind: "developer" }>;

export function requireDeveloperActor(ctx: Context): DeveloperActor {
  if (ctx.actor.kind !== "developer") throw new AppError("unauthenticated", "Could not validate credentials");
  return ctx.actor;
}

/** A developer this actor may change: themselves, or anybody for the owner. */
export async function requireManagedDeveloper(ctx: Context, id: string): Promise<Developer> {
  const actor = requireDeveloperActor(ctx);
  const developer = await findDeveloper(ctx.database, id);
  if (developer === undefined) throw notFound("Developer", id);
  if (actor.role !== "owner" && actor.developer_id !== id) {
    throw new AppError("forbidden", "Only the owner may change another developer");
  }
  return developer;
}
