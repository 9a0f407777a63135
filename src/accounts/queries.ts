import { and, asc, count, desc, eq, ilike, inArray, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import { contains, type Database, preparedRows, rows } from "../platform/database.ts";
import {
  type ApiKey,
  apiKeys,
  type Developer,
  developers,
  type RefreshToken,
  refreshTokens,
  type User,
  users,
} from "./table.ts";

/** Every statement on developers, users, keys and refresh tokens. E-mails compare without regard to case. */

const sameEmail = (column: SQL | typeof users.email | typeof developers.email, email: string) =>
  sql`lower(${column}) = lower(${email})`;

// Developers

export async function findDeveloper(db: Database, id: string): Promise<Developer | undefined> {
  return (await db.select().from(developers).where(eq(developers.id, id)))[0];
}

export async function findDeveloperByEmail(db: Database, email: string): Promise<Developer | undefined> {
  return (await db.select().from(developers).where(sameEmail(developers.email, email)))[0];
}

export async function listDevelopers(db: Database): Promise<Developer[]> {
  return await db.select().from(developers).orderBy(asc(developers.created_at), asc(developers.id));
}

/** Nobody else adds or changes developers until the transaction ends. */
export async function lockDevelopers(db: Database): Promise<void> {
  await db.execute(sql`lock table developer in share row exclusive mode`);
}

/** The owners, locked until the transaction ends. */
export async function lockOwners(db: Database): Promise<Developer[]> {
  return await db.select().from(developers).where(eq(developers.role, "owner")).orderBy(asc(developers.id)).for(
    "update",
  );
}

export async function insertDeveloper(db: Database, row: typeof developers.$inferInsert): Promise<Developer> {
  return one(await db.insert(developers).values(row).returning());
}

/** Undefined when the developer is gone. */
export async function updateDeveloper(
  db: Database,
  id: string,
  change: Partial<Developer>,
): Promise<Developer | undefined> {
  const set = { ...change, updated_at: sql`now()` };
  return (await db.update(developers).set(set).where(eq(developers.id, id)).returning())[0];
}

export async function deleteDeveloper(db: Database, id: string): Promise<void> {
  await db.delete(developers).where(eq(developers.id, id));
}

// Users

export async function findUser(db: Database, id: string): Promise<User | undefined> {
  return (await db.select().from(users).where(eq(users.id, id)).prepare("user").execute())[0];
}

/** The short key of a person whom nobody else deletes or locks until the transaction ends. */
export async function lockUserNo(db: Database, id: string): Promise<number | undefined> {
  const [row] = await preparedRows<{ no: number }>(db, sql`select no from "user" where id = ${id} for no key update`);
  return row?.no;
}

/** Whether there is such a person, whom then nobody deletes until the transaction ends. Waits for no import of theirs. */
export async function holdUser(db: Database, id: string): Promise<boolean> {
  return (await rows(db, sql`select from "user" where id = ${id} for key share`)).length > 0;
}

/** Deletes everybody whose external id and first name begin so; gives their number. */
export async function deleteUsersNamed(db: Database, externalPrefix: string, firstPrefix: string): Promise<number> {
  const deleted = await rows(
    db,
    sql`
      delete from "user"
      where starts_with(external_user_id, ${externalPrefix})
        and starts_with(first_name, ${firstPrefix})
      returning id`,
  );
  return deleted.length;
}

export async function findUserByExternalId(db: Database, externalId: string): Promise<User | undefined> {
  return (await db.select().from(users).where(eq(users.external_user_id, externalId)))[0];
}

export async function insertUser(db: Database, row: typeof users.$inferInsert): Promise<User> {
  return one(await db.insert(users).values(row).returning());
}

export async function updateUser(db: Database, id: string, change: Partial<User>): Promise<User | undefined> {
  if (Object.keys(change).length === 0) return await findUser(db, id);
  return (await db.update(users).set(change).where(eq(users.id, id)).returning())[0];
}

/** Deletes the person and, by cascade, everything about them. */
export async function deleteUser(db: Database, id: string): Promise<void> {
  await db.delete(users).where(eq(users.id, id));
}

export interface UserFilter {
  readonly only_user_id: string | null;
  readonly search?: string | undefined;
  readonly email?: string | undefined;
  readonly external_user_id?: string | undefined;
  readonly sort_by: "created_at" | "email" | "first_name" | "last_name" | "last_synced_at";
  readonly sort_order: "asc" | "desc";
  readonly limit: number;
  readonly offset: number;
}

/** One page of users and how many there are in all. Rows without the sorted field come last. */
export async function listUsers(db: Database, filter: UserFilter): Promise<{ items: User[]; total: number }> {
  const where = and(
    filter.only_user_id === null ? undefined : eq(users.id, filter.only_user_id),
    filter.email === undefined ? undefined : sameEmail(users.email, filter.email),
    filter.external_user_id === undefined ? undefined : eq(users.external_user_id, filter.external_user_id),
    filter.search === undefined ? undefined : or(
      ...[users.first_name, users.last_name, users.email].map((column) => ilike(column, contains(filter.search ?? ""))),
    ),
  );
  const column = filter.sort_by === "last_synced_at"
    ? sql`(select max(c.last_synced_at) from user_connection c where c.user_id = "user".id)`
    : users[filter.sort_by];
  const order = sql`${column} ${sql.raw(filter.sort_order)} nulls last`;
  const [items, [counted]] = await Promise.all([
    db.select().from(users).where(where).orderBy(order, asc(users.id)).limit(filter.limit).offset(filter.offset),
    db.select({ total: count() }).from(users).where(where),
  ]);
  return { items, total: counted?.total ?? 0 };
}

// API keys

export async function findApiKeyByHash(db: Database, keyHash: string, now: Date): Promise<ApiKey | undefined> {
  const valid = or(isNull(apiKeys.expires_at), sql`${apiKeys.expires_at} > ${now.toISOString()}::timestamptz`);
  const found = db.select().from(apiKeys).where(and(eq(apiKeys.key_hash, keyHash), valid));
  // Every request asks this: prepared, it costs one round trip instead of two and no planning.
  return (await found.prepare("api_key").execute())[0];
}

/** Notes the use of a key, at most once a minute, so that reads do not write each time. Whether it did. */
export async function touchApiKey(db: Database, { id, last_used_at }: ApiKey, now: Date): Promise<boolean> {
  const minuteAgo = new Date(now.getTime() - 60_000);
  if (last_used_at !== null && last_used_at >= minuteAgo) return false;
  const stale = or(isNull(apiKeys.last_used_at), lt(apiKeys.last_used_at, minuteAgo));
  await db.update(apiKeys).set({ last_used_at: now }).where(and(eq(apiKeys.id, id), stale));
  return true;
}

/** Newest first; of one developer, or of all when `createdBy` is null. */
export async function listApiKeys(db: Database, createdBy: string | null): Promise<ApiKey[]> {
  const where = createdBy === null ? undefined : eq(apiKeys.created_by, createdBy);
  return await db.select().from(apiKeys).where(where).orderBy(desc(apiKeys.created_at), desc(apiKeys.id));
}

export async function findApiKey(db: Database, id: string): Promise<ApiKey | undefined> {
  return (await db.select().from(apiKeys).where(eq(apiKeys.id, id)))[0];
}

export async function insertApiKey(db: Database, row: typeof apiKeys.$inferInsert): Promise<ApiKey> {
  return one(await db.insert(apiKeys).values(row).returning());
}

export async function updateApiKey(db: Database, id: string, change: Partial<ApiKey>): Promise<ApiKey> {
  return one(await db.update(apiKeys).set(change).where(eq(apiKeys.id, id)).returning());
}

export async function deleteApiKey(db: Database, id: string): Promise<void> {
  await db.delete(apiKeys).where(eq(apiKeys.id, id));
}

// Refresh tokens

export async function insertRefreshToken(db: Database, row: typeof refreshTokens.$inferInsert): Promise<void> {
  await db.insert(refreshTokens).values(row);
}

/**
 * Locks the row, so that two refreshes with one token are one after the other; before it its holder, whom nobody
 * deletes until the transaction ends. In the other order this and a deletion would wait for each other.
 */
export async function lockRefreshToken(db: Database, tokenHash: string): Promise<RefreshToken | undefined> {
  for (const [holder, column] of [[users, refreshTokens.user_id], [developers, refreshTokens.developer_id]] as const) {
    const held = db.select({ id: column }).from(refreshTokens).where(eq(refreshTokens.token_hash, tokenHash));
    await db.select({ id: holder.id }).from(holder).where(inArray(holder.id, held)).for("key share");
  }
  return (await db.select().from(refreshTokens).where(eq(refreshTokens.token_hash, tokenHash)).for("update"))[0];
}

export async function replaceRefreshToken(db: Database, id: string, now: Date): Promise<void> {
  await db.update(refreshTokens).set({ replaced_at: now }).where(eq(refreshTokens.id, id));
}

export async function revokeFamily(db: Database, familyId: string, now: Date): Promise<void> {
  await db.update(refreshTokens).set({ revoked_at: now })
    .where(and(eq(refreshTokens.family_id, familyId), isNull(refreshTokens.revoked_at)));
}

/** Ends every login of a developer, except the one with `exceptFamilyId` when given. */
export async function revokeDeveloperFamilies(
  db: Database,
  developerId: string,
  now: Date,
  exceptFamilyId?: string,
): Promise<void> {
  await db.update(refreshTokens).set({ revoked_at: now }).where(and(
    eq(refreshTokens.developer_id, developerId),
    isNull(refreshTokens.revoked_at),
    exceptFamilyId === undefined ? undefined : ne(refreshTokens.family_id, exceptFamilyId),
  ));
}

/** The developer a live login belongs to; undefined once the login was ended. */
export async function findLoggedIn(
  db: Database,
  developerId: string,
  familyId: string,
): Promise<Developer | undefined> {
  const live = sql`exists (
    select from ${refreshTokens}
    where ${refreshTokens.family_id} = ${familyId}
      and ${refreshTokens.developer_id} = ${developers.id}
      and ${refreshTokens.revoked_at} is null
  )`;
  const found = db.select().from(developers).where(and(eq(developers.id, developerId), live));
  return (await found.prepare("logged_in").execute())[0];
}

/** The login of a phone that syncs this person's data; undefined once it was ended. */
export async function findSdkLogin(
  db: Database,
  userId: string,
  familyId: string,
): Promise<{ user_id: string; app_id: string | null; family_id: string } | undefined> {
  const { app_id } = refreshTokens;
  const [row] = await db.select({ app_id }).from(refreshTokens).where(and(
    eq(refreshTokens.family_id, familyId),
    eq(refreshTokens.user_id, userId),
    isNull(refreshTokens.revoked_at),
  )).limit(1);
  return row === undefined ? undefined : { user_id: userId, app_id: row.app_id, family_id: familyId };
}

/** Ends every login of a phone that one of these handed out. */
export async function revokeAppFamilies(db: Database, appIds: readonly string[], now: Date): Promise<void> {
  await db.update(refreshTokens).set({ revoked_at: now })
    .where(and(inArray(refreshTokens.app_id, [...appIds]), isNull(refreshTokens.revoked_at)));
}

/** Removes tokens that ended more than a day ago. */
export async function deleteExpiredRefreshTokens(db: Database, now: Date): Promise<void> {
  await db.delete(refreshTokens).where(lt(refreshTokens.expires_at, new Date(now.getTime() - 86_400_000)));
}

/** The one row that a statement with `returning` gave back. */
export function one<Row>(returned: Row[]): Row {
  const [row] = returned;
  if (row === undefined) throw new Error("The statement returned no row");
  return row;
}
