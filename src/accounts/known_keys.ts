import type { Context } from "../platform/context.ts";
import { sha256Hex } from "../platform/crypto.ts";
import type { Database } from "../platform/database.ts";
import { findApiKeyByHash, touchApiKey } from "./queries.ts";
import type { ApiKey } from "./table.ts";

/**
 * API keys that were looked up within the last second, so that a program's many small reads do not hash its key and ask
 * for it each time. In the process that deletes or rotates a key it stops working at once, in others within that second.
 */

const believedMs = 1_000;
const mostKeys = 1_000;

interface KnownKeys {
  readonly byKey: Map<string, ApiKey>;
  /** When all are forgotten, by `performance.now()`. */
  until: number;
  /** Counts up when keys are forgotten, so that a look-up that began before is not believed. */
  generation: number;
}

/** By database, because that is whose keys they are. */
const known = new WeakMap<Database, KnownKeys>();

/** The valid row of this key, its use noted. */
export async function findKnownApiKey(ctx: Context, key: string): Promise<ApiKey | undefined> {
  const keys = keysOf(ctx);
  if (keys.until <= performance.now()) forget(keys);
  const now = ctx.clock();
  const believed = keys.byKey.get(key);
  const fresh = believed !== undefined && lives(believed, now);
  const { generation } = keys;
  const row = fresh ? believed : await findApiKeyByHash(ctx.database, await sha256Hex(key), now);
  if (row === undefined) return undefined;
  const used = await touchApiKey(ctx.database, row, now) ? { ...row, last_used_at: now } : row;
  if (fresh && used === row) return row;
  if (keys.byKey.size >= mostKeys) keys.byKey.clear();
  if (generation === keys.generation) keys.byKey.set(key, used);
  return used;
}

function lives({ expires_at }: ApiKey, now: Date): boolean {
  return expires_at === null || expires_at > now;
}

/** To be called when keys were changed or deleted, also by way of their person or developer. */
export function forgetApiKeys(ctx: Context): void {
  forget(keysOf(ctx));
}

function forget(keys: KnownKeys): void {
  keys.generation++;
  keys.byKey.clear();
  keys.until = performance.now() + believedMs;
}

function keysOf(ctx: Context): KnownKeys {
  const found = known.get(ctx.database) ?? { byKey: new Map(), until: 0, generation: 0 };
  known.set(ctx.database, found);
  return found;
}
