import { and, desc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import type { Database } from "../platform/database.ts";
import type { Position } from "../platform/paging.ts";
import { type ImportRun, importRuns, type ImportStatus } from "./table.ts";

/** Every statement on imports. */

export async function insertImport(db: Database, row: typeof importRuns.$inferInsert): Promise<ImportRun> {
  const [inserted] = await db.insert(importRuns).values(row).returning();
  if (inserted === undefined) throw new Error("The insert returned no row");
  return inserted;
}

export async function findImport(db: Database, userId: UserId, id: string): Promise<ImportRun | undefined> {
  const where = and(eq(importRuns.user_id, userId), eq(importRuns.id, id));
  return (await db.select().from(importRuns).where(where))[0];
}

/** For the job, which knows no more than the id. */
export async function findImportById(db: Database, id: string): Promise<ImportRun | undefined> {
  return (await db.select().from(importRuns).where(eq(importRuns.id, id)))[0];
}

/** Newest first, from `after` on; one row more than `limit` shows that there are more. */
export async function listImports(
  db: Database,
  userId: UserId,
  options: { readonly limit: number; readonly after: Position | undefined },
): Promise<ImportRun[]> {
  const after = options.after === undefined
    ? undefined
    : sql`(${importRuns.created_at}, ${importRuns.id}) < (${options.after.at}::timestamptz, ${options.after.id}::uuid)`;
  return await db.select().from(importRuns).where(and(eq(importRuns.user_id, userId), after))
    .orderBy(desc(importRuns.created_at), desc(importRuns.id)).limit(options.limit + 1);
}

/** The change as it was made, or undefined when the import is in none of `statuses` (or `only` does not hold). */
async function changeImport(
  db: Database,
  id: string,
  statuses: ImportStatus[],
  change: Partial<ImportRun>,
  only?: SQL,
): Promise<ImportRun | undefined> {
  const where = and(eq(importRuns.id, id), inArray(importRuns.status, statuses), only);
  return (await db.update(importRuns).set(change).where(where).returning().prepare("change_import").execute())[0];
}

/** Undefined when it has ended already, or was deleted with its person. */
export async function markRunning(db: Database, id: string, now: Date): Promise<ImportRun | undefined> {
  const started_at = sql`coalesce(${importRuns.started_at}, ${now.toISOString()}::timestamptz)` as never;
  return await changeImport(db, id, ["queued", "running"], { status: "running", started_at });
}

export async function markProgress(
  db: Database,
  id: string,
  step: Pick<ImportRun, "checkpoint" | "counts" | "progress">,
): Promise<ImportRun | undefined> {
  return await changeImport(db, id, ["running"], step, isNull(importRuns.cancel_requested_at));
}

export async function requestCancel(db: Database, id: string, now: Date): Promise<ImportRun | undefined> {
  return await changeImport(db, id, ["queued", "running"], { cancel_requested_at: now });
}

/** The end; the row lets go of its file, which the caller removes. */
export async function markEnded(
  db: Database,
  id: string,
  end: Pick<ImportRun, "status" | "error" | "ended_at"> & { readonly progress?: number },
  from: ImportStatus[] = ["queued", "running"],
): Promise<ImportRun | undefined> {
  return await changeImport(db, id, from, { ...end, file_id: null, checkpoint: null });
}
