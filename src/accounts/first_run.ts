import type { Context } from "../platform/context.ts";
import { randomToken, sha256Hex } from "../platform/crypto.ts";
import { hashPassword } from "./password.ts";
import { insertApiKey, insertDeveloper, listDevelopers, lockDevelopers } from "./queries.ts";

/** What the operator must see once, because it is stored nowhere in clear. */
export interface FirstRun {
  readonly email: string;
  /** Null when the operator chose it. */
  readonly password: string | null;
  readonly api_key: string;
}

/** Creates the first developer and one API key in an empty installation; null when there is a developer already. */
export async function firstRun(ctx: Context): Promise<FirstRun | null> {
  const { ADMIN_EMAIL, ADMIN_PASSWORD } = ctx.config;
  if ((await listDevelopers(ctx.database)).length > 0) return null;
  const email = ADMIN_EMAIL ?? "owner@anamnesis.local";
  const password = ADMIN_PASSWORD?.reveal() ?? randomToken("", 10);
  const passwordHash = await hashPassword(password);
  const key = randomToken("sk-", 16);
  const keyHash = await sha256Hex(key);
  return await ctx.database.transaction(async (db) => {
    // Two processes may start at once; the second waits here and then finds the first's developer.
    await lockDevelopers(db);
    if ((await listDevelopers(db)).length > 0) return null;
    const owner = await insertDeveloper(db, {
      id: crypto.randomUUID(),
      email,
      password_hash: passwordHash,
      role: "owner",
    });
    await insertApiKey(db, {
      id: crypto.randomUUID(),
      name: "First key",
      key_hash: keyHash,
      key_prefix: key.slice(0, 9),
      scope: "write",
      created_by: owner.id,
    });
    return { email, password: ADMIN_PASSWORD === null ? password : null, api_key: key };
  });
}
