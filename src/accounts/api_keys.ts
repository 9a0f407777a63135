import type { Context, Scope } from "../platform/context.ts";
import { randomToken, sha256Hex } from "../platform/crypto.ts";
import { AppError, notFound } from "../platform/errors.ts";
import { requireDeveloperActor, requireUser } from "./access.ts";
import { forgetApiKeys } from "./known_keys.ts";
import { deleteApiKey, findApiKey, insertApiKey, listApiKeys, updateApiKey } from "./queries.ts";
import type { ApiKey } from "./table.ts";

/** Keys for programs. The secret is shown when it is made and stored only as a hash. */

export interface NewApiKey {
  readonly name: string;
  readonly scope: Scope;
  readonly user_id: string | null;
  readonly expires_at: Date | null;
}

export interface IssuedApiKey {
  readonly row: ApiKey;
  readonly key: string;
}

export async function createApiKey(ctx: Context, wanted: NewApiKey): Promise<IssuedApiKey> {
  const actor = requireDeveloperActor(ctx);
  if (wanted.user_id !== null) await requireUser(ctx, wanted.user_id);
  if (wanted.expires_at !== null && wanted.expires_at <= ctx.clock()) {
    throw new AppError("invalid_input", "expires_at should be in the future");
  }
  const secret = await newSecret();
  const row = await insertApiKey(ctx.database, {
    ...wanted,
    ...secret.columns,
    id: crypto.randomUUID(),
    created_by: actor.developer_id,
  });
  return { row, key: secret.key };
}

/** A new secret for the same key: name, scope, person and expiry stay, the old secret stops working. */
export async function rotateApiKey(ctx: Context, id: string): Promise<IssuedApiKey> {
  const existing = await requireApiKey(ctx, id);
  const secret = await newSecret();
  const row = await updateApiKey(ctx.database, existing.id, secret.columns);
  forgetApiKeys(ctx);
  return { row, key: secret.key };
}

export async function renameApiKey(ctx: Context, id: string, name: string | null | undefined): Promise<ApiKey> {
  const existing = await requireApiKey(ctx, id);
  return name == null ? existing : await updateApiKey(ctx.database, existing.id, { name });
}

export async function removeApiKey(ctx: Context, id: string): Promise<ApiKey> {
  const existing = await requireApiKey(ctx, id);
  await deleteApiKey(ctx.database, existing.id);
  forgetApiKeys(ctx);
  return existing;
}

/** The keys this developer manages: their own, or all for the owner. */
export async function managedApiKeys(ctx: Context): Promise<ApiKey[]> {
  const actor = requireDeveloperActor(ctx);
  return await listApiKeys(ctx.database, actor.role === "owner" ? null : actor.developer_id);
}

async function requireApiKey(ctx: Context, id: string): Promise<ApiKey> {
  const actor = requireDeveloperActor(ctx);
  const row = await findApiKey(ctx.database, id);
  if (row === undefined || (actor.role !== "owner" && row.created_by !== actor.developer_id)) {
    throw notFound("API key", id);
  }
  return row;
}

async function newSecret() {
  const key = randomToken("sk-", 16);
  return { key, columns: { key_hash: await sha256Hex(key), key_prefix: key.slice(0, 9) } };
}
