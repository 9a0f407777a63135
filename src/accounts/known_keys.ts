import type { Context } from "../platform/context.ts";
import type { Database } from "../platform/database.ts";
import { findApiKeyByHash, touchApiKey } from "./queries.ts";
import type { ApiKey } from "./table.ts";

/**
 * API keys that were looked up within the last second, so that a program's many small reads do not ask for its key each
 * time. In the process that deletes or rotates a key it stops working at once, in others within that second.
 */

const believedMs = 1_000;
const mostKeys = 1_000;

interface Believed {
  readonly row: ApiKey;
  readonly until: number;
}

interface KnownKeys {
  readonly byHash: Map<string, Believed>;
  /** Counts up when keys change, so that a look-up that began before is not believed. */
  generation: number;
}

/** By database, because that is whose keys they are. */
const known = new WeakMap<Database, KnownKeys>();

/** The valid key with this hash, its use noted. */
export async function findKnownApiKey(ctx: Context, hash: string): Promise<ApiKey | undefined> {
  const keys = keysOf(ctx);
  const now = ctx.clock();
  const believed = keys.byHash.get(hash);
  const fresh = believed !== undefined && believed.until > performance.now() && lives(believed.row, now);
  const { generation } = keys;
  const row = fresh ? believed.row : await findApiKeyByHash(ctx.database, hash, now);
  if (row === undefined) return undefined;
  const used = await touchApiKey(ctx.database, row, now) ? { ...row, last_used_at: now } : row;
  if (fresh && used === row) return row;
  if (keys.byHash.size >= mostKeys) keys.byHash.clear();
  const until = fresh ? believed.until : performance.now() + believedMs;
  if (generation === keys.generation) keys.byHash.set(hash, { row: used, until });
  return used;
}

function lives({ expires_at }: ApiKey, now: Date): boolean {
  return expires_at === null || expires_at > now;
}

/** To be called when keys were changed or deleted, also by way of their person or developer. */
export function forgetApiKeys(ctx: Context): void {
  const keys = keysOf(ctx);
  keys.generation++;
  keys.byHash.clear();
}

function keysOf(ctx: Context): KnownKeys {
  const found = known.get(ctx.database) ?? { byHash: new Map(), generation: 0 };
  known.set(ctx.database, found);
  return found;
}
