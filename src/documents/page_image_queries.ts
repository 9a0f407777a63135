import { and, eq, sql } from "drizzle-orm";
import { type Database, rows } from "../platform/database.ts";
import type { PageView } from "./page.ts";
import { viewJson } from "./queries.ts";
import { documentPages, pageImages } from "./table.ts";
import type { UnreadableCode } from "./unreadable.ts";

/** Every statement on drawn pages, a cache. */

export interface PageImageKey {
  readonly document_id: string;
  readonly page: number;
  readonly width: number;
}

/** Either the picture or why there is none. */
export type PageImage =
  | { readonly png: Uint8Array<ArrayBuffer>; readonly problem: null }
  | { readonly png: null; readonly problem: UnreadableCode };

/** What is announced when an image of this key is there. */
export const pageImageChannel = "page_image";

export function pageImageName({ document_id, page, width }: PageImageKey): string {
  return `${document_id}:${page}:${width}`;
}

/** All pages together take this much at most; the oldest go first. */
const mostBytes = 64 * 1024 * 1024;

export async function findPageImage(db: Database, key: PageImageKey): Promise<PageImage | undefined> {
  const [row] = await db.select({ png: pageImages.png, problem: pageImages.problem }).from(pageImages).where(is(key));
  if (row === undefined) return undefined;
  return row.png === null
    ? { png: null, problem: row.problem ?? "reader_failed" }
    : { png: new Uint8Array(row.png), problem: null };
}

export async function deletePageImage(db: Database, key: PageImageKey): Promise<void> {
  await db.delete(pageImages).where(is(key));
}

/** The view of a page that was read; undefined when there is no such page. */
export async function findPageView(
  db: Database,
  documentId: string,
  number: number,
): Promise<{ readonly view: PageView | null } | undefined> {
  const where = and(eq(documentPages.document_id, documentId), eq(documentPages.number, number));
  return (await db.select({ view: documentPages.view }).from(documentPages).where(where))[0];
}

/** Stores what was drawn with this view, unless the page was read anew meanwhile, and tells those who wait for it. */
export async function putPageImage(
  db: Database,
  key: PageImageKey,
  view: PageView | null,
  image: PageImage,
): Promise<void> {
  await db.transaction(async (db) => {
    await db.execute(sql`
      insert into page_image (document_id, page, width, png, problem)
      select document_id, number, ${key.width}::int, ${image.png}::bytea, ${image.problem}::text
      from document_page
      where document_id = ${key.document_id}
        and number = ${key.page}
        and view is not distinct from ${viewJson(view)}::jsonb
      on conflict (document_id, page, width) do update
      set png = excluded.png, problem = excluded.problem, created_at = now()`);
    await db.execute(sql`
      delete from page_image
      where (document_id, page, width) in (
        select document_id, page, width
        from (
          select
            document_id, page, width,
            sum(coalesce(octet_length(png), 0)) over (order by created_at desc, document_id, page, width) as bytes
          from page_image
        ) as newest
        where bytes > ${mostBytes}
      )`);
    await db.execute(sql`select pg_notify(${pageImageChannel}, ${pageImageName(key)})`);
  });
}

/** Removes what was drawn a day ago or before. */
export async function deleteOldPageImages(db: Database, now: Date): Promise<void> {
  const latest = new Date(now.getTime() - 86_400_000).toISOString();
  await rows(db, sql`delete from page_image where created_at < ${latest}::timestamptz`);
}

function is({ document_id, page, width }: PageImageKey) {
  return and(eq(pageImages.document_id, document_id), eq(pageImages.page, page), eq(pageImages.width, width));
}
