import { and, asc, eq, inArray, ne, or, sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";
import { type LabRejection, labRejections, type LabResult, labResults, labSynonyms } from "./table.ts";

/** Every statement about what people said of results, and about what of a document is kept when it is read again. */

/** All results of a document in the order of its print; those a person added come last. */
export async function resultsOfDocument(db: Database, documentId: string): Promise<LabResult[]> {
  return await db.select().from(labResults).where(eq(labResults.document_id, documentId))
    .orderBy(sql`${labResults.document_position} nulls last`, asc(labResults.created_at), asc(labResults.id));
}

/** The results of a document that a person entered, confirmed or corrected. */
export async function listKeptResults(db: Database, documentId: string): Promise<LabResult[]> {
  const kept = or(eq(labResults.found_by, "person"), ne(labResults.review_status, "unreviewed"));
  return await db.select().from(labResults).where(and(eq(labResults.document_id, documentId), kept))
    .orderBy(asc(labResults.document_position));
}

/** Removes what the reader found in a document; what a person has looked at stays. */
export async function deleteFoundResults(db: Database, documentId: string): Promise<void> {
  const found = and(ne(labResults.found_by, "person"), eq(labResults.review_status, "unreviewed"));
  await db.delete(labResults).where(and(eq(labResults.document_id, documentId), found));
}

/** Confirms what nobody has looked at yet; only what needs no review unless `all`. Gives how many. */
export async function confirmResultsOfDocument(
  db: Database,
  documentId: string,
  all: boolean,
  now: Date,
): Promise<number> {
  const confirmed = await rows<{ id: string }>(
    db,
    sql`
      update lab_result
      set review_status = 'confirmed', review_reasons = '{}', reviewed_at = ${now.toISOString()}, updated_at = now()
      where document_id = ${documentId}
        and review_status = 'unreviewed'
        and (${all} or not needs_review)
      returning id`,
  );
  return confirmed.length;
}

/**
 * Waits until no other transaction completes or reviews this document, and keeps others from it until this one ends: a
 * rejection must not fall between what a reader looks up and what it stores.
 */
export async function lockDocument(db: Database, documentId: string): Promise<boolean> {
  const found = await rows(db, sql`select id from medical_document where id = ${documentId} for no key update`);
  return found.length > 0;
}

export async function listRejections(db: Database, documentId: string): Promise<LabRejection[]> {
  return await db.select().from(labRejections).where(eq(labRejections.document_id, documentId))
    .orderBy(asc(labRejections.created_at), asc(labRejections.id));
}

export async function findRejection(db: Database, id: string): Promise<LabRejection | undefined> {
  return (await db.select().from(labRejections).where(eq(labRejections.id, id)))[0];
}

export async function insertRejection(db: Database, row: typeof labRejections.$inferInsert): Promise<void> {
  await db.insert(labRejections).values(row).onConflictDoNothing();
}

export interface Synonym {
  readonly laboratory: string;
  readonly printed_name: string;
  readonly analyte: string;
}

/** What a person said about the names of these laboratories, and of any. */
export async function listSynonyms(
  db: Database,
  userId: UserId,
  laboratories: readonly string[],
): Promise<Synonym[]> {
  const { laboratory, printed_name, analyte } = labSynonyms;
  return await db.select({ laboratory, printed_name, analyte }).from(labSynonyms)
    .where(and(eq(labSynonyms.user_id, userId), inArray(laboratory, ["", ...laboratories])))
    .orderBy(asc(laboratory), asc(printed_name));
}

/** The newest word counts. */
export async function putSynonym(db: Database, userId: string, synonym: Synonym): Promise<void> {
  await db.insert(labSynonyms).values({ ...synonym, user_id: userId })
    .onConflictDoUpdate({
      target: [labSynonyms.user_id, labSynonyms.laboratory, labSynonyms.printed_name],
      set: { analyte: synonym.analyte, updated_at: sql`now()` },
    });
}
