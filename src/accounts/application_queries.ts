import { and, desc, eq, sql } from "drizzle-orm";
import type { Database } from "../platform/database.ts";
import { one } from "./queries.ts";
import { type Application, applications } from "./table.ts";

/** Every statement on applications. Those for management take the developer: another's application does not exist. */

const ofDeveloper = (developerId: string, appId: string) =>
  and(eq(applications.developer_id, developerId), eq(applications.app_id, appId));

/** Newest first. */
export async function listApplications(db: Database, developerId: string): Promise<Application[]> {
  return await db.select().from(applications).where(eq(applications.developer_id, developerId))
    .orderBy(desc(applications.created_at), desc(applications.id));
}

export async function insertApplication(
  db: Database,
  row: typeof applications.$inferInsert,
): Promise<Application> {
  return one(await db.insert(applications).values(row).returning());
}

export async function updateApplicationSecret(
  db: Database,
  developerId: string,
  appId: string,
  secretHash: string,
): Promise<Application | undefined> {
  const set = { app_secret_hash: secretHash, updated_at: sql`now()` };
  return (await db.update(applications).set(set).where(ofDeveloper(developerId, appId)).returning())[0];
}

/** Deletes it and gives it back. Waits for logins that are being handed out with it. */
export async function deleteApplication(
  db: Database,
  developerId: string,
  appId: string,
): Promise<Application | undefined> {
  return (await db.delete(applications).where(ofDeveloper(developerId, appId)).returning())[0];
}

/** The application these credentials are of; nobody deletes it or changes its secret until the transaction ends. */
export async function lockApplication(
  db: Database,
  appId: string,
  secretHash: string,
): Promise<Application | undefined> {
  const credentials = and(eq(applications.app_id, appId), eq(applications.app_secret_hash, secretHash));
  return (await db.select().from(applications).where(credentials).for("share"))[0];
}

/** The names of a developer's applications, with which nobody hands out tokens until the transaction ends. */
export async function lockApplicationsOf(db: Database, developerId: string): Promise<string[]> {
  const found = await db.select({ app_id: applications.app_id }).from(applications)
    .where(eq(applications.developer_id, developerId)).orderBy(applications.app_id).for("update");
  return found.map(({ app_id }) => app_id);
}
