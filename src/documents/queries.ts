import { and, asc, desc, eq, gt, type SQL, sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import type { Database } from "../platform/database.ts";
import type { Position } from "../platform/paging.ts";
import type { Page, PageView } from "./page.ts";
import { type Document, documentPages, documents, type DocumentStatus } from "./table.ts";

/** Every statement on documents and their pages. */

export async function findDocument(db: Database, id: string): Promise<Document | undefined> {
  return (await db.select().from(documents).where(eq(documents.id, id)))[0];
}

export async function findDocumentByHash(db: Database, userId: UserId, hash: string): Promise<Document | undefined> {
  const where = and(eq(documents.user_id, userId), eq(documents.content_hash, hash));
  return (await db.select().from(documents).where(where))[0];
}

/** Newest first, from `after` on; one row more than `limit` shows that there are more. */
export async function listDocuments(
  db: Database,
  userId: UserId,
  options: { readonly limit: number; readonly after: Position | undefined },
): Promise<Document[]> {
  return await db.select().from(documents).where(and(eq(documents.user_id, userId), behind(options.after)))
    .orderBy(desc(documents.created_at), desc(documents.id)).limit(options.limit + 1);
}

/** What a list shows of documents, without their text. */
export type ListedDocument = Pick<
  Document,
  "id" | "title" | "document_type" | "document_date" | "status" | "created_at"
>;

/** Those of one person, or everybody's when `only_user_id` is null; newest first, one row more than `limit`. */
export async function listReachedDocuments(
  db: Database,
  only_user_id: string | null,
  options: { readonly limit: number; readonly after: Position | undefined },
): Promise<ListedDocument[]> {
  const { id, title, document_type, document_date, status, created_at } = documents;
  const of = only_user_id === null ? undefined : eq(documents.user_id, only_user_id);
  return await db.select({ id, title, document_type, document_date, status, created_at }).from(documents)
    .where(and(of, behind(options.after)))
    .orderBy(desc(created_at), desc(id)).limit(options.limit + 1);
}

function behind(after: Position | undefined): SQL | undefined {
  if (after === undefined) return undefined;
  return sql`(${documents.created_at}, ${documents.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`;
}

/** Undefined when this person has the same file already. */
export async function insertDocument(
  db: Database,
  row: typeof documents.$inferInsert,
): Promise<Document | undefined> {
  return (await db.insert(documents).values(row).onConflictDoNothing().returning())[0];
}

export async function updateDocument(db: Database, id: string, change: Partial<Document>): Promise<boolean> {
  return (await db.update(documents).set(change).where(eq(documents.id, id)).returning({ id: documents.id })).length >
    0;
}

export async function setStatus(
  db: Database,
  id: string,
  status: DocumentStatus,
  reason: string | null = null,
): Promise<boolean> {
  return await updateDocument(db, id, { status, status_reason: reason });
}

export async function deleteDocument(db: Database, id: string): Promise<void> {
  await db.delete(documents).where(eq(documents.id, id));
}

/** Removes files whose upload was never finished, an hour after it began. */
export async function deleteUnreferredFiles(db: Database, now: Date): Promise<void> {
  const latest = new Date(now.getTime() - 3_600_000).toISOString();
  await db.execute(sql`
    delete from stored_file
    where created_at < ${latest}::timestamptz
      and not exists (select from medical_document where medical_document.file_id = stored_file.id)
      and not exists (select from import_run where import_run.file_id = stored_file.id)`);
}

// Pages

export async function deletePages(db: Database, documentId: string): Promise<void> {
  await db.delete(documentPages).where(eq(documentPages.document_id, documentId));
}

/** Stores a page, over what an earlier attempt stored. */
export async function putPage(db: Database, documentId: string, page: Page): Promise<void> {
  await db.execute(sql`
    insert into document_page (document_id, number, width, height, source, lines, view)
    values (
      ${documentId}, ${page.number}, ${page.width}, ${page.height}, ${page.source},
      ${JSON.stringify(page.lines)}::jsonb, ${viewJson(page.view)}::jsonb
    )
    on conflict (document_id, number) do update
    set
      width = excluded.width,
      height = excluded.height,
      source = excluded.source,
      lines = excluded.lines,
      view = excluded.view`);
}

export function viewJson(view: PageView | null | undefined): string | null {
  return view === null || view === undefined ? null : JSON.stringify(view);
}

export type PageSize = Pick<Page, "number" | "width" | "height">;

/** How large the pages are, in the units of their boxes. */
export async function pageSizes(db: Database, documentId: string): Promise<PageSize[]> {
  const { number, width, height } = documentPages;
  return await db.select({ number, width, height }).from(documentPages)
    .where(eq(documentPages.document_id, documentId)).orderBy(asc(number));
}

export async function findPage(db: Database, documentId: string, no: number): Promise<Page | undefined> {
  const { number, width, height, source, lines } = documentPages;
  const where = and(eq(documentPages.document_id, documentId), eq(number, no));
  return (await db.select({ number, width, height, source, lines }).from(documentPages).where(where))[0];
}

/** The pages in order, a few at a time: a long document is never in memory as a whole. */
export async function* documentPagesOf(db: Database, documentId: string): AsyncGenerator<Page> {
  const { number, width, height, source, lines } = documentPages;
  for (let last = 0;;) {
    const found = await db.select({ number, width, height, source, lines }).from(documentPages)
      .where(and(eq(documentPages.document_id, documentId), gt(number, last))).orderBy(asc(number)).limit(4);
    yield* found;
    const newest = found.at(-1);
    if (newest === undefined) return;
    last = newest.number;
  }
}
