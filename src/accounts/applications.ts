import type { Context } from "../platform/context.ts";
import { randomToken, sha256Hex } from "../platform/crypto.ts";
import { notFound } from "../platform/errors.ts";
import { requireDeveloperActor } from "./access.ts";
import {
  deleteApplication,
  insertApplication,
  listApplications,
  updateApplicationSecret,
} from "./application_queries.ts";
import { revokeAppFamilies } from "./queries.ts";
import type { Application } from "./table.ts";

/** Programs that hand out tokens to phones. A developer, the owner too, manages only their own. */

export interface IssuedApplication {
  readonly row: Application;
  /** Shown once; stored only as a hash. */
  readonly app_secret: string;
}

export async function ownApplications(ctx: Context): Promise<Application[]> {
  return await listApplications(ctx.database, requireDeveloperActor(ctx).developer_id);
}

export async function createApplication(ctx: Context, name: string): Promise<IssuedApplication> {
  const actor = requireDeveloperActor(ctx);
  const secret = newSecret();
  const row = await insertApplication(ctx.database, {
    id: crypto.randomUUID(),
    app_id: randomToken("app_", 16),
    app_secret_hash: await sha256Hex(secret),
    name,
    developer_id: actor.developer_id,
  });
  return { row, app_secret: secret };
}

/** A new secret; the old one stops working. Phones that have their tokens keep them. */
export async function rotateApplicationSecret(ctx: Context, appId: string): Promise<IssuedApplication> {
  const actor = requireDeveloperActor(ctx);
  const secret = newSecret();
  const row = await updateApplicationSecret(ctx.database, actor.developer_id, appId, await sha256Hex(secret));
  if (row === undefined) throw notFound("Application");
  return { row, app_secret: secret };
}

/** Deletes an application and ends the logins of the phones it served. */
export async function removeApplication(ctx: Context, appId: string): Promise<void> {
  const actor = requireDeveloperActor(ctx);
  await ctx.database.transaction(async (db) => {
    const row = await deleteApplication(db, actor.developer_id, appId);
    if (row === undefined) throw notFound("Application");
    await revokeAppFamilies(db, [row.app_id], ctx.clock());
  });
}

function newSecret(): string {
  return randomToken("secret_", 32);
}
